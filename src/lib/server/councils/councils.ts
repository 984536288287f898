// Councils: terms, sectors, seats, titles, roles. Called by the council pages, the roster import and the demo.
// Whatever changes who sits where locks the council's row first, so that no sector is ever overfilled. Access is checked by the caller.
import { and, asc, count, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { roles, type Role } from '#lib/domain/meeting/roles.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { councilRoles, councils, people, sectors, seats } from '#lib/server/db/schema/index.ts';
import { faultOfName } from '#lib/server/people/communities.ts';

/** Roles somebody can hold in a council; being a member is having a seat. */
export const councilRolesOffered: readonly Role[] = roles.filter((role) => role !== 'member');

const mostSeats = 500;

const faultOfSeats = (many: number): OfficeRefusal | null =>
  Number.isSafeInteger(many) && many >= 1 && many <= mostSeats
    ? null
    : refuseOffice('number-unfit', { least: 1, most: mostSeats });

export async function foundCouncil(
  communityId: string,
  { name, term, follows = null }: { name: string; term: string; follows?: string | null },
  store: Queryable = db,
): Promise<{ councilId: string } | OfficeRefusal> {
  const fault = faultOfName(name, 80) ?? (term === '' ? null : faultOfName(term, 40));
  if (fault) return fault;
  const councilId = newId();
  await store.insert(councils).values({ id: councilId, communityId, name, term, follows, createdAt: Date.now() });
  return { councilId };
}

/** The councils of a community, newest first, with how many seats there are and how many are held. */
export async function listCouncils(communityId: string) {
  const [rows, held, all] = await Promise.all([
    db.select().from(councils).where(eq(councils.communityId, communityId)).orderBy(desc(councils.createdAt)),
    db
      .select({ councilId: seats.councilId, many: count() })
      .from(seats)
      .innerJoin(councils, eq(councils.id, seats.councilId))
      .where(and(eq(councils.communityId, communityId), isNull(seats.endedAt)))
      .groupBy(seats.councilId),
    db
      .select({ councilId: sectors.councilId, many: sql<number>`sum(${sectors.seats})::int` })
      .from(sectors)
      .innerJoin(councils, eq(councils.id, sectors.councilId))
      .where(eq(councils.communityId, communityId))
      .groupBy(sectors.councilId),
  ]);
  const of = (counted: readonly { councilId: string; many: number }[], id: string): number =>
    counted.find(({ councilId }) => councilId === id)?.many ?? 0;
  return rows.map(({ id, name, term }) => ({ councilId: id, name, term, held: of(held, id), seats: of(all, id) }));
}

/** Whose council it is, for the policies; null when there is none. */
export async function councilOf(councilId: string): Promise<{ councilId: string; communityId: string } | null> {
  const [council] = await db
    .select({ councilId: councils.id, communityId: councils.communityId })
    .from(councils)
    .where(eq(councils.id, councilId));
  return council ?? null;
}

export async function readCouncil(councilId: string) {
  const [[council], itsSectors, itsSeats, itsRoles] = await Promise.all([
    db.select().from(councils).where(eq(councils.id, councilId)),
    db.select().from(sectors).where(eq(sectors.councilId, councilId)).orderBy(asc(sectors.position), asc(sectors.name)),
    db
      .select({ seat: seats, person: people })
      .from(seats)
      .leftJoin(people, eq(people.id, seats.personId))
      .where(eq(seats.councilId, councilId))
      .orderBy(asc(seats.position), asc(seats.id)),
    db
      .select({ personId: councilRoles.personId, role: councilRoles.role, name: people.name })
      .from(councilRoles)
      .innerJoin(people, eq(people.id, councilRoles.personId))
      .where(eq(councilRoles.councilId, councilId))
      .orderBy(asc(councilRoles.role), asc(people.name)),
  ]);
  if (!council) return null;
  const seatRows = itsSeats.map(({ seat, person }) => ({
    seatId: seat.id,
    sectorId: seat.sectorId,
    personId: seat.personId,
    name: person?.name ?? null,
    unit: person?.organisation ?? person?.roleNote ?? null,
    largeType: person?.largeType ?? false,
    hasSmartphone: person?.hasSmartphone ?? true,
    consentPublishName: person?.consentPublishName ?? false,
    title: seat.title,
    voting: seat.voting,
    endedAt: seat.endedAt,
  }));
  return {
    councilId,
    communityId: council.communityId,
    name: council.name,
    term: council.term,
    follows: council.follows,
    sectors: itsSectors.map((sector) => {
      const living = seatRows.filter((seat) => seat.sectorId === sector.id && seat.endedAt === null);
      return {
        sectorId: sector.id,
        name: sector.name,
        seats: sector.seats,
        vacant: Math.max(0, sector.seats - living.length),
        held: living,
      };
    }),
    ended: seatRows.filter((seat) => seat.endedAt !== null),
    roles: itsRoles,
  };
}

export async function renameCouncil(councilId: string, name: string, term: string): Promise<OfficeRefusal | null> {
  const fault = faultOfName(name, 80) ?? (term === '' ? null : faultOfName(term, 40));
  if (fault) return fault;
  await db.update(councils).set({ name, term }).where(eq(councils.id, councilId));
  return null;
}

/** Holds the council's row until the transaction ends. Every change of sectors, seats and roles starts here. */
export async function lockCouncil(councilId: string, tx: Queryable): Promise<boolean> {
  const [council] = await tx.select({ id: councils.id }).from(councils).where(eq(councils.id, councilId)).for('update');
  return council !== undefined;
}

export async function addSector(
  councilId: string,
  name: string,
  many: number,
  store: Queryable = db,
): Promise<{ sectorId: string } | OfficeRefusal> {
  const fault = faultOfName(name, 40) ?? faultOfSeats(many);
  if (fault) return fault;
  return store.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const sectorId = newId();
    const [last] = await tx
      .select({ position: sql<number>`coalesce(max(${sectors.position}), 0)::int` })
      .from(sectors)
      .where(eq(sectors.councilId, councilId));
    const [added] = await tx
      .insert(sectors)
      .values({ id: sectorId, councilId, name, seats: many, position: (last?.position ?? 0) + 1 })
      .onConflictDoNothing()
      .returning({ id: sectors.id });
    return added ? { sectorId } : refuseOffice('name-taken', { name });
  });
}

export async function updateSector(
  councilId: string,
  sectorId: string,
  name: string,
  many: number,
): Promise<OfficeRefusal | null> {
  const fault = faultOfName(name, 40) ?? faultOfSeats(many);
  if (fault) return fault;
  return db.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const [twin] = await tx
      .select({ id: sectors.id })
      .from(sectors)
      .where(and(eq(sectors.councilId, councilId), eq(sectors.name, name), ne(sectors.id, sectorId)));
    if (twin) return refuseOffice('name-taken', { name });
    const held = await livingIn(sectorId, tx);
    if (many < held) return refuseOffice('fewer-seats-than-held', { held });
    const changed = await tx
      .update(sectors)
      .set({ name, seats: many })
      .where(and(eq(sectors.id, sectorId), eq(sectors.councilId, councilId)))
      .returning({ id: sectors.id });
    return changed.length === 1 ? null : refuseOffice('not-there');
  });
}

/** Only a sector nobody ever sat in goes: past seats keep theirs. */
export async function removeSector(councilId: string, sectorId: string): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const [used] = await tx.select({ many: count() }).from(seats).where(eq(seats.sectorId, sectorId));
    if (used && used.many > 0) return refuseOffice('still-has-seats', { seats: used.many });
    const removed = await tx
      .delete(sectors)
      .where(and(eq(sectors.id, sectorId), eq(sectors.councilId, councilId)))
      .returning({ id: sectors.id });
    return removed.length === 1 ? null : refuseOffice('not-there');
  });
}

async function livingIn(sectorId: string, tx: Queryable): Promise<number> {
  const [row] = await tx
    .select({ many: count() })
    .from(seats)
    .where(and(eq(seats.sectorId, sectorId), isNull(seats.endedAt)));
  return row?.many ?? 0;
}

/** Seats a living person of the same community in a sector with a vacant seat. */
export async function seatPerson(
  councilId: string,
  { sectorId, personId, title, voting }: { sectorId: string; personId: string; title: string; voting: boolean },
  store: Queryable = db,
): Promise<{ seatId: string } | OfficeRefusal> {
  const fault = faultOfName(title, 40);
  if (fault) return fault;
  return store.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const [place] = await tx
      .select({ sectorId: sectors.id, name: sectors.name, seats: sectors.seats })
      .from(sectors)
      .innerJoin(councils, eq(councils.id, sectors.councilId))
      .innerJoin(people, and(eq(people.communityId, councils.communityId), eq(people.id, personId)))
      .where(and(eq(sectors.id, sectorId), eq(sectors.councilId, councilId), isNull(people.erasedAt)));
    if (!place) return refuseOffice('not-there');
    if ((await livingIn(sectorId, tx)) >= place.seats) {
      return refuseOffice('no-vacant-seat', { sector: place.name, seats: place.seats });
    }
    const seatId = newId();
    const [last] = await tx
      .select({ position: sql<number>`coalesce(max(${seats.position}), 0)::int` })
      .from(seats)
      .where(eq(seats.councilId, councilId));
    const [added] = await tx
      .insert(seats)
      .values({ id: seatId, councilId, sectorId, personId, title, voting, position: (last?.position ?? 0) + 1 })
      .onConflictDoNothing()
      .returning({ id: seats.id });
    return added ? { seatId } : refuseOffice('person-has-seat');
  });
}

export async function updateSeat(
  councilId: string,
  seatId: string,
  title: string,
  voting: boolean,
): Promise<OfficeRefusal | null> {
  const fault = faultOfName(title, 40);
  if (fault) return fault;
  const changed = await db
    .update(seats)
    .set({ title, voting })
    .where(and(eq(seats.id, seatId), eq(seats.councilId, councilId), isNull(seats.endedAt)))
    .returning({ id: seats.id });
  return changed.length === 1 ? null : refuseOffice('seat-ended');
}

/** The seat becomes vacant; who held it stays on record. A meeting already convened keeps its own frozen roster. */
export async function endSeat(councilId: string, seatId: string): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const ended = await tx
      .update(seats)
      .set({ endedAt: Date.now() })
      .where(and(eq(seats.id, seatId), eq(seats.councilId, councilId), isNull(seats.endedAt)))
      .returning({ id: seats.id });
    return ended.length === 1 ? null : refuseOffice('seat-ended');
  });
}

/** Gives a person of the same community a role in the council. Giving it twice changes nothing. */
export async function giveCouncilRole(
  councilId: string,
  personId: string,
  role: Role,
  store: Queryable = db,
): Promise<OfficeRefusal | null> {
  const [person] = await store
    .select({ id: people.id })
    .from(people)
    .innerJoin(councils, and(eq(councils.communityId, people.communityId), eq(councils.id, councilId)))
    .where(and(eq(people.id, personId), isNull(people.erasedAt)));
  if (!person || !councilRolesOffered.includes(role)) return refuseOffice('not-there');
  await store.insert(councilRoles).values({ councilId, personId, role }).onConflictDoNothing();
  return null;
}

export async function takeCouncilRole(councilId: string, personId: string, role: string): Promise<void> {
  await db
    .delete(councilRoles)
    .where(
      and(
        eq(councilRoles.councilId, councilId),
        eq(councilRoles.personId, personId),
        eq(councilRoles.role, role as Role),
      ),
    );
}

/** Copies sectors, living seats and roles of an earlier term into a council that has no seats yet. The erased are left behind. */
export async function copyRoster(
  fromCouncilId: string,
  councilId: string,
  store: Queryable = db,
): Promise<{ seats: number } | OfficeRefusal> {
  return store.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const [[from], [to]] = await Promise.all([
      tx.select().from(councils).where(eq(councils.id, fromCouncilId)),
      tx.select().from(councils).where(eq(councils.id, councilId)),
    ]);
    if (!from || !to || from.id === to.id || from.communityId !== to.communityId) return refuseOffice('not-there');
    const [present] = await tx.select({ many: count() }).from(seats).where(eq(seats.councilId, councilId));
    if (present && present.many > 0) return refuseOffice('term-has-roster');
    await tx.delete(sectors).where(eq(sectors.councilId, councilId));
    const oldSectors = await tx.select().from(sectors).where(eq(sectors.councilId, fromCouncilId));
    const newIdOf = new Map(oldSectors.map((sector) => [sector.id, newId()]));
    const copyOf = (sectorId: string) => newIdOf.get(sectorId) ?? '';
    if (oldSectors.length > 0) {
      await tx.insert(sectors).values(oldSectors.map((sector) => ({ ...sector, id: copyOf(sector.id), councilId })));
    }
    const held = await tx
      .select({ seat: seats })
      .from(seats)
      .innerJoin(people, eq(people.id, seats.personId))
      .where(and(eq(seats.councilId, fromCouncilId), isNull(seats.endedAt), isNull(people.erasedAt)));
    if (held.length > 0) {
      await tx
        .insert(seats)
        .values(held.map(({ seat }) => ({ ...seat, id: newId(), councilId, sectorId: copyOf(seat.sectorId) })));
    }
    const oldRoles = await tx.select().from(councilRoles).where(eq(councilRoles.councilId, fromCouncilId));
    if (oldRoles.length > 0) {
      await tx
        .insert(councilRoles)
        .values(oldRoles.map(({ personId, role }) => ({ councilId, personId, role })))
        .onConflictDoNothing();
    }
    await tx.update(councils).set({ follows: fromCouncilId }).where(eq(councils.id, councilId));
    return { seats: held.length };
  });
}
