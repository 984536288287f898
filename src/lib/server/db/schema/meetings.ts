// A meeting, its log, the erasable words the log points to, and what a crowd makes beside the log.
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { Audience } from '#lib/domain/meeting/words.ts';
import { communities, councils, people, realms } from './community.ts';
import { bytes, instant } from './columns.ts';

export const meetings = pgTable(
  'meetings',
  {
    id: text().primaryKey(),
    realmId: text('realm_id')
      .notNull()
      .references(() => realms.id, { onDelete: 'cascade' }),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    councilId: text('council_id').references(() => councils.id, { onDelete: 'cascade' }),
    format: text().notNull(),
    title: text().notNull(),
    place: text().notNull().default(''),
    startsAt: instant('starts_at').notNull(),
    plannedMinutes: integer('planned_minutes').notNull().default(120),
    callLink: text('call_link'),
    rulePackId: text('rule_pack_id'),
    /** Six digits; unique among all meetings of this installation. */
    joinCode: text('join_code').notNull().unique(),
    /** Copied from the folded state after every change, for lists; the log decides. */
    phase: text().notNull().default('draft'),
    headSeq: integer('head_seq').notNull().default(0),
    headHash: bytes('head_hash').notNull(),
    createdBy: text('created_by').references(() => people.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    /** The practice's or rehearsal's original. */
    copiedFrom: text('copied_from'),
  },
  (table) => [index().on(table.communityId), index().on(table.realmId)],
);

export const meetingEvents = pgTable(
  'meeting_events',
  {
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    /** UTF-8 JSON of {type, version, at, actorId, audience, commandId, payload}: the bytes the chain covers. */
    body: bytes().notNull(),
    /** SHA-256(previous hash ‖ SHA-256(body)). */
    hash: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.seq] })],
);

/** What was answered to each accepted command, so that a resent one changes nothing and gets the same answer. */
export const meetingCommands = pgTable(
  'meeting_commands',
  {
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    commandId: text('command_id').notNull(),
    actorKey: text('actor_key').notNull(),
    seq: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.commandId] })],
);

/** Names, reasons and free text of a meeting. The log holds id and salted digest; erasing nulls text and salt. */
export const meetingWords = pgTable(
  'meeting_words',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    /** The person the words are about or by; erased together with that person. */
    personId: text('person_id'),
    scope: text().$type<Audience>().notNull(),
    salt: bytes(),
    text: text(),
    /** What audiences outside the scope read instead, null for nothing. */
    elsewhere: text(),
    erasedAt: instant('erased_at'),
  },
  (table) => [index().on(table.meetingId, table.seq), index().on(table.personId)],
);

/** Papers attached to an agenda item. */
export const papers = pgTable(
  'papers',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    content: bytes().notNull(),
    uploadedBy: text('uploaded_by').references(() => people.id, { onDelete: 'set null' }),
    uploadedAt: instant('uploaded_at').notNull(),
  },
  (table) => [index().on(table.meetingId)],
);

/** Residents' questions: a crowd makes them, so they stand beside the log. */
export const questions = pgTable(
  'questions',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    /** Client-made id of the sending, so that a resent question stays one question. */
    sentId: text('sent_id').notNull(),
    guestId: text('guest_id'),
    personId: text('person_id'),
    shownName: text('shown_name').notNull(),
    text: text().notNull(),
    status: text().$type<'waiting' | 'shown' | 'hidden'>().notNull(),
    hiddenReason: text('hidden_reason'),
    supports: integer().notNull().default(0),
    broughtBy: text('brought_by'),
    /** [O2] The group a hearing's opinion belongs to, an id of `opinion_groups`. */
    groupId: text('group_id'),
    /** Who typed it for its author; null for a device of their own. */
    enteredBy: text('entered_by'),
    answer: text(),
    answeredBy: text('answered_by').references(() => people.id, { onDelete: 'set null' }),
    answeredAt: instant('answered_at'),
    /** SHA-256 of the author's private look-up token, hex. */
    lookupHash: text('lookup_hash').notNull(),
    askedAt: instant('asked_at').notNull(),
  },
  (table) => [unique().on(table.meetingId, table.sentId), index().on(table.meetingId)],
);

export const questionSupports = pgTable(
  'question_supports',
  {
    questionId: text('question_id')
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    /** `guest:…` or `person:…` */
    supporter: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.supporter] })],
);

/** Who downloaded an export with personal data, and when. */
export const downloads = pgTable('downloads', {
  id: text().primaryKey(),
  communityId: text('community_id')
    .notNull()
    .references(() => communities.id, { onDelete: 'cascade' }),
  personId: text('person_id').references(() => people.id, { onDelete: 'set null' }),
  what: text().notNull(),
  at: instant('at').notNull(),
});

/** Rehearsal runs and their measured outcome. */
export const rehearsals = pgTable('rehearsals', {
  id: text().primaryKey(),
  meetingId: text('meeting_id')
    .notNull()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  phones: integer().notNull(),
  startedBy: text('started_by').references(() => people.id, { onDelete: 'set null' }),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  passed: boolean(),
  report: jsonb().$type<Record<string, unknown>>(),
});

/** What an installation keeps about itself: secrets made at first use, never shown. */
export const installation = pgTable('installation', {
  key: text().primaryKey(),
  value: text().notNull(),
});
