// Polls and the one ballot each represented seat has, whatever channel it came through.
// Where names are hidden, closing moves the choices to `hiddenChoices` (shuffled, no seat, no time) and deletes the links.
import { index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { Chamber } from '#lib/domain/meeting/allocation.ts';
import type { BallotChannel, PollFrame } from '#lib/domain/meeting/poll-state.ts';
import { meetings } from './meetings.ts';
import { instant } from './columns.ts';

export const polls = pgTable(
  'polls',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    status: text().$type<'open' | 'closed'>().notNull(),
    /** Method, question, electorate, base and threshold as frozen at opening. */
    frame: jsonb().$type<PollFrame>().notNull(),
    /** seat → why it may not cast now: recused, left, or its paper is being entered. Written under the poll's exclusive lock. */
    barred: jsonb().$type<Record<string, 'recused' | 'left' | 'paper'>>().notNull().default({}),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (table) => [index().on(table.meetingId)],
);

export const ballots = pgTable(
  'ballots',
  {
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    /** The represented seat. */
    seatId: text('seat_id').notNull(),
    /** The person whose hand it was: the member, or the helper who wrote it down. */
    actingId: text('acting_id').notNull(),
    channel: text().$type<BallotChannel>().notNull(),
    revision: integer().notNull(),
    /** Null once the names of a hidden poll have been unlinked. */
    choice: jsonb(),
    /** Client-made ids of the casts that wrote its revisions, the newest last: a cast resent late must not undo a later one. */
    castIds: text('cast_ids').array().notNull(),
    castAt: instant('cast_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.seatId] })],
);

/** Choices of a closed poll with hidden names, in a random order of random ids. */
export const hiddenChoices = pgTable(
  'hidden_choices',
  {
    id: text().primaryKey(),
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    choice: jsonb().notNull(),
    /** Whose: council seats, or residents with a slip. */
    chamber: text().$type<Chamber>().notNull().default('seats'),
  },
  (table) => [index().on(table.pollId)],
);

/**
 * Paper and raised hands: written by one person, valid once another has confirmed.
 * A named paper ballot has a seat; a hidden one is a bundle {choice: count}, or of whole ballots where each marks many; a hand count is a bundle too.
 * Corrections point at the version they replace and both stay.
 */
export const tallySheets = pgTable(
  'tally_sheets',
  {
    id: text().primaryKey(),
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    kind: text().$type<'paper' | 'paper_bundle' | 'hand_count'>().notNull(),
    seatIds: jsonb('seat_ids').$type<string[]>().notNull(),
    /** One choice for `paper`; {choice: count} for the bundles. */
    content: jsonb().notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    rejectedBy: text('rejected_by'),
    rejectedAt: instant('rejected_at'),
    replaces: text(),
    reason: text(),
  },
  (table) => [index().on(table.pollId), unique().on(table.replaces)],
);
