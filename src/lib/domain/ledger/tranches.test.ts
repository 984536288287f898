// How a contract is split into tranches, by hand and for random amounts and shares.
import { describe, expect, it } from 'vitest';
import { randomFrom } from '#tests/support/random.ts';
import { planFault, splitByShares, trancheStatus, type TranchePlan } from './tranches.ts';

const plan = (...shares: number[]): TranchePlan =>
  shares.map((share, index) => ({ name: `第${index + 1}期`, share, condition: '' }));

describe('[B6] tranches of 50/40/10', () => {
  it.each([
    [9_000_000, [4_500_000, 3_600_000, 900_000]],
    [5_800_000, [2_900_000, 2_320_000, 580_000]],
    [3_300_000, [1_650_000, 1_320_000, 330_000]],
    // 1.01 yuan: 50.5, 40.4 and 10.1 fen, so the one fen left goes to the largest rest.
    [101, [51, 40, 10]],
    // 0.03 yuan: 1.5, 1.2, 0.3.
    [3, [2, 1, 0]],
  ])('%i fen are %j', (amountFen, parts) => expect(splitByShares(amountFen, plan(50, 40, 10))).toEqual(parts));

  it('gives a tie of remainders to the earlier tranche', () => {
    expect(splitByShares(100, plan(1, 1, 1))).toEqual([34, 33, 33]);
    expect(splitByShares(101, plan(1, 1, 1))).toEqual([34, 34, 33]);
  });

  it('sums exactly and misses no share by a whole fen, whatever the amount and the shares', () => {
    const random = randomFrom(31);
    for (let round = 0; round < 2_000; round += 1) {
      const shares = Array.from({ length: 1 + random.below(12) }, () => 1 + random.below(10_000));
      const amountFen = 1 + random.below(round % 2 === 0 ? 1_000 : 1_000_000_000_000);
      const parts = splitByShares(amountFen, plan(...shares));
      const sum = parts.reduce((all, fen) => all + fen, 0);
      if (sum !== amountFen) expect([amountFen, shares]).toBe(sum);
      const total = shares.reduce((sum, share) => sum + share, 0);
      parts.forEach((fen, index) => {
        const exact = BigInt(amountFen) * BigInt(shares[index] ?? 0);
        const off = exact - BigInt(fen) * BigInt(total);
        if (off <= -BigInt(total) || off >= BigInt(total)) expect([amountFen, shares, parts]).toBe('fair');
      });
    }
  });

  it.each([
    ['none', []],
    ['thirteen', Array.from({ length: 13 }, () => 1)],
    ['a share of nothing', [50, 0]],
    ['a fraction', [50, 0.5]],
  ])('refuses %s', (_, shares) =>
    expect(planFault(plan(...shares))).toMatchObject({ rule: 'B6', reason: 'plan-unfit' }),
  );

  it('refuses a tranche without a name', () =>
    expect(planFault([{ name: ' ', share: 1, condition: '' }])).toMatchObject({ reason: 'plan-unfit' }));
});

it('[B7] reads a tranche by where its money is', () => {
  const at = (kind: string) => new Map([[`${kind}:t`, 5]]);
  const facts = { trancheId: 't', metAt: null, everPaid: false };
  expect(trancheStatus(at('committed'), facts)).toBe('waiting');
  expect(trancheStatus(at('committed'), { ...facts, metAt: 1 })).toBe('due');
  expect(trancheStatus(at('frozen'), facts)).toBe('frozen');
  expect(trancheStatus(at('paid'), facts)).toBe('paid');
  expect(trancheStatus(new Map(), facts)).toBe('released');
  expect(trancheStatus(new Map(), { ...facts, everPaid: true })).toBe('recovered');
});
