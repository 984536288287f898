// The arithmetic every quorum and threshold rests on, and what makes a pack unusable.
import { describe, expect, it } from 'vitest';
import { fundingRules } from '#tests/support/law-world.ts';
import { faultOfRulePack, needed, type Operator, type Ratio, type RulePack } from './rules.ts';

const half: Ratio = { numerator: 1, denominator: 2 };
const twoThirds: Ratio = { numerator: 2, denominator: 3 };

describe('[Q2] the smallest whole number that satisfies operator and ratio', () => {
  it.each<[number, Operator, Ratio, number]>([
    [25, '>=', twoThirds, 17],
    [15, '>=', twoThirds, 10],
    [24, '>=', twoThirds, 16],
    [24, '>', twoThirds, 17],
    [20, '>', half, 11],
    [19, '>', half, 10],
    [21, '>', half, 11],
    [20, '>=', half, 10],
    [21, '>=', half, 11],
    [1, '>', half, 1],
    [0, '>', half, 1],
    [0, '>=', half, 0],
    [7, '>=', { numerator: 1, denominator: 1 }, 7],
  ])('of %i, %s %j: %i', (base, operator, ratio, expected) => expect(needed(base, operator, ratio)).toBe(expected));

  it('satisfies, and one less does not, for every base to 200 and a spread of ratios', () => {
    const ratios: Ratio[] = [
      half,
      twoThirds,
      { numerator: 3, denominator: 4 },
      { numerator: 1, denominator: 3 },
      { numerator: 4, denominator: 5 },
    ];
    const satisfies = (count: number, base: number, operator: Operator, { numerator, denominator }: Ratio) =>
      operator === '>' ? count * denominator > base * numerator : count * denominator >= base * numerator;
    for (const ratio of ratios)
      for (const operator of ['>', '>='] as const)
        for (let base = 0; base <= 200; base += 1) {
          const least = needed(base, operator, ratio);
          expect(satisfies(least, base, operator, ratio), `${operator} ${base}`).toBe(true);
          if (least > 0) expect(satisfies(least - 1, base, operator, ratio), `${operator} ${base}`).toBe(false);
        }
  });
});

describe('[L2] a usable pack', () => {
  it('is the one of the demo community', () => expect(faultOfRulePack(fundingRules)).toBeNull());

  const quorum = fundingRules.quorum ?? undefined;
  const majority = fundingRules.majority ?? undefined;
  it.each<[keyof RulePack, Partial<RulePack>]>([
    ['name', { name: ' ' }],
    ['quorum', { quorum: { ...quorum!, ratio: { numerator: 3, denominator: 2 } } }],
    ['quorum', { quorum: { ...quorum!, ratio: { numerator: 1, denominator: 0 } } }],
    ['quorum', { quorum: { ...quorum!, operator: '>', ratio: { numerator: 1, denominator: 1 } } }],
    ['quorum', { quorum: { ...quorum!, sectorsPresent: 1.5 } }],
    ['majority', { majority: { ...majority!, ratio: { numerator: 0.5, denominator: 1 } } }],
    ['majority', { majority: { ...majority!, operator: '>', ratio: { numerator: 2, denominator: 2 } } }],
    ['majority', { majority: null }],
    ['noticeDays', { noticeDays: -1 }],
    ['speech', { speech: { seconds: 5, timesPerMotion: 2 } }],
    ['speech', { speech: { seconds: 120, timesPerMotion: 0 } }],
    ['presentationSeconds', { presentationSeconds: 1e9 }],
    ['signing', { signing: { kind: 'council', least: -1 } }],
    ['signing', { signing: { kind: 'nobody' as 'council', least: 1 } }],
    ['publicity', { publicity: { days: 1.5, dayType: 'working' } }],
    ['awayGraceSeconds', { awayGraceSeconds: 0 }],
    ['floorOrder', { floorOrder: [] }],
    ['floorOrder', { floorOrder: ['arrival', 'first_time'] }],
    ['floorOrder', { floorOrder: ['first_time', 'first_time', 'arrival'] }],
    ['floorOrder', { floorOrder: ['loudest' as 'arrival', 'arrival'] }],
  ])('is not one whose %s is %j', (field, change) =>
    expect(faultOfRulePack({ ...fundingRules, ...change })).toBe(field),
  );

  it('may do without quorum and majority where it binds nobody', () =>
    expect(faultOfRulePack({ ...fundingRules, binding: false, quorum: null, majority: null })).toBeNull());
});
