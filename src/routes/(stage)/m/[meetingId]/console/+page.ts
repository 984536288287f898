// Fetches the words of the console and, where the meeting's format has one of its own, that console.
import { screensOf } from '#lib/components/formats/index.ts';
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import { loadReplayMessages } from '#lib/messages/replay-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  const { lang } = preferences;
  return {
    ...data,
    own: (await screensOf(data.view.state.format)?.console(lang)) ?? null,
    console: await loadConsoleMessages(lang),
    replay: await loadReplayMessages(lang),
  };
};
