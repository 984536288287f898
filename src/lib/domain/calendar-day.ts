// Days as people write them, `YYYY-MM-DD`: whether one is a day at all, and counting on from it. Pure; which day it is now is the caller's
// to say. Used for collection periods, schedules of plans, publicity and rectification.

const dayMs = 86_400_000;
const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDay(text: string): boolean {
  const found = shape.exec(text);
  if (!found) return false;
  const at = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(at).toISOString().slice(0, 10) === text;
}

/** The day `days` after `day`; before it when negative. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** 0 Sunday … 6 Saturday. */
const weekdayOf = (day: string): number => new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay();

/** Whole days from one to the other. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/**
 * [J7] The last day of a publicity of `days` days whose first is `from`, both included. `working` counts Monday to Friday; days off that
 * are not weekends are not known to the program, so whoever publishes may only lengthen it.
 */
export function lastDayOfPublicity(from: string, days: number, dayType: 'calendar' | 'working'): string {
  if (days <= 0) return from;
  if (dayType === 'calendar') return dayAfter(from, days - 1);
  let day = from;
  let left = days;
  for (;;) {
    const weekday = weekdayOf(day);
    if (weekday !== 0 && weekday !== 6) left -= 1;
    if (left <= 0) return day;
    day = dayAfter(day, 1);
  }
}
