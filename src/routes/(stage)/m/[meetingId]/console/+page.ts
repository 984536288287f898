// Fetches the words of the console, which no other page needs.
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  return { ...data, console: await loadConsoleMessages(preferences.lang) };
};
