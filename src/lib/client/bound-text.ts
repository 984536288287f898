// Ties a text field to a shared text. Typing becomes the smallest change; others' changes move the caret along with the words it stands in.
// While somebody composes (pinyin and the like) nothing touches the field: what others change in this text meanwhile waits until the
// composition ends, and what was composed lands where it was meant. Used by every field that edits a shared text.
import type * as Y from 'yjs';

/** What this needs of an input or a textarea. */
export interface TextField extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  value: string;
  readonly selectionStart: number | null;
  readonly selectionEnd: number | null;
  setSelectionRange(start: number, end: number): void;
  readonly ownerDocument?: { readonly activeElement: unknown };
}

interface Change {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

type Delta = readonly { insert?: unknown; delete?: number; retain?: number }[];

const isHigh = (text: string, index: number): boolean => /[\ud800-\udbff]/.test(text.charAt(index));
const isLow = (text: string, index: number): boolean => /[\udc00-\udfff]/.test(text.charAt(index));

/**
 * The change that turns one text into another. Of several equal readings (a letter doubled) the one that ends at the caret.
 * Never cuts a surrogate pair. Null when nothing changed.
 */
export function changeBetween(before: string, after: string, caret: number): Change | null {
  if (before === after) return null;
  const longest = Math.min(before.length, after.length);
  const suffixAtMost = Math.max(0, Math.min(longest, after.length - caret));
  let suffix = 0;
  while (suffix < suffixAtMost && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix += 1;
  let prefix = 0;
  while (prefix < longest - suffix && before[prefix] === after[prefix]) prefix += 1;
  // The caret may stand before what changed (deleting forwards): then the rest of the end is equal too.
  while (suffix < longest - prefix && before[before.length - 1 - suffix] === after[after.length - 1 - suffix])
    suffix += 1;
  if (prefix > 0 && isHigh(before, prefix - 1)) prefix -= 1;
  if (suffix > 0 && isLow(before, before.length - suffix)) suffix -= 1;
  return { at: prefix, removed: before.length - prefix - suffix, added: after.slice(prefix, after.length - suffix) };
}

/** Where a place in a text is after a change of it. Something inserted just there comes before the place when `pushed`. */
export function placeAfter(place: number, delta: Delta, pushed: boolean): number {
  let read = 0;
  let moved = place;
  for (const { insert, delete: removed, retain } of delta) {
    if (retain !== undefined) read += retain;
    else if (removed !== undefined) {
      moved -= Math.max(0, Math.min(removed, moved - read));
    } else {
      const length = typeof insert === 'string' ? insert.length : 1;
      if (read < moved || (pushed && read === moved)) moved += length;
      read += length;
    }
    if (read > moved) break;
  }
  return moved;
}

/**
 * @param edit runs a change as this page's own, so that it can be undone
 * @returns the way to untie; what was being composed is taken as it stands
 */
export function bindText(field: TextField, text: Y.Text, edit: (change: () => void) => void): () => void {
  /** What the field showed when it last agreed with the text. */
  let shown = text.toString();
  let composing = false;
  let typing = false;
  /** Others' changes since `shown`, waiting for the end of a composition. */
  let waiting: Delta[] = [];
  field.value = shown;

  function take(): void {
    const caret = field.selectionEnd ?? field.value.length;
    const change = changeBetween(shown, field.value, caret) ?? { at: caret, removed: 0, added: '' };
    const deltas = waiting;
    waiting = [];
    const now = (place: number): number => deltas.reduce((at, delta) => placeAfter(at, delta, false), place);
    const { added, removed } = change;
    const [from, to] = [now(change.at), now(change.at + removed)];
    if (removed > 0 || added !== '') {
      typing = true;
      edit(() => {
        if (to > from) text.delete(from, to - from);
        if (added !== '') text.insert(from, added);
      });
      typing = false;
    }
    // Only others' changes can be missing from the field now; the caret stays with its words.
    if (field.value !== text.toString()) {
      let place = from + caret - change.at;
      if (caret < change.at) place = now(caret);
      else if (caret > change.at + added.length)
        place = now(caret - added.length + removed) - (to - from) + added.length;
      show(place, place);
    }
    shown = text.toString();
  }

  function show(start: number | null, end: number | null): void {
    field.value = shown = text.toString();
    // Some browsers would move the focus here.
    const isHere = !field.ownerDocument || field.ownerDocument.activeElement === field;
    if (isHere && start !== null && end !== null) field.setSelectionRange(start, end);
  }

  function onChange(event: Y.YTextEvent): void {
    if (typing) return;
    const delta = event.changes.delta as Delta;
    if (composing) {
      waiting.push(delta);
      return;
    }
    // What the browser has put into the field and not told yet.
    if (field.value !== shown) {
      waiting.push(delta);
      take();
      return;
    }
    const { selectionStart, selectionEnd } = field;
    show(
      selectionStart === null ? null : placeAfter(selectionStart, delta, false),
      selectionEnd === null ? null : placeAfter(selectionEnd, delta, false),
    );
  }

  const onInput = (): void => {
    if (!composing) take();
  };
  const onCompositionStart = (): void => {
    composing = true;
  };
  const onCompositionEnd = (): void => {
    composing = false;
    take();
  };

  text.observe(onChange);
  field.addEventListener('input', onInput);
  field.addEventListener('compositionstart', onCompositionStart);
  field.addEventListener('compositionend', onCompositionEnd);
  // A composition that is broken off by leaving the field ends without an event in some browsers.
  field.addEventListener('blur', onCompositionEnd);
  return () => {
    composing = false;
    take();
    text.unobserve(onChange);
    field.removeEventListener('input', onInput);
    field.removeEventListener('compositionstart', onCompositionStart);
    field.removeEventListener('compositionend', onCompositionEnd);
    field.removeEventListener('blur', onCompositionEnd);
  };
}
