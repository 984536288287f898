// Fetches the words of a community's public pages, which no other page needs.
import { loadNeedsMessages } from '#lib/messages/needs-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent, data }) => {
  const { preferences } = await parent();
  return { ...data, needsMessages: await loadNeedsMessages(preferences.lang) };
};
