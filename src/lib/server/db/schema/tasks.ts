// 职责清单与来文任务: the three lists of a community with their source, what others ask of it, and where an item of an agenda came from.
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { ListKind, TaskListing } from '#lib/domain/tasks/lists.ts';
import type { TaskAnswer } from '#lib/domain/tasks/tasks.ts';
import { communities, people } from './community.ts';
import { instant } from './columns.ts';
import { meetings } from './meetings.ts';

const communityId = () =>
  text('community_id')
    .notNull()
    .references(() => communities.id, { onDelete: 'cascade' });
const person = (name: string) => text(name).references(() => people.id, { onDelete: 'set null' });

export const responsibilityLists = pgTable(
  'responsibility_lists',
  {
    communityId: communityId(),
    list: text().$type<ListKind>().notNull(),
    /** What the source counts, whatever has been typed in. */
    total: integer().notNull(),
    categories: integer(),
    basis: text().notNull(),
    checkedOn: text('checked_on'),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.list] })],
);

export const responsibilityItems = pgTable(
  'responsibility_items',
  {
    id: text().primaryKey(),
    communityId: communityId(),
    list: text().$type<ListKind>().notNull(),
    code: text().notNull(),
    category: text().notNull().default(''),
    text: text().notNull(),
    /** An example of the demo, not the source's own words. */
    illustrative: boolean().notNull().default(false),
    /** Items are retired, never deleted: findings rest on them. */
    retiredAt: instant('retired_at'),
  },
  (table) => [unique().on(table.communityId, table.list, table.code)],
);

export const incomingTasks = pgTable(
  'incoming_tasks',
  {
    id: text().primaryKey(),
    communityId: communityId(),
    /** `Q1`: what people call it; unique in the community. */
    code: text().notNull(),
    sentBy: text('sent_by').notNull(),
    text: text().notNull(),
    basisClaimed: text('basis_claimed').notNull().default(''),
    moneyFen: bigint('money_fen', { mode: 'number' }),
    askedDueOn: text('asked_due_on'),
    receivedOn: text('received_on').notNull(),
    listing: text().$type<TaskListing>(),
    listItemId: text('list_item_id').references(() => responsibilityItems.id),
    /** Why it is not on a list: what the letter cites beside the lists. */
    findingReason: text('finding_reason').notNull().default(''),
    foundBy: person('found_by'),
    foundAt: instant('found_at'),
    answer: text().$type<TaskAnswer>(),
    answerText: text('answer_text').notNull().default(''),
    /** The money asked for. */
    amountFen: bigint('amount_fen', { mode: 'number' }),
    ownerPersonId: person('owner_person_id'),
    ownerName: text('owner_name').notNull().default(''),
    dueOn: text('due_on'),
    answeredAt: instant('answered_at'),
    meetingId: text('meeting_id').references(() => meetings.id, { onDelete: 'set null' }),
    /** The letter as the desk changed it or the chair confirmed it; null while it is only drafted by the program. */
    letter: text(),
    letterConfirmedBy: person('letter_confirmed_by'),
    letterConfirmedAt: instant('letter_confirmed_at'),
    createdBy: person('created_by'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique().on(table.communityId, table.code),
    check('incoming_tasks_money', sql`${table.moneyFen} is null or ${table.moneyFen} > 0`),
    check('incoming_tasks_owner', sql`(${table.answer} is null) = (${table.dueOn} is null)`),
  ],
);

/** What an item of a meeting's agenda was made of: a task, a need, or the follow-ups that are open. */
export const agendaSources = pgTable(
  'agenda_sources',
  {
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    itemId: text('item_id').notNull(),
    kind: text().$type<'task' | 'need' | 'follow_up'>().notNull(),
    refId: text('ref_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.itemId, table.refId] }), index().on(table.refId)],
);
