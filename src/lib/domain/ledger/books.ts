// The books of a fund as balances by account, and what may be posted to them: the one check every transaction passes. Pure.
// The office posts the same way under the fund's lock; PostgreSQL checks [B1] and [B2] once more by itself.
import { accountId, isGiver, sideOf, type AccountKind } from './accounts.ts';
import { refuseBooking, type LedgerRefusal } from './refusal.ts';

export const transactionKinds = [
  'allot',
  'hand_back',
  'set_ceiling',
  'award',
  'reduce',
  'commit',
  'pay',
  'freeze',
  'unfreeze',
  'release',
  'recover',
] as const;
export type TransactionKind = (typeof transactionKinds)[number];

export interface Entry {
  readonly kind: AccountKind;
  readonly ownerId: string;
  /** Whole fen, never zero; what comes in is positive. */
  readonly amountFen: number;
}

export interface Posting {
  readonly kind: TransactionKind;
  readonly entries: readonly Entry[];
}

/** Balances in fen by account id; an account nobody has posted to holds nothing. */
export type Books = ReadonlyMap<string, number>;

export const emptyBooks: Books = new Map();

export const balanceOf = (books: Books, kind: AccountKind, ownerId: string): number =>
  books.get(accountId(kind, ownerId)) ?? 0;

/** Amounts beyond this are a slip of the keyboard: ten thousand million yuan. */
export const mostFen = 1_000_000_000_000;

/** [B1] An amount that can move: whole fen, more than none. */
export const amountFault = (amountFen: number): LedgerRefusal | null =>
  Number.isSafeInteger(amountFen) && amountFen > 0 && amountFen <= mostFen ? null : refuseBooking('B1', 'amount-unfit');

/** The books after a posting, or why it may not be posted: unbalanced [B1], overdrawn [B2]. Never changes what it is given. */
export function post(books: Books, { entries }: Posting): Books | LedgerRefusal {
  const sums = { money: 0, ceiling: 0 };
  const after = new Map(books);
  for (const { kind, ownerId, amountFen } of entries) {
    if (!Number.isSafeInteger(amountFen) || amountFen === 0) return refuseBooking('B1', 'amount-unfit');
    sums[sideOf(kind)] += amountFen;
    after.set(accountId(kind, ownerId), balanceOf(after, kind, ownerId) + amountFen);
  }
  if (entries.length === 0 || sums.money !== 0 || sums.ceiling !== 0) return refuseBooking('B1', 'books-unbalanced');
  for (const { kind, ownerId } of entries) {
    const balance = balanceOf(after, kind, ownerId);
    if (isGiver(kind) ? balance > 0 : balance < 0)
      return refuseBooking('B2', 'account-overdrawn', { account: kind, fen: balance });
  }
  return after;
}
