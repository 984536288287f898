// Fetches the verifier's words; the verifier itself is fetched when a file is chosen.
import { loadVerifyMessages } from '#lib/messages/minutes-signing-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { preferences } = await parent();
  return { v: await loadVerifyMessages(preferences.lang) };
};
