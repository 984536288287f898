// How somebody is recognised: accounts with passwords and passkeys, sessions, printed slips, residents without an account.
// Only hashes of bearer secrets are stored: session ids, slip codes and guest tokens cannot be read back.
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { communities, people } from './community.ts';
import { meetings } from './meetings.ts';
import { bytes, instant } from './columns.ts';

export const accounts = pgTable('accounts', {
  id: text().primaryKey(),
  personId: text('person_id')
    .notNull()
    .unique()
    .references(() => people.id, { onDelete: 'cascade' }),
  loginName: text('login_name').notNull().unique(),
  /** argon2id, null for an account that only has passkeys or slips. */
  passwordHash: text('password_hash'),
  createdAt: instant('created_at').notNull(),
});

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the session id, hex. */
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** Null when a printed slip opened the session: a slip needs no account and opens none. */
    accountId: text('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
    /** Set when a printed slip opened the session: it is good for that one meeting only. */
    meetingId: text('meeting_id').references(() => meetings.id, { onDelete: 'cascade' }),
    /** The slip that opened it, so that revoking the slip ends the session. */
    slipId: text('slip_id').references(() => slips.id, { onDelete: 'cascade' }),
    /** What the device said it is, shortened, for the list of one's own sessions. */
    device: text().notNull().default(''),
    openedAt: instant('opened_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index().on(table.personId), index().on(table.slipId)],
);

export const passkeys = pgTable(
  'passkeys',
  {
    /** Credential id, base64url. */
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    publicKey: bytes('public_key').notNull(),
    counter: integer().notNull().default(0),
    transports: jsonb().$type<string[]>().notNull().default([]),
    label: text().notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [index().on(table.accountId)],
);

/** One-time challenges of passkey ceremonies; consumed by deletion. */
export const passkeyChallenges = pgTable('passkey_challenges', {
  challenge: text().primaryKey(),
  accountId: text('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
  expiresAt: instant('expires_at').notNull(),
});

/** A printed slip: QR and code, for one person at one meeting, one use, revocable. */
export const slips = pgTable(
  'slips',
  {
    id: text().primaryKey(),
    /** SHA-256 of the code, hex. */
    codeHash: text('code_hash').notNull().unique(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index().on(table.personId),
    // One slip is good at a time: printing another revokes the one before.
    uniqueIndex('slips_one_good_slip')
      .on(table.meetingId, table.personId)
      .where(sql`${table.revokedAt} is null`),
  ],
);

/** A resident without an account, known by a cookie token; also somebody who asked for a seat by name and waits. */
export const guests = pgTable(
  'guests',
  {
    id: text().primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    shownName: text('shown_name').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The person this guest was admitted as, by meeting: set when a host or helper admits a requested seat. */
    admittedPersonId: text('admitted_person_id').references(() => people.id, { onDelete: 'cascade' }),
    admittedMeetingId: text('admitted_meeting_id').references(() => meetings.id, { onDelete: 'cascade' }),
  },
  (table) => [index().on(table.communityId)],
);

/** Attempts counted in windows, per account, session or guest — never per address: a hall shares one. */
export const attempts = pgTable(
  'attempts',
  {
    kind: text().notNull(),
    subject: text().notNull(),
    windowStartedAt: instant('window_started_at').notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject] })],
);
