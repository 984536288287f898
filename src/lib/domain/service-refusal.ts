// Why the law outside a meeting (needs, projects, tasks, follow-ups …) will not do something: a value with the number of its rule, like a meeting's refusal. The office's
// sentences (messages/<language>/office-refusals.ts) have one for every reason. Never used inside a meeting.

export const serviceRefusalReasons = [
  // needs
  'need-title-missing',
  'need-category-unknown',
  'need-not-open-here',
  'need-reply-missing',
  'need-merged-already',
  'need-merge-circle',
  'need-merge-target-gone',
  'need-not-routed',
  'need-nothing-to-undo',
  'need-has-merged-ones',
  'need-served-by-project',
  'too-many-needs',
  'collection-days-unfit',
  'collection-categories-missing',
  'photo-unfit',
  'photo-too-large',
  'photos-enough',
  // micro-wishes
  'wish-cap-unfit',
  'wish-not-open',
  'wish-not-claimed',
  'wish-not-fulfilled',
  'wish-over-cap',
  'rating-unfit',
  'contact-missing',
  // plans
  'plan-part-missing',
  'plan-phase-days',
  'plan-amount-unfit',
  'plan-too-long',
  'plan-frozen',
  'plan-unchanged',
  // projects
  'project-deed-out-of-turn',
  'project-why-missing',
  'project-record-missing',
  'project-record-unfit',
  'project-no-version',
  'project-checks-open',
  'project-checks-failed',
  'project-scores-missing',
  'project-owners-assembly',
  'project-owners-undecided',
  'project-publicity-short',
  'project-in-publicity',
  'project-objections-open',
  'project-no-organisation',
  'approved-over-asked',
  'project-no-award',
  'project-award-differs',
  'project-no-envelope',
  'reduction-unfit',
  'appraisal-figures',
  'score-unfit',
  'objection-closed',
  'objection-answered',
  // publication
  'publish-not-adjourned',
  'publish-nothing',
  'publish-stands-already',
  'publish-unsigned',
  'publish-decision-instead',
  'publish-results-not-allowed',
  'publish-days-unfit',
  'publish-days-short',
  'publish-names-somebody',
  'publish-title-missing',
  'publish-contact-missing',
  'publish-too-long',
  'publish-withdrawn',
  'publish-why-missing',
  // residents' appraisals
  'appraisal-answer-missing',
  'appraisal-mark-unfit',
  'appraisal-comment-long',
  'appraisal-slip-unknown',
  'appraisal-slip-used',
  'appraisal-not-open',
  'appraisal-not-drafted',
  'appraisal-not-closed',
  'appraisal-entries-differ',
  'appraisal-second-person',
  'appraisal-entries-open',
  'appraisal-too-few',
  'appraisal-terms-unfit',
  'appraisal-no-slips',
  'appraisal-underway',
  // responsibility lists and incoming tasks
  'list-head-unfit',
  'list-basis-missing',
  'list-item-unfit',
  'task-sender-missing',
  'task-text-missing',
  'task-money-unfit',
  'day-unfit',
  'finding-item-missing',
  'finding-reason-missing',
  'task-answer-unfit',
  'task-no-letter',
  'letter-missing',
  'letter-confirmed',
  // follow-ups
  'follow-up-text-missing',
  'follow-up-owner-missing',
  'follow-up-day-missing',
  'follow-up-day-not-later',
  'follow-up-note-missing',
  'follow-up-open',
  'follow-up-closed',
  // feedback
  'feedback-text-missing',
  'feedback-personal-number',
  'feedback-handler-missing',
  'feedback-answer-missing',
  'feedback-answered',
  'too-much-feedback',
] as const;

export type ServiceRefusalReason = (typeof serviceRefusalReasons)[number];

export interface ServiceRefusal {
  readonly refused: true;
  readonly rule: string;
  readonly reason: ServiceRefusalReason;
  readonly params: Readonly<Record<string, string | number>>;
}

export const refuseService = (
  rule: string,
  reason: ServiceRefusalReason,
  params: Readonly<Record<string, string | number>> = {},
): ServiceRefusal => ({ refused: true, rule, reason, params });

export const isServiceRefusal = (value: unknown): value is ServiceRefusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
