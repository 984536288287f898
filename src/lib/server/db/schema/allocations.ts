// Residents' slips for a funding ballot, what was chosen with them, and what the closed ballots came to under each rule.
// A slip is a bearer's: no table knows who holds it. Closing moves its choice to `hiddenChoices`, unlinked, and empties it here.
import { boolean, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { VoidReason } from '#lib/domain/appraisal/form.ts';
import type { Chamber } from '#lib/domain/meeting/allocation.ts';
import type { RuleCount } from '#lib/protocol/allocation.ts';
import { instant } from './columns.ts';
import { meetings } from './meetings.ts';
import { polls } from './polls.ts';

export const ballotSlips = pgTable(
  'ballot_slips',
  {
    id: text().primaryKey(),
    /** SHA-256 of the printed code. */
    codeHash: text('code_hash').notNull().unique(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    callId: text('call_id').notNull(),
    /** Printed on the slip, so that a lost one can be named and revoked. */
    number: integer().notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [unique().on(table.callId, table.number)],
);

export const slipBallots = pgTable(
  'slip_ballots',
  {
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    slipId: text('slip_id')
      .notNull()
      .references(() => ballotSlips.id, { onDelete: 'cascade' }),
    revision: integer().notNull(),
    /** Null once the vote has closed. */
    choice: jsonb(),
    castIds: text('cast_ids').array().notNull(),
    channel: text().$type<'phone' | 'paper'>().notNull().default('phone'),
    /** A paper that is void: its slip is used up and no ballot of it is counted. */
    spoiled: boolean().notNull().default(false),
    /** Why it is void. Null where it is not, and in votes from before it was asked. */
    voidReason: text('void_reason').$type<VoidReason>(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.slipId] })],
);

/** A slip's paper that was typed in and waits for a second person. Gone when it is settled, and at the latest when the vote ends. */
export const slipPapers = pgTable(
  'slip_papers',
  {
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    slipId: text('slip_id')
      .notNull()
      .references(() => ballotSlips.id, { onDelete: 'cascade' }),
    /** Null for a paper that is void. */
    choice: jsonb(),
    voidReason: text('void_reason').$type<VoidReason>(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.slipId] })],
);

/** The announced rule's count is written when it is done; others when somebody asks what would have been. */
export const allocationCounts = pgTable(
  'allocation_counts',
  {
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    chamber: text().$type<Chamber>().notNull(),
    ruleId: text('rule_id').notNull(),
    /** SHA-256 of the recount file that was counted: another one is another count. */
    fileDigest: text('file_digest').notNull(),
    count: jsonb().$type<RuleCount>().notNull(),
    tookMs: integer('took_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.chamber, table.ruleId] })],
);
