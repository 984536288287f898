// Bundles a module into one text with the bundler that Vite brings: for a thread of its own, or for a page that carries its program inside. Called
// by the build (thread-plugin.ts) and, where the program runs from source, by the office on first use.
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

/** @param {string} entry absolute path of the module @param {'node' | 'browser'} platform @param {'cjs' | 'iife'} format */
async function bundled(entry, platform, format) {
  const bundler = createRequire(createRequire(import.meta.url).resolve('vite')).resolve('rolldown');
  /** @type {typeof import('rolldown')} */
  const { rolldown } = await import(pathToFileURL(bundler).href);
  // The project's tsconfig extends a file that is made later.
  const bundle = await rolldown({ input: entry, platform, tsconfig: false });
  const { output } = await bundle.generate({ format, minify: platform === 'browser' });
  await bundle.close();
  return output[0].code;
}

/** @param {string} entry @returns {Promise<string>} CommonJS, for `new Worker(text, { eval: true })` */
export const bundledThread = (entry) => bundled(entry, 'node', 'cjs');

/** @param {string} entry @returns {Promise<string>} a classic script, for a `<script>` in a page */
export const bundledForPage = (entry) => bundled(entry, 'browser', 'iife');
