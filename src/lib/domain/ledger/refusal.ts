// Why the books refuse: the rule's number in RULES.md, a reason the messages turn into a sentence, and the figures the sentence needs.
// Amounts in `params` are fen. Asked by the office and by a meeting's screens; nothing here knows words.

export const ledgerRefusalReasons = [
  'amount-unfit',
  'over-envelope',
  'over-pool',
  'over-reserved',
  'over-paid',
  'ceiling-below-used',
  'books-unbalanced',
  'account-overdrawn',
  'plan-unfit',
  'already-contracted',
  'nothing-to-contract',
  'owners-undecided',
  'award-of-project',
  'project-being-put-right',
  'tranche-waits-for-step',
  'tranche-not-due',
  'tranche-out-of-turn',
  'tranche-not-waiting',
  'tranche-not-frozen',
] as const;

export type LedgerRefusalReason = (typeof ledgerRefusalReasons)[number];

export interface LedgerRefusal {
  readonly refused: true;
  readonly rule: string;
  readonly reason: LedgerRefusalReason;
  readonly params: Readonly<Record<string, string | number>>;
}

export const refuseBooking = (
  rule: string,
  reason: LedgerRefusalReason,
  params: Readonly<Record<string, string | number>> = {},
): LedgerRefusal => ({ refused: true, rule, reason, params });

export const isLedgerRefusal = (value: unknown): value is LedgerRefusal =>
  typeof value === 'object' &&
  value !== null &&
  (value as { refused?: unknown }).refused === true &&
  ledgerRefusalReasons.includes((value as { reason?: LedgerRefusalReason }).reason as LedgerRefusalReason);
