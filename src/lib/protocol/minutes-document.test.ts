// The minutes as a shared document: written, read back without the editor's schema, and its facts set right whatever hands have done.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  anchorsIn,
  factsAreRight,
  placesOf,
  readMinutes,
  setFactsRight,
  textOf,
  writeMinutes,
  type OutlineBlock,
} from './minutes-document.ts';

const facts = [3, 5, 8, 13, 21].map((seq) => ({ seq, part: seq < 8 ? ('opening' as const) : ('course' as const) }));
const seqs = facts.map(({ seq }) => seq);
const prose = (text: string): OutlineBlock => ({ kind: 'paragraph', inlines: [{ text }] });
const outline: readonly OutlineBlock[] = [
  { kind: 'heading', level: 2, inlines: [{ text: '开会' }], part: 'opening' },
  ...[3, 5].map((seq): OutlineBlock => ({ kind: 'fact', seq })),
  { kind: 'heading', level: 2, inlines: [{ text: '经过' }], part: 'course' },
  { kind: 'fact', seq: 8 },
  prose('甲'),
  prose('乙'),
  { kind: 'fact', seq: 13 },
  prose('丙'),
  { kind: 'fact', seq: 21 },
];

function aText(blocks: readonly OutlineBlock[] = outline): Y.Doc {
  const doc = new Y.Doc();
  writeMinutes(doc, blocks);
  return doc;
}
/** `#3` for a fact, the words of anything else. */
const shape = (doc: Y.Doc): string[] =>
  readMinutes(doc).map((block) =>
    block.kind === 'fact'
      ? `#${block.seq}`
      : 'inlines' in block
        ? block.inlines.map((part) => ('text' in part ? part.text : `@${part.personId}`)).join('')
        : block.kind,
  );
const whole = shape(aText());
const at = (doc: Y.Doc, seq: number): number =>
  textOf(doc)
    .toArray()
    .findIndex((node) => node instanceof Y.XmlElement && Number(node.getAttribute('seq')) === seq);
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const put = (doc: Y.Doc, index: number, seq: number, parent: Y.XmlElement | Y.XmlFragment = textOf(doc)): void => {
  const fact = new Y.XmlElement<{ seq: number }>('fact');
  fact.setAttribute('seq', seq);
  parent.insert(index, [fact as unknown as Y.XmlElement]);
};

describe('reading', () => {
  it('[K1] reads back what was written: headings, bold, mentions, lists, tables, facts by their number alone', () => {
    const blocks = [
      { kind: 'heading', level: 1, inlines: [{ text: '会议记录' }] },
      { kind: 'paragraph', inlines: [{ text: '由' }, { personId: 'p1' }, { text: '说明', bold: true }] },
      {
        kind: 'list',
        ordered: true,
        items: [[{ kind: 'paragraph', inlines: [{ text: '一' }] }], [{ kind: 'paragraph', inlines: [{ text: '二' }] }]],
      },
      {
        kind: 'table',
        header: true,
        rows: [
          [[{ text: '项' }], [{ text: '额' }]],
          [[{ text: '灯' }], []],
        ],
      },
      { kind: 'fact', seq: 7, blocks: [] },
    ] as const;
    const doc = new Y.Doc();
    writeMinutes(doc, blocks);
    expect(readMinutes(doc)).toEqual(blocks);
  });

  it('leaves out suggested insertions, keeps suggested deletions, drops blank paragraphs and half characters', () => {
    const doc = aText([prose('定于周五')]);
    const text = (textOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(4, '上午', { insertion: { by: 'p1' } });
    text.format(2, 2, { deletion: { by: 'p1' } });
    text.insert(0, '\ud83d');
    textOf(doc).insert(1, [new Y.XmlElement('paragraph')]);
    expect(readMinutes(doc)).toEqual([{ kind: 'paragraph', inlines: [{ text: '\ufffd定于周五' }] }]);
  });

  it('reads whatever hands have left there: unknown nodes, facts inside a list, a table with a short row', () => {
    const doc = aText([prose('甲')]);
    const odd = new Y.XmlElement('script');
    odd.insert(0, [new Y.XmlText('乙')]);
    const list = new Y.XmlElement('bullet_list');
    const item = new Y.XmlElement('list_item');
    list.insert(0, [item]);
    put(doc, 0, 3, item);
    textOf(doc).insert(1, [odd, list]);
    expect(shape(doc)).toEqual(['甲', '乙']);
  });
});

describe('[K4] a fact', () => {
  const repaired = (change: (doc: Y.Doc) => void): string[] => {
    const doc = aText();
    const places = placesOf(doc);
    change(doc);
    expect(factsAreRight(doc, seqs)).toBe(false);
    doc.transact(() => setFactsRight(doc, facts, places));
    expect(factsAreRight(doc, seqs)).toBe(true);
    return shape(doc);
  };

  it.each(seqs)('%i that was deleted returns to where it stood', (seq) =>
    expect(repaired((doc) => textOf(doc).delete(at(doc, seq), 1))).toEqual(whole),
  );

  it('deleted together with all others and the prose between them: all return, in order', () =>
    expect(repaired((doc) => textOf(doc).delete(0, textOf(doc).length))).toEqual(seqs.map((seq) => `#${seq}`)));

  it('that stands twice is left once', () => expect(repaired((doc) => put(doc, textOf(doc).length, 5))).toEqual(whole));

  it('that was moved goes back, and the prose stays where it was', () =>
    expect(
      repaired((doc) => {
        textOf(doc).delete(at(doc, 8), 1);
        put(doc, textOf(doc).length, 8);
      }),
    ).toEqual(whole));

  it('whose number was changed into another fact’s is that fact no longer', () =>
    expect(
      repaired((doc) => (textOf(doc).get(at(doc, 8)) as Y.XmlElement<{ seq: number }>).setAttribute('seq', 21)),
    ).toEqual(whole));

  it('that never was, or hides inside a list, goes', () =>
    expect(
      repaired((doc) => {
        put(doc, 3, 999);
        const paragraph = textOf(doc)
          .toArray()
          .find((node) => node instanceof Y.XmlElement && node.nodeName === 'paragraph');
        put(doc, 0, 13, paragraph as Y.XmlElement);
      }),
    ).toEqual(whole));

  it('without a remembered place comes after the fact before it, or under its part’s heading', () => {
    const doc = aText();
    for (const seq of [8, 13]) textOf(doc).delete(at(doc, seq), 1);
    setFactsRight(doc, facts);
    expect(shape(doc)).toEqual(['开会', '#3', '#5', '经过', '#8', '#13', '甲', '乙', '丙', '#21']);
  });

  it('that is new comes after the one before it', () => {
    const doc = aText();
    const more = [...facts.slice(0, 4), { seq: 34, part: 'course' as const }, ...facts.slice(4)];
    setFactsRight(doc, more, placesOf(doc));
    expect(shape(doc)).toEqual([...whole.slice(0, 8), '#34', ...whole.slice(8)]);
  });

  it('restored by two processes at once ends up there once', () => {
    const doc = aText();
    const places = placesOf(doc);
    textOf(doc).delete(at(doc, 8), 1);
    const [one, other] = [copyOf(doc), copyOf(doc)];
    setFactsRight(one, facts, places);
    setFactsRight(other, facts, places);
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
    expect(anchorsIn(one)).toHaveLength(6);
    setFactsRight(one, facts, places);
    expect(shape(one)).toEqual(whole);
  });

  it('is left alone when all is well: not one change is written', () => {
    const doc = aText();
    let changes = 0;
    doc.on('update', () => (changes += 1));
    doc.transact(() => setFactsRight(doc, facts, placesOf(doc)));
    expect(changes).toBe(0);
  });
});
