// Fetches the words of the fund pages, which no other page needs.
import { loadFundsMessages } from '#lib/messages/funds-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  return { ...data, say: await loadFundsMessages(preferences.lang) };
};
