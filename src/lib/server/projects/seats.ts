// The living seats of a community's councils by name, to choose from when an interest is noted. No phone, no note.
import { and, asc, eq, isNull } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { councils, people, seats } from '#lib/server/db/schema/index.ts';

export const seatsOfCommunity = (communityId: string) =>
  db
    .select({ seatId: seats.id, name: people.name, title: seats.title, council: councils.name })
    .from(seats)
    .innerJoin(councils, and(eq(councils.id, seats.councilId), eq(councils.communityId, communityId)))
    .innerJoin(people, eq(people.id, seats.personId))
    .where(isNull(seats.endedAt))
    .orderBy(asc(councils.createdAt), asc(seats.position));
