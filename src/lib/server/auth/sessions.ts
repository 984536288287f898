// Sessions: lucia behind this one file, with an adapter that stores only SHA-256 of the session id. To lucia a "user" is a person:
// a printed slip opens a session for somebody without an account. Called by sign-in, slips and `actorFromCookie`.
// Never logs or stores a plain session id; never decides what a person may do.
import { and, eq, inArray, lt } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { readTogether } from '#lib/server/db/read-together.ts';
import { sessions } from '#lib/server/db/schema/index.ts';
import { digestOf } from './secrets.ts';

export const sessionCookieName = 'yishi_session';
export const sessionLifetimeMs = 30 * 24 * 3600 * 1000;

interface Opened {
  readonly accountId: string | null;
  readonly meetingId: string | null;
  readonly slipId: string | null;
  readonly device: string;
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>;
    DatabaseSessionAttributes: Opened;
  }
}

type Row = typeof sessions.$inferSelect;

const asLucia = (row: Row, id: string): DatabaseSession => ({
  id,
  userId: row.personId,
  expiresAt: new Date(row.expiresAt),
  attributes: { accountId: row.accountId, meetingId: row.meetingId, slipId: row.slipId, device: row.device },
});

const rowOf = readTogether<Row>(async (ids) => {
  const rows = await db
    .select()
    .from(sessions)
    .where(inArray(sessions.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
});

const adapterOver = (store: Queryable): Adapter => ({
  async getSessionAndUser(id) {
    const row = await rowOf(digestOf(id));
    return row ? [asLucia(row, id), { id: row.personId, attributes: {} }] : [null, null];
  },
  async getUserSessions(personId) {
    const rows = await store.select().from(sessions).where(eq(sessions.personId, personId));
    return rows.map((row) => asLucia(row, row.id));
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    const row = { id: digestOf(id), personId: userId, openedAt: Date.now(), expiresAt: expiresAt.getTime() };
    await store.insert(sessions).values({ ...row, ...attributes });
  },
  async updateSessionExpiration(id, expiresAt) {
    await store
      .update(sessions)
      .set({ expiresAt: expiresAt.getTime() })
      .where(eq(sessions.id, digestOf(id)));
  },
  async deleteSession(id) {
    await store.delete(sessions).where(eq(sessions.id, digestOf(id)));
  },
  async deleteUserSessions(personId) {
    await store.delete(sessions).where(eq(sessions.personId, personId));
  },
  async deleteExpiredSessions() {
    await store.delete(sessions).where(lt(sessions.expiresAt, Date.now()));
  },
});

const luciaOver = (store: Queryable) =>
  new Lucia(adapterOver(store), {
    sessionExpiresIn: new TimeSpan(sessionLifetimeMs, 'ms'),
    sessionCookie: { name: sessionCookieName },
    getSessionAttributes: (opened: Opened) => ({ ...opened }),
  });

const lucia = luciaOver(db);

/** Opens a session inside `store`; the returned id goes into the cookie and exists nowhere else. */
export async function openSession(personId: string, opened: Opened, store: Queryable = db): Promise<string> {
  const session = await luciaOver(store).createSession(personId, { ...opened, device: opened.device.slice(0, 160) });
  return session.id;
}

/** The living session of a cookie, or null when there is none, it ended or ran out. `fresh`: the cookie must be set again. */
export async function readSession(sessionId: string) {
  const { session } = await lucia.validateSession(sessionId);
  return session;
}

export const endSession = (sessionId: string): Promise<void> => lucia.invalidateSession(sessionId);

/** Ends one of a person's own sessions by its stored (hashed) id; false when it is not theirs. */
export async function endSessionOf(personId: string, storedId: string): Promise<boolean> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.id, storedId), eq(sessions.personId, personId)))
    .returning({ id: sessions.id });
  return ended.length === 1;
}

/** Every living session of a person, newest first, by stored id. */
export async function sessionsOf(personId: string): Promise<Row[]> {
  const rows = await db.select().from(sessions).where(eq(sessions.personId, personId));
  return rows.filter((row) => row.expiresAt > Date.now()).sort((a, b) => b.openedAt - a.openedAt);
}

export const removeExpiredSessions = (): Promise<void> => lucia.deleteExpiredSessions();
