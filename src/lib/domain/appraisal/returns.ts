// The returns of a 民主评议会: one form a seat, taken as a ballot with hidden names. Pure; read by the screens and the record. The law of the forms of
// a project's appraisal is count.ts; the scale and the share are the same.
import {
  appraisalForm,
  indicatorOption,
  scaleKeys,
  type AppraisalFormConfig,
} from '#lib/domain/ballots/appraisal-form.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MajorityRule } from '#lib/domain/meeting/rules.ts';
import { satisfactionPercent } from './count.ts';
import { appraisalAnswers, type AppraisalAnswer } from './form.ts';

type ByAnswer = Readonly<Record<AppraisalAnswer, number>>;

export interface Returns {
  readonly issued: number;
  readonly returned: number;
  readonly valid: number;
  readonly void: number;
  readonly byAnswer: ByAnswer;
  /** [AP4] Valid without 不了解: what the satisfaction is a share of. */
  readonly opinions: number;
  readonly satisfied: number;
  /** In per cent of those with an opinion, to one decimal; null with none. */
  readonly percent: number | null;
  /** [AP5] By the line of the pack; null where the pack draws none. */
  readonly verdict: 'passed' | 'failed' | 'too_few' | null;
  /** The pack's line. */
  readonly line: MajorityRule | null;
  readonly leastValid: number;
  /** Each by itself, of those who marked it. */
  readonly indicators: readonly {
    readonly name: string;
    readonly byAnswer: ByAnswer;
    readonly percent: number | null;
  }[];
}

export const isAppraisalForm = ({ frame }: Poll): boolean => frame.method === appraisalForm.id;

/** What is marked beside the whole; nothing on any other ballot. */
export const indicatorsOf = (poll: Poll): readonly string[] =>
  isAppraisalForm(poll) ? (poll.frame.config as AppraisalFormConfig).indicators : [];

function answersIn(
  counts: Readonly<Record<string, number>>,
  optionOf: (key: string) => string,
): Pick<Returns, 'byAnswer' | 'opinions' | 'satisfied' | 'percent'> {
  const byAnswer = { satisfied: 0, fairly_satisfied: 0, dissatisfied: 0, unknown: 0 };
  appraisalAnswers.forEach((answer, at) => (byAnswer[answer] = counts[optionOf(scaleKeys[at] ?? '')] ?? 0));
  const satisfied = byAnswer.satisfied + byAnswer.fairly_satisfied;
  const opinions = satisfied + byAnswer.dissatisfied;
  return { byAnswer, opinions, satisfied, percent: satisfactionPercent({ satisfied, opinions }) };
}

/** [AP12] 发放, 回收, 有效, 作废, and the answers. Null while the ballot is not counted, and for any other ballot. */
export function returnsOf(poll: Poll): Returns | null {
  const { result, frame } = poll;
  if (!result || !isAppraisalForm(poll)) return null;
  const { outcome, voted, spoiled, counts } = result;
  const { leastValid } = frame.config as AppraisalFormConfig;
  return {
    issued: frame.electorate.length,
    returned: voted + spoiled,
    // A ballot's voters are those whose form counts; spoiled paper came back beside them.
    valid: voted,
    void: spoiled,
    ...answersIn(counts, (key) => key),
    verdict:
      outcome === 'passed' || outcome === 'failed'
        ? outcome
        : outcome === 'not_binding' && frame.majority !== null
          ? 'too_few'
          : null,
    line: frame.majority,
    leastValid,
    indicators: indicatorsOf(poll).map((name, at) => {
      const { byAnswer, percent } = answersIn(counts, (key) => indicatorOption(at, key));
      return { name, byAnswer, percent };
    }),
  };
}
