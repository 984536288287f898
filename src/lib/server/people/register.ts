// The people of a community: list, search, add, correct, staff roles, accounts. Called by the people pages, set-up, import and the demo.
// Every change names the community, so that an id from another one changes nothing. Erasing is erasure.ts.
import { and, asc, count, eq, ilike, inArray, isNull, or, type SQL } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { plainName, plainPhone, readBirthMonth } from '#lib/domain/councils/roster.ts';
import { roles, type Role } from '#lib/domain/meeting/roles.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  accounts,
  buildingGroups,
  communities,
  councilRoles,
  councils,
  people,
  sectors,
  seats,
  staffRoles,
  zones,
} from '#lib/server/db/schema/index.ts';

/** What may be written about a person. Everything but the name may be left out. */
export interface PersonFacts {
  readonly name: string;
  readonly phone?: string | null;
  readonly gender?: string | null;
  /** As typed; any common way of writing a month is understood. */
  readonly birthMonth?: string | null;
  readonly roleNote?: string | null;
  readonly organisation?: string | null;
  readonly zoneId?: string | null;
  readonly buildingGroupId?: string | null;
  readonly largeType?: boolean;
  readonly hasSmartphone?: boolean;
  readonly consentPublishName?: boolean;
  readonly note?: string | null;
  readonly demoRef?: string | null;
}

/** Roles somebody can hold for the community as a whole. */
export const staffRolesOffered: readonly Role[] = roles.filter(
  (role) => role !== 'member' && role !== 'non_voting' && role !== 'observer',
);

const officeRoles: readonly Role[] = ['chair', 'secretary'];

async function cleanFacts(communityId: string, facts: PersonFacts, store: Queryable) {
  const name = plainName(facts.name);
  if (name === '') return refuseOffice('name-missing');
  const long: readonly [string | null | undefined, number][] = [
    [name, 40],
    [facts.phone, 30],
    [facts.gender, 10],
    [facts.roleNote, 80],
    [facts.organisation, 80],
    [facts.note, 400],
  ];
  for (const [text, most] of long) {
    if (Array.from(text ?? '').length > most) return refuseOffice('text-too-long', { most });
  }
  const birthMonth = facts.birthMonth ? readBirthMonth(facts.birthMonth) : null;
  if (facts.birthMonth && birthMonth === null) return refuseOffice('birth-month-unfit', { typed: facts.birthMonth });
  const place = await placeOf(communityId, facts.zoneId ?? null, facts.buildingGroupId ?? null, store);
  if (place === null) return refuseOffice('not-there');
  return {
    name,
    phone: plainPhone(facts.phone ?? '') || null,
    gender: facts.gender || null,
    birthMonth,
    roleNote: facts.roleNote || null,
    organisation: facts.organisation || null,
    ...place,
    largeType: facts.largeType ?? false,
    hasSmartphone: facts.hasSmartphone ?? true,
    consentPublishName: facts.consentPublishName ?? false,
    note: facts.note || null,
  };
}

/** The zone and group as given; a group brings its own zone. Null when either is not of this community. */
async function placeOf(communityId: string, zoneId: string | null, buildingGroupId: string | null, store: Queryable) {
  if (buildingGroupId !== null) {
    const [group] = await store
      .select({ zoneId: buildingGroups.zoneId })
      .from(buildingGroups)
      .innerJoin(zones, eq(zones.id, buildingGroups.zoneId))
      .where(and(eq(buildingGroups.id, buildingGroupId), eq(zones.communityId, communityId)));
    return group ? { zoneId: group.zoneId, buildingGroupId } : null;
  }
  if (zoneId === null) return { zoneId, buildingGroupId };
  const [zone] = await store
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.id, zoneId), eq(zones.communityId, communityId)));
  return zone ? { zoneId, buildingGroupId } : null;
}

export async function addPerson(
  communityId: string,
  facts: PersonFacts,
  store: Queryable = db,
): Promise<{ personId: string } | OfficeRefusal> {
  const clean = await cleanFacts(communityId, facts, store);
  if ('refused' in clean) return clean;
  const personId = newId();
  const demoRef = facts.demoRef ?? null;
  await store.insert(people).values({ id: personId, communityId, demoRef, createdAt: Date.now(), ...clean });
  return { personId };
}

/** Writes all facts anew: what is left out becomes empty. */
export async function updatePerson(
  communityId: string,
  personId: string,
  facts: PersonFacts,
): Promise<OfficeRefusal | null> {
  const clean = await cleanFacts(communityId, facts, db);
  if ('refused' in clean) return clean;
  const changed = await db
    .update(people)
    .set(clean)
    .where(and(eq(people.id, personId), eq(people.communityId, communityId), isNull(people.erasedAt)))
    .returning({ id: people.id });
  return changed.length === 1 ? null : refuseOffice('not-there');
}

export const peoplePerPage = 50;

export interface PeopleListed {
  readonly total: number;
  readonly people: readonly {
    readonly personId: string;
    readonly name: string;
    readonly phone: string | null;
    readonly organisation: string | null;
    readonly roleNote: string | null;
    readonly zone: string | null;
    readonly staffRoles: readonly Role[];
    readonly hasAccount: boolean;
    readonly erasureAskedAt: number | null;
  }[];
}

/** A page of the living, by name; `search` looks into name, phone, unit and role. Pages count from 1. */
export async function listPeople(communityId: string, search: string, page: number): Promise<PeopleListed> {
  const living = and(eq(people.communityId, communityId), isNull(people.erasedAt));
  const sought = search.trim();
  const pattern = `%${sought.replace(/[\\%_]/g, '\\$&')}%`;
  const match: SQL | undefined =
    sought === ''
      ? living
      : and(
          living,
          or(
            ilike(people.name, pattern),
            ilike(people.phone, pattern),
            ilike(people.organisation, pattern),
            ilike(people.roleNote, pattern),
          ),
        );
  const [[total], rows] = await Promise.all([
    db.select({ many: count() }).from(people).where(match),
    db
      .select({ person: people, zone: zones.name, accountId: accounts.id })
      .from(people)
      .leftJoin(zones, eq(zones.id, people.zoneId))
      .leftJoin(accounts, eq(accounts.personId, people.id))
      .where(match)
      .orderBy(asc(people.name), asc(people.id))
      .limit(peoplePerPage)
      .offset((Math.max(1, page) - 1) * peoplePerPage),
  ]);
  const ids = rows.map(({ person }) => person.id);
  const staff = ids.length === 0 ? [] : await db.select().from(staffRoles).where(inArray(staffRoles.personId, ids));
  return {
    total: total?.many ?? 0,
    people: rows.map(({ person, zone, accountId }) => ({
      personId: person.id,
      name: person.name ?? '',
      phone: person.phone,
      organisation: person.organisation,
      roleNote: person.roleNote,
      zone,
      staffRoles: staff.filter(({ personId }) => personId === person.id).map(({ role }) => role),
      hasAccount: accountId !== null,
      erasureAskedAt: person.erasureAskedAt,
    })),
  };
}

/** Everything the community holds about a person; also what they themselves may see. Null when not of this community. */
export async function readPerson(communityId: string, personId: string) {
  const [person] = await db
    .select()
    .from(people)
    .where(and(eq(people.id, personId), eq(people.communityId, communityId)));
  if (!person) return null;
  const [staff, inCouncils, held, [account], [community]] = await Promise.all([
    db.select().from(staffRoles).where(eq(staffRoles.personId, personId)),
    db
      .select({ councilId: councils.id, council: councils.name, term: councils.term, role: councilRoles.role })
      .from(councilRoles)
      .innerJoin(councils, eq(councils.id, councilRoles.councilId))
      .where(eq(councilRoles.personId, personId)),
    db
      .select({
        councilId: councils.id,
        council: councils.name,
        term: councils.term,
        sector: sectors.name,
        title: seats.title,
        voting: seats.voting,
        endedAt: seats.endedAt,
      })
      .from(seats)
      .innerJoin(councils, eq(councils.id, seats.councilId))
      .innerJoin(sectors, eq(sectors.id, seats.sectorId))
      .where(eq(seats.personId, personId)),
    db.select({ loginName: accounts.loginName }).from(accounts).where(eq(accounts.personId, personId)),
    db.select({ name: communities.name }).from(communities).where(eq(communities.id, communityId)),
  ]);
  const staffHeld = staff.map(({ role }) => role);
  return {
    person,
    community: community?.name ?? '',
    staffRoles: staffHeld,
    holdsOffice: staffHeld.some((role) => officeRoles.includes(role)),
    councilRoles: inCouncils,
    seats: held,
    loginName: account?.loginName ?? null,
  };
}

/** Sets exactly these roles. The last person of the office cannot be taken out of it: nobody could put anybody back. */
export async function setStaffRoles(
  communityId: string,
  personId: string,
  wanted: readonly string[],
  store: Queryable = db,
): Promise<OfficeRefusal | null> {
  const chosen = staffRolesOffered.filter((role) => wanted.includes(role));
  return store.transaction(async (tx) => {
    // One change of roles at a time, so that two cannot remove the last two together.
    await tx.select().from(communities).where(eq(communities.id, communityId)).for('update');
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, personId), eq(people.communityId, communityId), isNull(people.erasedAt)));
    if (!person) return refuseOffice('not-there');
    const before = await officeOf(communityId, tx);
    const leaves = before.includes(personId) && !chosen.some((role) => officeRoles.includes(role));
    if (leaves && before.every((holder) => holder === personId)) return refuseOffice('last-secretary');
    await tx.delete(staffRoles).where(and(eq(staffRoles.communityId, communityId), eq(staffRoles.personId, personId)));
    if (chosen.length > 0) {
      await tx.insert(staffRoles).values(chosen.map((role) => ({ communityId, personId, role })));
    }
    return null;
  });
}

/** The people of the community's office who can sign in: somebody without an account cannot act for it. */
export async function officeOf(communityId: string, store: Queryable = db): Promise<string[]> {
  const rows = await store
    .select({ personId: staffRoles.personId })
    .from(staffRoles)
    .innerJoin(accounts, eq(accounts.personId, staffRoles.personId))
    .where(and(eq(staffRoles.communityId, communityId), inArray(staffRoles.role, [...officeRoles])));
  return [...new Set(rows.map(({ personId }) => personId))];
}

/** The person asks to be forgotten. Asking twice keeps the first time. */
export async function askForErasure(personId: string): Promise<void> {
  await db
    .update(people)
    .set({ erasureAskedAt: Date.now() })
    .where(and(eq(people.id, personId), isNull(people.erasureAskedAt), isNull(people.erasedAt)));
}

export async function withdrawErasureRequest(personId: string): Promise<void> {
  await db.update(people).set({ erasureAskedAt: null }).where(eq(people.id, personId));
}

/** Every living person's name with what tells namesakes apart, for choosing somebody from a list. */
export async function namesOf(communityId: string): Promise<{ personId: string; name: string; beside: string }[]> {
  const rows = await db
    .select({ personId: people.id, name: people.name, organisation: people.organisation, roleNote: people.roleNote })
    .from(people)
    .where(and(eq(people.communityId, communityId), isNull(people.erasedAt)))
    .orderBy(asc(people.name), asc(people.id));
  return rows.map(({ personId, name, organisation, roleNote }) => ({
    personId,
    name: name ?? '',
    beside: roleNote ?? organisation ?? '',
  }));
}
