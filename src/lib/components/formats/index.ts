// Which screens a meeting is shown with: a format with screens of its own has one entry here, fetched only for its meetings; every other is
// shown with the council's. The pages under /m/[meetingId] ask while they load, so that the first picture is drawn on the server too.
import type { FormatScreens } from './screens.ts';

export * from './screens.ts';

const screens: Readonly<Record<string, FormatScreens>> = {};

/** Null where the council's own screens are used. */
export const screensOf = (format: string): FormatScreens | null =>
  Object.prototype.hasOwnProperty.call(screens, format) ? (screens[format] ?? null) : null;
