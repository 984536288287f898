// The shape of the drafted agenda as a shared document, for the page that edits it and the office that convenes from it.
// Items live in a map by id and carry a position key, so that moving the same item twice at once never doubles or loses it: the last move
// counts. Papers are a map for the same reason. Every change is one transaction, so one undo takes it back.
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
  /** The project it decides on, and the envelope an award would be taken from; ids of the community's own. */
  readonly projectId: string | null;
  readonly envelopeId: string | null;
  readonly ownersMatter: OwnersMatter;
  readonly listing: Listing | null;
}

/** What an item may decide on, offered to whoever drafts the agenda. */
export interface MoneyChoices {
  readonly envelopes: readonly {
    readonly envelopeId: string;
    readonly fund: string;
    readonly name: string;
    readonly roomFen: number;
  }[];
  readonly projects: readonly {
    readonly projectId: string;
    readonly code: string;
    readonly name: string;
    readonly organisation: string;
    /** 项目需求 of the newest submitted version. */
    readonly need: string;
    readonly askedFen: number;
    readonly envelopeId: string | null;
    readonly ownersMatter: OwnersMatter;
    readonly listing: Listing | null;
    /** Reviewed: what comes next is the council's decision. */
    readonly awaitsCouncil: boolean;
  }[];
}

/** A project's plan as an item with its motion; `decides` is the sentence that is voted on. */
export const itemOfProject = (
  project: MoneyChoices['projects'][number],
  { itemId, decides }: { readonly itemId: string; readonly decides: string },
): NewItem => ({
  itemId,
  kind: 'motion',
  title: `${project.code} ${project.name}`,
  presenter: project.organisation,
  note: project.need,
  decides,
  amountFen: project.askedFen > 0 ? project.askedFen : null,
  projectId: project.projectId,
  envelopeId: project.envelopeId,
  ownersMatter: project.ownersMatter,
  listing: project.listing,
});

/** Projects that wait for the council and stand on no item yet. */
export const projectsToPut = (
  { projects }: MoneyChoices,
  items: readonly Pick<DraftedItem, 'projectId'>[],
): MoneyChoices['projects'] =>
  projects.filter(
    ({ awaitsCouncil, projectId }) => awaitsCouncil && !items.some((item) => item.projectId === projectId),
  );

export type TextField = 'title' | 'presenter' | 'note' | 'decides';
export type ValueField = 'kind' | 'minutes' | 'amountFen' | 'projectId' | 'envelopeId' | 'ownersMatter' | 'listing';

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

const idOr = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 64 ? value : null;

/** The items in order, every field made sane whatever a client has written. */
export function readAgenda(doc: Y.Doc): DraftedItem[] {
  return sorted(doc).map(([itemId, item]) => {
    const amountFen = item.get('amountFen');
    const listing = item.get('listing');
    return {
      itemId,
      kind: oneOf(itemKinds, item.get('kind'), 'other'),
      title: textOf(item, 'title'),
      presenter: textOf(item, 'presenter'),
      note: textOf(item, 'note'),
      minutes: wholeWithin(item.get('minutes'), 1, 600, 10),
      paperIds: papersOf(item),
      decides: textOf(item, 'decides'),
      amountFen: typeof amountFen === 'number' ? wholeWithin(amountFen, 1, Number.MAX_SAFE_INTEGER, 0) || null : null,
      projectId: idOr(item.get('projectId')),
      envelopeId: idOr(item.get('envelopeId')),
      ownersMatter: oneOf(ownersMatters, item.get('ownersMatter'), 'none'),
      listing: listings.find((each) => each === listing) ?? null,
    };
  });
}

/** In the order they were attached. */
function papersOf(item: Y.Map<unknown>): string[] {
  const papers = item.get('papers');
  if (!(papers instanceof Y.Map)) return [];
  return [...(papers as Y.Map<unknown>).entries()]
    .sort(([leftId, left], [rightId, right]) => Number(left) - Number(right) || (leftId < rightId ? -1 : 1))
    .map(([paperId]) => paperId);
}

/** A client may have written anything: what is no position stands first. */
const positionOf = (item: Y.Map<unknown> | undefined): string => {
  const position = item?.get('position');
  return typeof position === 'string' && isPosition.test(position) ? position : '';
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
    map.set('position', roomAfter(doc, item.itemId, afterItemId));
    map.set('kind', item.kind ?? 'deliberation');
    map.set('minutes', item.minutes ?? 10);
    map.set('amountFen', item.amountFen ?? null);
    map.set('projectId', item.projectId ?? null);
    map.set('envelopeId', item.envelopeId ?? null);
    map.set('ownersMatter', item.ownersMatter ?? 'none');
    map.set('listing', item.listing ?? null);
    const papers = new Y.Map<number>();
    (item.paperIds ?? []).forEach((paperId, index) => papers.set(paperId, index));
    map.set('papers', papers);
    for (const field of textFields) map.set(field, new Y.Text(item[field] ?? ''));
    agendaItems(doc).set(item.itemId, map);
  });
}

/** Moves an item behind another; null moves it to the front, an unknown one to the end. Moving an item that is gone does nothing. */
export function moveItem(doc: Y.Doc, itemId: string, afterItemId: string | null): void {
  doc.transact(() => {
    const item = agendaItems(doc).get(itemId);
    if (item && itemId !== afterItemId) item.set('position', roomAfter(doc, itemId, afterItemId));
  });
}

export const removeItem = (doc: Y.Doc, itemId: string): void => agendaItems(doc).delete(itemId);

/** Writes one value of an item; nothing when it is gone. */
export function setItemValue<Field extends ValueField>(
  doc: Y.Doc,
  itemId: string,
  field: Field,
  value: DraftedItem[Field],
): void {
  const item = agendaItems(doc).get(itemId);
  if (item && item.get(field) !== value) item.set(field, value);
}

/** The shared text of a field, to bind an input to; null when the item is gone. */
export function itemText(doc: Y.Doc, itemId: string, field: TextField): Y.Text | null {
  const text = agendaItems(doc).get(itemId)?.get(field);
  return text instanceof Y.Text ? text : null;
}

/** Attaches a paper behind those already there; once, however often it is attached. */
export function attachPaper(doc: Y.Doc, itemId: string, paperId: string): void {
  const papers = agendaItems(doc).get(itemId)?.get('papers');
  if (!(papers instanceof Y.Map) || papers.has(paperId)) return;
  const last = Math.max(-1, ...[...papers.values()].filter((place): place is number => typeof place === 'number'));
  papers.set(paperId, last + 1);
}

export function detachPaper(doc: Y.Doc, itemId: string, paperId: string): void {
  const papers = agendaItems(doc).get(itemId)?.get('papers');
  if (papers instanceof Y.Map) papers.delete(paperId);
}

/** A position behind `afterItemId`. Where two were put at the same place at the same time there is no room between: it is made. */
function roomAfter(doc: Y.Doc, itemId: string, afterItemId: string | null): string {
  const others = sorted(doc).filter(([id]) => id !== itemId);
  const found = others.findIndex(([id]) => id === afterItemId);
  const index = afterItemId === null ? 0 : found < 0 ? others.length : found + 1;
  const before = positionOf(others[index - 1]?.[1]);
  let behind = index;
  while (behind < others.length && positionOf(others[behind]?.[1]) <= before) behind += 1;
  const room = positionBetween(before, behind < others.length ? positionOf(others[behind]?.[1]) : null);
  let last = room;
  for (const [, crowded] of others.slice(index, behind)) {
    last = positionBetween(last, behind < others.length ? positionOf(others[behind]?.[1]) : null);
    crowded.set('position', last);
  }
  return room;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Never ends in the lowest digit: there would be nothing before it. */
const isPosition = /^[0-9A-Za-z]{0,1000}[1-9A-Za-z]$/;

/** A position strictly between two others in string order; '' is the beginning, null the end. `before` must come before `after`. */
export function positionBetween(before: string, after: string | null): string {
  let key = '';
  let bounded = after !== null;
  for (let place = 0; ; place += 1) {
    const low = Math.max(0, digits.indexOf(before[place] ?? digits[0] ?? ''));
    const high = bounded ? digits.indexOf(after?.[place] ?? '') : digits.length;
    const middle = Math.floor((low + high) / 2);
    if (middle > low) return key + digits[middle];
    key += digits[low];
    if (low < high) bounded = false;
  }
}
