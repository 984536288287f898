// A ballot of many marks on paper as somebody types it in, one line a ballot. A funding ballot: `P1 P3`, with points `P1:4 P3:6`, for an order best
// first; a project is named by its id, or by the number in it where that says which. A form of an appraisal: its digits. Used by the console
// and the desk's form. It says what it cannot read and checks nothing else.
import { scaleKeys, type AppraisalFormConfig } from '#lib/domain/ballots/appraisal-form.ts';
import type { FundingChoice } from '#lib/domain/ballots/funding-ballot.ts';
import type { FundingCall } from '#lib/domain/funding/checks.ts';

type Named = Pick<FundingCall, 'projects' | 'terms'>;

const between = /[\s,，、;；]+/;
const pointsAfter = /^(.+?)[:：=＝](-?\d{1,6})$/;

/** What the line says, or the first part of it that names no project or gives no points. */
export function choiceOfLine(
  { projects, terms }: Named,
  line: string,
): { readonly choice: FundingChoice } | { readonly unknown: string } {
  /** `6` is P6 or P06, if there is just one such. */
  const numbered = (name: string): string | undefined => {
    const fitting = projects.filter(({ id }) => Number(/^\D+(\d+)$/.exec(id)?.[1]) === Number(name));
    return fitting.length === 1 ? fitting[0]?.id : undefined;
  };
  const idOf = (name: string): string | undefined =>
    projects.find(({ id }) => id.toLowerCase() === name.toLowerCase())?.id ??
    (/^\d{1,4}$/.test(name) ? numbered(name) : undefined);
  const listed: string[] = [];
  const points: number[] = [];
  for (const part of line.split(between).filter((each) => each !== '')) {
    const [, name = part, given] = terms.kind === 'points' ? (pointsAfter.exec(part) ?? []) : [];
    const id = idOf(name);
    if (id === undefined || (terms.kind === 'points' && given === undefined)) return { unknown: part };
    listed.push(id);
    points.push(Number(given ?? 0));
  }
  return { choice: terms.kind === 'points' ? { listed, points } : { listed } };
}

/** The same line again, for correcting it. */
export const lineOfChoice = ({ listed, points }: FundingChoice): string =>
  listed.map((id, at) => (points ? `${id}:${points[at] ?? 0}` : id)).join(' ');

/** One digit for the whole and one for each indicator, `1` to `4` by the scale, `0` where nothing is marked; blanks do not matter. */
export function formOfLine(
  { indicators }: Pick<AppraisalFormConfig, 'indicators'>,
  line: string,
): { readonly choice: string } | { readonly unknown: string } {
  const digits = line.replace(/[\s,，、]/g, '');
  if (digits.length !== indicators.length + 1 || !/^[1-4][0-4]*$/.test(digits)) return { unknown: line.trim() };
  return { choice: Array.from(digits, (digit) => scaleKeys[Number(digit) - 1] ?? '-').join('') };
}

/** The same line again, for correcting it. */
export const lineOfForm = (choice: string): string =>
  Array.from(choice, (key) => String(scaleKeys.findIndex((each) => each === key) + 1)).join('');
