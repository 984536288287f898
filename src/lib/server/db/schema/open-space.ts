// Beside the log of an open space: the needs its topics went on in, and the photographs of what a table wrote on paper.
import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';
import { meetings } from './meetings.ts';
import { needs } from './projects.ts';

export const topicNeeds = pgTable(
  'topic_needs',
  {
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    topicId: text('topic_id').notNull(),
    needId: text('need_id')
      .notNull()
      .references(() => needs.id, { onDelete: 'cascade' }),
    /** True where the need was made from the topic; false where it was there already. */
    made: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.topicId, table.needId] }), index().on(table.needId)],
);

/** A flip chart as somebody at the table photographed it, reduced to its picture. */
export const notePhotos = pgTable(
  'note_photos',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    topicId: text('topic_id').notNull(),
    mediaType: text('media_type').$type<'image/jpeg' | 'image/png'>().notNull(),
    /** In pixels. */
    width: integer().notNull(),
    height: integer().notNull(),
    content: bytes().notNull(),
    /** Who took it, as the meeting knows them; null for the desk. */
    participantId: text('participant_id'),
    at: instant('at').notNull(),
    /** A host looked at it and gives it to everybody; before that it is for who is at the meeting. */
    shown: boolean().notNull().default(false),
  },
  (table) => [index().on(table.meetingId)],
);
