// A funding ballot on paper as somebody types it in, one line a ballot: `P1 P3`, with points `P1:4 P3:6`, for an order best first. A project is named by
// its id, or by the number in it where that says which. Used by the console and the desk's form. It says what it cannot read and checks nothing else.
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
