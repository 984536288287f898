// Awards from their reservation to the last tranche. Called by a meeting's bookings, by the project's own life and by the fund's page; each
// function is one transaction of the books, inside the caller's database transaction where it is given one. Callers ask the policy first.
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import * as law from '#lib/domain/ledger/bookings.ts';
import type { Books, Posting } from '#lib/domain/ledger/books.ts';
import { isLedgerRefusal, refuseBooking, type LedgerRefusal } from '#lib/domain/ledger/refusal.ts';
import {
  splitByShares,
  trancheStatus,
  type TrancheCue,
  type TranchePlan,
  type TrancheStatus,
} from '#lib/domain/ledger/tranches.ts';
import type { OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import { balanceOf } from '#lib/domain/ledger/books.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { awards, envelopes, ledgerTransactions, projects, tranches } from '#lib/server/db/schema/index.ts';
import { faultOfName } from '#lib/server/people/communities.ts';
import { book, lockFunds, readBooks, type Occasion } from './books.ts';

export type Refused = LedgerRefusal | OfficeRefusal;

export interface NewAward {
  readonly awardId?: string;
  readonly envelopeId: string;
  readonly title: string;
  readonly payee?: string;
  readonly projectId?: string | null;
  readonly meetingId?: string | null;
  readonly motionId?: string | null;
  readonly basis?: string;
  /** [M7] The grade of what was decided. */
  readonly ownersMatter?: OwnersMatter;
  readonly amountFen: number;
}

const longestTitle = 200;

/** [B4] Reserves. Refused whole where the envelope or the pool does not hold it. */
export async function bookAward(
  wanted: NewAward,
  occasion: Occasion,
  store: Queryable = db,
): Promise<{ awardId: string; fundId: string } | Refused> {
  const fault = faultOfName(wanted.title, longestTitle);
  if (fault) return fault;
  const { envelopeId, amountFen, awardId = newId() } = wanted;
  return store.transaction(async (tx) => {
    const [envelope] = await tx
      .select({ fundId: envelopes.fundId })
      .from(envelopes)
      .where(eq(envelopes.id, envelopeId));
    if (!envelope) return refuseOffice('not-there');
    const { fundId } = envelope;
    const booked = await book(tx, fundId, (books) => law.award(books, { fundId, envelopeId, awardId, amountFen }), {
      ...occasion,
      awardId,
    });
    if (isLedgerRefusal(booked)) return booked;
    await tx.insert(awards).values({
      id: awardId,
      fundId,
      envelopeId,
      title: wanted.title.trim(),
      payee: wanted.payee?.trim() ?? '',
      projectId: wanted.projectId ?? null,
      meetingId: wanted.meetingId ?? null,
      motionId: wanted.motionId ?? null,
      basis: wanted.basis ?? '',
      ownersMatter: wanted.ownersMatter ?? 'none',
      awardedAt: occasion.at,
    });
    return { awardId, fundId };
  });
}

/** One booking on an award, under its fund's lock. */
async function onAward(
  store: Queryable,
  awardId: string,
  occasion: Occasion,
  decide: (books: Books, award: typeof awards.$inferSelect) => Posting | LedgerRefusal,
): Promise<Refused | null> {
  return store.transaction(async (tx) => {
    const [award] = await tx.select().from(awards).where(eq(awards.id, awardId));
    if (!award) return refuseOffice('not-there');
    const booked = await book(tx, award.fundId, (books) => decide(books, award), { ...occasion, awardId });
    return isLedgerRefusal(booked) ? booked : null;
  });
}

/** [B5] Gives back of what is reserved: a reduction after the decision, or the whole award, before there is a contract. */
export const reduceAward = (awardId: string, byFen: number, occasion: Occasion, store: Queryable = db) =>
  onAward(store, awardId, occasion, (books, { fundId, envelopeId }) =>
    law.reduce(books, { fundId, envelopeId, awardId, byFen }),
  );

/** [B6] The contract is signed: commits the whole award in the plan's tranches. */
export async function commitAward(
  awardId: string,
  plan: TranchePlan,
  { payee, ...occasion }: Occasion & { readonly payee?: string },
  store: Queryable = db,
): Promise<{ trancheIds: string[] } | Refused> {
  return store.transaction(async (tx) => {
    const [award] = await tx.select().from(awards).where(eq(awards.id, awardId));
    if (!award) return refuseOffice('not-there');
    await lockFunds(tx, [award.fundId]);
    const [already] = await tx.select({ id: tranches.id }).from(tranches).where(eq(tranches.awardId, awardId)).limit(1);
    if (await lockedByOwners(tx, award)) return refuseBooking('M7', 'owners-undecided');
    if (already) return refuseBooking('B6', 'already-contracted');
    const reservedFen = balanceOf(await readBooks(tx, award.fundId), 'reserved', awardId);
    const trancheIds = plan.map(() => newId());
    const booked = await book(tx, award.fundId, (books) => law.commit(books, { awardId, plan, trancheIds }), {
      ...occasion,
      awardId,
    });
    if (isLedgerRefusal(booked)) return booked;
    const parts = splitByShares(reservedFen, plan);
    await tx.insert(tranches).values(
      plan.map(({ name, condition, dueAfter = null }, index) => ({
        id: trancheIds[index] ?? '',
        awardId,
        position: index + 1,
        name: name.trim(),
        condition: condition.trim(),
        dueAfter,
        amountFen: parts[index] ?? 0,
      })),
    );
    if (payee !== undefined) await tx.update(awards).set({ payee }).where(eq(awards.id, awardId));
    return { trancheIds };
  });
}

/** [M7] A contract about the owners' common parts waits for the owners' own decision, wherever it is signed. */
async function lockedByOwners(tx: Queryable, award: typeof awards.$inferSelect): Promise<boolean> {
  const [project] =
    award.projectId === null
      ? []
      : await tx
          .select({ matter: projects.ownersMatter, decidedAt: projects.ownersDecisionAt })
          .from(projects)
          .where(eq(projects.id, award.projectId));
  const concerns = award.ownersMatter !== 'none' || (project?.matter ?? 'none') !== 'none';
  return concerns && (award.ownersDecisionAt ?? project?.decidedAt ?? null) === null;
}

/** [M7] Puts the owners' decision on file for an award of no project, once; a project's is filed with the project. */
export async function fileOwnersDecisionOnAward(
  awardId: string,
  decision: string,
  { at }: Occasion,
): Promise<Refused | null> {
  const fault = faultOfName(decision, 300);
  if (fault) return fault;
  const filed = await db
    .update(awards)
    .set({ ownersDecisionAt: at, ownersDecision: decision.trim() })
    .where(and(eq(awards.id, awardId), isNull(awards.ownersDecisionAt), isNull(awards.projectId)))
    .returning({ id: awards.id });
  return filed.length === 1 ? null : refuseOffice('not-there');
}

/** [B7] Records that a tranche's condition is met, with what shows it; the first record stands. */
export async function recordCondition(
  trancheId: string,
  evidence: string,
  { at, actorId }: Occasion,
  store: Queryable = db,
): Promise<Refused | null> {
  const fault = faultOfName(evidence, 300);
  if (fault) return fault;
  const changed = await store
    .update(tranches)
    .set({ metAt: at, metBy: actorId, evidence: evidence.trim() })
    .where(and(eq(tranches.id, trancheId), sql`${tranches.metAt} is null`))
    .returning({ id: tranches.id });
  return changed.length === 1 ? null : refuseOffice('not-there');
}

/** One booking on a tranche; `decide` gets the award's tranches before it and whether its condition is recorded. */
async function onTranche(
  store: Queryable,
  trancheId: string,
  occasion: Occasion,
  decide: (
    books: Books,
    of: { fundId: string; envelopeId: string; earlierIds: string[]; isMet: boolean },
  ) => Posting | LedgerRefusal,
): Promise<Refused | null> {
  return store.transaction(async (tx) => {
    const [row] = await tx
      .select({ award: awards, tranche: tranches })
      .from(tranches)
      .innerJoin(awards, eq(awards.id, tranches.awardId))
      .where(eq(tranches.id, trancheId));
    if (!row) return refuseOffice('not-there');
    const { fundId, envelopeId, id: awardId } = row.award;
    const all = await tx
      .select({ id: tranches.id, position: tranches.position, metAt: tranches.metAt })
      .from(tranches)
      .where(eq(tranches.awardId, awardId))
      .orderBy(asc(tranches.position));
    const earlierIds = all.filter(({ position }) => position < row.tranche.position).map(({ id }) => id);
    const of = { fundId, envelopeId, earlierIds, isMet: row.tranche.metAt !== null };
    const booked = await book(tx, fundId, (books) => decide(books, of), { ...occasion, awardId });
    return isLedgerRefusal(booked) ? booked : null;
  });
}

/** [B7] Pays a tranche whose condition is recorded, whole and in its turn. */
export const payTranche = (trancheId: string, occasion: Occasion, store: Queryable = db) =>
  onTranche(store, trancheId, occasion, (books, { earlierIds, isMet }) =>
    law.pay(books, { trancheId, earlierIds, isMet }),
  );

/** [B8] Holds an unpaid tranche back. */
export const freezeTranche = (trancheId: string, occasion: Occasion, store: Queryable = db) =>
  onTranche(store, trancheId, occasion, (books) => law.freeze(books, { trancheId }));

export const unfreezeTranche = (trancheId: string, occasion: Occasion, store: Queryable = db) =>
  onTranche(store, trancheId, occasion, (books) => law.unfreeze(books, { trancheId }));

/** [B8] An unpaid tranche goes back to the pool: the contract has ended before it. */
export const releaseTranche = (trancheId: string, occasion: Occasion, store: Queryable = db) =>
  onTranche(store, trancheId, occasion, (books, { fundId, envelopeId }) =>
    law.release(books, { fundId, envelopeId, trancheId }),
  );

/** [B9] Paid money has come back. */
export const recoverPaid = (trancheId: string, amountFen: number, occasion: Occasion, store: Queryable = db) =>
  onTranche(store, trancheId, occasion, (books, { fundId, envelopeId }) =>
    law.recover(books, { fundId, envelopeId, trancheId, amountFen }),
  );

/**
 * [B8] Every unpaid tranche of a project's awards is held back: after a failed mid-term or appraisal. Returns how many; those frozen
 * already and projects without a contract are left as they are.
 */
export async function freezeProject(projectId: string, occasion: Occasion, store: Queryable = db): Promise<number> {
  return forUnpaid(projectId, store, ['waiting', 'due'], (trancheId, tx) => freezeTranche(trancheId, occasion, tx));
}

/** [B8] The project goes on: its frozen tranches wait for their conditions again. */
export async function unfreezeProject(projectId: string, occasion: Occasion, store: Queryable = db): Promise<number> {
  return forUnpaid(projectId, store, ['frozen'], (trancheId, tx) => unfreezeTranche(trancheId, occasion, tx));
}

/** The project has ended before its money was used: what is reserved and every unpaid tranche goes back. What was paid stays, until it is recovered. */
export async function releaseProject(projectId: string, occasion: Occasion, store: Queryable = db): Promise<void> {
  await store.transaction(async (tx) => {
    for (const award of await awardsWhere(tx, eq(awards.projectId, projectId))) {
      if (award.reservedFen > 0) await reduceAward(award.awardId, award.reservedFen, occasion, tx);
    }
    await forUnpaid(projectId, tx, ['waiting', 'due', 'frozen'], (trancheId) =>
      releaseTranche(trancheId, occasion, tx),
    );
  });
}

async function forUnpaid(
  projectId: string,
  store: Queryable,
  statuses: readonly TrancheStatus[],
  deed: (trancheId: string, tx: Queryable) => Promise<Refused | null>,
): Promise<number> {
  return store.transaction(async (tx) => {
    let done = 0;
    for (const award of await awardsWhere(tx, eq(awards.projectId, projectId)))
      for (const { trancheId, status } of award.tranches)
        if (statuses.includes(status) && (await deed(trancheId, tx)) === null) done += 1;
    return done;
  });
}

export interface TrancheStanding {
  readonly trancheId: string;
  readonly position: number;
  readonly name: string;
  readonly condition: string;
  readonly dueAfter: TrancheCue | null;
  readonly amountFen: number;
  readonly status: TrancheStatus;
  /** Still with the organisation. */
  readonly paidFen: number;
  readonly frozenFen: number;
  readonly waitingFen: number;
  readonly metAt: number | null;
  readonly evidence: string;
}

export interface AwardStanding {
  readonly awardId: string;
  readonly fundId: string;
  readonly envelopeId: string;
  readonly title: string;
  readonly payee: string;
  readonly projectId: string | null;
  readonly meetingId: string | null;
  readonly basis: string;
  readonly ownersMatter: OwnersMatter;
  readonly ownersDecision: string | null;
  readonly awardedAt: number;
  /** What the award holds now, wherever it is: reserved, committed, frozen or paid. */
  readonly amountFen: number;
  readonly reservedFen: number;
  readonly committedFen: number;
  readonly frozenFen: number;
  readonly paidFen: number;
  readonly tranches: readonly TrancheStanding[];
}

/** The awards of a fund in the order they were made. */
export const awardsOfFund = (fundId: string, store: Queryable = db): Promise<AwardStanding[]> =>
  awardsWhere(store, eq(awards.fundId, fundId));

/** The awards of a project; usually one. */
export const awardsOfProject = (projectId: string, store: Queryable = db): Promise<AwardStanding[]> =>
  awardsWhere(store, eq(awards.projectId, projectId));

export async function readAward(awardId: string, store: Queryable = db): Promise<AwardStanding | null> {
  return (await awardsWhere(store, eq(awards.id, awardId)))[0] ?? null;
}

/** The award a tranche belongs to; null for an unknown one. */
export async function awardOfTranche(trancheId: string, store: Queryable = db): Promise<AwardStanding | null> {
  const [row] = await store.select({ awardId: tranches.awardId }).from(tranches).where(eq(tranches.id, trancheId));
  return row ? readAward(row.awardId, store) : null;
}

async function awardsWhere(store: Queryable, which: ReturnType<typeof eq>): Promise<AwardStanding[]> {
  const rows = await store.select().from(awards).where(which).orderBy(asc(awards.awardedAt), asc(awards.id));
  const fundIds = [...new Set(rows.map(({ fundId }) => fundId))];
  const books = new Map<string, Books>();
  for (const fundId of fundIds) books.set(fundId, await readBooks(store, fundId));
  const trancheRows = await store
    .select({ tranche: tranches })
    .from(tranches)
    .innerJoin(awards, eq(awards.id, tranches.awardId))
    .where(which)
    .orderBy(asc(tranches.position));
  const everPaid = new Set(
    (
      await store
        .select({ owner: sql<string>`split_part(e.account_id, ':', 2)` })
        .from(sql`ledger_entries e`)
        .innerJoin(ledgerTransactions, sql`${ledgerTransactions.id} = e.transaction_id`)
        .innerJoin(awards, eq(awards.id, ledgerTransactions.awardId))
        .where(and(which, eq(ledgerTransactions.kind, 'pay'), sql`e.account_id like 'paid:%'`))
    ).map(({ owner }) => owner),
  );
  return rows.map((row) => {
    const own = books.get(row.fundId) ?? new Map<string, number>();
    const parts = trancheRows
      .filter(({ tranche }) => tranche.awardId === row.id)
      .map(({ tranche }): TrancheStanding => {
        const { id: trancheId, position, name, condition, dueAfter, amountFen, metAt, evidence } = tranche;
        return {
          trancheId,
          position,
          name,
          condition,
          dueAfter,
          amountFen,
          status: trancheStatus(own, { trancheId, metAt, everPaid: everPaid.has(trancheId) }),
          paidFen: balanceOf(own, 'paid', trancheId),
          frozenFen: balanceOf(own, 'frozen', trancheId),
          waitingFen: balanceOf(own, 'committed', trancheId),
          metAt,
          evidence,
        };
      });
    const sum = (of: (part: TrancheStanding) => number) => parts.reduce((total, part) => total + of(part), 0);
    const reservedFen = balanceOf(own, 'reserved', row.id);
    const committedFen = sum(({ waitingFen }) => waitingFen);
    const frozenFen = sum((part) => part.frozenFen);
    const paidFen = sum((part) => part.paidFen);
    const { fundId, envelopeId, title, payee, projectId, meetingId, basis, ownersMatter, ownersDecision, awardedAt } =
      row;
    return {
      awardId: row.id,
      fundId,
      envelopeId,
      title,
      payee,
      projectId,
      meetingId,
      basis,
      ownersMatter,
      ownersDecision,
      awardedAt,
      amountFen: reservedFen + committedFen + frozenFen + paidFen,
      reservedFen,
      committedFen,
      frozenFen,
      paidFen,
      tranches: parts,
    };
  });
}
