// What was put before everybody of a meeting, the files made of it, and what a community forgets when. A publication holds no name: whoever is
// named in it is read from the meeting and masked or not at that moment, so that a consent taken back counts at once.
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PublicationKind } from '#lib/domain/publication/publication.ts';
import type { MatterId } from '#lib/domain/retention/matters.ts';
import { communities, people } from './community.ts';
import { bytes, instant } from './columns.ts';
import { meetings } from './meetings.ts';

export const publications = pgTable(
  'publications',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    kind: text().$type<PublicationKind>().notNull(),
    year: integer().notNull(),
    number: integer().notNull(),
    title: text().notNull(),
    /** One conclusion a line. Emptied when it is withdrawn. */
    conclusions: text().notNull(),
    /** Who takes objections and questions: person, address, telephone of the office. Emptied when it is withdrawn. */
    contact: text().notNull(),
    /** First and last day, `YYYY-MM-DD`, both included. */
    fromDay: text('from_day').notNull(),
    untilDay: text('until_day').notNull(),
    /** Where the program was reached when it was published: what the codes on its papers lead to. */
    origin: text().notNull(),
    /** Of the signed minutes it rests on, hex; null for results. */
    docHash: text('doc_hash'),
    publishedBy: text('published_by').references(() => people.id, { onDelete: 'set null' }),
    publishedAt: instant('published_at').notNull(),
    withdrawnBy: text('withdrawn_by').references(() => people.id, { onDelete: 'set null' }),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [
    unique().on(table.communityId, table.year, table.number),
    uniqueIndex('publications_one_standing')
      .on(table.meetingId, table.kind)
      .where(sql`${table.withdrawnAt} is null`),
    check('publications_days', sql`${table.fromDay} <= ${table.untilDay}`),
    check('publications_hash', sql`(${table.kind} = 'decision') = (${table.docHash} is not null)`),
    check('publications_tombstone', sql`(${table.withdrawnAt} is null) = (${table.withdrawnReason} is null)`),
  ],
);

/** Files that take a seal, kept so that everybody who asks gets the same bytes. Made anew when what they are made of has changed. */
export const publicationFiles = pgTable(
  'publication_files',
  {
    publicationId: text('publication_id')
      .notNull()
      .references(() => publications.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** SHA-256 of everything it was made from, names included. */
    madeFrom: text('made_from').notNull(),
    content: bytes().notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.publicationId, table.name] })],
);

/** A community's own periods; what is not in it has the program's. */
export const retentionPeriods = pgTable('retention_periods', {
  communityId: text('community_id')
    .primaryKey()
    .references(() => communities.id, { onDelete: 'cascade' }),
  days: jsonb().$type<Readonly<Partial<Record<MatterId, number>>>>().notNull(),
});

/** What was forgotten on which day: one row a community, matter and day, so that one process of several does it. */
export const retentionRuns = pgTable(
  'retention_runs',
  {
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    day: text().notNull(),
    matter: text().$type<MatterId>().notNull(),
    forgotten: integer().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.day, table.matter] }), index().on(table.communityId)],
);
