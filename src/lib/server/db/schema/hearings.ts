// 民主听证会 beside the log: who enrolled with the contact nobody else reads, the seats drawn or given, who watches from where, what residents
// chose in straw polls, and the groups their opinions were put into. Rules [H…] and [O…] of domain/hearings/RULES.md.
import { index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { Verdict } from '#lib/domain/hearings/opinions.ts';
import { people } from './community.ts';
import { instant } from './columns.ts';
import { meetings } from './meetings.ts';
import { polls } from './polls.ts';

const meetingId = () =>
  text('meeting_id')
    .notNull()
    .references(() => meetings.id, { onDelete: 'cascade' });

export const hearings = pgTable('hearings', {
  meetingId: text('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  /** Behind the published commitment; told with the draw and never before. */
  secret: text().notNull(),
  /** Days after the hearing after which contacts are deleted. */
  contactDays: integer('contact_days').notNull(),
});

export const enrolments = pgTable(
  'enrolments',
  {
    id: text().primaryKey(),
    meetingId: meetingId(),
    /** Counted up within the hearing: the number that is drawn. */
    number: integer().notNull(),
    /** The place they want to represent; null for who only attends. */
    placeKey: text('place_key'),
    name: text().notNull(),
    /** Read by the office only; null once its time is over. */
    contact: text(),
    zone: text(),
    channel: text().$type<'phone' | 'assisted' | 'paper'>().notNull(),
    enteredBy: text('entered_by').references(() => people.id, { onDelete: 'set null' }),
    /** The person of the community who enrolled, or who was made one when drawn. */
    personId: text('person_id').references(() => people.id, { onDelete: 'set null' }),
    lookupHash: text('lookup_hash').notNull().unique(),
    createdAt: instant('created_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [unique().on(table.meetingId, table.number)],
);

/** Who sits at a hearing: representatives as drawn, and the benches. Read when it is convened. */
export const hearingSeats = pgTable(
  'hearing_seats',
  {
    id: text().primaryKey(),
    meetingId: meetingId(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** A place's key, or `officer`, `supervisor`, `presenter`. */
    sectorKey: text('sector_key').notNull(),
    position: integer().notNull(),
  },
  (table) => [unique().on(table.meetingId, table.personId)],
);

/** A device that watches a hearing, with the part of the community it is in. */
export const hearingGuests = pgTable(
  'hearing_guests',
  {
    meetingId: meetingId(),
    guestId: text('guest_id').notNull(),
    zone: text(),
    /** Several devices of one enrolment have one choice between them. */
    enrolmentId: text('enrolment_id').references(() => enrolments.id, { onDelete: 'set null' }),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.guestId] })],
);

/** What residents chose in an open straw poll; `voter` goes when it closes. */
export const residentAnswers = pgTable(
  'resident_answers',
  {
    pollId: text('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    /** `enrolment:…`, `guest:…` or `person:…` while the poll is open; a random id afterwards. */
    voter: text().notNull(),
    choice: text().notNull(),
    area: text(),
    revision: integer().notNull(),
    castIds: text('cast_ids').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.voter] })],
);

export const opinionGroups = pgTable(
  'opinion_groups',
  {
    id: text().primaryKey(),
    meetingId: meetingId(),
    title: text().notNull(),
    position: integer().notNull(),
    /** `YYYY-MM-DD` */
    dueOn: text('due_on').notNull(),
    verdict: text().$type<Verdict>(),
    reason: text(),
    answeredBy: text('answered_by').references(() => people.id, { onDelete: 'set null' }),
    answeredAt: instant('answered_at'),
  },
  (table) => [index().on(table.meetingId)],
);
