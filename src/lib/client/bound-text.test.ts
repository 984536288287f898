// A field and a shared text, without a browser: the field is an object that behaves as one, composition events come in the order browsers
// send them.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bindText, changeBetween, placeAfter, type TextField } from './bound-text.ts';

class Field extends EventTarget implements TextField {
  selectionStart: number | null = 0;
  selectionEnd: number | null = 0;
  #value = '';
  /** How often something else than the person put text into it. */
  touched = 0;

  get value(): string {
    return this.#value;
  }
  set value(value: string) {
    this.touched += 1;
    this.#value = value;
    this.setSelectionRange(value.length, value.length);
  }
  setSelectionRange(start: number, end: number): void {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }
  caret(place: number): this {
    this.setSelectionRange(place, place);
    return this;
  }
  /** The person's browser replaces the selection. */
  write(letters: string, removedBefore = 0): void {
    const start = (this.selectionStart ?? 0) - removedBefore;
    this.#value = this.#value.slice(0, start) + letters + this.#value.slice(this.selectionEnd ?? 0);
    this.setSelectionRange(start + letters.length, start + letters.length);
    this.dispatchEvent(new Event('input'));
  }
  compose(type: 'start' | 'end'): void {
    this.dispatchEvent(new Event(`composition${type}`));
  }
}

function bound(words = '') {
  const [doc, remote] = [new Y.Doc(), new Y.Doc()];
  doc.getText('t').insert(0, words);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin) => origin !== 'remote' && updates.push(update));
  Y.applyUpdate(remote, Y.encodeStateAsUpdate(doc));
  const field = new Field();
  const unbind = bindText(field, doc.getText('t'), (change) => doc.transact(change, 'own'));
  const both = (change: (text: Y.Text) => void): void => {
    for (const update of updates.splice(0)) Y.applyUpdate(remote, update);
    change(remote.getText('t'));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(remote), 'remote');
  };
  return { doc, field, unbind, text: doc.getText('t'), remotely: both };
}

describe('changeBetween', () => {
  it.each([
    ['', 'a', 1, { at: 0, removed: 0, added: 'a' }],
    ['aa', 'aaa', 1, { at: 0, removed: 0, added: 'a' }],
    ['aa', 'aaa', 2, { at: 1, removed: 0, added: 'a' }],
    ['aa', 'aaa', 3, { at: 2, removed: 0, added: 'a' }],
    ['aaa', 'aa', 1, { at: 1, removed: 1, added: '' }],
    ['会议', '会议室', 3, { at: 2, removed: 0, added: '室' }],
    ['abcdef', 'abXdef', 3, { at: 2, removed: 1, added: 'X' }],
    ['abc', '', 0, { at: 0, removed: 3, added: '' }],
    ['abab', 'ab', 0, { at: 0, removed: 2, added: '' }],
    ['a😀b', 'a😁b', 3, { at: 1, removed: 2, added: '😁' }],
    ['😀', '😀😀', 2, { at: 0, removed: 0, added: '😀' }],
    ['a😀', 'a🙀', 3, { at: 1, removed: 2, added: '🙀' }],
    ['𠀀b', '𡀀b', 2, { at: 0, removed: 2, added: '𡀀' }],
  ])('%s → %s with the caret at %i', (before, after, caret, change) =>
    expect(changeBetween(before, after, caret)).toEqual(change),
  );
  it('is nothing when nothing changed', () => expect(changeBetween('a', 'a', 0)).toBe(null));

  it('always turns the one into the other', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % below;
    for (let round = 0; round < 2_000; round++) {
      const word = (): string => Array.from({ length: random(7) }, () => 'ab'[random(2)]).join('');
      const [before, after] = [word(), word()];
      const change = changeBetween(before, after, random(after.length + 1)) ?? { at: 0, removed: 0, added: '' };
      expect(before.slice(0, change.at) + change.added + before.slice(change.at + change.removed)).toBe(after);
    }
  });
});

it('placeAfter follows the words', () => {
  expect(placeAfter(3, [{ insert: 'xx' }], false)).toBe(5);
  expect(placeAfter(0, [{ insert: 'xx' }], false)).toBe(0);
  expect(placeAfter(0, [{ insert: 'xx' }], true)).toBe(2);
  expect(placeAfter(3, [{ retain: 5 }, { insert: 'xx' }], true)).toBe(3);
  expect(placeAfter(5, [{ retain: 1 }, { delete: 2 }], false)).toBe(3);
  expect(placeAfter(2, [{ retain: 1 }, { delete: 4 }], false)).toBe(1);
  expect(placeAfter(6, [{ delete: 2 }, { retain: 1 }, { insert: 'abc' }], false)).toBe(7);
});

describe('bindText', () => {
  it('typing reaches the text, the caret stays', () => {
    const { field, text } = bound('会议');
    field.caret(1).write('场');
    expect([text.toString(), field.value, field.selectionEnd]).toEqual(['会场议', '会场议', 2]);
    field.write('', 1);
    expect([text.toString(), field.selectionEnd]).toEqual(['会议', 1]);
  });

  it('what others type moves the caret along with its words, a selection too', () => {
    const { field, text, remotely } = bound('abcdef');
    field.setSelectionRange(2, 4);
    remotely((remote) => remote.insert(0, '你好'));
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['你好abcdef', 4, 6]);
    remotely((remote) => remote.delete(3, 2));
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['你好adef', 3, 4]);
    remotely((remote) => remote.insert(remote.length, '!'));
    expect([text.toString(), field.selectionEnd]).toEqual(['你好adef!', 4]);
  });

  it('a composition is not touched, and lands once, whole, where it was meant', () => {
    const { field, text, remotely } = bound('甲乙');
    field.caret(1).compose('start');
    const { touched } = field;
    for (const [letters, removed] of [
      ['n', 0],
      ['ni', 1],
      ['ni h', 2],
      ['ni hao', 4],
    ] as const)
      field.write(letters, removed);
    expect(text.toString()).toBe('甲乙');
    remotely((remote) => remote.insert(0, '【'));
    remotely((remote) => remote.insert(remote.length, '】'));
    expect([text.toString(), field.value, field.touched]).toEqual(['【甲乙】', '甲ni hao乙', touched]);
    field.write('你好', 6);
    field.compose('end');
    expect([text.toString(), field.value, field.selectionEnd]).toEqual(['【甲你好乙】', '【甲你好乙】', 4]);
    // Safari tells of the input once more after the end.
    field.dispatchEvent(new Event('input'));
    expect(text.toString()).toBe('【甲你好乙】');
  });

  it('a field without the focus is shown anew and not made the active one', () => {
    const { field, remotely } = bound('甲');
    const elsewhere = Object.assign(field, { ownerDocument: { activeElement: null } });
    field.caret(0);
    remotely((remote) => remote.insert(1, '乙'));
    expect([elsewhere.value, field.selectionEnd]).toEqual(['甲乙', 2]);
  });

  it('leaving the field ends a composition', () => {
    const { field, text } = bound('甲');
    field.caret(1).compose('start');
    field.write('yi');
    field.dispatchEvent(new Event('blur'));
    expect(text.toString()).toBe('甲yi');
  });

  it('a composition that is given up changes nothing', () => {
    const { field, text, remotely } = bound('甲乙');
    field.caret(1).compose('start');
    field.write('n', 0);
    remotely((remote) => remote.delete(0, 1));
    field.write('', 1);
    field.compose('end');
    expect([text.toString(), field.value, field.selectionEnd]).toEqual(['乙', '乙', 0]);
  });

  it('a composition over a selection that others removed meanwhile removes nothing twice', () => {
    const { field, text, remotely } = bound('一二三四五');
    field.setSelectionRange(1, 4);
    field.compose('start');
    field.write('x');
    remotely((remote) => remote.delete(2, 2));
    field.write('新', 1);
    field.compose('end');
    expect([text.toString(), field.value]).toEqual(['一新五', '一新五']);
  });

  it('undo of own typing shows in the field', () => {
    const { doc, field, text } = bound('');
    const undo = new Y.UndoManager(text, { trackedOrigins: new Set(['own']) });
    field.caret(0).write('写错');
    undo.undo();
    expect([field.value, text.toString()]).toEqual(['', '']);
    doc.destroy();
  });

  it('after untying neither reaches the other; what was being composed is kept', () => {
    const { field, text, unbind, remotely } = bound('甲');
    field.caret(1).compose('start');
    field.write('乙');
    unbind();
    expect(text.toString()).toBe('甲乙');
    field.write('丙');
    remotely((remote) => remote.insert(0, '远'));
    expect([text.toString(), field.value]).toEqual(['远甲乙', '甲乙丙']);
  });

  it('two fields, a thousand random acts with compositions: everybody agrees and nothing is lost', () => {
    let seed = 11;
    const random = (below: number): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % below;
    const sides = [0, 1].map(() => {
      const doc = new Y.Doc();
      const field = new Field();
      bindText(field, doc.getText('t'), (change) => doc.transact(change, 'own'));
      return { doc, field, composing: 0, sent: [] as Uint8Array[] };
    });
    sides.forEach(({ doc, sent }) =>
      doc.on('update', (update: Uint8Array, origin) => origin !== 'remote' && sent.push(update)),
    );
    let typed = 0;
    for (let act = 0; act < 1_000; act++) {
      const side = sides[random(2)];
      const other = sides.find((one) => one !== side);
      if (!side || !other) continue;
      const { field } = side;
      const kind = random(6);
      if (kind === 0) for (const update of side.sent.splice(0)) Y.applyUpdate(other.doc, update, 'remote');
      else if (side.composing > 0) {
        if (kind < 4) {
          field.write('nn');
          side.composing += 2;
        } else {
          field.write('字', side.composing - 1);
          side.composing = 0;
          typed += 1;
          field.compose('end');
        }
      } else if (kind === 1) {
        field.caret(random(field.value.length + 1)).compose('start');
        field.write('n');
        side.composing = 2;
      } else {
        field.caret(random(field.value.length + 1)).write('字');
        typed += 1;
      }
    }
    for (const { field, composing } of sides)
      if (composing > 0) {
        field.write('字', composing - 1);
        typed += 1;
        field.compose('end');
      }
    for (const [from, to] of [sides, [...sides].reverse()])
      if (from && to) for (const update of from.sent.splice(0)) Y.applyUpdate(to.doc, update, 'remote');
    const texts = sides.flatMap(({ doc, field }) => [doc.getText('t').toString(), field.value]);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toBe('字'.repeat(typed));
  });
});
