// Earlier texts: compared, brought back by going forward, and whose words are whose.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readMinutes, textOf, writeMinutes, type OutlineBlock } from './minutes-document.ts';
import { bringBack, compareTexts, handsIn } from './minutes-history.ts';

const prose = (text: string): OutlineBlock => ({ kind: 'paragraph', inlines: [{ text }] });
const aText = (...texts: string[]): Y.Doc => {
  const doc = new Y.Doc();
  writeMinutes(doc, [{ kind: 'fact', seq: 3 }, ...texts.map(prose)]);
  return doc;
};
const wordsOf = (doc: Y.Doc): string[] =>
  readMinutes(doc).map((block) => ('inlines' in block ? JSON.stringify(block.inlines) : block.kind));
const typeInto = (doc: Y.Doc, at: number, text: string): void => {
  const paragraph = textOf(doc).get(at) as Y.XmlElement;
  const words = paragraph.get(0) as Y.XmlText;
  words.insert(words.length, text);
};
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

describe('comparing', () => {
  const read = (...texts: string[]) => readMinutes(aText(...texts));
  const said = (earlier: string[], later: string[]) =>
    compareTexts(read(...earlier), read(...later)).flatMap(({ what, block }) =>
      what === 'same' || !('inlines' in block) ? [] : [`${what} ${JSON.stringify(block.inlines[0])}`],
    );
  it.each([
    [['甲', '乙'], ['甲', '乙'], []],
    [['甲', '乙', '丙'], ['甲', '丙'], ['removed {"text":"乙"}']],
    [['甲'], ['丁', '甲', '戊'], ['added {"text":"丁"}', 'added {"text":"戊"}']],
    [
      ['甲', '乙'],
      ['甲', '己'],
      ['removed {"text":"乙"}', 'added {"text":"己"}'],
    ],
  ])('%j then, %j now: %j', (earlier, later, differences) => expect(said(earlier, later)).toEqual(differences));
});

describe('[D12] bringing back', () => {
  it('makes the text what it was, and leaves what has not changed alone', () => {
    const doc = aText('甲', '乙', '丙');
    const earlier = copyOf(doc);
    const untouched = textOf(doc).get(1);
    typeInto(doc, 2, '改过');
    textOf(doc).delete(3, 1);
    textOf(doc).insert(0, [new Y.XmlElement('paragraph')]);
    doc.transact(() => bringBack(doc, earlier));
    expect(wordsOf(doc)).toEqual(wordsOf(earlier));
    expect(textOf(doc).toArray()).toContain(untouched);
  });

  it('merges with what others type meanwhile, and can itself be taken back', () => {
    const doc = aText('甲', '乙');
    const earlier = copyOf(doc);
    typeInto(doc, 1, '后来');
    const later = copyOf(doc);
    const other = copyOf(doc);
    typeInto(other, 2, '同时');
    doc.transact(() => bringBack(doc, earlier));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(wordsOf(doc)).toEqual(wordsOf(other));
    expect(wordsOf(doc)).toContain('[{"text":"乙同时"}]');
    doc.transact(() => bringBack(doc, later));
    expect(wordsOf(doc)).toEqual(wordsOf(later));
  });

  it('changes nothing where nothing has changed', () => {
    const doc = aText('甲');
    let changes = 0;
    doc.on('update', () => (changes += 1));
    doc.transact(() => bringBack(doc, copyOf(doc)));
    expect(changes).toBe(0);
  });
});

it('knows whose words are whose, mentions as well, and that facts are nobody’s', () => {
  const doc = aText('初稿');
  const [one, two] = [copyOf(doc), new Y.Doc()];
  typeInto(one, 1, '甲写');
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  typeInto(two, 1, '乙写');
  const owners = new Map([
    [doc.clientID, 'system'],
    [one.clientID, 'p1'],
    [two.clientID, 'p2'],
  ]);
  expect(handsIn(two, (clientId) => owners.get(clientId) ?? '')).toEqual([
    [
      { by: 'system', inlines: [{ text: '初稿' }] },
      { by: 'p1', inlines: [{ text: '甲写' }] },
      { by: 'p2', inlines: [{ text: '乙写' }] },
    ],
  ]);
});
