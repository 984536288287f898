// Counts attempts in windows, so that nobody can guess at leisure. The subject is an account, session or guest, never an address: a
// hall shares one. Called before the secret is looked at, so that attempts made at the same moment are all counted.
import { and, eq, lt, sql } from 'drizzle-orm';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { attempts } from '#lib/server/db/schema/index.ts';
import { digestOf } from './secrets.ts';

export interface AttemptLimit {
  readonly kind: string;
  readonly most: number;
  readonly windowMs: number;
}

/** Counts one attempt. Null: go ahead. A number: too many, and how many ms until the window ends. */
export async function countAttempt(
  { kind, most, windowMs }: AttemptLimit,
  subject: string,
  store: Queryable = db,
): Promise<number | null> {
  const now = Date.now();
  const over = sql`${attempts.windowStartedAt} <= ${now - windowMs}`;
  const [row] = await store
    .insert(attempts)
    .values({ kind, subject: digestOf(subject), windowStartedAt: now, count: 1 })
    .onConflictDoUpdate({
      target: [attempts.kind, attempts.subject],
      set: {
        count: sql`case when ${over} then 1 else ${attempts.count} + 1 end`,
        windowStartedAt: sql`case when ${over} then ${now} else ${attempts.windowStartedAt} end`,
      },
    })
    .returning();
  if (!row || row.count <= most) return null;
  return row.windowStartedAt + windowMs - now;
}

/** A success takes the count back. */
export async function forgetAttempts({ kind }: AttemptLimit, subject: string): Promise<void> {
  await db.delete(attempts).where(and(eq(attempts.kind, kind), eq(attempts.subject, digestOf(subject))));
}

/** Removes windows that ended more than a day ago; called with the expired sessions. */
export async function removeOldAttempts(): Promise<void> {
  await db.delete(attempts).where(lt(attempts.windowStartedAt, Date.now() - 24 * 3600 * 1000));
}
