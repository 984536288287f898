// Fetches the words of the residents' feedback pages.
import { loadAffairsMessages } from '#lib/messages/affairs-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => {
  const { preferences } = await parent();
  return { affairsMessages: await loadAffairsMessages(preferences.lang) };
};
