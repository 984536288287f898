// Fetches the words of this page in the reader's language and, where the meeting's format has its own, how a past moment is drawn.
import { screensOf } from '#lib/components/formats/index.ts';
import { loadReplayMessages } from '#lib/messages/replay-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { lang } = (await parent()).preferences;
  return {
    ...data,
    own: (await screensOf(data.format)?.moment(lang)) ?? null,
    replay: await loadReplayMessages(lang),
  };
};
