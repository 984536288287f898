// 职责清单: what the community's Party organisation and residents' committee have to do themselves, and where they assist the government.
// The lists are a community's own data with their source; the program knows three kinds and no item. Rules [RL1], [RL2].
import { cleaned, lengthOf } from '#lib/domain/free-text.ts';
import { isDay } from '#lib/domain/calendar-day.ts';
import { likeness } from '#lib/domain/needs/similar.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

export const listKinds = ['party', 'committee', 'assist'] as const;
export type ListKind = (typeof listKinds)[number];

/** Whether a task stands on a list: 清单内, 清单外, 不明确. */
export const taskListings = ['on_list', 'off_list', 'unclear'] as const;
export type TaskListing = (typeof taskListings)[number];

export interface ListHead {
  readonly list: ListKind;
  /** How many items the source says there are; more than have been typed in, perhaps. */
  readonly total: number;
  /** Null where the list has no categories. */
  readonly categories: number | null;
  readonly basis: string;
  /** `YYYY-MM-DD`, null while nobody has compared it with its source. */
  readonly checkedOn: string | null;
}

export interface ListItem {
  readonly list: ListKind;
  readonly code: string;
  readonly category: string;
  readonly text: string;
}

export function checkedHead(head: ListHead): ListHead | ServiceRefusal {
  const basis = cleaned(head.basis);
  const whole = (value: number, most: number) => Number.isSafeInteger(value) && value >= 0 && value <= most;
  if (!whole(head.total, 2000) || (head.categories !== null && !whole(head.categories, 200)))
    return refuseService('RL1', 'list-head-unfit');
  if (basis === '' || lengthOf(basis) > 300) return refuseService('RL1', 'list-basis-missing', { most: 300 });
  if (head.checkedOn !== null && !isDay(head.checkedOn)) return refuseService('RL1', 'list-head-unfit');
  return { ...head, basis };
}

export function checkedItem<Item extends ListItem>(item: Item): Item | ServiceRefusal {
  const [code, category, text] = [cleaned(item.code), cleaned(item.category), cleaned(item.text)];
  if (!listKinds.includes(item.list) || code === '' || text === '') return refuseService('RL1', 'list-item-unfit');
  if (lengthOf(code) > 30 || lengthOf(category) > 40 || lengthOf(text) > 200)
    return refuseService('RL1', 'list-item-unfit');
  return { ...item, code, category, text };
}

export interface Suggestion<Item> {
  readonly listing: TaskListing;
  readonly items: readonly { readonly item: Item; readonly alike: number }[];
}

/** From here on an item says much the same as a task; below the other it says nothing of it. */
const same = 0.3;
const near = 0.12;

/** What every task and every item says, and nothing by itself. */
const empty = /协助|配合|开展|做好|组织|要求|社区|工作/g;
const telling = (text: string): string => text.replace(empty, '');

/** [RL2] What the words suggest, the likest items first. A person decides; with no list at all everything is unclear. */
export function suggestListing<Item extends ListItem>(
  task: string,
  items: readonly Item[],
  most = 3,
): Suggestion<Item> {
  const alike = items
    .map((item) => ({ item, alike: likeness(telling(task), telling(item.text)) }))
    .filter(({ alike }) => alike >= near)
    .sort((left, right) => right.alike - left.alike || (left.item.code < right.item.code ? -1 : 1))
    .slice(0, most);
  const best = alike[0]?.alike ?? 0;
  if (items.length === 0) return { listing: 'unclear', items: [] };
  return { listing: best >= same ? 'on_list' : best > 0 ? 'unclear' : 'off_list', items: alike };
}
