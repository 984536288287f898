// The drafted agenda under many hands: whatever is done at the same time, no item is doubled or lost, and everybody ends with one order.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  agendaItems,
  attachPaper,
  detachPaper,
  insertItem,
  itemOfProject,
  itemText,
  moveItem,
  positionBetween,
  projectsToPut,
  readAgenda,
  removeItem,
  setItemValue,
} from './agenda-document.ts';

const order = (doc: Y.Doc): string[] => readAgenda(doc).map(({ itemId }) => itemId);

function merge(...docs: Y.Doc[]): void {
  for (let round = 0; round < 2; round++)
    for (const from of docs)
      for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

function agenda(...items: string[]): Y.Doc {
  const doc = new Y.Doc();
  items.forEach((itemId, index) => insertItem(doc, { itemId, title: itemId }, items[index - 1] ?? null));
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

describe('positions', () => {
  it.each([
    ['', null],
    ['', '1'],
    ['', '01'],
    ['V', null],
    ['z', null],
    ['zz', null],
    ['A', 'B'],
    ['A', 'A1'],
    ['A', 'A01'],
    ['Az', 'B'],
    ['Azzz', 'B'],
    ['A0V', 'A0W'],
  ])('there is one between %j and %j', (before, after) => {
    const key = positionBetween(before, after);
    expect(key > before && (after === null || key < after)).toBe(true);
    expect(key.endsWith('0')).toBe(false);
  });

  it('a thousand times at the same place, in front, behind or in the middle, and it stays short', () => {
    for (const side of ['front', 'behind', 'middle'] as const) {
      let [low, high]: [string, string | null] = side === 'behind' ? ['', null] : ['', positionBetween('', null)];
      for (let round = 0; round < 1_000; round++) {
        const key = positionBetween(low, high);
        expect(key > low && (high === null || key < high)).toBe(true);
        if (side === 'behind' || (side === 'middle' && round % 2 === 0)) low = key;
        else high = key;
      }
      expect(low.length).toBeLessThan(1_000);
    }
  });
});

describe('one hand', () => {
  it('puts items where they were asked to be', () => {
    const doc = agenda('a', 'b', 'c');
    insertItem(doc, { itemId: 'first' }, null);
    insertItem(doc, { itemId: 'second' }, 'a');
    insertItem(doc, { itemId: 'last' }, 'unknown');
    expect(order(doc)).toEqual(['first', 'a', 'second', 'b', 'c', 'last']);
    moveItem(doc, 'c', null);
    moveItem(doc, 'first', 'last');
    moveItem(doc, 'b', 'b');
    moveItem(doc, 'gone', 'a');
    expect(order(doc)).toEqual(['c', 'a', 'second', 'b', 'last', 'first']);
    removeItem(doc, 'second');
    expect(order(doc)).toEqual(['c', 'a', 'b', 'last', 'first']);
  });

  it('reads every field, and something sane where a client wrote nonsense', () => {
    const doc = agenda();
    insertItem(
      doc,
      {
        itemId: 'a',
        kind: 'motion',
        title: '路灯',
        presenter: '甲',
        note: '附图',
        minutes: 15,
        paperIds: ['p1', 'p2'],
        decides: '安装 12 盏',
        amountFen: 7_000_000,
        projectId: 'project-1',
        envelopeId: 'envelope-1',
        ownersMatter: 'touches_common_parts',
        listing: 'on_list',
      },
      null,
    );
    expect(readAgenda(doc)).toEqual([
      {
        itemId: 'a',
        kind: 'motion',
        title: '路灯',
        presenter: '甲',
        note: '附图',
        minutes: 15,
        paperIds: ['p1', 'p2'],
        decides: '安装 12 盏',
        amountFen: 7_000_000,
        projectId: 'project-1',
        envelopeId: 'envelope-1',
        ownersMatter: 'touches_common_parts',
        listing: 'on_list',
      },
    ]);
    const item = agendaItems(doc).get('a');
    for (const [field, nonsense] of Object.entries({
      kind: 'coup',
      title: 5,
      minutes: -1,
      papers: 'p',
      amountFen: 0.5,
      projectId: 5,
      envelopeId: 'e'.repeat(65),
      ownersMatter: {},
      listing: 7,
      position: 'not 0',
    }))
      item?.set(field, nonsense);
    (agendaItems(doc) as Y.Map<unknown>).set('b', 'no item');
    expect(readAgenda(doc)).toEqual([
      {
        itemId: 'a',
        kind: 'other',
        title: '',
        presenter: '甲',
        note: '附图',
        minutes: 10,
        paperIds: [],
        decides: '安装 12 盏',
        amountFen: null,
        projectId: null,
        envelopeId: null,
        ownersMatter: 'none',
        listing: null,
      },
    ]);
    // And items can still be put around it.
    insertItem(doc, { itemId: 'c' }, null);
    insertItem(doc, { itemId: 'd' }, 'a');
    expect(new Set(order(doc))).toEqual(new Set(['a', 'c', 'd']));
  });

  it('values and texts of an item, and none of one that is gone', () => {
    const doc = agenda('a');
    setItemValue(doc, 'a', 'minutes', 25);
    setItemValue(doc, 'gone', 'minutes', 25);
    itemText(doc, 'a', 'title')?.insert(1, '、b');
    expect(readAgenda(doc)[0]).toMatchObject({ minutes: 25, title: 'a、b' });
    expect(itemText(doc, 'gone', 'title')).toBe(null);
  });

  it('one undo takes back one act, and only one’s own', () => {
    const doc = agenda('a', 'b');
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['mine']), captureTimeout: 0 });
    const mine = (act: () => void): void => doc.transact(act, 'mine');
    mine(() => moveItem(doc, 'b', null));
    mine(() => insertItem(doc, { itemId: 'c', title: '新' }, 'b'));
    mine(() => removeItem(doc, 'a'));
    moveItem(doc, 'c', null);
    expect(order(doc)).toEqual(['c', 'b']);
    undo.undo();
    expect(order(doc)).toEqual(['c', 'b', 'a']);
    expect(readAgenda(doc)[2]?.title).toBe('a');
    undo.undo();
    undo.undo();
    expect([order(doc), undo.canUndo()]).toEqual([['a', 'b'], false]);
  });
});

describe('two hands at the same time', () => {
  it('the same item moved twice is there once', () => {
    const one = agenda('a', 'b', 'c', 'd');
    const two = copyOf(one);
    moveItem(one, 'a', 'd');
    moveItem(two, 'a', 'b');
    merge(one, two);
    expect(order(one)).toEqual(order(two));
    expect(order(one).filter((itemId) => itemId === 'a')).toHaveLength(1);
  });

  it('moved by one and removed by the other is gone, whichever came first', () => {
    for (const first of [0, 1]) {
      const docs = [agenda('a', 'b', 'c')];
      docs.push(copyOf(docs[0] ?? new Y.Doc()));
      moveItem(docs[first] ?? new Y.Doc(), 'a', 'c');
      removeItem(docs[1 - first] ?? new Y.Doc(), 'a');
      merge(...docs);
      expect(docs.map(order)).toEqual([
        ['b', 'c'],
        ['b', 'c'],
      ]);
    }
  });

  it('two put at the same place are both there, and something fits between them', () => {
    const one = agenda('a', 'b');
    const two = copyOf(one);
    insertItem(one, { itemId: 'x' }, 'a');
    insertItem(two, { itemId: 'y' }, 'a');
    merge(one, two);
    expect(order(one)).toEqual(order(two));
    const [, left, right] = order(one);
    insertItem(one, { itemId: 'between' }, left ?? '');
    expect(order(one)).toEqual(['a', left, 'between', right, 'b']);
    moveItem(one, 'b', 'a');
    expect(order(one)).toEqual(['a', 'b', left, 'between', right]);
    merge(one, two);
    expect(order(two)).toEqual(order(one));
  });

  it('papers attached by both are both there; attaching twice is once', () => {
    const one = agenda('a');
    const two = copyOf(one);
    attachPaper(one, 'a', 'p1');
    attachPaper(one, 'a', 'p1');
    attachPaper(two, 'a', 'p2');
    attachPaper(two, 'gone', 'p2');
    merge(one, two);
    expect(readAgenda(one)[0]?.paperIds).toEqual(['p1', 'p2']);
    attachPaper(two, 'a', 'p0');
    detachPaper(two, 'a', 'p1');
    merge(one, two);
    expect(readAgenda(one)[0]?.paperIds).toEqual(['p2', 'p0']);
  });

  it('two titles typed at once are both kept', () => {
    const one = agenda('a');
    const two = copyOf(one);
    itemText(one, 'a', 'title')?.insert(0, '【甲】');
    itemText(two, 'a', 'title')?.insert(1, '【乙】');
    merge(one, two);
    expect(readAgenda(two)[0]?.title).toBe('【甲】a【乙】');
  });
});

it('five hands, 200 rounds of random acts with late and reordered delivery: one order, nothing doubled, nothing lost', () => {
  let seed = 20_260_418;
  const random = (below: number): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % below;
  const start = agenda('s0', 's1', 's2', 's3', 's4');
  const docs = Array.from({ length: 5 }, () => copyOf(start));
  const kept = new Set(order(start));
  const removed = new Set<string>();
  for (let round = 0; round < 200; round++) {
    const doc = docs[random(5)] ?? start;
    const here = order(doc);
    const some = (): string | null => (random(6) === 0 ? null : (here[random(here.length)] ?? null));
    const act = random(10);
    if (act < 5) moveItem(doc, some() ?? '', some());
    else if (act < 8) {
      kept.add(`i${round}`);
      insertItem(doc, { itemId: `i${round}` }, some());
    } else if (act < 9 && here.length > 3) {
      const gone = here[random(here.length)] ?? '';
      removed.add(gone);
      removeItem(doc, gone);
    } else setItemValue(doc, some() ?? '', 'minutes', 1 + random(60));
    // Only some hear of it now, the others later.
    if (random(3) === 0) merge(docs[random(5)] ?? start, docs[random(5)] ?? start);
  }
  merge(...docs);
  const first = order(docs[0] ?? start);
  for (const doc of docs) expect(order(doc)).toEqual(first);
  expect(new Set(first).size).toBe(first.length);
  expect(new Set(first)).toEqual(new Set([...kept].filter((itemId) => !removed.has(itemId))));
});

it('puts a reviewed project on the agenda as its plan has it, the owners’ grade too, and offers none twice', () => {
  const project = {
    projectId: 'p3',
    code: 'P3',
    name: '安全充电棚改造',
    organisation: '云锦里物业',
    need: '飞线充电有火险',
    askedFen: 9_200_000,
    envelopeId: 'e1',
    ownersMatter: 'touches_common_parts',
    listing: null,
    awaitsCouncil: true,
  } as const;
  const choices = { envelopes: [], projects: [project, { ...project, projectId: 'p9', awaitsCouncil: false }] };
  const doc = agenda('s0');
  expect(projectsToPut(choices, readAgenda(doc))).toEqual([project]);
  insertItem(doc, itemOfProject(project, { itemId: 'i1', decides: '同意资助“安全充电棚改造”' }), 's0');
  expect(readAgenda(doc)[1]).toMatchObject({
    kind: 'motion',
    title: 'P3 安全充电棚改造',
    presenter: '云锦里物业',
    note: '飞线充电有火险',
    decides: '同意资助“安全充电棚改造”',
    amountFen: 9_200_000,
    projectId: 'p3',
    envelopeId: 'e1',
    ownersMatter: 'touches_common_parts',
  });
  expect(projectsToPut(choices, readAgenda(doc))).toEqual([]);
});
