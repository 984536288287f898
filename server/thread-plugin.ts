// The build puts the counting thread's finished text where the office asks for it, so that the built program bundles nothing. Used by
// vite.config.ts only; in development and tests the office bundles for itself.
import path from 'node:path';
import type { Plugin } from 'vite';
import { bundledThread } from '#lib/server/allocations/bundle-thread.js';

const asked = path.join('src', 'lib', 'server', 'allocations', 'thread-source.ts');

export function countingThread(): Plugin {
  return {
    name: 'yishi:counting-thread',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(asked)) return undefined;
      const source = await bundledThread(path.join(path.dirname(id), 'counting-thread.ts'));
      return `const source = ${JSON.stringify(source)};\nexport const threadSource = () => Promise.resolve(source);\n`;
    },
  };
}
