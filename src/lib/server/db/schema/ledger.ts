// The books: funds with their sources and envelopes, awards, tranches, and the double-entry ledger all money stands in.
// Balances are only ever moved by entries; the triggers of the migration `ledger_guards` refuse everything else (rules [B1] to [B3]).
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { AccountKind } from '#lib/domain/ledger/accounts.ts';
import type { TransactionKind } from '#lib/domain/ledger/books.ts';
import type { TrancheCue } from '#lib/domain/ledger/tranches.ts';
import type { OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import { communities } from './community.ts';
import { instant } from './columns.ts';

/** Whole 分. */
const fen = (name: string) => bigint(name, { mode: 'number' });

const fundId = () =>
  text('fund_id')
    .notNull()
    .references(() => funds.id, { onDelete: 'cascade' });

export const funds = pgTable(
  'funds',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    year: integer().notNull(),
    /** 定额资助、定向使用; what the money may not be spent on. Official wording, one line each. */
    principle: text().notNull().default(''),
    excluded: text().notNull().default(''),
    /** What a contract's tranches start from: whole parts of their sum. */
    trancheShares: integer('tranche_shares').array().notNull().default([50, 40, 10]),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [unique().on(table.communityId, table.year, table.name)],
);

export const fundSources = pgTable(
  'fund_sources',
  { id: text().primaryKey(), fundId: fundId(), name: text().notNull(), position: integer().notNull().default(0) },
  (table) => [unique().on(table.fundId, table.name)],
);

/** Money for one category. Its ceiling and what is used of it stand in the ledger. */
export const envelopes = pgTable(
  'envelopes',
  { id: text().primaryKey(), fundId: fundId(), name: text().notNull(), position: integer().notNull().default(0) },
  (table) => [unique().on(table.fundId, table.name)],
);

/** What a project, an organisation or a wish was given. How much, and where it is now, stands in the ledger. */
export const awards = pgTable(
  'awards',
  {
    id: text().primaryKey(),
    fundId: fundId(),
    envelopeId: text('envelope_id')
      .notNull()
      .references(() => envelopes.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    /** The organisation that is paid; empty while nobody is named. */
    payee: text().notNull().default(''),
    projectId: text('project_id'),
    /** Where it was decided; null for one the office booked. Meetings of a kept realm are never deleted. */
    meetingId: text('meeting_id'),
    motionId: text('motion_id'),
    /** [M7] The grade its motion had; with one, no contract before the owners' own decision is on file, here or at its project. */
    ownersMatter: text('owners_matter').$type<OwnersMatter>().notNull().default('none'),
    ownersDecisionAt: instant('owners_decision_at'),
    ownersDecision: text('owners_decision'),
    /** What it rests on, in words, where no meeting decided it. */
    basis: text().notNull().default(''),
    awardedAt: instant('awarded_at').notNull(),
  },
  (table) => [index().on(table.fundId), index().on(table.projectId), index().on(table.meetingId)],
);

export const tranches = pgTable(
  'tranches',
  {
    id: text().primaryKey(),
    awardId: text('award_id')
      .notNull()
      .references(() => awards.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    name: text().notNull(),
    /** What must have happened before it is paid. */
    condition: text().notNull().default(''),
    /** The project's step that meets the condition; null where it is recorded by hand. */
    dueAfter: text('due_after').$type<TrancheCue>(),
    /** As the contract has it; where it is now stands in the ledger. */
    amountFen: fen('amount_fen').notNull(),
    metAt: instant('met_at'),
    metBy: text('met_by'),
    /** What shows that the condition is met: a report, a receipt, a result. */
    evidence: text().notNull().default(''),
  },
  (table) => [unique().on(table.awardId, table.position), check('tranche_amount', sql`${table.amountFen} > 0`)],
);

export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    /** `kind:ownerId`, see domain/ledger/accounts.ts. */
    id: text().primaryKey(),
    fundId: fundId(),
    kind: text().$type<AccountKind>().notNull(),
    ownerId: text('owner_id').notNull(),
    balanceFen: fen('balance_fen').notNull().default(0),
  },
  (table) => [
    index().on(table.fundId),
    // [B2] Held by the row itself, so that no number of writers at once can overdraw it.
    check(
      'ledger_account_not_overdrawn',
      sql`case when ${table.kind} in ('source', 'ceiling') then ${table.balanceFen} <= 0 else ${table.balanceFen} >= 0 end`,
    ),
  ],
);

export const ledgerTransactions = pgTable(
  'ledger_transactions',
  {
    id: text().primaryKey(),
    fundId: fundId(),
    /** From 1 in each fund, in the order they were booked. */
    seq: integer().notNull(),
    kind: text().$type<TransactionKind>().notNull(),
    at: instant('at').notNull(),
    /** personId or `system`. */
    actorId: text('actor_id').notNull(),
    /** Why, in words everybody may read. */
    reason: text().notNull().default(''),
    awardId: text('award_id'),
    /** How many entries it has: none can be added later. */
    lines: integer().notNull(),
  },
  (table) => [unique().on(table.fundId, table.seq)],
);

export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    transactionId: text('transaction_id')
      .notNull()
      .references(() => ledgerTransactions.id, { onDelete: 'cascade' }),
    line: integer().notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => ledgerAccounts.id, { onDelete: 'cascade' }),
    amountFen: fen('amount_fen').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.transactionId, table.line] }),
    index().on(table.accountId),
    check('ledger_entry_moves', sql`${table.amountFen} <> 0`),
  ],
);
