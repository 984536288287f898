// A text box tied to a shared text, with a box that is only what bindText needs of one: value, selection, events.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bindText, changeBetween, placeAfter } from './bound-text.ts';

class Box extends EventTarget {
  value = '';
  selectionStart = 0;
  selectionEnd = 0;
  readonly ownerDocument: { activeElement: unknown } = { activeElement: this };
  setSelectionRange(start: number, end: number): void {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }
  type(value: string, caret = value.length): void {
    this.value = value;
    this.setSelectionRange(caret, caret);
    this.dispatchEvent(new Event('input'));
  }
  say(type: string): void {
    this.dispatchEvent(new Event(type));
  }
}

function tied(start: string) {
  const doc = new Y.Doc();
  const text = doc.getText('t');
  text.insert(0, start);
  const box = new Box();
  const untie = bindText(box as unknown as HTMLInputElement, text, (change) => doc.transact(change, 'own'));
  return { text, box, untie };
}

describe('the change between two texts', () => {
  it.each([
    ['', 'a', { at: 0, removed: 0, inserted: 'a' }],
    ['abc', 'abXc', { at: 2, removed: 0, inserted: 'X' }],
    ['abc', 'ac', { at: 1, removed: 1, inserted: '' }],
    ['aaa', 'aa', { at: 2, removed: 1, inserted: '' }],
    ['养老', '养老服务', { at: 2, removed: 0, inserted: '服务' }],
    ['a😀b', 'a😁b', { at: 1, removed: 2, inserted: '😁' }],
  ])('%j to %j', (before, after, change) => expect(changeBetween(before, after)).toEqual(change));

  it('is nothing when nothing changed', () => expect(changeBetween('a', 'a')).toBeNull());
  it('moves what stands behind it', () => {
    const change = { at: 2, removed: 1, inserted: 'XYZ' };
    expect([0, 2, 3, 5].map((place) => placeAfter(place, change))).toEqual([0, 2, 5, 7]);
  });
});

it('writes what is typed, and only that', () => {
  const { text, box } = tied('通报资金');
  const deltas: unknown[] = [];
  text.observe(({ delta }) => deltas.push(delta));
  box.type('通报本期资金', 4);
  expect(text.toString()).toBe('通报本期资金');
  expect(deltas).toEqual([[{ retain: 2 }, { insert: '本期' }]]);
});

it("shows others' typing without moving the caret from its word", () => {
  const { text, box } = tied('资金');
  box.setSelectionRange(2, 2);
  text.insert(0, '通报');
  expect(box.value).toBe('通报资金');
  expect(box.selectionStart).toBe(4);
});

it('lets others wait while somebody composes, and loses nothing of either', () => {
  const { text, box } = tied('资金');
  box.setSelectionRange(2, 2);
  box.say('compositionstart');
  box.type('资金chi');
  text.insert(0, '通报');
  expect(box.value).toBe('资金chi');
  expect(text.toString()).toBe('通报资金');
  box.value = '资金池';
  box.say('compositionend');
  expect(text.toString()).toBe('通报资金池');
  expect(box.value).toBe('通报资金池');
});

it('lets go', () => {
  const { text, box, untie } = tied('a');
  untie();
  box.type('b');
  expect(text.toString()).toBe('a');
});
