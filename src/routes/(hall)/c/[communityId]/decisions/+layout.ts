// Fetches the words of published decisions, which no other page needs.
import { loadPublicationMessages } from '#lib/messages/publication-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => ({
  publicationMessages: await loadPublicationMessages((await parent()).preferences.lang),
});
