// The transactions a fund knows, each as the posting it makes or the refusal it meets. Pure: called by the office under the fund's lock, by a
// meeting before it announces, and by the property test that plays random histories. Amounts are fen. Rules [B4] to [B9].
import { amountFault, balanceOf, type Books, type Entry, type Posting } from './books.ts';
import { refuseBooking, type LedgerRefusal } from './refusal.ts';
import { planFault, splitByShares, type TranchePlan } from './tranches.ts';

type Booked = Posting | LedgerRefusal;

const move = (
  from: Omit<Entry, 'amountFen'>,
  to: Omit<Entry, 'amountFen'>,
  amountFen: number,
): readonly [Entry, Entry] => [
  { ...from, amountFen: -amountFen },
  { ...to, amountFen },
];

/** What an award takes out of its envelope's ceiling; a negative amount gives it back. */
const useRoom = (envelopeId: string, amountFen: number): readonly Entry[] =>
  move({ kind: 'room', ownerId: envelopeId }, { kind: 'used', ownerId: envelopeId }, amountFen);

/** Money from a source comes into the fund. */
export const allot = ({ fundId, sourceId, amountFen }: { fundId: string; sourceId: string; amountFen: number }) =>
  amountFault(amountFen) ?? {
    kind: 'allot' as const,
    entries: move({ kind: 'source', ownerId: sourceId }, { kind: 'pool', ownerId: fundId }, amountFen),
  };

/** [B3] Money no award holds goes back to the source it came from: a slip put right, or what is left at the end of the year. */
export function handBack(
  books: Books,
  { fundId, sourceId, amountFen }: { fundId: string; sourceId: string; amountFen: number },
): Booked {
  const given = -balanceOf(books, 'source', sourceId);
  const poolFen = Math.min(given, balanceOf(books, 'pool', fundId));
  if (amountFen > poolFen) return refuseBooking('B2', 'over-pool', { amountFen, poolFen });
  return (
    amountFault(amountFen) ?? {
      kind: 'hand_back',
      entries: move({ kind: 'pool', ownerId: fundId }, { kind: 'source', ownerId: sourceId }, amountFen),
    }
  );
}

/** [B5] A ceiling may be raised, and lowered as far as it is not used. */
export function setCeiling(books: Books, { envelopeId, capFen }: { envelopeId: string; capFen: number }): Booked {
  const fault = amountFault(capFen);
  if (fault) return fault;
  const before = -balanceOf(books, 'ceiling', envelopeId);
  const usedFen = balanceOf(books, 'used', envelopeId);
  if (capFen < usedFen) return refuseBooking('B5', 'ceiling-below-used', { capFen, usedFen });
  if (capFen === before) return refuseBooking('B1', 'amount-unfit');
  return {
    kind: 'set_ceiling',
    entries: move({ kind: 'ceiling', ownerId: envelopeId }, { kind: 'room', ownerId: envelopeId }, capFen - before),
  };
}

/** What an award of this size would meet: what its envelope and the pool still hold, and which of them is short first. */
export interface AwardFit {
  readonly short: 'envelope' | 'pool' | null;
  readonly roomFen: number;
  readonly poolFen: number;
  /** How much is missing; 0 where it fits. */
  readonly missingFen: number;
}

/** [B4] The envelope is asked before the pool: it is the nearer bound. */
export const awardFit = (
  { roomFen, poolFen }: { readonly roomFen: number; readonly poolFen: number },
  amountFen: number,
): AwardFit => ({
  short: amountFen > roomFen ? 'envelope' : amountFen > poolFen ? 'pool' : null,
  roomFen,
  poolFen,
  missingFen: Math.max(0, amountFen - Math.min(roomFen, poolFen)),
});

/** [B4] Reserves: out of the pool and out of the envelope's room, both or neither. */
export function award(
  books: Books,
  {
    fundId,
    envelopeId,
    awardId,
    amountFen,
  }: { fundId: string; envelopeId: string; awardId: string; amountFen: number },
): Booked {
  const fault = amountFault(amountFen);
  if (fault) return fault;
  const { short, roomFen, poolFen } = awardFit(
    { roomFen: balanceOf(books, 'room', envelopeId), poolFen: balanceOf(books, 'pool', fundId) },
    amountFen,
  );
  if (short !== null)
    return refuseBooking('B4', short === 'envelope' ? 'over-envelope' : 'over-pool', { amountFen, roomFen, poolFen });
  return {
    kind: 'award',
    entries: [
      ...move({ kind: 'pool', ownerId: fundId }, { kind: 'reserved', ownerId: awardId }, amountFen),
      ...useRoom(envelopeId, amountFen),
    ],
  };
}

/** [B5] Gives back of what is reserved and not yet contracted, the whole of it or a part. */
export function reduce(
  books: Books,
  { fundId, envelopeId, awardId, byFen }: { fundId: string; envelopeId: string; awardId: string; byFen: number },
): Booked {
  const fault = amountFault(byFen);
  if (fault) return fault;
  const reservedFen = balanceOf(books, 'reserved', awardId);
  if (byFen > reservedFen) return refuseBooking('B5', 'over-reserved', { amountFen: byFen, reservedFen });
  return {
    kind: 'reduce',
    entries: [
      ...move({ kind: 'reserved', ownerId: awardId }, { kind: 'pool', ownerId: fundId }, byFen),
      ...useRoom(envelopeId, -byFen),
    ],
  };
}

/** [B6] A contract commits the whole of what is reserved, split into its tranches. Two fen cannot be split in three. */
export function commit(
  books: Books,
  { awardId, plan, trancheIds }: { awardId: string; plan: TranchePlan; trancheIds: readonly string[] },
): Booked {
  const fault = planFault(plan);
  if (fault) return fault;
  const reservedFen = balanceOf(books, 'reserved', awardId);
  if (reservedFen === 0) return refuseBooking('B6', 'nothing-to-contract');
  const parts = splitByShares(reservedFen, plan);
  if (parts.some((fen) => fen === 0) || trancheIds.length !== plan.length)
    return refuseBooking('B6', 'plan-unfit', { most: plan.length });
  return {
    kind: 'commit',
    entries: [
      { kind: 'reserved', ownerId: awardId, amountFen: -reservedFen },
      ...parts.map((amountFen, index) => ({ kind: 'committed' as const, ownerId: trancheIds[index] ?? '', amountFen })),
    ],
  };
}

/** [B7] `earlierIds` are the award's tranches before this one: none of them may still wait for its money. */
export function pay(
  books: Books,
  { trancheId, earlierIds, isMet }: { trancheId: string; earlierIds: readonly string[]; isMet: boolean },
): Booked {
  const committedFen = balanceOf(books, 'committed', trancheId);
  if (committedFen === 0) return refuseBooking('B7', 'tranche-not-waiting');
  if (!isMet) return refuseBooking('B7', 'tranche-not-due');
  const open = earlierIds.findIndex(
    (earlier) => balanceOf(books, 'committed', earlier) > 0 || balanceOf(books, 'frozen', earlier) > 0,
  );
  if (open >= 0) return refuseBooking('B7', 'tranche-out-of-turn', { earlier: open + 1 });
  return {
    kind: 'pay',
    entries: move({ kind: 'committed', ownerId: trancheId }, { kind: 'paid', ownerId: trancheId }, committedFen),
  };
}

/** [B8] An unpaid tranche is held back; nothing of it is paid while it is. */
export function freeze(books: Books, { trancheId }: { trancheId: string }): Booked {
  const committedFen = balanceOf(books, 'committed', trancheId);
  if (committedFen === 0) return refuseBooking('B8', 'tranche-not-waiting');
  return {
    kind: 'freeze',
    entries: move({ kind: 'committed', ownerId: trancheId }, { kind: 'frozen', ownerId: trancheId }, committedFen),
  };
}

export function unfreeze(books: Books, { trancheId }: { trancheId: string }): Booked {
  const frozenFen = balanceOf(books, 'frozen', trancheId);
  if (frozenFen === 0) return refuseBooking('B8', 'tranche-not-frozen');
  return {
    kind: 'unfreeze',
    entries: move({ kind: 'frozen', ownerId: trancheId }, { kind: 'committed', ownerId: trancheId }, frozenFen),
  };
}

/** [B8] An unpaid tranche, frozen or not, goes back to the pool and frees its envelope: the contract has ended. */
export function release(
  books: Books,
  { fundId, envelopeId, trancheId }: { fundId: string; envelopeId: string; trancheId: string },
): Booked {
  const held = (['committed', 'frozen'] as const).map((kind) => ({ kind, fen: balanceOf(books, kind, trancheId) }));
  const found = held.find(({ fen }) => fen > 0);
  if (!found) return refuseBooking('B8', 'tranche-not-waiting');
  return {
    kind: 'release',
    entries: [
      ...move({ kind: found.kind, ownerId: trancheId }, { kind: 'pool', ownerId: fundId }, found.fen),
      ...useRoom(envelopeId, -found.fen),
    ],
  };
}

/** [B9] What was paid comes back, in full or in part: into the pool and into the envelope's room. */
export function recover(
  books: Books,
  {
    fundId,
    envelopeId,
    trancheId,
    amountFen,
  }: { fundId: string; envelopeId: string; trancheId: string; amountFen: number },
): Booked {
  const fault = amountFault(amountFen);
  if (fault) return fault;
  const paidFen = balanceOf(books, 'paid', trancheId);
  if (amountFen > paidFen) return refuseBooking('B9', 'over-paid', { amountFen, paidFen });
  return {
    kind: 'recover',
    entries: [
      ...move({ kind: 'paid', ownerId: trancheId }, { kind: 'pool', ownerId: fundId }, amountFen),
      ...useRoom(envelopeId, -amountFen),
    ],
  };
}
