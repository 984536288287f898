// Bundles parts of the program in memory, for commands that anyone runs on a plain Node before anything is built. Called by count.js, draw.js and verify.js.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} source an ES module's text: what the command needs, exported
 * @returns {Promise<unknown>} the module
 */
export async function bundled(source) {
  const entry = path.join(root, 'server', 'command-entry.js');
  const bundler = createRequire(import.meta.resolve('vite')).resolve('rolldown');
  /** @type {typeof import('rolldown')} */
  const { rolldown } = await import(pathToFileURL(bundler).href);
  const bundle = await rolldown({
    input: entry,
    // The project's tsconfig extends a file that is made later.
    tsconfig: false,
    plugins: [
      {
        name: 'command-entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
}
