// Fetches the words of this page in the reader's language.
import { loadReplayMessages } from '#lib/messages/replay-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  replay: await loadReplayMessages((await parent()).preferences.lang),
});
