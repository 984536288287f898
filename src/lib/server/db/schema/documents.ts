// Shared documents: an append-only log of accepted Yjs updates is the document, its attribution and its history.
import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { meetings } from './meetings.ts';
import { projects } from './projects.ts';
import { bytes, instant } from './columns.ts';

export const documents = pgTable(
  'documents',
  {
    id: text().primaryKey(),
    kind: text().$type<'agenda' | 'notes' | 'minutes' | 'plan'>().notNull(),
    meetingId: text('meeting_id').references(() => meetings.id, { onDelete: 'cascade' }),
    /** The project whose plan this is, for kind `plan`. */
    projectId: text('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    headSeq: integer('head_seq').notNull().default(0),
    headHash: bytes('head_hash').notNull(),
    /** Bytes of the newest snapshot and of all updates since, for the cap on a document's size. */
    size: integer().notNull().default(0),
    /** The last sequence number that belongs to the frozen text; nothing is accepted after it. */
    frozenSeq: integer('frozen_seq'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.meetingId), index().on(table.projectId)],
);

export const documentUpdates = pgTable(
  'document_updates',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    /** Who typed it; `system` for what the program itself wrote. */
    personId: text('person_id').notNull(),
    /** The first clientID with something new in it; 0 where it only deletes. */
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    /** The update exactly as it came in. */
    bytes: bytes().notNull(),
    at: instant('at').notNull(),
    /** SHA-256(previous hash ‖ SHA-256(JSON [documentId, seq, personId, clientId, at]) ‖ SHA-256(bytes)). */
    hash: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.seq] })],
);

export const documentSnapshots = pgTable(
  'document_snapshots',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    bytes: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.seq] })],
);

/** Which person a Yjs clientID belongs to: claimed by its first use in a document, for ever. */
export const documentClients = pgTable(
  'document_clients',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    personId: text('person_id').notNull(),
    /** The update that claimed it. */
    seq: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.clientId] })],
);
