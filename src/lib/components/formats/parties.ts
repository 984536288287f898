// The screens of formats whose parties agree instead of voting: fetched only where such a meeting is looked at.
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import { loadJointMessages } from '#lib/messages/joint-words.ts';
import { loadScreenMessages } from '#lib/messages/screen-words.ts';
import { loaded } from './loaded.ts';
import type { FormatScreens } from './screens.ts';

export const parties: FormatScreens = {
  room: async (lang) =>
    loaded((await import('#lib/components/joint/JointRoom.svelte')).default, await loadJointMessages(lang)),
  watch: async (lang) =>
    loaded((await import('#lib/components/joint/JointWatch.svelte')).default, await loadJointMessages(lang)),
  moment: async (lang) =>
    loaded((await import('#lib/components/joint/JointMoment.svelte')).default, await loadJointMessages(lang)),
  console: async (lang) =>
    loaded((await import('#lib/components/joint/JointConsole.svelte')).default, {
      console: await loadConsoleMessages(lang),
      joint: await loadJointMessages(lang),
    }),
  screen: async (lang) =>
    loaded((await import('#lib/components/joint/JointScreen.svelte')).default, {
      screen: await loadScreenMessages(lang),
      joint: await loadJointMessages(lang),
    }),
};
