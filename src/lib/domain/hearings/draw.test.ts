// The public draw: repeatable by anybody, steered by nobody.
import { describe, expect, it } from 'vitest';
import {
  commitmentOf,
  drawFault,
  drawRepresentatives,
  entriesDigest,
  readDrawFile,
  seedOf,
  type DrawEntry,
  type DrawFile,
} from './draw.ts';

const places = [
  { key: 'p1', name: '利害关系居民', seats: 7 },
  { key: 'p2', name: '业委会', seats: 2 },
];
const entries: DrawEntry[] = Array.from({ length: 24 }, (_, at) => ({
  number: at + 1,
  placeKey: at < 22 ? 'p1' : 'p2',
  shownName: '居**',
  mark: String(at).padStart(16, '0'),
}));

const made = (publicValue = '双色球 2026055 期 03 09 11 17 25 30 + 08'): DrawFile => {
  const secret = 'a'.repeat(64);
  const sealed = entriesDigest(entries);
  return {
    kind: 'yishi.draw.v1',
    title: '听证会',
    places,
    commitment: commitmentOf(secret),
    publicSource: '福利彩票双色球第2026055期开奖号码',
    sealed,
    secret,
    publicValue,
    entries,
    drawn: drawRepresentatives(places, entries, seedOf(secret, publicValue, sealed)),
  };
};

describe('drawing', () => {
  it('[H5] seats as many as there are places; the others follow in the order drawn', () => {
    const [first, second] = made().drawn;
    expect(first?.seated).toHaveLength(7);
    expect(first?.reserves).toHaveLength(15);
    expect([...(first?.seated ?? []), ...(first?.reserves ?? [])].sort((a, b) => a - b)).toEqual(
      entries.slice(0, 22).map(({ number }) => number),
    );
    expect([...(second?.seated ?? [])].sort()).toEqual([23, 24]);
  });

  it('[H6] gives anybody the same again, in whatever order the entries are read', () => {
    const file = made();
    expect(drawFault(file)).toBeNull();
    expect(drawFault({ ...file, entries: [...file.entries].reverse() })).toBeNull();
    expect(drawFault(readDrawFile(JSON.parse(JSON.stringify(file))) as DrawFile)).toBeNull();
  });

  it('[H3] depends on the public value: nobody knows the outcome before it', () => {
    const outcomes = new Set(Array.from({ length: 20 }, (_, at) => JSON.stringify(made(`第${at}期`).drawn)));
    expect(outcomes.size).toBe(20);
  });

  it('[H4] shows an entry that was added, taken away or given to somebody else after the sealing', () => {
    const file = made();
    const another = { ...entries[0], number: 25 } as DrawEntry;
    expect(drawFault({ ...file, entries: [...entries, another] })).toBe('entries');
    expect(drawFault({ ...file, entries: entries.slice(1) })).toBe('entries');
    const swapped = entries.map((entry, at) => (at === 0 ? { ...entry, mark: 'f'.repeat(16) } : entry));
    expect(drawFault({ ...file, entries: swapped })).toBe('entries');
  });

  it('[H6] shows another secret, another value and another result', () => {
    const file = made();
    expect(drawFault({ ...file, secret: 'b'.repeat(64) })).toBe('secret');
    expect(drawFault({ ...file, publicValue: '另一个数' })).toBe('result');
    const [first, ...others] = file.drawn;
    const reordered = first && { ...first, seated: [...first.seated].reverse() };
    expect(drawFault({ ...file, drawn: reordered ? [reordered, ...others] : [] })).toBe('result');
    expect(drawFault({ ...file, drawn: [] })).toBe('result');
  });

  it('reads nothing that is no record of a draw', () => {
    for (const broken of [null, 3, 'x', {}, { ...made(), kind: 'other' }, { ...made(), entries: [{ number: '1' }] }])
      expect(readDrawFile(broken)).toBeNull();
  });

  it('is fair: over many public values every entry is drawn about as often', () => {
    const drawn = new Map<number, number>();
    for (let at = 0; at < 600; at += 1)
      for (const number of made(String(at)).drawn[0]?.seated ?? []) drawn.set(number, (drawn.get(number) ?? 0) + 1);
    // 600 draws of 7 out of 22: 191 each, and a deviation of 12 is usual.
    for (let number = 1; number <= 22; number += 1) {
      expect(drawn.get(number)).toBeGreaterThan(130);
      expect(drawn.get(number)).toBeLessThan(250);
    }
  });
});
