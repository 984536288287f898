// Fetches the words of an open space, which hold functions and so do not travel with the data.
import { loadOpenSpaceMessages } from '#lib/messages/open-space-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  say: await loadOpenSpaceMessages((await parent()).preferences.lang),
});
