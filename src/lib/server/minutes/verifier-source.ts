// The offline verifier's program as one text for verify.html. In the built program this module is replaced by that very text
// (server/thread-plugin.ts); run from source (development, tests) it is bundled on first use. Called by verify-page.ts only.
import { fileURLToPath } from 'node:url';

let source: Promise<string> | undefined;

export const verifierSource = (): Promise<string> => (source ??= bundle());

async function bundle(): Promise<string> {
  const { bundledForPage } = await import('#lib/server/allocations/bundle-thread.js');
  return bundledForPage(fileURLToPath(new URL('../../client/offline-verifier.ts', import.meta.url)));
}
