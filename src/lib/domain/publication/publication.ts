// What may be put before everybody of a meeting, and for how long. Pure; the office reads the facts under the meeting's row. Rules [PB…].
import { daysBetween, isDay, lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import type { RulePack } from '#lib/domain/meeting/rules.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

/** 决议公告 rests on signed minutes; 结果公示 on the log alone. */
export const publicationKinds = ['decision', 'results'] as const;
export type PublicationKind = (typeof publicationKinds)[number];

export interface PublicationFacts {
  readonly adjourned: boolean;
  /** Something was voted on and announced, referred or withdrawn. */
  readonly hasResults: boolean;
  /** The minutes are frozen and signed as their rule asks. */
  readonly signed: boolean;
  readonly resultsBeforeSigning: boolean;
  /** Kinds that already stand for this meeting. */
  readonly standing: readonly PublicationKind[];
}

/** [PB1] [PB3] Why this kind may not be published now, or null. */
export function publishFault(kind: PublicationKind, facts: PublicationFacts): ServiceRefusal | null {
  if (!facts.adjourned) return refuseService('PB1', 'publish-not-adjourned');
  if (!facts.hasResults) return refuseService('PB1', 'publish-nothing');
  if (facts.standing.includes(kind)) return refuseService('PB3', 'publish-stands-already');
  if (kind === 'decision') return facts.signed ? null : refuseService('PB1', 'publish-unsigned');
  if (facts.signed || facts.standing.includes('decision')) return refuseService('PB1', 'publish-decision-instead');
  return facts.resultsBeforeSigning ? null : refuseService('PB1', 'publish-results-not-allowed');
}

const longestPeriodDays = 366;

/** [PB2] Why these days will not do, or null. `earliest` is today: nothing is made public in the past. */
export function periodFault(
  { from, until }: { readonly from: string; readonly until: string },
  publicity: RulePack['publicity'],
  earliest: string,
): ServiceRefusal | null {
  if (!isDay(from) || !isDay(until) || from < earliest || until < from || daysBetween(from, until) > longestPeriodDays)
    return refuseService('PB2', 'publish-days-unfit');
  const least = lastDayOfPublicity(from, publicity.days, publicity.dayType);
  return until < least ? refuseService('PB2', 'publish-days-short', { days: publicity.days, until: least }) : null;
}

/** [PB6] */
export const isOpenTo = (
  { fromDay, untilDay }: { readonly fromDay: string; readonly untilDay: string },
  day: string,
): boolean => fromDay <= day && day <= untilDay;

/** Whole days that are left, today included; 0 when it is over. */
export const daysLeft = (untilDay: string, day: string): number => Math.max(0, daysBetween(day, untilDay) + 1);

export interface NamedPerson {
  readonly name: string | null;
  readonly phone: string | null;
  readonly consentPublishName: boolean;
}

const digits = (text: string): string => text.replace(/[\s-]/g, '');

/** [PB4] The first roster name without consent, or the owner of the first roster number, in a text that is to be public. */
export function namedWithoutConsent(
  texts: readonly string[],
  people: readonly NamedPerson[],
): { readonly name: string; readonly what: 'name' | 'phone' } | null {
  const whole = texts.join('\n');
  const figures = digits(whole);
  for (const { name, phone, consentPublishName } of people) {
    // One character alone is a word of the language, not a name.
    if (name && !consentPublishName && Array.from(name).length > 1 && whole.includes(name))
      return { name, what: 'name' };
    if (name && phone && digits(phone).length >= 7 && figures.includes(digits(phone))) return { name, what: 'phone' };
  }
  return null;
}

/** Roster names without consent as their masks, and every roster number as stars: for free words of a meeting on their way to everybody. */
export function withoutNames(text: string, people: readonly NamedPerson[], mask: (name: string) => string): string {
  let out = text;
  // Longer names first, so that one inside another is not cut in two.
  const named = people
    .flatMap(({ name, consentPublishName }) =>
      name && !consentPublishName && Array.from(name).length > 1 ? [name] : [],
    )
    .sort((a, b) => b.length - a.length);
  for (const name of named) if (out.includes(name)) out = out.split(name).join(mask(name));
  for (const { phone } of people) if (phone && digits(phone).length >= 7) out = withoutNumber(out, digits(phone));
  return out;
}

/** However it is spaced. */
function withoutNumber(text: string, number: string): string {
  const spaced = new RegExp(Array.from(number.replace(/\D/g, '')).join('[\\s-]?'), 'g');
  return text.replace(spaced, '***');
}
