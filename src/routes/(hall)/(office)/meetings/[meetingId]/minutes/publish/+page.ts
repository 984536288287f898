// Fetches the words of publishing.
import { loadPublicationMessages } from '#lib/messages/publication-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  publicationMessages: await loadPublicationMessages((await parent()).preferences.lang),
});
