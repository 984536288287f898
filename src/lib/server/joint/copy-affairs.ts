// What a community owes and is asked, copied beside its people when a meeting is copied to practise or rehearse on: responsibility lists, incoming
// tasks, the follow-ups its council opens with. Called inside that copy; what is settled on the copy settles nothing of the kept ones.
import { and, eq } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { followUps, incomingTasks, responsibilityItems, responsibilityLists } from '#lib/server/db/schema/index.ts';

/** @returns new task and follow-up ids by the old ones */
export async function copyAffairs(
  tx: Queryable,
  {
    from,
    to,
    councilId,
    newCouncilId,
    personIds,
  }: {
    readonly from: string;
    readonly to: string;
    readonly councilId: string;
    readonly newCouncilId: string;
    readonly personIds: ReadonlyMap<string, string>;
  },
): Promise<ReadonlyMap<string, string>> {
  const lists = await tx.select().from(responsibilityLists).where(eq(responsibilityLists.communityId, from));
  if (lists.length > 0) await tx.insert(responsibilityLists).values(lists.map((row) => ({ ...row, communityId: to })));
  const items = await tx.select().from(responsibilityItems).where(eq(responsibilityItems.communityId, from));
  const itemIds = new Map(items.map(({ id }) => [id, newId()]));
  if (items.length > 0)
    await tx
      .insert(responsibilityItems)
      .values(items.map((row) => ({ ...row, id: itemIds.get(row.id) ?? '', communityId: to })));

  const person = (id: string | null) => (id === null ? null : (personIds.get(id) ?? null));
  const refIds = new Map<string, string>();
  const freshFor = (id: string): string => {
    const fresh = newId();
    refIds.set(id, fresh);
    return fresh;
  };
  const tasks = await tx.select().from(incomingTasks).where(eq(incomingTasks.communityId, from));
  if (tasks.length > 0)
    await tx.insert(incomingTasks).values(
      tasks.map((row) => ({
        ...row,
        id: freshFor(row.id),
        communityId: to,
        listItemId: row.listItemId === null ? null : (itemIds.get(row.listItemId) ?? null),
        foundBy: person(row.foundBy),
        ownerPersonId: person(row.ownerPersonId),
        letterConfirmedBy: person(row.letterConfirmedBy),
        createdBy: person(row.createdBy),
        meetingId: null,
      })),
    );
  const owed = await tx
    .select()
    .from(followUps)
    .where(and(eq(followUps.communityId, from), eq(followUps.councilId, councilId)));
  if (owed.length > 0)
    await tx.insert(followUps).values(
      owed.map((row) => ({
        ...row,
        id: freshFor(row.id),
        communityId: to,
        councilId: newCouncilId,
        ownerPersonId: person(row.ownerPersonId),
        meetingId: null,
        itemId: null,
      })),
    );
  return refIds;
}
