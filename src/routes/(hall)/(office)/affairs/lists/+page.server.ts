// The three responsibility lists: read by whoever holds tasks against them, kept by the community's office.
import { listKinds, type ListKind } from '#lib/domain/tasks/lists.ts';
import { mayKeepLists, mayRunAffairs } from '#lib/domain/policies.ts';
import { affair } from '#lib/server/affairs-door.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import type { FormFields } from '#lib/server/form-fields.ts';
import { addItem, changeItem, listsOf, retireItem, saveHead } from '#lib/server/tasks/lists.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayRunAffairs(who, who.communityId));
  return { lists: await listsOf(who.communityId), mayKeep: mayKeepLists(who, who.communityId) };
};

const itemIn = ({ text }: FormFields, list: string) => ({
  // An unknown kind is the law's to refuse.
  list: (listKinds.find((each) => each === list) ?? list) as ListKind,
  code: text('code'),
  category: text('category'),
  text: text('text'),
});

export const actions: Actions = {
  head: affair(
    (who, list, { text, textOrNull, whole }) =>
      saveHead(who.communityId, {
        list: list as ListKind,
        total: whole('total') ?? -1,
        categories: textOrNull('categories') === null ? null : (whole('categories') ?? -1),
        basis: text('basis'),
        checkedOn: textOrNull('checkedOn'),
      }),
    mayKeepLists,
  ),
  add: affair((who, list, fields) => addItem(who.communityId, itemIn(fields, list)), mayKeepLists),
  change: affair(
    (who, itemId, fields) => changeItem(who.communityId, itemId, itemIn(fields, fields.text('list'))),
    mayKeepLists,
  ),
  retire: affair((who, itemId) => retireItem(who.communityId, itemId), mayKeepLists),
};
