// The public statement of a fund: where each yuan came from, what it was granted for and where it is now, and every booking in order. Read by
// everybody; it names organisations and projects, never people.
import { and, asc, eq, sql } from 'drizzle-orm';
import type { TransactionKind } from '#lib/domain/ledger/books.ts';
import { db } from '#lib/server/db/client.ts';
import {
  awards,
  communities,
  funds,
  ledgerAccounts,
  ledgerEntries,
  ledgerTransactions,
  realms,
} from '#lib/server/db/schema/index.ts';
import { awardsOfFund, type AwardStanding } from './awards.ts';
import { readFund, type FundStanding } from './funds.ts';

export interface BookingLine {
  readonly seq: number;
  readonly at: number;
  readonly kind: TransactionKind;
  /** What moved on the side of the money; for a ceiling, by how much it changed. */
  readonly amountFen: number;
  /** The source, the envelope or the award it is about. */
  readonly about: string;
  readonly reason: string;
}

export interface Statement {
  readonly fund: FundStanding;
  readonly community: { readonly communityId: string; readonly name: string };
  readonly awards: readonly AwardStanding[];
  readonly bookings: readonly BookingLine[];
}

/** Null where there is no such fund. */
export async function statementOf(fundId: string): Promise<Statement | null> {
  const fund = await readFund(fundId);
  if (!fund) return null;
  const [[community], granted, rows] = await Promise.all([
    db
      .select({ communityId: communities.id, name: communities.name })
      .from(communities)
      .where(eq(communities.id, fund.communityId)),
    awardsOfFund(fundId),
    db
      .select({
        seq: ledgerTransactions.seq,
        at: ledgerTransactions.at,
        kind: ledgerTransactions.kind,
        reason: ledgerTransactions.reason,
        award: awards.title,
        owners: sql<string[]>`array_agg(${ledgerAccounts.ownerId})`,
        money: sql<string>`coalesce(sum(${ledgerEntries.amountFen}) filter (where ${ledgerEntries.amountFen} > 0 and ${ledgerAccounts.kind} not in ('ceiling', 'room', 'used')), 0)`,
        room: sql<string>`coalesce(sum(${ledgerEntries.amountFen}) filter (where ${ledgerAccounts.kind} = 'room'), 0)`,
      })
      .from(ledgerTransactions)
      .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
      .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
      .leftJoin(awards, eq(awards.id, ledgerTransactions.awardId))
      .where(eq(ledgerTransactions.fundId, fundId))
      .groupBy(ledgerTransactions.id, awards.title)
      .orderBy(asc(ledgerTransactions.seq)),
  ]);
  if (!community) return null;
  const names = new Map([
    ...fund.sources.map(({ sourceId, name }) => [sourceId, name] as const),
    ...fund.envelopes.map(({ envelopeId, name }) => [envelopeId, name] as const),
  ]);
  return {
    fund,
    community,
    awards: granted,
    bookings: rows.map(({ seq, at, kind, reason, award, owners, money, room }) => ({
      seq,
      at,
      kind,
      amountFen: Number(kind === 'set_ceiling' ? room : money),
      about: award ?? owners.flatMap((owner) => names.get(owner) ?? [])[0] ?? '',
      reason,
    })),
  };
}

export interface PublicFund {
  readonly fundId: string;
  readonly name: string;
  readonly year: number;
  readonly community: string;
}

/** The funds of kept communities that have money, newest year first. */
export async function listPublicFunds(): Promise<PublicFund[]> {
  return db
    .select({ fundId: funds.id, name: funds.name, year: funds.year, community: communities.name })
    .from(funds)
    .innerJoin(communities, eq(communities.id, funds.communityId))
    .innerJoin(realms, and(eq(realms.id, communities.realmId), eq(realms.kind, 'kept')))
    .orderBy(sql`${funds.year} desc`, asc(funds.createdAt), asc(funds.id));
}
