// Whom a meeting's slips are for: everybody with a living seat or a role in its council, and the community's staff. Called by the hosts'
// slip page; slips for anybody else are refused there.
import { and, asc, eq, isNull } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import {
  communities,
  councilRoles,
  meetings,
  people,
  seats,
  sectors,
  staffRoles,
} from '#lib/server/db/schema/index.ts';
import { hearingSeatsOf } from '#lib/server/hearings/roster.ts';
import { slipsOf } from './slips.ts';

export async function meetingForSlips(meetingId: string) {
  const [meeting] = await db
    .select({
      meetingId: meetings.id,
      communityId: meetings.communityId,
      councilId: meetings.councilId,
      title: meetings.title,
      place: meetings.place,
      startsAt: meetings.startsAt,
      community: communities.name,
    })
    .from(meetings)
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .where(eq(meetings.id, meetingId));
  return meeting ?? null;
}

/** In the order of the roster, then everybody else by name; each with the slip that is good now, if any. */
export async function slipCandidates(meeting: {
  readonly meetingId: string;
  readonly communityId: string;
  readonly councilId: string | null;
}) {
  const councilId = meeting.councilId ?? '';
  const [inCouncil, others, staff, slips, atHearing] = await Promise.all([
    db
      .select({ personId: people.id, name: people.name, beside: sectors.name })
      .from(seats)
      .innerJoin(people, eq(people.id, seats.personId))
      .innerJoin(sectors, eq(sectors.id, seats.sectorId))
      .where(and(eq(seats.councilId, councilId), isNull(seats.endedAt), isNull(people.erasedAt)))
      .orderBy(asc(sectors.position), asc(seats.position)),
    db
      .select({ personId: people.id, name: people.name, beside: people.roleNote })
      .from(councilRoles)
      .innerJoin(people, eq(people.id, councilRoles.personId))
      .where(and(eq(councilRoles.councilId, councilId), isNull(people.erasedAt)))
      .orderBy(asc(people.name)),
    db
      .select({ personId: people.id, name: people.name, beside: people.roleNote })
      .from(staffRoles)
      .innerJoin(people, eq(people.id, staffRoles.personId))
      .where(and(eq(staffRoles.communityId, meeting.communityId), isNull(people.erasedAt)))
      .orderBy(asc(people.name)),
    slipsOf(meeting.meetingId),
    hearingSeatsOf(meeting.meetingId),
  ]);
  // A hearing has seats of its own, drawn and given; the council's are not called to it.
  const seated =
    atHearing.length > 0 ? atHearing.map(({ personId, name }) => ({ personId, name, beside: '' })) : inCouncil;
  const once = new Map<string, { personId: string; name: string; beside: string }>();
  for (const { personId, name, beside } of [...seated, ...others, ...staff]) {
    if (!once.has(personId)) once.set(personId, { personId, name: name ?? '', beside: beside ?? '' });
  }
  return Array.from(once.values(), (person) => ({
    ...person,
    slip: slips.find(({ personId }) => personId === person.personId) ?? null,
  }));
}
