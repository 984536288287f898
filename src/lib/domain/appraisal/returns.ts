// The returns of a 民主评议会: one form a seat, taken as a ballot with hidden names whose four options are the scale in its printed order. Pure;
// read by the screens and the record. The law of the forms of a project's appraisal is count.ts; the scale and the share are the same.
import type { Poll } from '#lib/domain/meeting/poll.ts';
import { satisfactionPercent } from './count.ts';
import { appraisalAnswers, type AppraisalAnswer } from './form.ts';

/** The keys a question's options get, in their order. */
const keyOf = (at: number): string => String.fromCharCode(65 + at);

export interface Returns {
  readonly issued: number;
  readonly returned: number;
  readonly valid: number;
  readonly void: number;
  readonly byAnswer: Readonly<Record<AppraisalAnswer, number>>;
  /** [AP4] In per cent of those with an opinion, to one decimal; null with none. */
  readonly percent: number | null;
}

/** Whether a ballot is such a form: a question with as many options as the scale. */
export const isAppraisalForm = ({ frame }: Poll): boolean =>
  frame.subject.kind === 'question' &&
  (frame.config as { options?: readonly unknown[] } | null)?.options?.length === appraisalAnswers.length;

/** [AP12] 发放, 回收, 有效, 作废, and the answers. Null while the ballot is not counted. */
export function returnsOf(poll: Poll): Returns | null {
  const { result, frame } = poll;
  if (!result || !isAppraisalForm(poll)) return null;
  const byAnswer = { satisfied: 0, fairly_satisfied: 0, dissatisfied: 0, unknown: 0 };
  appraisalAnswers.forEach((answer, at) => (byAnswer[answer] = result.counts[keyOf(at)] ?? 0));
  const satisfied = byAnswer.satisfied + byAnswer.fairly_satisfied;
  // A ballot's voters are those whose form counts; spoiled paper came back beside them.
  const valid = result.voted;
  return {
    issued: frame.electorate.length,
    returned: result.voted + result.spoiled,
    valid,
    void: result.spoiled,
    byAnswer,
    percent: satisfactionPercent({ satisfied, opinions: valid - byAnswer.unknown }),
  };
}
