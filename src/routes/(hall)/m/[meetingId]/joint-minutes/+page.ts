// Fetches the words of the page.
import { loadJointMessages } from '#lib/messages/joint-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  say: await loadJointMessages((await parent()).preferences.lang),
});
