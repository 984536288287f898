// What becomes of free text before it enters the log.
import { describe, expect, it } from 'vitest';
import { checkedText } from './text.ts';

describe('[C2] free text', () => {
  it.each([
    ['  楼道照明\t改造\n第二期  ', '楼道照明\t改造\n第二期'],
    ['a\u0000b\u0007c\u001bd\u007fe\u0085f', 'abcdef'],
    ['行尾\r\n下一行', '行尾\n下一行'],
    ['甲\u202e乙\u2066丙', '甲乙丙'],
    ['坏的\ud83d半个，好的😀整个', '坏的半个，好的😀整个'],
  ])('%j becomes %j', (from, to) => expect(checkedText(from, 50)).toBe(to));

  it.each(['', '   ', '\u0000\u0007', '\u200b\u2060 \u200d'])('%j is missing', (text) =>
    expect(checkedText(text, 50)).toMatchObject({ rule: 'C2', reason: 'text-missing' }),
  );

  it('may be empty where that is allowed', () => expect(checkedText(' \u0000', 50, true)).toBe(''));

  it('is counted in characters a person sees, and never cut', () => {
    expect(checkedText('😀'.repeat(50), 50)).toBe('😀'.repeat(50));
    expect(checkedText('😀'.repeat(51), 50)).toMatchObject({
      reason: 'text-too-long',
      params: { length: 51, most: 50 },
    });
  });
});
