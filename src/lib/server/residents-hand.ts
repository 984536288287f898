// What residents without an account leave with the community, whatever it is: whose hand it was, for counting and never by address, and the
// next number of its kind. Called by needs, feedback, wherever a device without an account may leave something.
import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Actor } from '#lib/domain/actor.ts';
import type { Queryable } from '#lib/server/db/client.ts';

/** Whose hand it is: a device or a person, never an address. Null for nobody. */
export const handOf = (actor: Actor): string | null =>
  actor.kind === 'guest' ? `guest:${actor.guestId}` : actor.kind === 'person' ? `person:${actor.personId}` : null;

/**
 * `N19` after `N18`, counted over the rows of `where`. Codes are given one after the other: the caller holds the advisory lock of its kind
 * (`lockCodes`) until it commits.
 */
export async function nextCode(
  tx: Queryable,
  { table, code, where, letter }: { table: PgTable; code: PgColumn; where: SQL; letter: string },
): Promise<string> {
  const [last] = await tx
    .select({ number: sql<number>`coalesce(max(substring(${code} from 2)::int), 0)::int` })
    .from(table)
    .where(sql`${where} and ${code} ~ ${`^${letter}[0-9]{1,8}$`}`);
  return `${letter}${String((last?.number ?? 0) + 1).padStart(2, '0')}`;
}

/** One sending of this kind and community at a time, until the transaction ends: a resent one waits here for its first sending. */
export const lockCodes = (tx: Queryable, kind: string, communityId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`yishi.${kind} ${communityId}`}))`);
