// 职责清单 in the office: a community's three lists, their source and items. Editable by the office; items are retired, never deleted.
// Pages ask policies.ts first. Rules [RL1], [RL2].
import { and, asc, eq, isNull } from 'drizzle-orm';
import {
  checkedHead,
  checkedItem,
  listKinds,
  suggestListing,
  type ListHead,
  type ListItem,
} from '#lib/domain/tasks/lists.ts';
import { isServiceRefusal } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { responsibilityItems, responsibilityLists } from '#lib/server/db/schema/index.ts';

export const livingItems = (communityId: string, store: Queryable = db) =>
  store
    .select()
    .from(responsibilityItems)
    .where(and(eq(responsibilityItems.communityId, communityId), isNull(responsibilityItems.retiredAt)))
    .orderBy(asc(responsibilityItems.list), asc(responsibilityItems.code));

/** The three lists in their order; one nobody has described yet has no head. */
export async function listsOf(communityId: string, store: Queryable = db) {
  const heads = await store.select().from(responsibilityLists).where(eq(responsibilityLists.communityId, communityId));
  const items = await livingItems(communityId, store);
  return listKinds.map((list) => {
    const head = heads.find((each) => each.list === list) ?? null;
    return {
      list,
      head: head && {
        total: head.total,
        categories: head.categories,
        basis: head.basis,
        checkedOn: head.checkedOn,
      },
      items: items
        .filter((each) => each.list === list)
        .map(({ id, code, category, text, illustrative }) => ({ itemId: id, code, category, text, illustrative })),
    };
  });
}

export type ListShown = Awaited<ReturnType<typeof listsOf>>[number];

export async function saveHead(
  communityId: string,
  asked: ListHead,
  store: Queryable = db,
): Promise<OfficeRefusal | null> {
  const head = checkedHead(asked);
  if (isServiceRefusal(head)) return head;
  await store
    .insert(responsibilityLists)
    .values({ communityId, ...head })
    .onConflictDoUpdate({ target: [responsibilityLists.communityId, responsibilityLists.list], set: head });
  return null;
}

/** Adds an item, or one again under a code that was retired. */
export async function addItem(
  communityId: string,
  asked: ListItem & { readonly illustrative?: boolean },
  store: Queryable = db,
): Promise<{ itemId: string } | OfficeRefusal> {
  const item = checkedItem(asked);
  if (isServiceRefusal(item)) return item;
  const { list, code, category, text, illustrative = false } = item;
  const [row] = await store
    .insert(responsibilityItems)
    .values({ id: newId(), communityId, list, code, category, text, illustrative })
    .onConflictDoNothing()
    .returning({ itemId: responsibilityItems.id });
  return row ?? refuseOffice('name-taken', { name: code });
}

export async function changeItem(communityId: string, itemId: string, asked: ListItem): Promise<OfficeRefusal | null> {
  const item = checkedItem(asked);
  if (isServiceRefusal(item)) return item;
  const { code, category, text } = item;
  const [taken] = await db
    .select({ id: responsibilityItems.id })
    .from(responsibilityItems)
    .where(
      and(
        eq(responsibilityItems.communityId, communityId),
        eq(responsibilityItems.list, item.list),
        eq(responsibilityItems.code, code),
      ),
    );
  if (taken && taken.id !== itemId) return refuseOffice('name-taken', { name: code });
  const changed = await db
    .update(responsibilityItems)
    // Whoever changes the words of an example makes them their own.
    .set({ code, category, text, illustrative: false })
    .where(and(eq(responsibilityItems.id, itemId), eq(responsibilityItems.communityId, communityId)))
    .returning({ id: responsibilityItems.id });
  return changed.length === 1 ? null : refuseOffice('not-there');
}

/** What rests on it goes on resting on it; nothing new is found on it. */
export async function retireItem(communityId: string, itemId: string): Promise<OfficeRefusal | null> {
  const gone = await db
    .update(responsibilityItems)
    .set({ retiredAt: Date.now() })
    .where(and(eq(responsibilityItems.id, itemId), eq(responsibilityItems.communityId, communityId)))
    .returning({ id: responsibilityItems.id });
  return gone.length === 1 ? null : refuseOffice('not-there');
}

/** [RL2] What the words of a task suggest. */
export async function suggestionFor(communityId: string, text: string) {
  return suggestListing(text, await livingItems(communityId));
}
