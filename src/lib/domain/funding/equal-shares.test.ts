// The fast method of equal shares by itself: that it proves only what is true when it jumps over steps of the share, that it asks for exact arithmetic
// where floats cannot decide, and that it agrees with exact purchases on elections too large for the slow counts.
import { describe, expect, it, vi } from 'vitest';
import { smallElection, townElection } from '#tests/support/random-elections.ts';
import { Allowance } from './allowance.ts';
import type { Election } from './election.ts';
import { EqualShares } from './equal-shares.ts';
import { ExactShares } from './exact-shares.ts';
import { comparedFractions, fraction, type Fraction } from './fraction.ts';
import { sharesPool, type SharesPool, type Utility } from './shares-pool.ts';
import { tallyOf } from './tally.ts';

// Many elections, and a machine that may be busy with other things.
vi.setConfig({ testTimeout: 120_000 });

const utilities: readonly Utility[] = ['cost', 'cardinality', 'points'];
const poolOf = (election: Election, utility: Utility): SharesPool => sharesPool(tallyOf(election), utility);

/** The same method, looking at every project in every round with exact fractions. */
function exactly(pool: SharesPool, share: Fraction): number[] {
  const { tally } = pool;
  const shares = new ExactShares(pool, share);
  const bought: number[] = [];
  for (;;) {
    let best: { project: number; rho: Fraction } | null = null;
    for (let project = 0; project < tally.projects; project++) {
      const level = bought.includes(project) ? null : shares.level(project);
      if (!level) continue;
      const order = best ? comparedFractions(level.rho, best.rho) : -1;
      if (order < 0 || (order === 0 && tally.rank[project]! < tally.rank[best!.project]!))
        best = { project, rho: level.rho };
    }
    if (!best) return bought;
    shares.take(best.project);
    bought.push(best.project);
  }
}

describe('equal shares in floats', () => {
  it('[FU10] jumps only over steps that change nothing', () => {
    let jumped = 0;
    const elections = [
      ...Array.from({ length: 60 }, (_, seed) =>
        smallElection(seed, { ballotKind: 'points', earmarked: seed % 2 === 0 }),
      ),
      townElection(1, 12, 60, 'points'),
      townElection(2, 25, 200, 'points'),
    ];
    for (const election of elections)
      for (const utility of utilities) {
        const pool = poolOf(election, utility);
        const shares = new EqualShares(pool, new Allowance(pool.tally));
        const at = (raised: number) =>
          shares.run(
            fraction(election.budgetFen + raised * 100 * election.ballots.length, election.ballots.length),
            100,
          );
        for (let raised = 0, runs = 0; runs < 25; runs++) {
          const run = at(raised);
          if (run.sameFor === Infinity) {
            for (const more of [1, 1000, 10 ** 9]) expect(at(raised + more).bought).toEqual(run.bought);
            break;
          }
          jumped += run.sameFor;
          for (const more of new Set([1, 2, Math.floor(run.sameFor / 2), run.sameFor]))
            if (more <= run.sameFor) expect(at(raised + more).bought).toEqual(run.bought);
          raised += run.sameFor + 1;
        }
      }
    expect(jumped).toBeGreaterThan(1000);
  });

  it.each(utilities)('[FU5] %s agrees with exact purchases in a town', (utility) => {
    for (const seed of [1, 2, 3]) {
      const election = townElection(seed, 40, 400, 'points');
      const pool = poolOf(election, utility);
      for (const raised of [0, 37, 160]) {
        const share = fraction(election.budgetFen + raised * 100 * 400, 400);
        expect(new EqualShares(pool, new Allowance(pool.tally)).run(share, 100).bought).toEqual(exactly(pool, share));
      }
    }
  });

  it('[FU5] decides exactly where two prices differ by less than floats can tell', () => {
    // 3 voters hold 1/3 of the budget each. Both projects have two supporters; b is dearer by one part in 10^15, then the two are equal.
    const election = (dearer: number): Election => ({
      budgetFen: 3_000_000_000_000_000,
      projects: [
        { id: 'b', costFen: 1_000_000_000_000_000 + dearer },
        { id: 'a', costFen: 1_000_000_000_000_000 },
      ],
      envelopes: [],
      ballotKind: 'approval',
      ballots: [
        { seat: '1', listed: ['a', 'b'] },
        { seat: '2', listed: ['a'] },
        { seat: '3', listed: ['b'] },
      ],
      ties: { kind: 'draw', seed: '' },
    });
    const first = (dearer: number): { bought: number | undefined; ties: number } => {
      const pool = poolOf(election(dearer), 'cardinality');
      const run = new EqualShares(pool, new Allowance(pool.tally)).run(fraction(1_000_000_000_000_000), 100);
      return { bought: run.bought[0], ties: run.ties.length };
    };
    expect(first(1)).toEqual({ bought: 1, ties: 0 });
    expect(first(-1)).toEqual({ bought: 0, ties: 0 });
    expect(first(0).ties).toBe(1);
  });

  it('[FU5] buys what its supporters can pay to the last fen, and not what they miss by a fraction of one', () => {
    // 7 voters share 1000.00: 100000/7 fen each. Three of them hold 42857 1/7 fen together.
    const bought = (costFen: number): number => {
      const pool = poolOf(
        {
          budgetFen: 100_000,
          projects: [{ id: 'p', costFen }],
          envelopes: [],
          ballotKind: 'approval',
          ballots: Array.from({ length: 7 }, (_, index) => ({ seat: `${index}`, listed: index < 3 ? ['p'] : [] })),
          ties: { kind: 'id' },
        },
        'cost',
      );
      return new EqualShares(pool, new Allowance(pool.tally)).run(fraction(100_000, 7), 100).bought.length;
    };
    expect([bought(42_857), bought(42_858)]).toEqual([1, 0]);
  });

  it('[FU5] buys what takes the very last of everyone, whatever the rounding', () => {
    // n voters first pay for a together, then b costs exactly what is left.
    for (let voters = 2; voters < 30; voters++)
      for (let cost = 1; cost < 30; cost++) {
        const pool = poolOf(
          {
            budgetFen: 1000,
            projects: [
              { id: 'a', costFen: cost },
              { id: 'b', costFen: 1000 - cost },
            ],
            envelopes: [],
            ballotKind: 'approval',
            ballots: Array.from({ length: voters }, (_, index) => ({ seat: `${index}`, listed: ['a', 'b'] })),
            ties: { kind: 'id' },
          },
          'cardinality',
        );
        const run = new EqualShares(pool, new Allowance(pool.tally)).run(fraction(1000, voters), 100);
        expect(run.bought).toEqual([0, 1]);
      }
  });
});
