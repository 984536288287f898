// Fetches the words of the desk's pages about needs.
import { loadNeedsMessages } from '#lib/messages/needs-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => {
  const { preferences } = await parent();
  return { needsMessages: await loadNeedsMessages(preferences.lang) };
};
