// Fetches the words of the residents' feedback pages.
import { loadAffairsMessages } from '#lib/messages/affairs-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, data }) => {
  const { preferences } = await parent();
  return { ...data, feedbackWords: (await loadAffairsMessages(preferences.lang)).feedback };
};
