// The code of a slip as people type it.
import { expect, it } from 'vitest';
import { readSlipCode, spacedCode } from './slip-code.ts';

it.each([
  ['abcd-efgh', 'ABCDEFGH'],
  [' ABCD EFGH ', 'ABCDEFGH'],
  ['ＡＢＣＤ－ＥＦＧＨ', 'ABCDEFGH'],
  [spacedCode('ABCDEFGH'), 'ABCDEFGH'],
  ['ABCD EFG', null],
  ['ABCDEFG0', null],
  ['', null],
])('a slip code typed %s is read', (typed, code) => {
  expect(readSlipCode(typed)).toBe(code);
});
