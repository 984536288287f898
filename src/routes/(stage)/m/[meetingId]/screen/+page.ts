// Fetches the words of this page in the reader's language and, where the meeting's format has one of its own, its screen.
import { screensOf } from '#lib/components/formats/index.ts';
import { loadScreenMessages } from '#lib/messages/screen-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { lang } = (await parent()).preferences;
  return {
    ...data,
    own: (await screensOf(data.view.state.format)?.screen(lang)) ?? null,
    screen: await loadScreenMessages(lang),
  };
};
