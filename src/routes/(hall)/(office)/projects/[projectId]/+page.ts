// Fetches the words about money, which only this one of the desk's pages about projects needs.
import { loadFundsMessages } from '#lib/messages/funds-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  return { ...data, fundsMessages: await loadFundsMessages(preferences.lang) };
};
