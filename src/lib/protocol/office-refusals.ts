// What the office answers when it will not do something outside a meeting: signing in, people, councils, rule packs.
// A refusal is a value; pages turn its reason into a sentence (messages/<language>/refusals-of-the-office). The law's own refusals
// (domain/meeting/refusal.ts) belong to meetings and carry a rule number; those of the books (domain/ledger/refusal.ts) are said by either.
import { ledgerRefusalReasons } from '#lib/domain/ledger/refusal.ts';

import { minutesRefusalReasons } from '#lib/domain/minutes/refusal.ts';
import { serviceRefusalReasons } from '#lib/domain/service-refusal.ts';

export const officeRefusalReasons = [
  // signing in
  'wrong-name-or-password',
  'too-many-wrong-passwords',
  'session-expired',
  'not-allowed',
  'password-too-short',
  'password-too-long',
  'password-same-as-name',
  'old-password-wrong',
  'login-name-unfit',
  'login-name-taken',
  'already-has-account',
  'no-account',
  'passkey-not-recognised',
  'passkey-known-already',
  'last-way-in',
  // slips
  'slip-unknown',
  'slip-revoked',
  'slip-used',
  // community, people, councils
  'name-missing',
  'text-too-long',
  'name-taken',
  'not-there',
  'birth-month-unfit',
  'number-unfit',
  'still-has-groups',
  'still-has-seats',
  'person-has-seat',
  'seat-ended',
  'no-vacant-seat',
  'fewer-seats-than-held',
  'last-secretary',
  'confirmation-differs',
  'roster-empty',
  'file-unreadable',
  'file-too-large',
  'term-has-roster',
  // rule packs
  'rules-unfit',
  'rules-retired',
  // the first day
  'already-set-up',
  // funds and awards
  ...ledgerRefusalReasons,
  // needs, plans, projects: the law's own
  ...serviceRefusalReasons,
  // frozen minutes and their signatures
  ...minutesRefusalReasons,
] as const;

export type OfficeRefusalReason = (typeof officeRefusalReasons)[number];

export interface OfficeRefusal {
  readonly refused: true;
  readonly reason: OfficeRefusalReason;
  /** What the sentence mentions: counts, names of things. Never a secret. */
  readonly params: Readonly<Record<string, string | number>>;
}

export const refuseOffice = (
  reason: OfficeRefusalReason,
  params: Readonly<Record<string, string | number>> = {},
): OfficeRefusal => ({ refused: true, reason, params });

export const isOfficeRefusal = (value: unknown): value is OfficeRefusal =>
  typeof value === 'object' &&
  value !== null &&
  (value as { refused?: unknown }).refused === true &&
  officeRefusalReasons.includes((value as { reason?: OfficeRefusalReason }).reason as OfficeRefusalReason);

/** Carries a refusal out of a transaction, so that a refusal half way leaves nothing behind. */
export class OfficeRefused extends Error {
  constructor(readonly refusal: OfficeRefusal) {
    super(refusal.reason);
  }
}

/** What was done, or throws: for several steps in one transaction. */
export function orThrow<T>(value: T): Exclude<T, OfficeRefusal> {
  if (isOfficeRefusal(value)) throw new OfficeRefused(value);
  return value as Exclude<T, OfficeRefusal>;
}
