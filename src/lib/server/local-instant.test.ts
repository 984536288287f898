// The time somebody types is the time on the wall at home, and nothing that no calendar has is taken for a time.
import { expect, it } from 'vitest';
import { formatLocalInput } from '#lib/messages/format.ts';
import { instantOfLocal } from './local-instant.ts';

it('reads a time at home', () => {
  expect(instantOfLocal('2026-11-20T14:00')).toBe(Date.UTC(2026, 10, 20, 6, 0));
  expect(instantOfLocal('2026-01-01T00:30:00')).toBe(Date.UTC(2025, 11, 31, 16, 30));
});

it('undoes what a page shows', () => {
  const at = Date.UTC(2026, 1, 28, 23, 59);
  expect(instantOfLocal(formatLocalInput(at))).toBe(at);
});

it.each(['', 'soon', '2026-02-31T10:00', '2026-13-01T10:00', '2026-01-01T24:00', '2026-01-01', '26-01-01T10:00'])(
  'refuses %j',
  (text) => expect(instantOfLocal(text)).toBeNull(),
);
