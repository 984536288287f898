// The count of a residents' appraisal, as anybody may repeat it from the published figures. Pure; whole numbers and one exact fraction.
import { splitSmallGroups } from '#lib/domain/small-groups.ts';
import { appraisalAnswers, isVoid, type AppraisalAnswer, type AppraisalForm, type VoidReason } from './form.ts';

export interface AppraisalRules {
  /** The line: 4/5 for 80 %. */
  readonly passRatio: { readonly numerator: number; readonly denominator: number };
  readonly minValid: number;
}

export type AppraisalChannel = 'phone' | 'paper';

export interface Returned {
  readonly group: string;
  readonly channel: AppraisalChannel;
  readonly form: AppraisalForm;
}

export interface GroupFigures {
  /** Null for what is left of the groups too small to be shown. */
  readonly group: string | null;
  readonly valid: number;
  readonly opinions: number;
  readonly satisfied: number;
}

export interface AppraisalResult {
  readonly issued: number;
  readonly returned: number;
  readonly valid: number;
  readonly void: number;
  readonly voidBy: Readonly<Partial<Record<VoidReason, number>>>;
  readonly byChannel: Readonly<Record<AppraisalChannel, number>>;
  readonly byAnswer: Readonly<Record<AppraisalAnswer, number>>;
  /** [AP4] Valid without 不了解: what the satisfaction is a share of. */
  readonly opinions: number;
  readonly satisfied: number;
  readonly verdict: 'passed' | 'failed' | 'too_few';
  /** Mean mark of each item to one decimal, null with fewer than five marks. */
  readonly items: readonly { readonly marks: number; readonly mean: number | null }[];
  readonly groups: readonly GroupFigures[];
}

/** [AP6] Fewer forms than this could be told apart. */
export const smallestGroup = 5;

export function countAppraisal(
  returned: readonly Returned[],
  { issued, items, rules }: { issued: number; items: number; rules: AppraisalRules },
): AppraisalResult {
  const voidBy: Partial<Record<VoidReason, number>> = {};
  const byChannel = { phone: 0, paper: 0 };
  const byAnswer = { satisfied: 0, fairly_satisfied: 0, dissatisfied: 0, unknown: 0 };
  const marks: number[][] = Array.from({ length: items }, () => []);
  const groups = new Map<string, { valid: number; opinions: number; satisfied: number }>();
  for (const { group, channel, form } of returned) {
    if (isVoid(form)) {
      voidBy[form.void] = (voidBy[form.void] ?? 0) + 1;
      continue;
    }
    byChannel[channel] += 1;
    byAnswer[form.answer] += 1;
    form.marks.forEach((mark, at) => mark !== null && marks[at]?.push(mark));
    const figures = groups.get(group) ?? { valid: 0, opinions: 0, satisfied: 0 };
    groups.set(group, figures);
    figures.valid += 1;
    if (form.answer !== 'unknown') figures.opinions += 1;
    if (form.answer === 'satisfied' || form.answer === 'fairly_satisfied') figures.satisfied += 1;
  }
  const valid = appraisalAnswers.reduce((sum, answer) => sum + byAnswer[answer], 0);
  const opinions = valid - byAnswer.unknown;
  const satisfied = byAnswer.satisfied + byAnswer.fairly_satisfied;
  const { numerator, denominator } = rules.passRatio;
  const reached = opinions > 0 && satisfied * denominator >= opinions * numerator;
  return {
    issued,
    returned: returned.length,
    valid,
    void: returned.length - valid,
    voidBy,
    byChannel,
    byAnswer,
    opinions,
    satisfied,
    verdict: valid < rules.minValid || opinions === 0 ? 'too_few' : reached ? 'passed' : 'failed',
    items: marks.map((given) => ({
      marks: given.length,
      mean:
        given.length < smallestGroup
          ? null
          : Math.round((given.reduce((sum, mark) => sum + mark, 0) / given.length) * 10) / 10,
    })),
    groups: shownGroups([...groups].map(([group, figures]) => ({ group, ...figures }))),
  };
}

/** [AP6] The small groups taken together, see `splitSmallGroups`; nothing at all when not even that is enough. By name; the rest last. */
function shownGroups(groups: readonly (GroupFigures & { readonly group: string })[]): GroupFigures[] {
  const named = [...groups].sort((a, b) => (a.group < b.group ? -1 : 1));
  const { shown, hidden, enough } = splitSmallGroups(named, smallestGroup, ({ valid }) => valid);
  if (!enough) return [];
  const byName = shown.sort((a, b) => (a.group < b.group ? -1 : 1));
  if (hidden.length === 0) return byName;
  const sum = (of: 'valid' | 'opinions' | 'satisfied') => hidden.reduce((total, figures) => total + figures[of], 0);
  return [...byName, { group: null, valid: sum('valid'), opinions: sum('opinions'), satisfied: sum('satisfied') }];
}

/** The satisfaction in per cent to one decimal, half up, or null with no opinion at all. For showing only: the verdict is exact. */
export const satisfactionPercent = ({ satisfied, opinions }: Pick<AppraisalResult, 'satisfied' | 'opinions'>) =>
  opinions === 0 ? null : Math.floor((satisfied * 2000 + opinions) / (opinions * 2)) / 10;
