// Fetches the words of signing, which few pages need.
import { loadMinutesSigningMessages } from '#lib/messages/minutes-signing-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { preferences } = await parent();
  return { ...data, s: await loadMinutesSigningMessages(preferences.lang, data.paper) };
};
