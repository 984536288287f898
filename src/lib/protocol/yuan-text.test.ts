// Money typed in yuan becomes whole fen, or is not taken at all.
import { expect, it } from 'vitest';
import { fenOfYuan, yuanOfFen } from './yuan-text.ts';

it.each([
  ['48000', 4_800_000],
  ['48,000.5', 4_800_050],
  ['￥ 0.01', 1],
  ['', null],
  ['  ', null],
  ['0', undefined],
  ['-5', undefined],
  ['1.234', undefined],
  ['many', undefined],
])('%j is %j fen', (typed, fen) => expect(fenOfYuan(typed)).toBe(fen));

it('shows what it would read again', () => {
  for (const fen of [1, 50, 100, 4_800_000, 4_800_050]) expect(fenOfYuan(yuanOfFen(fen))).toBe(fen);
  expect(yuanOfFen(null)).toBe('');
});
