// Fetches the words of hearings.
import { loadHearingMessages } from '#lib/messages/hearing-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, data }) => {
  const { preferences } = await parent();
  return { ...data, hearingMessages: await loadHearingMessages(preferences.lang) };
};
