// 居民评估表: what one resident says about a finished project, from a phone or on paper. Parsed from unknown JSON by everybody who takes one in.
// It must never know whose form it is.
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

/** 满意 / 基本满意 / 不满意 / 不了解, in the order they are printed. */
export const appraisalAnswers = ['satisfied', 'fairly_satisfied', 'dissatisfied', 'unknown'] as const;
export type AppraisalAnswer = (typeof appraisalAnswers)[number];

/** Why a paper form says nothing that can be counted. */
export const voidReasons = ['no_answer', 'several_answers', 'unreadable'] as const;
export type VoidReason = (typeof voidReasons)[number];

export interface ValidForm {
  readonly answer: AppraisalAnswer;
  /** One for each item of the appraisal, 1 (bad) to 5 (good), or null where nothing was marked. */
  readonly marks: readonly (number | null)[];
  readonly comment: string;
}
export type AppraisalForm = ValidForm | { readonly void: VoidReason };

export const isVoid = (form: AppraisalForm): form is { readonly void: VoidReason } => 'void' in form;

const longestComment = 500;

const isMark = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5);

/** [AP2] The form as it counts, or what is wrong with it. Void forms come from paper only: who lets them in decides that. */
export function parseForm(value: unknown, items: number): AppraisalForm | ServiceRefusal {
  const said = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const reason = voidReasons.find((each) => each === said.void);
  if (reason) return { void: reason };
  const answer = appraisalAnswers.find((each) => each === said.answer);
  if (!answer) return refuseService('AP2', 'appraisal-answer-missing');
  const given = Array.isArray(said.marks) ? (said.marks as unknown[]) : [];
  const marks = Array.from({ length: items }, (_, at) => given[at] ?? null);
  if (given.length > items || !marks.every(isMark)) return refuseService('AP2', 'appraisal-mark-unfit');
  const comment = typeof said.comment === 'string' ? said.comment.trim() : '';
  if (Array.from(comment).length > longestComment)
    return refuseService('AP2', 'appraisal-comment-long', { most: longestComment });
  return { answer, marks, comment };
}

/** [AP3] What two entries of one paper form say differently: `answer`, `void`, `comment`, or `mark1` … `markN`. Empty when they are alike. */
export function differences(first: AppraisalForm, second: AppraisalForm): string[] {
  if (isVoid(first) || isVoid(second)) {
    const alike = isVoid(first) && isVoid(second) && first.void === second.void;
    return alike ? [] : ['void'];
  }
  return [
    ...(first.answer === second.answer ? [] : ['answer']),
    ...first.marks.flatMap((mark, at) => (mark === second.marks[at] ? [] : [`mark${at + 1}`])),
    ...(first.comment.replace(/\s/g, '') === second.comment.replace(/\s/g, '') ? [] : ['comment']),
  ];
}
