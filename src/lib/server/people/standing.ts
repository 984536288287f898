// What a signed-in person is in their community, for the policies. Read anew for every request, never kept: roles are taken away too.
import { and, eq, isNull } from 'drizzle-orm';
import { personSignedIn, type Actor } from '#lib/domain/actor.ts';
import type { Standing } from '#lib/domain/policies.ts';
import { db } from '#lib/server/db/client.ts';
import { councilRoles, people, seats, staffRoles } from '#lib/server/db/schema/index.ts';

/** Null for guests, slips, nobody and the erased: whoever is not signed in for everything has no standing outside a meeting. */
export async function standingOf(actor: Actor): Promise<Standing | null> {
  const personId = personSignedIn(actor);
  if (personId === null) return null;
  const [[person], staff, inCouncils, seated] = await Promise.all([
    db
      .select({ communityId: people.communityId })
      .from(people)
      .where(and(eq(people.id, personId), isNull(people.erasedAt))),
    db.select().from(staffRoles).where(eq(staffRoles.personId, personId)),
    db.select().from(councilRoles).where(eq(councilRoles.personId, personId)),
    db
      .select({ councilId: seats.councilId })
      .from(seats)
      .where(and(eq(seats.personId, personId), isNull(seats.endedAt))),
  ]);
  if (!person) return null;
  return {
    personId,
    communityId: person.communityId,
    staffRoles: staff.filter(({ communityId }) => communityId === person.communityId).map(({ role }) => role),
    councilRoles: inCouncils.map(({ councilId, role }) => ({ councilId, role })),
    seatIn: seated.map(({ councilId }) => councilId),
  };
}
