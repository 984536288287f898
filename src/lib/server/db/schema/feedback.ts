// 社情民意: opinions left without an account. What could name the author stands in a table of its own that no public page reads.
import { check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { FeedbackKind, FeedbackState } from '#lib/domain/feedback/feedback.ts';
import { communities, people } from './community.ts';
import { instant } from './columns.ts';

export const feedback = pgTable(
  'feedback',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    /** `Y01`: what the desk calls it; unique in the community. */
    code: text().notNull(),
    kind: text().$type<FeedbackKind>().notNull(),
    text: text().notNull(),
    status: text().$type<FeedbackState>().notNull(),
    handedTo: text('handed_to').notNull().default(''),
    /** `YYYY-MM-DD`: to be handed on by, then to be answered by. */
    dueOn: text('due_on').notNull(),
    answer: text().notNull().default(''),
    submittedAt: instant('submitted_at').notNull(),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    unique().on(table.communityId, table.code),
    check('feedback_answered', sql`(${table.status} = 'answered') = (${table.answeredAt} is not null)`),
  ],
);

export const feedbackAuthors = pgTable(
  'feedback_authors',
  {
    feedbackId: text('feedback_id')
      .primaryKey()
      .references(() => feedback.id, { onDelete: 'cascade' }),
    name: text(),
    contact: text(),
    personId: text('person_id').references(() => people.id, { onDelete: 'set null' }),
    guestId: text('guest_id'),
    /** SHA-256 of the private look-up code, hex. */
    lookupHash: text('lookup_hash').notNull().unique(),
    erasedAt: instant('erased_at'),
  },
  (table) => [index().on(table.personId)],
);

export const feedbackSteps = pgTable(
  'feedback_steps',
  {
    feedbackId: text('feedback_id')
      .notNull()
      .references(() => feedback.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    at: instant('at').notNull(),
    /** Null for its author. */
    byPersonId: text('by_person_id').references(() => people.id, { onDelete: 'set null' }),
    deed: text().$type<'submitted' | 'hand' | 'answer'>().notNull(),
    handedTo: text('handed_to').notNull().default(''),
    dueOn: text('due_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.feedbackId, table.seq] })],
);
