// The way in is forms and links alone: it needs no script at all, so a phone in a crowded hall downloads none.
import { loadJoinMessages } from '#lib/messages/join-words.ts';
import type { PageLoad } from './$types';

export const csr = false;

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  join: await loadJoinMessages((await parent()).preferences.lang),
});
