// Bundles a module that runs on a thread of its own into one text, with the bundler that Vite brings. Called by the build (thread-plugin.ts) and,
// where the program runs from source, by the office on first use.
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

/** @param {string} entry absolute path of the thread's module @returns {Promise<string>} CommonJS, for `new Worker(text, { eval: true })` */
export async function bundledThread(entry) {
  const bundler = createRequire(createRequire(import.meta.url).resolve('vite')).resolve('rolldown');
  /** @type {typeof import('rolldown')} */
  const { rolldown } = await import(pathToFileURL(bundler).href);
  // The project's tsconfig extends a file that is made later.
  const bundle = await rolldown({ input: entry, platform: 'node', tsconfig: false });
  const { output } = await bundle.generate({ format: 'cjs' });
  await bundle.close();
  return output[0].code;
}
