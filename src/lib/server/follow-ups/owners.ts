// Who can own what is to be done: people with a role or a living seat in the community, by name. Called by the pages that let one choose.
import { and, asc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { people, seats, staffRoles } from '#lib/server/db/schema/index.ts';

export const ownersOf = (communityId: string): Promise<{ personId: string; name: string | null }[]> =>
  db
    .select({ personId: people.id, name: people.name })
    .from(people)
    .where(
      and(
        eq(people.communityId, communityId),
        isNotNull(people.name),
        or(
          inArray(people.id, db.select({ id: staffRoles.personId }).from(staffRoles)),
          inArray(people.id, db.select({ id: seats.personId }).from(seats).where(isNull(seats.endedAt))),
        ),
      ),
    )
    .orderBy(asc(people.name));
