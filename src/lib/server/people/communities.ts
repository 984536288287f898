// The three-level community: community, zones, building groups. Called by the community page, by set-up and by the demo.
// Every change names the community it is for, so that an id from elsewhere changes nothing.
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { buildingGroups, communities, realms, zones, type RealmKind } from '#lib/server/db/schema/index.ts';

export interface CommunityFacts {
  readonly name: string;
  readonly subdistrict: string;
  readonly district: string;
  readonly city: string;
  readonly households: number | null;
  readonly population: number | null;
}

const longestName = 60;
const mostInhabitants = 10_000_000;

export const faultOfName = (name: string, most = longestName): OfficeRefusal | null =>
  name.trim() === ''
    ? refuseOffice('name-missing')
    : Array.from(name).length > most
      ? refuseOffice('text-too-long', { most })
      : null;

function faultOfFacts(facts: CommunityFacts): OfficeRefusal | null {
  const outside = [facts.households, facts.population].find(
    (value) => value !== null && (value < 0 || value > mostInhabitants),
  );
  if (outside !== undefined) return refuseOffice('number-unfit', { least: 0, most: mostInhabitants });
  return (
    faultOfName(facts.name) ??
    [facts.subdistrict, facts.district, facts.city]
      .map((text) => (text === '' ? null : faultOfName(text)))
      .find((fault) => fault !== null) ??
    null
  );
}

/** A community in a realm of its own. */
export async function createCommunity(
  facts: CommunityFacts,
  { realm = 'kept', isDemo = false }: { realm?: RealmKind; isDemo?: boolean } = {},
  store: Queryable = db,
): Promise<{ realmId: string; communityId: string } | OfficeRefusal> {
  const fault = faultOfFacts(facts);
  if (fault) return fault;
  const [realmId, communityId] = [newId(), newId()];
  await store.insert(realms).values({ id: realmId, kind: realm, createdAt: Date.now() });
  await store.insert(communities).values({ id: communityId, realmId, isDemo, ...facts });
  return { realmId, communityId };
}

/** How many communities of kept realms there are: none means the installation waits for set-up. */
export async function countKeptCommunities(store: Queryable = db): Promise<number> {
  const [row] = await store
    .select({ many: count() })
    .from(communities)
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(eq(realms.kind, 'kept'));
  return row?.many ?? 0;
}

/** The communities of this installation by name, for the landing page. */
export const listKeptCommunities = (): Promise<{ communityId: string; name: string }[]> =>
  db
    .select({ communityId: communities.id, name: communities.name })
    .from(communities)
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(eq(realms.kind, 'kept'))
    .orderBy(asc(communities.name));

export async function readCommunity(communityId: string) {
  const [[community], itsZones, groups] = await Promise.all([
    db.select().from(communities).where(eq(communities.id, communityId)),
    db.select().from(zones).where(eq(zones.communityId, communityId)).orderBy(asc(zones.position), asc(zones.name)),
    db
      .select({ groupId: buildingGroups.id, zoneId: buildingGroups.zoneId, name: buildingGroups.name })
      .from(buildingGroups)
      .innerJoin(zones, eq(zones.id, buildingGroups.zoneId))
      .where(eq(zones.communityId, communityId))
      .orderBy(asc(buildingGroups.position), asc(buildingGroups.name)),
  ]);
  if (!community) return null;
  return {
    ...community,
    zones: itsZones.map((zone) => ({
      zoneId: zone.id,
      name: zone.name,
      groups: groups.filter((group) => group.zoneId === zone.id).map(({ groupId, name }) => ({ groupId, name })),
    })),
  };
}

export async function updateCommunity(communityId: string, facts: CommunityFacts): Promise<OfficeRefusal | null> {
  const fault = faultOfFacts(facts);
  if (fault) return fault;
  const { name, subdistrict, district, city, households, population } = facts;
  await db
    .update(communities)
    .set({ name, subdistrict, district, city, households, population })
    .where(eq(communities.id, communityId));
  return null;
}

export async function addZone(
  communityId: string,
  name: string,
  store: Queryable = db,
): Promise<{ zoneId: string } | OfficeRefusal> {
  const fault = faultOfName(name);
  if (fault) return fault;
  const zoneId = newId();
  const [added] = await store
    .insert(zones)
    .values({ id: zoneId, communityId, name, position: nextZonePosition(communityId) })
    .onConflictDoNothing()
    .returning({ id: zones.id });
  return added ? { zoneId } : refuseOffice('name-taken', { name });
}

const nextZonePosition = (communityId: string) =>
  sql<number>`(select coalesce(max(${zones.position}), 0) + 1 from ${zones} where ${zones.communityId} = ${communityId})`;

export async function renameZone(communityId: string, zoneId: string, name: string): Promise<OfficeRefusal | null> {
  const fault = faultOfName(name);
  if (fault) return fault;
  const [twin] = await db
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.communityId, communityId), eq(zones.name, name)));
  if (twin && twin.id !== zoneId) return refuseOffice('name-taken', { name });
  const changed = await db
    .update(zones)
    .set({ name })
    .where(and(eq(zones.id, zoneId), eq(zones.communityId, communityId)))
    .returning({ id: zones.id });
  return changed.length === 1 ? null : refuseOffice('not-there');
}

/** Only an empty zone goes; people who lived in it simply have none. */
export async function removeZone(communityId: string, zoneId: string): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [zone] = await tx
      .select()
      .from(zones)
      .where(and(eq(zones.id, zoneId), eq(zones.communityId, communityId)))
      .for('update');
    if (!zone) return refuseOffice('not-there');
    const [groups] = await tx.select({ many: count() }).from(buildingGroups).where(eq(buildingGroups.zoneId, zoneId));
    if (groups && groups.many > 0) return refuseOffice('still-has-groups', { groups: groups.many });
    await tx.delete(zones).where(eq(zones.id, zoneId));
    return null;
  });
}

/** Adds building groups to a zone, one per name; names the zone already has are left as they are. */
export async function addBuildingGroups(
  communityId: string,
  zoneId: string,
  names: readonly string[],
  store: Queryable = db,
): Promise<{ added: number } | OfficeRefusal> {
  const wanted = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
  const fault =
    wanted.length === 0 ? refuseOffice('name-missing') : wanted.map((name) => faultOfName(name)).find(Boolean);
  if (fault) return fault;
  const [zone] = await store
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.id, zoneId), eq(zones.communityId, communityId)));
  if (!zone) return refuseOffice('not-there');
  const [last] = await store
    .select({ position: sql<number>`coalesce(max(${buildingGroups.position}), 0)::int` })
    .from(buildingGroups)
    .where(eq(buildingGroups.zoneId, zoneId));
  const added = await store
    .insert(buildingGroups)
    .values(wanted.map((name, at) => ({ id: newId(), zoneId, name, position: (last?.position ?? 0) + 1 + at })))
    .onConflictDoNothing()
    .returning({ id: buildingGroups.id });
  return { added: added.length };
}

export async function removeBuildingGroup(communityId: string, groupId: string): Promise<OfficeRefusal | null> {
  const removed = await db
    .delete(buildingGroups)
    .where(
      and(
        eq(buildingGroups.id, groupId),
        inArray(
          buildingGroups.zoneId,
          db.select({ id: zones.id }).from(zones).where(eq(zones.communityId, communityId)),
        ),
      ),
    )
    .returning({ id: buildingGroups.id });
  return removed.length === 1 ? null : refuseOffice('not-there');
}
