// How a contract's money is split into tranches: shares that need not be percent, rounded so that they sum to the award exactly. Rule [B6].
// A tranche's standing is read from its accounts and its recorded condition; it is stored nowhere else.
import { balanceOf, type Books } from './books.ts';
import { refuseBooking, type LedgerRefusal } from './refusal.ts';

/** [J16] The steps of a project a tranche can wait for. */
export const trancheCues = ['contract', 'passMidterm', 'complete', 'passAppraisal', 'close'] as const;
export type TrancheCue = (typeof trancheCues)[number];

export interface TrancheTerm {
  /** 首款, 中期款, 尾款. */
  readonly name: string;
  /** Whole parts of the sum of all shares: 50, 40, 10. */
  readonly share: number;
  /** What must have happened before it is paid, in a secretary's words. */
  readonly condition: string;
  /** The project's step that meets it; without one it is recorded by hand. */
  readonly dueAfter?: TrancheCue | null;
}

export type TranchePlan = readonly TrancheTerm[];

/** What a new fund starts from; each fund says its own. */
export const usualShares: readonly number[] = [50, 40, 10];

export const mostTranches = 12;
const mostShare = 10_000;

/** [B6] One to twelve tranches, each with a name and a share of at least one part. */
export function planFault(plan: TranchePlan): LedgerRefusal | null {
  const fits =
    plan.length > 0 &&
    plan.length <= mostTranches &&
    plan.every(
      ({ name, share }) => name.trim() !== '' && Number.isSafeInteger(share) && share > 0 && share <= mostShare,
    );
  return fits ? null : refuseBooking('B6', 'plan-unfit', { most: mostTranches });
}

/**
 * [B6] The amounts of the tranches: each share rounded down, then the fen that are left go one each to the largest remainders, earlier
 * tranches first. They sum to `amountFen` exactly.
 */
export function splitByShares(amountFen: number, plan: TranchePlan): number[] {
  const total = plan.reduce((sum, { share }) => sum + share, 0);
  // Whole and rest apart, so that the product stays a safe integer for any amount.
  const wholes = Math.floor(amountFen / total);
  const over = amountFen % total;
  const parts = plan.map(({ share }, index) => ({
    index,
    fen: wholes * share + Math.floor((over * share) / total),
    rest: (over * share) % total,
  }));
  let left = amountFen - parts.reduce((sum, { fen }) => sum + fen, 0);
  const turns = [...parts].sort((one, other) => other.rest - one.rest || one.index - other.index);
  for (const part of turns) {
    if (left === 0) break;
    part.fen += 1;
    left -= 1;
  }
  return parts.map(({ fen }) => fen);
}

/** `waiting` for its condition; `due` when that is recorded; `recovered` when all that was paid came back. */
export type TrancheStatus = 'waiting' | 'due' | 'frozen' | 'paid' | 'released' | 'recovered';

export interface TrancheFacts {
  readonly trancheId: string;
  /** When its condition was recorded as met; null before. */
  readonly metAt: number | null;
  /** Whether it was ever paid, in full or, by later recovery, no more. */
  readonly everPaid: boolean;
}

export function trancheStatus(books: Books, { trancheId, metAt, everPaid }: TrancheFacts): TrancheStatus {
  if (balanceOf(books, 'paid', trancheId) > 0) return 'paid';
  if (balanceOf(books, 'frozen', trancheId) > 0) return 'frozen';
  if (balanceOf(books, 'committed', trancheId) > 0) return metAt === null ? 'waiting' : 'due';
  return everPaid ? 'recovered' : 'released';
}
