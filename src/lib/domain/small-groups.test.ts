// What may be told of groups: never so much that a small one could be worked out.
import { describe, expect, it } from 'vitest';
import { splitSmallGroups } from './small-groups.ts';

const split = (sizes: readonly number[], least = 10) => splitSmallGroups(sizes, least, (size) => size);

describe('groups too small to be shown', () => {
  it('leaves everything shown where nothing is small', () =>
    expect(split([12, 10, 30])).toEqual({ shown: [10, 12, 30], hidden: [], enough: true }));
  it('takes the next smallest along, or the rest would tell', () =>
    expect(split([4, 40, 12])).toEqual({ shown: [40], hidden: [4, 12], enough: true }));
  it('takes no more than it must', () =>
    expect(split([4, 7, 40, 12])).toEqual({ shown: [12, 40], hidden: [4, 7], enough: true }));
  it('shows nothing where all together are too few', () =>
    expect(split([4, 3])).toEqual({ shown: [], hidden: [3, 4], enough: false }));
  it('has nothing to say about nobody', () => expect(split([])).toEqual({ shown: [], hidden: [], enough: true }));
  it('never leaves hidden groups that could be told apart', () => {
    for (let a = 0; a < 25; a += 1)
      for (let b = 0; b < 25; b += 1)
        for (let c = 0; c < 25; c += 1) {
          const { shown, hidden, enough } = split([a, b, c]);
          const total = hidden.reduce((sum, size) => sum + size, 0);
          expect(shown.every((size) => size >= 10)).toBe(true);
          expect(total === 0 || total >= 10 || (!enough && shown.length === 0)).toBe(true);
        }
  });
});
