// Fetches the words of the console, which no other page needs.
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import { loadReplayMessages } from '#lib/messages/replay-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  const { lang } = preferences;
  return { ...data, console: await loadConsoleMessages(lang), replay: await loadReplayMessages(lang) };
};
