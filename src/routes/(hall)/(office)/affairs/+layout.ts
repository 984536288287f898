// Fetches the words of the pages about community affairs.
import { loadAffairsMessages } from '#lib/messages/affairs-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => {
  const { preferences } = await parent();
  return { affairsMessages: await loadAffairsMessages(preferences.lang) };
};
