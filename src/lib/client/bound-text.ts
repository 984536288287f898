// Ties one text box to one shared text: what is typed goes into the text as the smallest change, what others type appears without moving the
// caret. While somebody composes Chinese, others' changes wait, and what was composed then lands where it belongs in the changed text.
import type * as Y from 'yjs';

/** At `at`, `removed` code units gave way to `inserted`. */
export interface Change {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

const isHigh = (text: string, index: number): boolean => /[\ud800-\udbff]/.test(text.charAt(index));
const isLow = (text: string, index: number): boolean => /[\udc00-\udfff]/.test(text.charAt(index));

/** The one change that leads from `before` to `after`; null when they are the same. Never cuts a surrogate pair. */
export function changeBetween(before: string, after: string): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (start > 0 && isHigh(before, start - 1)) start -= 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (end > 0 && isLow(before, before.length - end)) end -= 1;
  return { at: start, removed: before.length - start - end, inserted: after.slice(start, after.length - end) };
}

/** Where a place in the text is after a change: what stood behind the change moves with it. */
export function placeAfter(place: number, change: Change | null): number {
  if (!change || place <= change.at) return place;
  if (place >= change.at + change.removed) return place + change.inserted.length - change.removed;
  return change.at + change.inserted.length;
}

/** Ties them until the returned function is called. `edit` runs a change as this page's own. */
export function bindText(
  element: HTMLInputElement | HTMLTextAreaElement,
  text: Y.Text,
  edit: (change: () => void) => void,
): () => void {
  /** The text as the box showed it before anything was typed into it. */
  let shown = text.toString();
  let composing = false;
  element.value = shown;

  const show = (): void => {
    if (composing) return;
    const now = text.toString();
    if (element.value !== now) {
      const change = changeBetween(element.value, now);
      const { selectionStart, selectionEnd } = element;
      const isHere = element.ownerDocument.activeElement === element;
      element.value = now;
      if (isHere && selectionStart !== null && selectionEnd !== null)
        element.setSelectionRange(placeAfter(selectionStart, change), placeAfter(selectionEnd, change));
    }
    shown = now;
  };

  const write = (): void => {
    if (composing) return;
    const typed = changeBetween(shown, element.value);
    if (typed) {
      const meanwhile = changeBetween(shown, text.toString());
      const from = placeAfter(typed.at, meanwhile);
      const to = placeAfter(typed.at + typed.removed, meanwhile);
      edit(() => {
        if (to > from) text.delete(from, to - from);
        if (typed.inserted !== '') text.insert(from, typed.inserted);
      });
    }
    show();
  };

  const compose = (): void => void (composing = true);
  const composed = (): void => {
    composing = false;
    write();
  };

  text.observe(show);
  element.addEventListener('input', write);
  element.addEventListener('compositionstart', compose);
  element.addEventListener('compositionend', composed);
  // A composition that is broken off by leaving the box ends without an event in some browsers.
  element.addEventListener('blur', composed);
  return () => {
    text.unobserve(show);
    element.removeEventListener('input', write);
    element.removeEventListener('compositionstart', compose);
    element.removeEventListener('compositionend', composed);
    element.removeEventListener('blur', composed);
  };
}
