// The name at the top of every page, and whether its bearer has work in the office. Called by the root layout for every page: one query
// for the signed in, none for everybody else. It permits nothing: policies do.
import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { db } from '#lib/server/db/client.ts';
import { councilRoles, people, staffRoles } from '#lib/server/db/schema/index.ts';

export interface Reader {
  readonly name: string;
  /** Signed in for everything, not by a slip. */
  readonly hasAccount: boolean;
  /** Has some role in the community or a council, so the office's pages are worth a link. */
  readonly inOffice: boolean;
}

export async function readerOf(actor: Actor): Promise<Reader | null> {
  if (actor.kind !== 'person') return null;
  const [person] = await db
    .select({
      name: people.name,
      inOffice: sql<boolean>`exists (select 1 from ${staffRoles} where ${staffRoles.personId} = ${people.id})
        or exists (select 1 from ${councilRoles} where ${councilRoles.personId} = ${people.id})`,
    })
    .from(people)
    .where(eq(people.id, actor.personId));
  if (!person) return null;
  const hasAccount = actor.accountId !== null;
  return { name: person.name ?? '', hasAccount, inOffice: hasAccount && person.inOffice };
}
