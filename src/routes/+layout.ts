// Fetches the words of the reader's language, and only those.
import { loadMessages } from '#lib/messages/load-messages.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({
  ...data,
  messages: await loadMessages(data.preferences.lang),
});
