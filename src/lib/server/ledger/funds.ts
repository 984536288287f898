// Funds with their sources and envelopes: made by the office, by the demo and by copies for practice. Money comes in and ceilings are set by
// transactions, so the public statement shows where every yuan came from. Callers ask the policy first.
import { and, asc, desc, eq, inArray, max } from 'drizzle-orm';
import { allot, handBack, setCeiling } from '#lib/domain/ledger/bookings.ts';
import { amountFault, balanceOf } from '#lib/domain/ledger/books.ts';
import { planFault } from '#lib/domain/ledger/tranches.ts';
import { isLedgerRefusal, type LedgerRefusal } from '#lib/domain/ledger/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { communities, envelopes, fundSources, funds } from '#lib/server/db/schema/index.ts';
import { faultOfName } from '#lib/server/people/communities.ts';
import { book, readBooks, type Occasion } from './books.ts';

export interface FundFacts {
  readonly name: string;
  readonly year: number;
  /** 定额资助、定向使用: one principle a line. */
  readonly principle: string;
  /** What it may not be spent on, one thing a line. */
  readonly excluded: string;
}

export interface EnvelopeStanding {
  readonly envelopeId: string;
  readonly name: string;
  readonly capFen: number;
  readonly usedFen: number;
  readonly roomFen: number;
}

export interface FundStanding extends FundFacts {
  /** What a contract's tranches start from: whole parts of their sum, 50, 40, 10. */
  readonly trancheShares: readonly number[];
  readonly fundId: string;
  readonly communityId: string;
  readonly sources: readonly { readonly sourceId: string; readonly name: string; readonly givenFen: number }[];
  readonly envelopes: readonly EnvelopeStanding[];
  /** All that came in and was not handed back. */
  readonly totalFen: number;
  /** What no award holds. */
  readonly poolFen: number;
}

const longestText = 1000;
const earliestYear = 2000;
const latestYear = 2100;

const faultOfFund = ({ name, year, principle, excluded }: FundFacts): OfficeRefusal | null =>
  faultOfName(name) ??
  (Number.isInteger(year) && year >= earliestYear && year <= latestYear
    ? null
    : refuseOffice('number-unfit', { least: earliestYear, most: latestYear })) ??
  ([principle, excluded].some((text) => Array.from(text).length > longestText)
    ? refuseOffice('text-too-long', { most: longestText })
    : null);

/** A fund without money yet. */
export async function createFund(
  communityId: string,
  facts: FundFacts,
  store: Queryable = db,
): Promise<{ fundId: string } | OfficeRefusal> {
  const fault = faultOfFund(facts);
  if (fault) return fault;
  const fundId = newId();
  const { name, year, principle, excluded } = facts;
  const [made] = await store
    .insert(funds)
    .values({ id: fundId, communityId, name: name.trim(), year, principle, excluded, createdAt: Date.now() })
    .onConflictDoNothing()
    .returning({ id: funds.id });
  return made ? { fundId } : refuseOffice('name-taken', { name });
}

/** [B6] What the next contracts of the fund start from; each may still be written otherwise. */
export async function setTrancheShares(
  fundId: string,
  shares: readonly number[],
  store: Queryable = db,
): Promise<LedgerRefusal | OfficeRefusal | null> {
  const fault = planFault(shares.map((share, at) => ({ name: String(at + 1), share, condition: '' })));
  if (fault) return fault;
  const [fund] = await store
    .update(funds)
    .set({ trancheShares: [...shares] })
    .where(eq(funds.id, fundId))
    .returning({ id: funds.id });
  return fund ? null : refuseOffice('not-there');
}

/** Money from a named source comes in; the same name again adds to that source. */
export async function addSourceMoney(
  fundId: string,
  { name, amountFen }: { name: string; amountFen: number },
  occasion: Occasion,
  store: Queryable = db,
): Promise<{ sourceId: string } | OfficeRefusal> {
  const fault = faultOfName(name) ?? amountFault(amountFen);
  if (fault) return fault;
  return store.transaction(async (tx) => {
    const [{ last } = { last: null }] = await tx
      .select({ last: max(fundSources.position) })
      .from(fundSources)
      .where(eq(fundSources.fundId, fundId));
    await tx
      .insert(fundSources)
      .values({ id: newId(), fundId, name: name.trim(), position: (last ?? 0) + 1 })
      .onConflictDoNothing();
    const [source] = await tx
      .select({ id: fundSources.id })
      .from(fundSources)
      .where(and(eq(fundSources.fundId, fundId), eq(fundSources.name, name.trim())));
    if (!source) return refuseOffice('not-there');
    const booked = await book(tx, fundId, () => allot({ fundId, sourceId: source.id, amountFen }), occasion);
    return isLedgerRefusal(booked) ? booked : { sourceId: source.id };
  });
}

/** [B3] Back to a source: what was entered by mistake, or is left at the end of the year. */
export async function handBackToSource(
  fundId: string,
  { sourceId, amountFen }: { sourceId: string; amountFen: number },
  occasion: Occasion,
): Promise<LedgerRefusal | OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [source] = await tx
      .select({ id: fundSources.id })
      .from(fundSources)
      .where(and(eq(fundSources.id, sourceId), eq(fundSources.fundId, fundId)));
    if (!source) return refuseOffice('not-there');
    const booked = await book(tx, fundId, (books) => handBack(books, { fundId, sourceId, amountFen }), occasion);
    return isLedgerRefusal(booked) ? booked : null;
  });
}

/** A category of the fund with its ceiling. */
export async function addEnvelope(
  fundId: string,
  { name, capFen }: { name: string; capFen: number },
  occasion: Occasion,
  store: Queryable = db,
): Promise<{ envelopeId: string } | OfficeRefusal> {
  const fault = faultOfName(name) ?? amountFault(capFen);
  if (fault) return fault;
  return store.transaction(async (tx) => {
    const [{ last } = { last: null }] = await tx
      .select({ last: max(envelopes.position) })
      .from(envelopes)
      .where(eq(envelopes.fundId, fundId));
    const envelopeId = newId();
    const [made] = await tx
      .insert(envelopes)
      .values({ id: envelopeId, fundId, name: name.trim(), position: (last ?? 0) + 1 })
      .onConflictDoNothing()
      .returning({ id: envelopes.id });
    if (!made) return refuseOffice('name-taken', { name });
    const booked = await book(tx, fundId, (books) => setCeiling(books, { envelopeId, capFen }), occasion);
    return isLedgerRefusal(booked) ? booked : { envelopeId };
  });
}

/** [B5] Raised freely, lowered as far as it is not used. The same ceiling again changes nothing. */
export async function changeCeiling(
  fundId: string,
  { envelopeId, capFen }: { envelopeId: string; capFen: number },
  occasion: Occasion,
): Promise<LedgerRefusal | OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [envelope] = await tx
      .select({ id: envelopes.id })
      .from(envelopes)
      .where(and(eq(envelopes.id, envelopeId), eq(envelopes.fundId, fundId)));
    if (!envelope) return refuseOffice('not-there');
    if (-balanceOf(await readBooks(tx, fundId), 'ceiling', envelopeId) === capFen) return null;
    const booked = await book(tx, fundId, (books) => setCeiling(books, { envelopeId, capFen }), occasion);
    return isLedgerRefusal(booked) ? booked : null;
  });
}

/** How the funds stand now, in the order asked for nothing: newest year first, then by age. */
export async function standingOfFunds(store: Queryable, fundIds: readonly string[]): Promise<FundStanding[]> {
  if (fundIds.length === 0) return [];
  const ids = [...new Set(fundIds)];
  const rows = await store
    .select()
    .from(funds)
    .where(inArray(funds.id, ids))
    .orderBy(desc(funds.year), asc(funds.createdAt), asc(funds.id));
  const sourceRows = await store
    .select()
    .from(fundSources)
    .where(inArray(fundSources.fundId, ids))
    .orderBy(asc(fundSources.position));
  const envelopeRows = await store
    .select()
    .from(envelopes)
    .where(inArray(envelopes.fundId, ids))
    .orderBy(asc(envelopes.position));
  return Promise.all(
    rows.map(async ({ id: fundId, communityId, name, year, principle, excluded, trancheShares }) => {
      const books = await readBooks(store, fundId);
      const sources = sourceRows
        .filter((row) => row.fundId === fundId)
        .map((row) => ({ sourceId: row.id, name: row.name, givenFen: -balanceOf(books, 'source', row.id) }));
      return {
        fundId,
        communityId,
        name,
        year,
        principle,
        excluded,
        trancheShares,
        sources,
        envelopes: envelopeRows
          .filter((row) => row.fundId === fundId)
          .map((row) => ({
            envelopeId: row.id,
            name: row.name,
            capFen: -balanceOf(books, 'ceiling', row.id),
            usedFen: balanceOf(books, 'used', row.id),
            roomFen: balanceOf(books, 'room', row.id),
          })),
        totalFen: sources.reduce((sum, { givenFen }) => sum + givenFen, 0),
        poolFen: balanceOf(books, 'pool', fundId),
      };
    }),
  );
}

export async function fundsOfCommunity(communityId: string, store: Queryable = db): Promise<FundStanding[]> {
  const rows = await store.select({ id: funds.id }).from(funds).where(eq(funds.communityId, communityId));
  return standingOfFunds(
    store,
    rows.map(({ id }) => id),
  );
}

/** Null where there is no such fund, or `of` names another community. */
export async function readFund(fundId: string, store: Queryable = db): Promise<FundStanding | null> {
  const [fund] = await standingOfFunds(store, [fundId]);
  return fund ?? null;
}

/** The funds these envelopes belong to, of this community only. */
export async function fundsOfEnvelopes(
  store: Queryable,
  communityId: string,
  envelopeIds: readonly string[],
): Promise<{ envelopeId: string; fundId: string }[]> {
  if (envelopeIds.length === 0) return [];
  return store
    .select({ envelopeId: envelopes.id, fundId: envelopes.fundId })
    .from(envelopes)
    .innerJoin(funds, eq(funds.id, envelopes.fundId))
    .innerJoin(communities, eq(communities.id, funds.communityId))
    .where(and(inArray(envelopes.id, [...new Set(envelopeIds)]), eq(communities.id, communityId)));
}
