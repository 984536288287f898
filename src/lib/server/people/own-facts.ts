// Everything the community keeps about one person, for that person. Called by the account page and its download; no ids, no secrets, and
// nothing about anybody else.
import { eq } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { buildingGroups, people, zones } from '#lib/server/db/schema/index.ts';
import { readPerson } from './register.ts';

export async function readOwnFacts(personId: string) {
  const [row] = await db
    .select({ communityId: people.communityId, zone: zones.name, group: buildingGroups.name })
    .from(people)
    .leftJoin(zones, eq(zones.id, people.zoneId))
    .leftJoin(buildingGroups, eq(buildingGroups.id, people.buildingGroupId))
    .where(eq(people.id, personId));
  const found = row && (await readPerson(row.communityId, personId));
  if (!found) return null;
  const { person } = found;
  return {
    community: found.community,
    name: person.name ?? '',
    phone: person.phone ?? '',
    gender: person.gender ?? '',
    birthMonth: person.birthMonth ?? '',
    roleNote: person.roleNote ?? '',
    organisation: person.organisation ?? '',
    zone: row.zone ?? '',
    group: row.group ?? '',
    largeType: person.largeType,
    hasSmartphone: person.hasSmartphone,
    consentPublishName: person.consentPublishName,
    note: person.note ?? '',
    erasureAskedAt: person.erasureAskedAt,
    loginName: found.loginName ?? '',
    staffRoles: found.staffRoles,
    seats: found.seats.map(({ council, term, sector, title, voting, endedAt }) => ({
      council,
      term,
      sector,
      title,
      voting,
      ended: endedAt !== null,
    })),
    councilRoles: found.councilRoles.map(({ council, term, role }) => ({ council, term, role })),
  };
}
