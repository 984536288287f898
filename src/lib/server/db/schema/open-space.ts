// What became of the topics of an open space: the needs each went on in. What was said at the meeting is its log's.
import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
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
