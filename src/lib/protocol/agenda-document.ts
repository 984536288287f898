// The shape of the drafted agenda as a shared document, for the page that edits it and the office that convenes from it.
// Items live in a map by id and carry a position key, so that moving the same item twice at once never doubles or loses it.
import * as Y from 'yjs';
import {
  itemKinds,
  listings,
  ownersMatters,
  type ItemKind,
  type Listing,
  type OwnersMatter,
} from '#lib/domain/meeting/agenda.ts';

/** What one item holds in the document. Texts are shared texts; everything else is the last value written. */
export interface DraftedItem {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly title: string;
  readonly presenter: string;
  readonly note: string;
  readonly minutes: number;
  readonly paperIds: readonly string[];
  /** The wording put to the vote; empty where the item decides nothing. */
  readonly decides: string;
  readonly amountFen: number | null;
  readonly ownersMatter: OwnersMatter;
  readonly listing: Listing | null;
}

export type TextField = 'title' | 'presenter' | 'note' | 'decides';
export type ValueField = 'kind' | 'minutes' | 'amountFen' | 'ownersMatter' | 'listing';

const textFields: readonly TextField[] = ['title', 'presenter', 'note', 'decides'];

export const agendaItems = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap<Y.Map<unknown>>('items');

const textOf = (item: Y.Map<unknown>, field: TextField): string => {
  const text = item.get(field);
  return text instanceof Y.Text ? text.toString() : '';
};

const oneOf = <Value extends string>(values: readonly Value[], value: unknown, otherwise: Value): Value =>
  values.find((each) => each === value) ?? otherwise;

const wholeWithin = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most ? value : otherwise;

/** The items in order, every field made sane whatever a client has written. */
export function readAgenda(doc: Y.Doc): DraftedItem[] {
  return sorted(doc).map(([itemId, item]) => {
    const paperIds = item.get('paperIds');
    const amountFen = item.get('amountFen');
    const listing = item.get('listing');
    return {
      itemId,
      kind: oneOf(itemKinds, item.get('kind'), 'other'),
      title: textOf(item, 'title'),
      presenter: textOf(item, 'presenter'),
      note: textOf(item, 'note'),
      minutes: wholeWithin(item.get('minutes'), 1, 600, 10),
      paperIds: Array.isArray(paperIds) ? paperIds.filter((id): id is string => typeof id === 'string') : [],
      decides: textOf(item, 'decides'),
      amountFen: typeof amountFen === 'number' ? wholeWithin(amountFen, 1, Number.MAX_SAFE_INTEGER, 0) || null : null,
      ownersMatter: oneOf(ownersMatters, item.get('ownersMatter'), 'none'),
      listing: listings.find((each) => each === listing) ?? null,
    };
  });
}

const positionOf = (item: Y.Map<unknown>): string => {
  const position = item.get('position');
  return typeof position === 'string' ? position : '';
};

function sorted(doc: Y.Doc): [string, Y.Map<unknown>][] {
  return [...agendaItems(doc).entries()]
    .filter((entry): entry is [string, Y.Map<unknown>] => entry[1] instanceof Y.Map)
    .sort(([leftId, left], [rightId, right]) => {
      const [a, b] = [`${positionOf(left)} ${leftId}`, `${positionOf(right)} ${rightId}`];
      return a < b ? -1 : a > b ? 1 : 0;
    });
}

export type NewItem = Partial<Omit<DraftedItem, 'itemId'>> & { readonly itemId: string };

/** Adds an item after another; null puts it first, an unknown one puts it last. */
export function insertItem(doc: Y.Doc, item: NewItem, afterItemId: string | null): void {
  doc.transact(() => {
    const map = new Y.Map<unknown>();
    map.set('position', positionAfter(doc, item.itemId, afterItemId));
    map.set('kind', item.kind ?? 'deliberation');
    map.set('minutes', item.minutes ?? 10);
    map.set('amountFen', item.amountFen ?? null);
    map.set('ownersMatter', item.ownersMatter ?? 'none');
    map.set('listing', item.listing ?? null);
    map.set('paperIds', [...(item.paperIds ?? [])]);
    for (const field of textFields) map.set(field, new Y.Text(item[field] ?? ''));
    agendaItems(doc).set(item.itemId, map);
  });
}

/** Moves an item behind another; null moves it to the front. Moving an item that is gone does nothing. */
export function moveItem(doc: Y.Doc, itemId: string, afterItemId: string | null): void {
  const item = agendaItems(doc).get(itemId);
  if (!item || itemId === afterItemId) return;
  item.set('position', positionAfter(doc, itemId, afterItemId));
}

export const removeItem = (doc: Y.Doc, itemId: string): void => agendaItems(doc).delete(itemId);

function positionAfter(doc: Y.Doc, itemId: string, afterItemId: string | null): string {
  const others = sorted(doc).filter(([id]) => id !== itemId);
  const found = others.findIndex(([id]) => id === afterItemId);
  const index = afterItemId === null ? 0 : found < 0 ? others.length : found + 1;
  const [before, after] = [others[index - 1]?.[1], others[index]?.[1]];
  return positionBetween(before ? positionOf(before) : '', after ? positionOf(after) : null);
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A key strictly between two others in string order; '' is the beginning, null the end. Never ends in the lowest digit. */
export function positionBetween(before: string, after: string | null): string {
  let key = '';
  for (let place = 0; ; place += 1) {
    const low = Math.max(0, digits.indexOf(before[place] ?? '0'));
    const bound = after === null || after.slice(0, place) !== key ? digits.length : digits.indexOf(after[place] ?? '');
    const high = bound < 0 ? digits.length : bound;
    const middle = Math.floor((low + high) / 2);
    if (middle > low) return key + digits[middle];
    key += digits[low];
    // Two equal neighbours leave no room: behind both is as good, the item id then decides.
    if (place > 200) return `${before}V`;
  }
}
