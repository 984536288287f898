// The name at the top of every page, and whether its bearer has work in the office. Called by the root layout for every page: three
// small queries at once for the signed in, none for everybody else. It permits nothing: policies do.
import { eq } from 'drizzle-orm';
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
  const [[person], staff, inCouncils] = await Promise.all([
    db.select({ name: people.name }).from(people).where(eq(people.id, actor.personId)),
    db.select().from(staffRoles).where(eq(staffRoles.personId, actor.personId)).limit(1),
    db.select().from(councilRoles).where(eq(councilRoles.personId, actor.personId)).limit(1),
  ]);
  if (!person) return null;
  const hasAccount = actor.accountId !== null;
  return { name: person.name ?? '', hasAccount, inOffice: hasAccount && staff.length + inCouncils.length > 0 };
}
