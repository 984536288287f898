// Fetches the words of this page in the reader's language.
import { loadScreenMessages } from '#lib/messages/screen-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  screen: await loadScreenMessages((await parent()).preferences.lang),
});
