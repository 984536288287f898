// The calendar file of a convened meeting. The UID is the meeting's own, so that a changed time moves the entry instead of making another.
// Called by the route that sends it; it holds nothing that is not on the notice.
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { homeZone } from '#lib/messages/format.ts';

const homeOffsetMs = 8 * 3_600_000;

/** An instant whose clock face is the home zone's on every machine: the library writes the machine's own for a plain Date. */
class HomeDate extends Date {
  readonly timeZone = homeZone;
  readonly internal = new Date(this.getTime() + homeOffsetMs);
  withTimeZone(): this {
    return this;
  }
  tzComponents(): [string, number, number] {
    return ['+', 8, 0];
  }
  override getFullYear = (): number => this.internal.getUTCFullYear();
  override getMonth = (): number => this.internal.getUTCMonth();
  override getDate = (): number => this.internal.getUTCDate();
  override getHours = (): number => this.internal.getUTCHours();
  override getMinutes = (): number => this.internal.getUTCMinutes();
  override getSeconds = (): number => this.internal.getUTCSeconds();
}

export interface CalendarWords {
  readonly description: string;
  readonly url: string;
}

/** China's clock has stood at +08:00 without summer time since 1991. */
const zoneBlock = (zone: string): string =>
  [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    'BEGIN:STANDARD',
    'DTSTART:19910915T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'TZNAME:CST',
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');

/** One file of many meetings; a cancelled one says so, so that calendars strike it out. */
export function calendarOfMany(
  states: readonly MeetingState[],
  { name, describe }: { readonly name?: string; readonly describe: (state: MeetingState) => CalendarWords },
): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'yishi', product: 'yishi' },
    method: ICalCalendarMethod.PUBLISH,
    timezone: { name: homeZone, generator: zoneBlock },
    ...(name !== undefined && { name }),
  });
  const stamps: string[] = [];
  for (const state of states) {
    const { description, url } = describe(state);
    calendar.createEvent({
      id: `${state.meetingId}@yishi`,
      start: new HomeDate(state.startsAt),
      end: new HomeDate(state.startsAt + state.plannedMinutes * 60_000),
      // The log only grows: a later file always wins over an earlier one.
      sequence: state.seq,
      timezone: homeZone,
      summary: state.title?.text ?? '',
      location: state.place?.text ?? '',
      description,
      url,
      ...(state.phase === 'cancelled' && { status: ICalEventStatus.CANCELLED }),
    });
    stamps.push(new Date(state.convenedAt ?? state.startsAt).toISOString().replace(/[-:]|\.\d+/g, ''));
  }
  // The standard wants these in UTC; the library writes the machine's own clock into them.
  let at = 0;
  return calendar.toString().replace(/^DTSTAMP:.*$/gm, () => {
    const stamp = stamps[at] ?? '';
    at += 1;
    return `DTSTAMP:${stamp}`;
  });
}

export const calendarOf = (state: MeetingState, words: CalendarWords): string =>
  calendarOfMany([state], { describe: () => words });
