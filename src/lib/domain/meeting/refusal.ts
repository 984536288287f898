// A refusal is a value, never an exception: the rule it rests on, a kebab reason the messages turn into a sentence, and what the sentence needs.

export interface Refusal {
  readonly refused: true;
  /** The rule's number in RULES.md, e.g. `Q1`. */
  readonly rule: string;
  readonly reason: RefusalReason;
  /** What the sentence mentions: counts, names of things, instants. Never a secret. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** Every reason the law can give; `messages/<language>/refusals.ts` has one sentence for each. */
export type RefusalReason = (typeof refusalReasons)[number];

export const refusalReasons = [
  'not-entitled',
  'not-your-seat',
  'wrong-phase',
  'not-in-format',
  'unknown-item',
  'unknown-seat',
  'unknown-motion',
  'unknown-poll',
  'unknown-request',
  'unknown-amendment',
  'unknown-proposal',
  'unknown-question',
  'unknown-person',
  'unknown-sheet',
  'text-missing',
  'text-too-long',
  'no-quorum',
  'no-rules',
  'no-roster',
  'no-agenda',
  'agenda-changed',
  'agenda-item-invalid',
  'short-notice',
  'agenda-not-adopted',
  'agenda-already-adopted',
  'item-not-open',
  'item-already-open',
  'item-has-open-motion',
  'seat-already-present',
  'seat-not-present',
  'seat-on-leave',
  'seat-taken-by-another',
  'seat-requested-already',
  'seat-has-no-vote',
  'wrong-mode',
  'request-already-queued',
  'speech-limit-reached',
  'someone-is-speaking',
  'nobody-is-speaking',
  'timer-running',
  'timer-not-running',
  'override-needs-reason',
  'motion-already-open',
  'motion-wrong-stage',
  'motion-not-seconded',
  'own-motion',
  'amendment-pending',
  'amount-not-lower',
  'amount-invalid',
  'owners-assembly-only',
  'already-recused',
  'not-recused',
  'recused',
  'recusal-not-in-rules',
  'poll-already-open',
  'poll-not-open',
  'poll-not-closed',
  'poll-already-announced',
  'too-few-to-hide',
  'not-in-electorate',
  'choice-invalid',
  'second-person-needed',
  'sheet-already-settled',
  'sheet-does-not-reconcile',
  'seat-voted-otherwise',
  'proxies-not-in-rules',
  'unanswered-business',
  'command-malformed',
  'session-expired',
  'too-many-attempts',
  'unknown-call',
  'call-unsound',
  'call-closed',
  'unknown-rule',
  'rule-needs-points',
  'unknown-project',
  'ballot-unsound',
  'count-not-ready',
  'count-failed',
  'unknown-slip',
  'slip-revoked',
  'too-large',
  'meeting-live',
  'realm-mismatch',
  'already-done',
  'offline',
  'server-failed',
  'unknown-meeting',
] as const;

export const refuse = (
  rule: string,
  reason: RefusalReason,
  params: Readonly<Record<string, string | number>> = {},
): Refusal => ({ refused: true, rule, reason, params });

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
