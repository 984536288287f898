// Every matter of retention has one period within bounds.
import { expect, it } from 'vitest';
import { matterIds, matters, periodOf } from './matters.ts';

it('[RT1] gives every matter one period within its bounds, and half a year at least to the log of downloads', () => {
  expect(matters.map(({ id }) => id)).toEqual([...matterIds]);
  for (const { id, days, least, most } of matters) {
    expect(least >= 1 && least <= days && days <= most, id).toBe(true);
    expect(periodOf(id, {})).toBe(days);
    expect(periodOf(id, { [id]: least })).toBe(least);
    for (const unfit of [least - 1, most + 1, 1.5, NaN]) expect(periodOf(id, { [id]: unfit }), id).toBe(days);
  }
  expect(matters.find(({ id }) => id === 'downloads')?.least).toBeGreaterThanOrEqual(183);
});
