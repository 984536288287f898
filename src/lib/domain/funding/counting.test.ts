// Small elections with the outcome worked out by hand beside them, one or more for each rule. Amounts are written in yuan.
import { describe, expect, it } from 'vitest';
import { countElection, countJson, type CountResult } from './count.ts';
import type { Election, FundingBallot, FundingProject, TieRule } from './election.ts';
import type { Reason } from './explanation.ts';
import { lotOf } from './tie-order.ts';

interface Sketch {
  readonly budget: number;
  /** id: cost in yuan, or the whole project. */
  readonly projects: Readonly<Record<string, number | Partial<FundingProject>>>;
  /** One string a ballot: `ab` lists a and b; `a3 b1` gives points. */
  readonly ballots: readonly string[];
  readonly recused?: Readonly<Record<number, readonly string[]>>;
  readonly kind?: Election['ballotKind'];
  readonly caps?: Readonly<Record<string, number>>;
  readonly ties?: TieRule;
}

function election({
  budget,
  projects,
  ballots,
  recused,
  kind = 'approval',
  caps = {},
  ties = { kind: 'id' },
}: Sketch): Election {
  return {
    budgetFen: budget * 100,
    projects: Object.entries(projects).map(([id, project]) =>
      typeof project === 'number' ? { id, costFen: project * 100 } : { id, costFen: 0, ...project },
    ),
    envelopes: Object.entries(caps).map(([id, cap]) => ({ id, capFen: cap * 100 })),
    ballotKind: kind,
    ballots: ballots.map((text, index): FundingBallot => {
      const pairs = [...text.matchAll(/([a-z])(\d*)/g)];
      return {
        seat: `${index + 1}`,
        listed: pairs.map(([, id]) => id!),
        ...(kind === 'points' && { points: pairs.map(([, , given]) => Number(given)) }),
        ...(recused?.[index + 1] && { recused: recused[index + 1] }),
      };
    }),
    ties,
  };
}

function count(sketch: Sketch, rule: string): CountResult {
  const result = countElection(election(sketch), rule);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result;
}
const winners = (sketch: Sketch, rule: string): string => count(sketch, rule).winners.join('');
function reasonFor(sketch: Sketch, rule: string, id: string): Reason {
  return count(sketch, rule)
    .explain()
    .reasons.find(({ projectId }) => projectId === id)!;
}

describe('greedy', () => {
  // V: a 3, b 2, c 1. Per yuan: b 0.10, a 0.05, c 0.025.
  const three: Sketch = { budget: 70, projects: { a: 60, b: 20, c: 10 }, ballots: ['ab', 'ab', 'ac'] };

  it('[FU7] greedy_votes skips what does not fit and goes on', () => {
    // a takes 60 of 70; b costs 20 of 10; c costs 10 of 10.
    expect(winners(three, 'greedy_votes')).toBe('ac');
    expect(reasonFor(three, 'greedy_votes', 'b')).toMatchObject({
      funded: false,
      supporters: 2,
      obstacles: [{ kind: 'over-budget', remainingFen: 1000, missingFen: 1000 }],
    });
  });

  it('[FU7] greedy_votes_per_cost takes the most votes per yuan first', () => {
    // c: 1 vote for 10 = 0.10, equal to b: 2 for 20. b goes first by id, then c, then a does not fit in 40.
    expect(winners(three, 'greedy_votes_per_cost')).toBe('bc');
    // At 21, c has 0.048 and falls behind a: b, a, and nothing is left.
    expect(winners({ ...three, budget: 80, projects: { a: 60, b: 20, c: 21 } }, 'greedy_votes_per_cost')).toBe('ba');
  });

  it('[FU7] greedy_votes also takes what nobody voted for, if it fits', () => {
    expect(winners({ ...three, budget: 200, projects: { a: 60, b: 20, c: 10, d: 5 } }, 'greedy_votes')).toBe('abcd');
  });

  it('[FU2] greedy_points adds points by position; a project listed twice counts once', () => {
    // S: a 1, b 5, c 4; V: a 2, b 1, c 1.
    const points: Sketch = {
      budget: 30,
      projects: { a: 10, b: 10, c: 20 },
      ballots: ['a1 b5', 'c4 a0'],
      kind: 'points',
    };
    expect(winners(points, 'greedy_points')).toBe('bc');
    expect(winners(points, 'greedy_votes')).toBe('ab');
    const twice: Sketch = { budget: 10, projects: { a: 10, b: 10 }, ballots: ['aa', 'b', 'b'] };
    expect(winners(twice, 'greedy_votes')).toBe('b');
  });

  it('[FU2] a ranking gives the last-listed 1 point and the first as many as are listed', () => {
    // abc: 3 2 1 · b: 1 · cb: 2 1 → a 3, b 4, c 3.
    const ranking: Sketch = {
      budget: 20,
      projects: { a: 10, b: 10, c: 10 },
      ballots: ['abc', 'b', 'cb'],
      kind: 'ranking',
    };
    expect(winners(ranking, 'greedy_points')).toBe('ba');
  });

  it('refuses a rule of points over approval ballots, and a rule that does not exist', () => {
    expect(countElection(election(three), 'greedy_points')).toMatchObject({
      ok: false,
      refusal: { kind: 'rule-needs-points' },
    });
    expect(countElection(election(three), 'mes_votes')).toMatchObject({ ok: false, refusal: { kind: 'unknown-rule' } });
  });
});

describe('equal shares', () => {
  // 4 voters, 130: 32.50 each. a asks 20 of each of 3 (rho 1/3), b 20 of each of 2 (rho 1/2), c 30 of one (rho 1).
  // a is bought: voters 1, 2, 3 hold 12.50. b: 25 of 40. c is bought. 40 are left.
  const four: Sketch = { budget: 130, projects: { a: 60, b: 40, c: 30 }, ballots: ['ab', 'ab', 'a', 'c'] };

  it('[FU8] mes_cost buys while supporters can pay', () => {
    expect(winners(four, 'mes_cost')).toBe('ac');
    expect(reasonFor(four, 'mes_cost', 'a')).toMatchObject({
      funded: true,
      supporters: 3,
      how: { kind: 'by-shares', payFen: 2000, inFull: 3, withTheirRest: 0 },
    });
    expect(reasonFor(four, 'mes_cost', 'b')).toMatchObject({
      funded: false,
      obstacles: [{ kind: 'supporters-short', holdFen: 2500, missingFen: 1500 }],
    });
  });

  it('[FU9] mes_cost_greedy fills what is left by votes', () => {
    expect(winners(four, 'mes_cost_greedy')).toBe('acb');
    expect(reasonFor(four, 'mes_cost_greedy', 'b')).toMatchObject({
      funded: true,
      how: { kind: 'by-score', measure: 'votes' },
    });
  });

  it('[FU10] mes_cost_add1u raises the share yuan by yuan until supported projects no longer fit', () => {
    // With k yuan more, voters 1 and 2 hold 12.50 + k each after a, and b needs 20 of each: k = 8, and then a, b, c cost 130.
    const result = count(four, 'mes_cost_add1u');
    expect(result.winners.join('')).toBe('abc');
    expect(result.explain().steps[0]).toMatchObject({
      kind: 'shares',
      raisedYuan: 8,
      perVoter: { num: '16200', den: '4' },
    });
  });

  // d asks 10 more of voter 4. At k = 8 voter 4 could pay c and d (40), voters 1 and 2 could pay b: 140 of 130. At k = 7 neither.
  const five: Sketch = { ...four, projects: { ...four.projects, d: 10 }, ballots: ['ab', 'ab', 'a', 'cd'] };

  it('[FU10] mes_cost_add1u keeps the outcome before the one that is too dear', () => {
    const result = count(five, 'mes_cost_add1u');
    // b is then filled in by votes.
    expect(result.winners.join('')).toBe('acb');
    expect(result.explain().steps[0]).toMatchObject({ raisedYuan: 7, perVoter: { num: '15800', den: '4' } });
  });

  it('[FU11] mes_cost_tool_add1u starts from whole yuan, unless everything fits', () => {
    expect(count(four, 'mes_cost_tool_add1u').explain().steps[0]).toMatchObject({
      raisedYuan: 0,
      perVoter: { num: '13000', den: '4' },
    });
    // 32 each: at 40 all four would be bought, at 39 only a and c.
    const result = count(five, 'mes_cost_tool_add1u');
    expect(result.winners.join('')).toBe('acb');
    expect(result.explain().steps[0]).toMatchObject({ raisedYuan: 7, perVoter: { num: '3900', den: '1' } });
  });

  it('[FU11] a project nobody supports keeps the tool raising, but not for ever', () => {
    // d fits into what is left and can never be bought, so the share grows until a yuan more changes nothing; then d is filled in.
    const unwanted: Sketch = { budget: 100, projects: { a: 60, d: 40, e: 90 }, ballots: ['a'] };
    expect(winners(unwanted, 'mes_cost_tool_add1u')).toBe('ad');
  });

  it('[FU8] who cannot pay in full pays what they hold, and the others share the rest', () => {
    // 3 voters, 30 each. a: 20 of voters 1 and 2 (rho 20). b: voter 2 holds 10, voter 3 pays 26 of 36.
    const poor: Sketch = { budget: 90, projects: { a: 40, b: 36 }, ballots: ['a', 'ab', 'b'] };
    // b asks 18 of each at first, less than a: then voter 2 holds 12, and a takes 28 of voter 1.
    expect(winners(poor, 'mes_cardinality')).toBe('ba');
    expect(reasonFor(poor, 'mes_cardinality', 'a')).toMatchObject({
      how: { payFen: 2800, inFull: 1, withTheirRest: 1 },
    });
    // Per yuan of cost both are 1/2; a goes first by id, then b takes 26 of voter 3.
    const tied = count(poor, 'mes_cost');
    expect(tied.winners.join('')).toBe('ab');
    expect(tied.ties).toEqual([{ step: 1, tied: ['a', 'b'], decisive: false }]);
    expect(reasonFor(poor, 'mes_cost', 'b')).toMatchObject({ how: { payFen: 2600, inFull: 1, withTheirRest: 1 } });
  });

  it('[FU8] mes_cardinality prefers what asks least of each supporter, mes_cost what gives most for it', () => {
    // 4 voters, 25 each. a: 60 from 3 = 20 each, rho 20 or 1/3. b: 30 from 2 = 15 each, rho 15 or 1/2.
    const two: Sketch = { budget: 100, projects: { a: 60, b: 30 }, ballots: ['ab', 'ab', 'a', ''] };
    // b first leaves voters 1 and 2 with 10, so a gets 10 + 10 + 25 of 60; a first leaves them with 5, so b gets 10 of 30.
    expect(winners(two, 'mes_cardinality')).toBe('b');
    expect(winners(two, 'mes_cost')).toBe('a');
    expect(winners(two, 'mes_cardinality_greedy')).toBe('ba');
    // With 2 yuan more each, b leaves them with 12 and voter 3 with 27: 51 of 60; with 5 more 15 + 15 + 30 = 60.
    const raised = count(two, 'mes_cardinality_add1u');
    expect(raised.winners.join('')).toBe('ba');
    expect(raised.explain().steps[0]).toMatchObject({ raisedYuan: 5 });
  });

  it('[FU8] mes_points: each pays by the points given', () => {
    // 2 voters, 30 each. b: 20 from voter 2 with 3 points, rho 6.67. a: 30 from 2 + 1 points, rho 10: 20 and 10, all voter 2 has left.
    const points: Sketch = {
      budget: 60,
      projects: { a: 30, b: 20, c: 15 },
      ballots: ['a2', 'b3 a1 c0'],
      kind: 'points',
    };
    expect(winners(points, 'mes_points')).toBe('ba');
    expect(reasonFor(points, 'mes_points', 'a')).toMatchObject({ supporters: 2, how: { payFen: 1000, inFull: 2 } });
    // Listed with 0 points is no support for money, yet it is filled in where points decide.
    expect(reasonFor(points, 'mes_points', 'c')).toMatchObject({
      supporters: 0,
      obstacles: [{ kind: 'no-supporters' }],
    });
    expect(winners({ ...points, budget: 65 }, 'mes_points_greedy')).toBe('bac');
  });

  it('[FU1] a recused choice counts as unlisted and n stays', () => {
    // Without voter 3 on a, 30 of each of 2: with 32.50 each they can; b then gets 5 of 40.
    const recused: Sketch = { ...four, recused: { 3: ['a'] } };
    expect(reasonFor(recused, 'mes_cost', 'a')).toMatchObject({ supporters: 2, how: { payFen: 3000 } });
    expect(count(recused, 'mes_cost').explain().steps[0]).toMatchObject({ perVoter: { num: '13000', den: '4' } });
    // b is now as good per yuan of cost as a (1/2), and a goes first by id.
    expect(winners(recused, 'mes_cost')).toBe('ac');
  });
});

describe('Phragmén', () => {
  it('[FU12] least load first, and it stops at the first that does not fit', () => {
    // a: 54 / 3 = 18, b: 38 / 2 = 19, c: 30, e: 10. e first (load 10 on voter 4): c then needs 40. a: voters 1-3 carry 18, b needs (38 + 36) / 2 = 37.
    // b does not fit in 100 - 64 = 36: the count stops, though c (30) would fit.
    const five: Sketch = { budget: 100, projects: { a: 54, b: 38, c: 30, e: 10 }, ballots: ['ab', 'ab', 'a', 'ce'] };
    expect(winners(five, 'phragmen')).toBe('ea');
    expect(reasonFor(five, 'phragmen', 'a')).toMatchObject({ how: { kind: 'by-load', loadFen: 1800 } });
    expect(reasonFor(five, 'phragmen', 'b')).toMatchObject({
      obstacles: [{ kind: 'over-budget', remainingFen: 3600, missingFen: 200 }],
    });
    expect(reasonFor(five, 'phragmen', 'c')).toMatchObject({ obstacles: [{ kind: 'stopped-at', projectId: 'b' }] });
  });

  it('[FU12] stops when any of equally loaded projects does not fit', () => {
    // a and b both need 20; a (40) fits, b (60) does not in 50.
    const equal: Sketch = { budget: 50, projects: { a: 40, b: 48, c: 60 }, ballots: ['ac', 'ac', 'c', 'b', 'b'] };
    // a: 20, c: 20 but c is over the whole budget and never stands; b: 24. a goes first, then b does not fit in 10.
    expect(winners(equal, 'phragmen')).toBe('a');
    expect(winners({ ...equal, budget: 60 }, 'phragmen')).toBe('a');
    // With 59.99… for c, it stands: now the least are a and c, both fit in 60, and after a nothing else does.
    expect(count({ ...equal, budget: 60 }, 'phragmen').ties[0]).toMatchObject({ tied: ['a', 'c'], decisive: true });
    // Were 20 already spent on something nobody else needs, c would no longer fit and stop the count before a.
    const spent: Sketch = { budget: 60, projects: { a: 40, c: 60, d: 10 }, ballots: ['ac', 'ac', 'c', 'd'] };
    expect(winners(spent, 'phragmen')).toBe('d');
  });
});

it('[FU5] Phragmén tells loads apart that floats cannot', () => {
  const near = (dearer: number): readonly string[] => {
    const result = countElection(
      {
        ...election({ budget: 1, projects: {}, ballots: ['a', 'b'] }),
        budgetFen: 3e15,
        projects: [
          { id: 'a', costFen: 1e15 + dearer },
          { id: 'b', costFen: 1e15 },
        ],
      },
      'phragmen',
    );
    return result.ok ? result.winners : [];
  };
  expect([near(0), near(1), near(-1)]).toEqual([
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'b'],
  ]);
});

describe('the best combination', () => {
  it('[FU13] weighs all sets that fit', () => {
    // a alone: 3 votes for 60. b and c: 2 + 2 for 100. By cost: a 180, b and c 200; a with d (1 vote, 40): 4 votes, 220.
    const sets: Sketch = { budget: 100, projects: { a: 60, b: 50, c: 50 }, ballots: ['ab', 'abc', 'ac'] };
    expect(winners(sets, 'max_welfare_cardinality')).toBe('bc');
    expect(winners(sets, 'max_welfare_cost')).toBe('bc');
    expect(reasonFor(sets, 'max_welfare_cardinality', 'a')).toMatchObject({
      obstacles: [{ kind: 'not-in-best', best: '4', withIt: '3' }],
    });
    const more: Sketch = { budget: 100, projects: { a: 60, b: 50, c: 50, d: 40 }, ballots: ['ab', 'abc', 'acd'] };
    expect(winners(more, 'max_welfare_cost')).toBe('ad');
    // 4 votes either way: {b, c} costs as much as {a, d}, and a is the first they differ in.
    expect(winners(more, 'max_welfare_cardinality')).toBe('ad');
    expect(count(more, 'max_welfare_cardinality').ties).toEqual([
      { step: 0, tied: ['a', 'b', 'c', 'd'], decisive: true },
    ]);
  });

  it('[FU13] of equal sets the cheapest stands; what adds nothing is left out', () => {
    const equal: Sketch = { budget: 100, projects: { a: 60, b: 50, d: 1 }, ballots: ['a', 'b'] };
    expect(winners(equal, 'max_welfare_cardinality')).toBe('b');
    expect(count(equal, 'max_welfare_cardinality').ties).toEqual([]);
    expect(reasonFor(equal, 'max_welfare_cardinality', 'd')).toMatchObject({ obstacles: [{ kind: 'no-supporters' }] });
    expect(reasonFor(equal, 'max_welfare_cardinality', 'a')).toMatchObject({ obstacles: [{ best: '1', withIt: '1' }] });
  });
});

describe('ties', () => {
  const two: Sketch = { budget: 10, projects: { b: 10, a: 9 }, ballots: ['ab'] };
  it.each<[TieRule, string]>([
    [{ kind: 'id' }, 'a'],
    [{ kind: 'lower-cost' }, 'a'],
    [{ kind: 'draw', seed: 'x' }, lotOf('x', 'a') < lotOf('x', 'b') ? 'a' : 'b'],
  ])('[FU3] %j', (ties, first) => {
    expect(winners({ ...two, ties }, 'greedy_votes')).toBe(first);
    expect(count({ ...two, ties }, 'greedy_votes').ties).toMatchObject([{ decisive: true }]);
  });

  it('[FU3] ids are compared as text, lower cost and more votes decide before them', () => {
    const numbered = (ties: TieRule, costs: readonly [number, number]): string[] => {
      const base = election({ budget: 10, projects: {}, ballots: [], ties, kind: 'points' });
      const result = countElection(
        {
          ...base,
          projects: [
            { id: '2', costFen: costs[0] },
            { id: '10', costFen: costs[1] },
          ],
          // Both have 2 points; 2 has two votes.
          ballots: [
            { seat: '1', listed: ['2', '10'], points: [1, 2] },
            { seat: '2', listed: ['2'], points: [1] },
          ],
        },
        'greedy_points',
      );
      return result.ok ? [...result.winners] : [];
    };
    expect(numbered({ kind: 'id' }, [1000, 1000])).toEqual(['10']);
    expect(numbered({ kind: 'lower-cost' }, [999, 1000])).toEqual(['2']);
    expect(numbered({ kind: 'more-votes' }, [1000, 1000])).toEqual(['2']);
  });

  it('[FU4] lots are what sha256sum prints', () => {
    const seed = '2026-04-18 公开抽签 7-19-23';
    expect(lotOf(seed, 'P1')).toBe('4b2f07e301b0c2e698c5fd4bf2f9a900192210d6f40f68280df6917e9f33579e');
    expect(lotOf(seed, 'P2')).toBe('b3c848411207e87bc17babfb62220d59086a071c20999a94f87b45ac2ad862a9');
    const drawn: Sketch = { budget: 10, projects: { a: 10, b: 10, c: 10, d: 10 }, ballots: ['abcd'] };
    const order = ['a', 'b', 'c', 'd'].sort((x, y) => (lotOf('s', x) < lotOf('s', y) ? -1 : 1));
    expect(winners({ ...drawn, budget: 40, ties: { kind: 'draw', seed: 's' } }, 'greedy_votes')).toBe(order.join(''));
    expect(winners({ ...drawn, budget: 40, ties: { kind: 'draw', seed: 't' } }, 'greedy_votes')).not.toBe(
      order.join(''),
    );
  });
});

describe('envelopes and variants', () => {
  // V: a 3, b 2, c 1. a and b share an envelope of 90.
  const capped: Sketch = {
    budget: 200,
    projects: { a: { costFen: 6000, envelopeId: 'E' }, b: { costFen: 4000, envelopeId: 'E' }, c: 40 },
    ballots: ['abc', 'ab', 'a'],
    caps: { E: 90 },
  };
  it.each(['greedy_votes', 'mes_cost', 'mes_cost_add1u', 'phragmen', 'max_welfare_cost'])(
    '[FU6] %s: what is over its envelope is unaffordable, whatever the budget',
    (rule) => {
      expect(winners(capped, rule)).toBe('ac');
      const reason = reasonFor(capped, rule, 'b');
      if (rule !== 'max_welfare_cost')
        expect(reason).toMatchObject({
          obstacles: [{ kind: 'envelope-full', envelopeId: 'E', remainingFen: 3000, missingFen: 1000 }],
        });
    },
  );

  it('[FU6] max_welfare_cardinality: one fen short is short', () => {
    const under = (cap: number): string => winners({ ...capped, caps: { E: cap } }, 'max_welfare_cardinality');
    expect(under(100)).toBe('abc');
    expect(under(99.99)).toBe('ac');
  });

  // a asks for 60, b is the same project for 40; both have 2 of 3 voters, c has one.
  const variants: Sketch = {
    budget: 100,
    projects: { a: { costFen: 6000, variantGroup: 'P' }, b: { costFen: 4000, variantGroup: 'P' }, c: 30 },
    ballots: ['ab', 'ab', 'c'],
  };
  it.each([
    // Equal votes, equal price per yuan of cost: a first by id.
    ['greedy_votes', 'ac'],
    ['mes_cost_greedy', 'ac'],
    // b asks 20 of each, a 30.
    ['mes_cardinality_add1u', 'bc'],
    ['phragmen', 'bc'],
    // 3 votes with either; with b they cost less.
    ['max_welfare_cardinality', 'bc'],
  ])('[FU6] %s: of two variants one is funded', (rule, outcome) => {
    expect(winners(variants, rule)).toBe(outcome);
    if (outcome === 'ac')
      expect(reasonFor(variants, rule, 'b')).toMatchObject({ obstacles: [{ kind: 'variant-taken', projectId: 'a' }] });
  });
});

it('prints amounts in yuan, decimals exactly', () => {
  const result = countElection(
    { ...election({ budget: 1, projects: {}, ballots: ['a'] }), budgetFen: 1010, projects: [{ id: 'a', costFen: 7 }] },
    'greedy_votes',
  );
  if (!result.ok) throw new Error();
  expect(JSON.parse(countJson(election({ budget: 1, projects: {}, ballots: [] }), result, false))).toEqual({
    rule: 'greedy_votes',
    winners: ['a'],
    cost: 0.07,
    budget: 10.1,
    ties: [],
  });
});
