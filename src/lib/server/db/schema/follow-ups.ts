// 督办: what somebody owes by a day, from whichever meeting or desk, and every step of it. Steps are never edited.
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { FollowUpState } from '#lib/domain/follow-ups/follow-ups.ts';
import { communities, councils, people } from './community.ts';
import { instant } from './columns.ts';
import { meetings } from './meetings.ts';

export const followUps = pgTable(
  'follow_ups',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    /** The council whose next session opens with it; null where no council is asked. */
    councilId: text('council_id').references(() => councils.id, { onDelete: 'set null' }),
    /** Where it was set, and under which item. */
    meetingId: text('meeting_id').references(() => meetings.id, { onDelete: 'set null' }),
    itemId: text('item_id'),
    text: text().notNull(),
    ownerPersonId: text('owner_person_id').references(() => people.id, { onDelete: 'set null' }),
    /** An office or company; empty where a person owns it. */
    ownerName: text('owner_name').notNull().default(''),
    /** `YYYY-MM-DD` */
    dueOn: text('due_on').notNull(),
    status: text().$type<FollowUpState>().notNull(),
    setAt: instant('set_at').notNull(),
  },
  (table) => [
    index().on(table.communityId),
    index().on(table.councilId),
    index().on(table.ownerPersonId),
    check('follow_ups_status', sql`${table.status} in ('open', 'done', 'dropped')`),
  ],
);

export const followUpSteps = pgTable(
  'follow_up_steps',
  {
    followUpId: text('follow_up_id')
      .notNull()
      .references(() => followUps.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    at: instant('at').notNull(),
    /** Null for the program. */
    byPersonId: text('by_person_id').references(() => people.id, { onDelete: 'set null' }),
    meetingId: text('meeting_id').references(() => meetings.id, { onDelete: 'set null' }),
    deed: text().$type<'set' | 'done' | 'extended' | 'reopened' | 'dropped'>().notNull(),
    note: text().notNull().default(''),
    dueOn: text('due_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.followUpId, table.seq] })],
);
