// Which screens a meeting is shown with: a format with screens of its own has one entry here, fetched only for its meetings; every other is
// shown with the council's. The pages under /m/[meetingId] ask while they load, so that the first picture is drawn on the server too.
import type { Component } from 'svelte';
import type { Lang } from '#lib/messages/lang.ts';
import { parties } from './parties.ts';
import { review } from './review.ts';
import type { FormatScreens, Loaded } from './screens.ts';

export * from './screens.ts';

/** A screen with the very words it is written for: a pairing the pages need not know. */
const shown = <Props extends { readonly say: unknown }>(view: Component<Props>, say: Props['say']) =>
  ({ view, say }) as unknown as Loaded<Omit<Props, 'say'> & { readonly say: unknown }>;

const openSpaceSay = async (lang: Lang) =>
  (await import('#lib/messages/open-space-words.ts')).loadOpenSpaceMessages(lang);

const hearingSay = async (lang: Lang) => (await import('#lib/messages/hearing-words.ts')).loadHearingMessages(lang);
const loadConsoleMessages = async (lang: Lang) =>
  (await import('#lib/messages/console-words.ts')).loadConsoleMessages(lang);
const hearingScreenSay = async (lang: Lang) => ({
  hearing: await hearingSay(lang),
  screen: await (await import('#lib/messages/screen-words.ts')).loadScreenMessages(lang),
});

const screens: Readonly<Record<string, FormatScreens>> = {
  open_space: {
    roomOfItsOwn: true,
    room: async (lang) =>
      shown((await import('#lib/components/open-space/SpaceRoom.svelte')).default, await openSpaceSay(lang)),
    console: async (lang) =>
      shown((await import('#lib/components/open-space/SpaceConsole.svelte')).default, await openSpaceSay(lang)),
    screen: async (lang) =>
      shown((await import('#lib/components/open-space/SpaceScreen.svelte')).default, await openSpaceSay(lang)),
    watch: async (lang) =>
      shown((await import('#lib/components/open-space/SpaceWatch.svelte')).default, await openSpaceSay(lang)),
    moment: async (lang) =>
      shown((await import('#lib/components/open-space/SpaceMoment.svelte')).default, await openSpaceSay(lang)),
  },
  hearing: {
    room: async (lang) =>
      shown((await import('#lib/components/hearing/HearingRoom.svelte')).default, await hearingSay(lang)),
    console: async (lang) =>
      shown((await import('#lib/components/hearing/HearingConsole.svelte')).default, {
        hearing: await hearingSay(lang),
        console: await loadConsoleMessages(lang),
      }),
    screen: async (lang) =>
      shown((await import('#lib/components/hearing/HearingScreen.svelte')).default, await hearingScreenSay(lang)),
    watch: async (lang) =>
      shown((await import('#lib/components/hearing/HearingWatch.svelte')).default, await hearingSay(lang)),
    moment: async (lang) =>
      shown((await import('#lib/components/hearing/HearingScreen.svelte')).default, await hearingScreenSay(lang)),
  },
  joint_meeting: parties,
  consultation: parties,
  appraisal_meeting: review,
};

/** Null where the council's own screens are used. */
export const screensOf = (format: string): FormatScreens | null =>
  Object.prototype.hasOwnProperty.call(screens, format) ? (screens[format] ?? null) : null;
