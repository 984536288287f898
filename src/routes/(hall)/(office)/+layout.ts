// Fetches the words of the office's pages, which no other page needs.
import { loadOfficeMessages } from '#lib/messages/load-office-messages.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  return { ...data, office: await loadOfficeMessages(preferences.lang) };
};
