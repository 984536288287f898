// The build puts finished texts where the office asks for them, so that the built program bundles nothing: the counting thread and the offline
// verifier's page. Used by vite.config.ts only; in development and tests the office bundles for itself.
import path from 'node:path';
import type { Plugin } from 'vite';
import { bundledForPage, bundledThread } from '#lib/server/allocations/bundle-thread.js';

const office = path.join('src', 'lib', 'server');
const texts = [
  {
    asked: path.join(office, 'allocations', 'thread-source.ts'),
    given: 'threadSource',
    make: (folder: string) => bundledThread(path.join(folder, 'counting-thread.ts')),
  },
  {
    asked: path.join(office, 'minutes', 'verifier-source.ts'),
    given: 'verifierSource',
    make: (folder: string) => bundledForPage(path.join(folder, '..', '..', 'client', 'offline-verifier.ts')),
  },
];

export function bundledTexts(): Plugin {
  return {
    name: 'yishi:bundled-texts',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      const text = texts.find(({ asked }) => id.endsWith(asked));
      if (!text) return undefined;
      const source = await text.make(path.dirname(id));
      return `const source = ${JSON.stringify(source)};\nexport const ${text.given} = () => Promise.resolve(source);\n`;
    },
  };
}
