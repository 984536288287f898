// Frozen minutes: the canonical record and its names, the keys and signatures of its signers, and the councils' append-only logs of bundles.
// A record and what was signed are never changed; names may be erased, which changes no digest.
import { boolean, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Enrolment, Signature, Statement } from '#lib/domain/minutes/bundle.ts';
import type { SignedPaper } from '#lib/domain/minutes/record.ts';
import { meetings } from './meetings.ts';
import { bytes, instant } from './columns.ts';

export const minutesRecords = pgTable(
  'minutes_records',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    paper: text().$type<SignedPaper>().notNull().default('minutes'),
    edition: integer().notNull(),
    docHash: text('doc_hash').notNull().unique(),
    documentId: text('document_id').notNull(),
    /** The canonical bytes that docHash is of. */
    record: bytes().notNull(),
    frozenBy: text('frozen_by').notNull(),
    frozenAt: instant('frozen_at').notNull(),
    /** bundle.json as published; null until the signing rule was met and somebody completed it. */
    bundle: bytes(),
    completedAt: instant('completed_at'),
    /** A new edition was opened: nothing signed here counts for the meeting any more. */
    voidedAt: instant('voided_at'),
    voidReason: text('void_reason'),
  },
  (table) => [
    // One text of a paper stands at a time.
    uniqueIndex('minutes_records_one_standing')
      .on(table.meetingId, table.paper)
      .where(sql`${table.voidedAt} is null`),
    uniqueIndex('minutes_records_editions').on(table.meetingId, table.paper, table.edition),
  ],
);

/** Whose index stands for whom. Erasing a person empties name and salt; the record's digest stays and can no longer be guessed at. */
export const minutesNames = pgTable(
  'minutes_names',
  {
    recordId: text('record_id')
      .notNull()
      .references(() => minutesRecords.id, { onDelete: 'cascade' }),
    person: integer().notNull(),
    personId: text('person_id').notNull(),
    name: text(),
    salt: bytes(),
    /** Consented in writing to be published by name, when the text was frozen. */
    consents: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.person] })],
);

/** Keys that browsers made for signing: private parts never leave the device. */
export const signingKeys = pgTable('signing_keys', {
  id: text().primaryKey(),
  personId: text('person_id').notNull(),
  /** P-256, 65 bytes. */
  publicKey: bytes('public_key').notNull(),
  by: text().$type<Enrolment['by']>().notNull(),
  device: text().notNull().default(''),
  createdAt: instant('created_at').notNull(),
});

/** What somebody has been given to sign; used once, until it expires. */
export const signingAsks = pgTable('signing_asks', {
  nonce: text().primaryKey(),
  recordId: text('record_id')
    .notNull()
    .references(() => minutesRecords.id, { onDelete: 'cascade' }),
  personId: text('person_id').notNull(),
  manifest: jsonb().notNull(),
  image: bytes(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

export const minutesSignatures = pgTable(
  'minutes_signatures',
  {
    recordId: text('record_id')
      .notNull()
      .references(() => minutesRecords.id, { onDelete: 'cascade' }),
    person: integer().notNull(),
    signature: jsonb().$type<Signature>().notNull(),
    /** The key it was made with, as it then was; null on paper. */
    enrolment: jsonb().$type<Enrolment>(),
    /** The drawn signature, PNG: appearance only. */
    image: bytes(),
    signedAt: instant('signed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.person] })],
);

/** Signed by hand: entered by one person with its scan, valid once another has confirmed. */
export const paperSignatures = pgTable('paper_signatures', {
  id: text().primaryKey(),
  recordId: text('record_id')
    .notNull()
    .references(() => minutesRecords.id, { onDelete: 'cascade' }),
  person: integer().notNull(),
  statement: text().$type<Statement>().notNull(),
  text: text().notNull(),
  scan: bytes().notNull(),
  mediaType: text('media_type').notNull(),
  enteredBy: text('entered_by').notNull(),
  enteredAt: instant('entered_at').notNull(),
  settledBy: text('settled_by'),
  settledAt: instant('settled_at'),
  confirmed: boolean(),
});

/** A council's log: its row is the lock under which it grows. */
export const councilLogs = pgTable('council_logs', {
  origin: text().primaryKey(),
  size: integer().notNull().default(0),
  /** The newest signed checkpoint. */
  checkpoint: text().notNull().default(''),
});

/** Its leaves. Appended only: a trigger refuses everything else, and nothing that is wiped takes them along. */
export const councilLogLeaves = pgTable(
  'council_log_leaves',
  {
    origin: text().notNull(),
    index: integer().notNull(),
    /** Digest of a bundle, hex. */
    digest: text().notNull(),
    checkpoint: text().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.origin, table.index] })],
);
