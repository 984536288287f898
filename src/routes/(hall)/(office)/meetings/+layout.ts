// Fetches the words of the pages before and after a meeting, which no other page needs.
import { loadMeetingsMessages } from '#lib/messages/meetings-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => {
  const { preferences } = await parent();
  return { meetingsMessages: await loadMeetingsMessages(preferences.lang) };
};
