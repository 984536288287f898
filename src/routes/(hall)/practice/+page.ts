// Fetches the words of practice, which few pages need.
import { loadPracticeMessages } from '#lib/messages/practice-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  return { ...data, practice: await loadPracticeMessages(preferences.lang) };
};
