// The counting thread's program as one text. In the built program this module is replaced by that very text (server/thread-plugin.ts); run from
// source (development, tests) it is bundled on first use. Called by counting.ts only.
import { fileURLToPath } from 'node:url';

let source: Promise<string> | undefined;

export const threadSource = (): Promise<string> => (source ??= bundle());

async function bundle(): Promise<string> {
  const { bundledThread } = await import('./bundle-thread.js');
  return bundledThread(fileURLToPath(new URL('./counting-thread.ts', import.meta.url)));
}
