// Where the hands of a shared agenda are: what a page tells the others about its cursor, and how it reads theirs. Pure.
import type { OtherHand } from '#lib/client/document-link.ts';

export interface HandAt {
  readonly itemId: string;
  readonly field: string;
}

export const handAt = (itemId: string, field: string): HandAt => ({ itemId, field });

/** Where a hand is; null when it is nowhere. Another page may have written anything. */
export function placeOf({ state }: OtherHand): HandAt | null {
  const at = state.at as Partial<HandAt> | null | undefined;
  return typeof at?.itemId === 'string' && typeof at.field === 'string' ? handAt(at.itemId, at.field) : null;
}

export const handsAt = (hands: readonly OtherHand[], itemId: string, field: string): OtherHand[] =>
  hands.filter((hand) => {
    const at = placeOf(hand);
    return at?.itemId === itemId && at.field === field;
  });
