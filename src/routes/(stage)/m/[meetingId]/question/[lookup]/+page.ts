// A page to read, kept as a bookmark: it needs no script at all.
import { loadHearingMessages } from '#lib/messages/hearing-words.ts';
import type { PageLoad } from './$types';

export const csr = false;

export const load: PageLoad = async ({ parent, data }) => {
  const { preferences } = await parent();
  return { ...data, hearingMessages: await loadHearingMessages(preferences.lang) };
};
