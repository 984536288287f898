// Fetches the words of writing the minutes, which no other page needs.
import { loadMinutesTextMessages } from '#lib/messages/minutes-text-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => {
  const { preferences } = await parent();
  return { minutesText: await loadMinutesTextMessages(preferences.lang) };
};
