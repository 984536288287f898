// The screens of a 民主评议会, fetched only where one is looked at. The hall's screen is the usual one.
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import { loadReviewMessages } from '#lib/messages/review-words.ts';
import { loadScreenMessages } from '#lib/messages/screen-words.ts';
import { loaded } from './loaded.ts';
import type { FormatScreens } from './screens.ts';

export const review: FormatScreens = {
  room: async (lang) =>
    loaded((await import('#lib/components/review/ReviewRoom.svelte')).default, await loadReviewMessages(lang)),
  watch: async (lang) =>
    loaded((await import('#lib/components/review/ReviewWatch.svelte')).default, await loadReviewMessages(lang)),
  moment: async (lang) =>
    loaded((await import('#lib/components/review/ReviewMoment.svelte')).default, await loadReviewMessages(lang)),
  console: async (lang) =>
    loaded((await import('#lib/components/review/ReviewConsole.svelte')).default, {
      console: await loadConsoleMessages(lang),
      review: await loadReviewMessages(lang),
    }),
  screen: async (lang) =>
    loaded((await import('#lib/components/screen/BigScreen.svelte')).default, await loadScreenMessages(lang)),
};
