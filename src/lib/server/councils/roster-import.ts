// Imports a roster into a council: the same reading for the preview and, again under the council's lock, for the import itself.
// Called by the import page. Good rows get their seats, broken ones come back as text with their reasons; nothing else is touched.
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { joinRows, splitPasted } from '#lib/domain/councils/pasted-rows.ts';
import {
  readRoster,
  refusedRows,
  type RosterPerson,
  type RosterReading,
  type RosterSurroundings,
} from '#lib/domain/councils/roster.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { councils, people, seats, sectors } from '#lib/server/db/schema/index.ts';
import { lockCouncil } from './councils.ts';

type NewSectors = RosterSurroundings['newSectors'];

/** `YYYY-MM` where the community is. */
const thisMonth = (): string => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 7);

async function surroundings(councilId: string, newSectors: NewSectors, store: Queryable): Promise<RosterSurroundings> {
  const [itsSectors, held, known] = await Promise.all([
    store.select().from(sectors).where(eq(sectors.councilId, councilId)).orderBy(asc(sectors.position)),
    store
      .select({ sectorId: seats.sectorId, personId: seats.personId })
      .from(seats)
      .where(and(eq(seats.councilId, councilId), isNull(seats.endedAt))),
    store
      .select({ personId: people.id, name: people.name, phone: people.phone })
      .from(people)
      .innerJoin(councils, eq(councils.communityId, people.communityId))
      .where(and(eq(councils.id, councilId), isNull(people.erasedAt))),
  ]);
  const seated = new Set(held.map(({ personId }) => personId));
  return {
    sectors: itsSectors.map(({ id, name, seats: many }) => ({
      name,
      seats: many,
      taken: held.filter(({ sectorId }) => sectorId === id).length,
    })),
    people: known.map(({ personId, name, phone }) => ({
      personId,
      name: name ?? '',
      phone,
      seated: seated.has(personId),
    })),
    thisMonth: thisMonth(),
    newSectors,
  };
}

/** What importing this text would do. Changes nothing. */
export const previewRoster = async (councilId: string, text: string, newSectors: NewSectors): Promise<RosterReading> =>
  readRoster(splitPasted(text), await surroundings(councilId, newSectors, db));

export interface RosterImported {
  readonly imported: number;
  /** The rows that did not go in, under their headings, ready to be corrected; empty when all went in. */
  readonly remaining: string;
  readonly reading: RosterReading;
}

export async function importRoster(
  councilId: string,
  text: string,
  newSectors: NewSectors,
): Promise<RosterImported | OfficeRefusal> {
  const sheet = splitPasted(text);
  return db.transaction(async (tx) => {
    if (!(await lockCouncil(councilId, tx))) return refuseOffice('not-there');
    const [council] = await tx.select().from(councils).where(eq(councils.id, councilId));
    if (!council) return refuseOffice('not-there');
    const reading = readRoster(sheet, await surroundings(councilId, newSectors, tx));
    const accepted = reading.rows.flatMap(({ person, knownPersonId }) => (person ? [{ person, knownPersonId }] : []));
    const sectorIds = await sectorsFor(councilId, reading, tx);
    const [last] = await tx
      .select({ position: sql<number>`coalesce(max(${seats.position}), 0)::int` })
      .from(seats)
      .where(eq(seats.councilId, councilId));
    let position = last?.position ?? 0;
    for (const { person, knownPersonId } of accepted) {
      const personId = knownPersonId ?? newId();
      if (knownPersonId === null) await tx.insert(people).values(rowOf(council.communityId, personId, person));
      position += 1;
      await tx.insert(seats).values({
        id: newId(),
        councilId,
        sectorId: sectorIds.get(person.sector) ?? '',
        personId,
        title: person.title,
        voting: person.voting,
        position,
      });
    }
    return { imported: accepted.length, remaining: joinRows(refusedRows(sheet, reading)), reading };
  });
}

/** The ids of every sector the accepted rows need; new ones get exactly as many seats as rows. */
async function sectorsFor(councilId: string, reading: RosterReading, tx: Queryable): Promise<Map<string, string>> {
  const own = await tx.select().from(sectors).where(eq(sectors.councilId, councilId));
  const ids = new Map(own.map(({ name, id }) => [name, id]));
  let position = Math.max(0, ...own.map((sector) => sector.position));
  for (const { name, rows, isNew } of reading.sectors) {
    if (!isNew) continue;
    const sectorId = newId();
    position += 1;
    await tx.insert(sectors).values({ id: sectorId, councilId, name, seats: rows, position });
    ids.set(name, sectorId);
  }
  return ids;
}

const rowOf = (communityId: string, personId: string, person: RosterPerson) => ({
  id: personId,
  communityId,
  name: person.name,
  phone: person.phone,
  gender: person.gender,
  birthMonth: person.birthMonth,
  organisation: person.unit || null,
  largeType: person.largeType,
  hasSmartphone: person.hasSmartphone,
  consentPublishName: person.consentPublishName,
  note: person.note || null,
  createdAt: Date.now(),
});
