// What must hold for every election, tried on many made from seeds, and the fast counts held against slow ones written straight from the rules:
// every project looked at in every round, fractions of big integers only, one yuan at a time.
import { describe, expect, it, vi } from 'vitest';
import { smallElection, type ElectionShape } from '#tests/support/random-elections.ts';
import { countElection } from './count.ts';
import type { Election } from './election.ts';
import type { Step } from './explanation.ts';
import { comparedFractions, fraction, greatestDivisor, type Fraction } from './fraction.ts';
import { countingRules } from './rules.ts';
import { tieRanks } from './tie-order.ts';

// Many elections, and a machine that may be busy with other things.
vi.setConfig({ testTimeout: 120_000 });

// Fractions, slowly

const reduced = (num: bigint, den: bigint): Fraction => {
  const divisor = greatestDivisor(num < 0n ? -num : num, den) || 1n;
  return { num: num / divisor, den: den / divisor };
};
const plus = (a: Fraction, b: Fraction): Fraction => reduced(a.num * b.den + b.num * a.den, a.den * b.den);
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { num: -b.num, den: b.den });
const times = (a: Fraction, b: Fraction): Fraction => reduced(a.num * b.num, a.den * b.den);
const over = (a: Fraction, b: Fraction): Fraction => reduced(a.num * b.den, a.den * b.num);
const isLess = (a: Fraction, b: Fraction): boolean => comparedFractions(a, b) < 0;
const least = (a: Fraction, b: Fraction): Fraction => (isLess(b, a) ? b : a);
const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, fraction(0));

// The election, slowly

interface View {
  readonly election: Election;
  readonly cost: (id: string) => number;
  readonly points: readonly ReadonlyMap<string, number>[];
  readonly votes: (id: string) => number;
  readonly score: (id: string) => number;
  readonly first: (ids: readonly string[]) => string;
  readonly fits: (funded: readonly string[], id: string, budget: number) => boolean;
}

function view(election: Election): View {
  const { projects, envelopes, ballots, ballotKind } = election;
  const points = ballots.map((ballot) => {
    const listed = ballot.listed.filter((id) => !ballot.recused?.includes(id));
    return new Map(
      listed.map((id, place) => [
        id,
        ballotKind === 'points' ? ballot.points![ballot.listed.indexOf(id)]! : listed.length - place,
      ]),
    );
  });
  const project = (id: string) => projects.find((each) => each.id === id)!;
  const cost = (id: string): number => project(id).costFen;
  const votes = (id: string): number => points.filter((given) => given.has(id)).length;
  const ranks = tieRanks(
    election,
    projects.map(({ id }) => votes(id)),
  );
  const rank = (id: string): number => ranks[projects.findIndex((each) => each.id === id)]!;
  const spent = (ids: readonly string[]): number => ids.reduce((total, id) => total + cost(id), 0);
  return {
    election,
    cost,
    points,
    votes,
    score: (id) => points.reduce((total, given) => total + (given.get(id) ?? 0), 0),
    first: (ids) => [...ids].sort((a, b) => rank(a) - rank(b))[0]!,
    fits: (funded, id, budget) => {
      const { envelopeId, variantGroup, costFen } = project(id);
      const inEnvelope = funded.filter((other) => project(other).envelopeId === envelopeId);
      const cap = envelopes.find((envelope) => envelope.id === envelopeId)?.capFen ?? Infinity;
      const taken = funded.some((other) => variantGroup !== undefined && project(other).variantGroup === variantGroup);
      return !taken && spent(funded) + costFen <= budget && spent(inEnvelope) + costFen <= cap;
    },
  };
}

type Utility = 'cost' | 'cardinality' | 'points';

/** [FU8] with all payments, so that the outcome can be checked for what it promises as well. */
function slowShares(
  shown: View,
  utility: Utility,
  share: Fraction,
): { bought: string[]; held: Fraction[]; paid: Map<string, Fraction[]> } {
  const { election, cost, points } = shown;
  const held = election.ballots.map(() => share);
  const bought: string[] = [];
  const paid = new Map<string, Fraction[]>();
  const utilityOf = (given: ReadonlyMap<string, number>, id: string): number =>
    !given.has(id) ? 0 : utility === 'cost' ? cost(id) : utility === 'cardinality' ? 1 : given.get(id)!;
  for (;;) {
    const priced: { id: string; rho: Fraction }[] = [];
    for (const { id } of election.projects) {
      const weights = points.map((given) => utilityOf(given, id));
      if (bought.includes(id) || weights.every((weight) => weight === 0) || !shown.fits(bought, id, Infinity)) continue;
      const supporters = weights.flatMap((weight, voter) => (weight > 0 ? [{ weight, has: held[voter]! }] : []));
      if (isLess(sum(supporters.map(({ has }) => has)), fraction(cost(id)))) continue;
      // The poorest relative to their weight give all they have; try how many of them.
      supporters.sort((a, b) => comparedFractions(over(a.has, fraction(a.weight)), over(b.has, fraction(b.weight))));
      for (let poor = 0; poor < supporters.length; poor++) {
        const missing = minus(fraction(cost(id)), sum(supporters.slice(0, poor).map(({ has }) => has)));
        const weight = supporters.slice(poor).reduce((total, each) => total + each.weight, 0);
        const rho = over(missing, fraction(weight));
        if (!isLess(supporters[poor]!.has, times(rho, fraction(supporters[poor]!.weight)))) {
          priced.push({ id, rho });
          break;
        }
      }
    }
    if (priced.length === 0) return { bought, held, paid };
    const rho = priced.map((each) => each.rho).reduce(least);
    const next = shown.first(priced.filter((each) => comparedFractions(each.rho, rho) === 0).map(({ id }) => id));
    const payments = points.map((given, voter) => least(held[voter]!, times(rho, fraction(utilityOf(given, next)))));
    payments.forEach((payment, voter) => (held[voter] = minus(held[voter]!, payment)));
    paid.set(next, payments);
    bought.push(next);
  }
}

/** [FU10] [FU11], one step at a time. With a share that pays for everything alone no larger one changes anything: `raised` is null then. */
function slowRaised(shown: View, utility: Utility, whole: boolean): { bought: string[]; raised: number | null } {
  const { election, cost, votes } = shown;
  const { budgetFen, ballots, projects } = election;
  const all = projects.reduce((total, { costFen }) => total + costFen, 0);
  const even = fraction(budgetFen, ballots.length);
  if (whole && all <= budgetFen) return { bought: slowShares(shown, utility, even).bought, raised: 0 };
  const start = whole ? fraction(Math.floor(budgetFen / 100 / ballots.length) * 100) : even;
  let before: { bought: string[]; raised: number } | null = null;
  for (let raised = 0; ; raised++) {
    const share = plus(start, fraction(raised * 100));
    const { bought } = slowShares(shown, utility, share);
    const spent = bought.reduce((total, id) => total + cost(id), 0);
    if (spent > budgetFen) return before!;
    before = { bought, raised };
    const minded = projects.filter(({ id }) => !bought.includes(id) && (whole || votes(id) > 0));
    if (!minded.some(({ id }) => shown.fits(bought, id, budgetFen))) return before;
    if (!isLess(share, fraction(all))) return { bought, raised: null };
  }
}

/** [FU7] [FU9] */
function slowGreedy(shown: View, funded: readonly string[], score: (id: string) => Fraction): string[] {
  const winners = [...funded];
  let waiting = shown.election.projects.map(({ id }) => id).filter((id) => !winners.includes(id));
  while (waiting.length > 0) {
    const best = waiting.map(score).reduce((a, b) => (isLess(a, b) ? b : a));
    const next = shown.first(waiting.filter((id) => comparedFractions(score(id), best) === 0));
    waiting = waiting.filter((id) => id !== next);
    if (shown.fits(winners, next, shown.election.budgetFen)) winners.push(next);
  }
  return winners;
}

/** [FU12] */
function slowPhragmen(shown: View): string[] {
  const { election, points, votes, cost } = shown;
  const load = election.ballots.map(() => fraction(0));
  const winners: string[] = [];
  for (;;) {
    const open = election.projects
      .map(({ id }) => id)
      .filter(
        (id) =>
          !winners.includes(id) && votes(id) > 0 && cost(id) <= election.budgetFen && shown.fits(winners, id, Infinity),
      );
    if (open.length === 0) return winners;
    const needs = open.map((id) => ({
      id,
      needed: over(
        plus(fraction(cost(id)), sum(load.filter((_, voter) => points[voter]!.has(id)))),
        fraction(votes(id)),
      ),
    }));
    const needed = needs.map((each) => each.needed).reduce(least);
    const equal = needs.filter((each) => comparedFractions(each.needed, needed) === 0).map(({ id }) => id);
    if (equal.some((id) => !shown.fits(winners, id, election.budgetFen))) return winners;
    const next = shown.first(equal);
    winners.push(next);
    points.forEach((given, voter) => {
      if (given.has(next)) load[voter] = needed;
    });
  }
}

/** [FU13]: every set. */
function slowBest(shown: View, weight: (id: string) => number): string[] {
  const order: string[] = [];
  const rest = new Set(shown.election.projects.map(({ id }) => id));
  while (rest.size > 0) {
    const next = shown.first([...rest]);
    order.push(next);
    rest.delete(next);
  }
  const wanted = order.filter((id) => weight(id) > 0);
  let best: { set: string[]; total: number; spent: number } = { set: [], total: 0, spent: 0 };
  // Sets that prefer the first in tie order come first, so that of equals the first one met stands.
  const extend = (at: number, set: string[], total: number, spent: number): void => {
    if (at === wanted.length) {
      if (total > best.total || (total === best.total && spent < best.spent)) best = { set, total, spent };
      return;
    }
    const id = wanted[at]!;
    if (shown.fits(set, id, shown.election.budgetFen))
      extend(at + 1, [...set, id], total + weight(id), spent + shown.cost(id));
    extend(at + 1, set, total, spent);
  };
  extend(0, [], 0, 0);
  return best.set;
}

const bySlowness: Readonly<Record<string, (shown: View) => { winners: string[]; raised?: number | null }>> = (() => {
  const byVotes =
    ({ votes }: View) =>
    (id: string): Fraction =>
      fraction(votes(id));
  const byPoints =
    ({ score }: View) =>
    (id: string): Fraction =>
      fraction(score(id));
  const even = ({ election }: View): Fraction => fraction(election.budgetFen, election.ballots.length);
  const raised = (utility: Utility, whole: boolean) => (shown: View) => {
    const { bought, raised } = slowRaised(shown, utility, whole);
    return { winners: slowGreedy(shown, bought, byVotes(shown)), raised };
  };
  const shares = (utility: Utility, filled: ((shown: View) => (id: string) => Fraction) | null) => (shown: View) => {
    const { bought } = slowShares(shown, utility, even(shown));
    return { winners: filled ? slowGreedy(shown, bought, filled(shown)) : bought, raised: 0 };
  };
  return {
    greedy_votes: (shown) => ({ winners: slowGreedy(shown, [], byVotes(shown)) }),
    greedy_votes_per_cost: (shown) => ({
      winners: slowGreedy(shown, [], (id) => fraction(shown.votes(id), shown.cost(id))),
    }),
    greedy_points: (shown) => ({ winners: slowGreedy(shown, [], byPoints(shown)) }),
    mes_cost: shares('cost', null),
    mes_cost_greedy: shares('cost', byVotes),
    mes_cost_add1u: raised('cost', false),
    mes_cost_tool_add1u: raised('cost', true),
    mes_cardinality: shares('cardinality', null),
    mes_cardinality_greedy: shares('cardinality', byVotes),
    mes_cardinality_add1u: raised('cardinality', false),
    mes_points: shares('points', null),
    mes_points_greedy: shares('points', byPoints),
    phragmen: (shown) => ({ winners: slowPhragmen(shown) }),
    max_welfare_cardinality: (shown) => ({ winners: slowBest(shown, shown.votes) }),
    max_welfare_cost: (shown) => ({ winners: slowBest(shown, (id) => shown.votes(id) * shown.cost(id)) }),
  };
})();

const shapes: readonly ElectionShape[] = [
  { ballotKind: 'approval' },
  { ballotKind: 'points' },
  { ballotKind: 'ranking' },
  { ballotKind: 'approval', earmarked: true },
  { ballotKind: 'points', earmarked: true },
];
const rounds = Number(process.env.YISHI_ROUNDS ?? 15);
const elections = (count = rounds): Election[] =>
  shapes.flatMap((shape, kind) =>
    Array.from({ length: count }, (_, index) => smallElection(index * shapes.length + kind, shape)),
  );
const counted = (election: Election, rule: string) => {
  const result = countElection(election, rule);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result;
};
const rulesFor = (election: Election) =>
  countingRules.filter(({ needsPoints }) => !needsPoints || election.ballotKind !== 'approval').map(({ id }) => id);

describe('against counts written straight from the rules', () => {
  it('has a slow count for every rule', () =>
    expect(Object.keys(bySlowness).sort()).toEqual(countingRules.map(({ id }) => id).sort()));

  it.each(countingRules.map(({ id }) => id))(
    '[FU5] %s funds the same projects, in the same order, after the same raise',
    (rule) => {
      for (const election of elections()) {
        if (!rulesFor(election).includes(rule)) continue;
        const slow = bySlowness[rule]!(view(election));
        const fast = counted(election, rule);
        const opened = fast
          .explain()
          .steps.find((step): step is Extract<Step, { kind: 'shares' }> => step.kind === 'shares');
        const raised = slow.raised === null ? null : opened?.raisedYuan;
        expect({ winners: fast.winners, raised, election }).toEqual({ ...slow, raised: slow.raised, election });
      }
    },
  );
});

describe('for every election', () => {
  it('[FU6] no rule spends more than the budget or an envelope, or funds two variants', () => {
    for (const election of elections())
      for (const rule of rulesFor(election)) {
        const { winners, costFen } = counted(election, rule);
        const funded = election.projects.filter(({ id }) => winners.includes(id));
        expect(funded.reduce((total, project) => total + project.costFen, 0)).toBe(costFen);
        expect(costFen).toBeLessThanOrEqual(election.budgetFen);
        for (const { id, capFen } of election.envelopes)
          expect(
            funded.filter(({ envelopeId }) => envelopeId === id).reduce((total, project) => total + project.costFen, 0),
          ).toBeLessThanOrEqual(capFen);
        const groups = funded.flatMap(({ variantGroup }) => variantGroup ?? []);
        expect(new Set(groups).size).toBe(groups.length);
      }
  });

  it('[FU3] the order of ballots and projects changes nothing', () => {
    for (const election of elections())
      for (const rule of rulesFor(election)) {
        const turned: Election = {
          ...election,
          projects: [...election.projects].reverse(),
          ballots: [...election.ballots].reverse(),
        };
        expect(counted(turned, rule).winners).toEqual(counted(election, rule).winners);
      }
  });

  it('[FU3] another tie rule changes the outcome only where a tie was decided', () => {
    let changed = 0;
    for (const election of elections())
      for (const rule of rulesFor(election)) {
        const draws = ['a', 'b', 'c'].map((seed) => counted({ ...election, ties: { kind: 'draw', seed } }, rule));
        const outcomes = new Set(draws.map(({ winners }) => [...winners].sort().join()));
        if (outcomes.size === 1) continue;
        changed++;
        // A raised share may meet its tie in a run before the last; every other rule names it.
        if (!rule.includes('add1')) expect(draws.every(({ ties }) => ties.length > 0)).toBe(true);
      }
    expect(changed).toBeGreaterThan(0);
  });

  it.each(['greedy_votes', 'greedy_votes_per_cost', 'greedy_points'])(
    '[FU7] one more ballot for a winner never takes it away under %s',
    (rule) => {
      for (const election of elections())
        for (const winner of rulesFor(election).includes(rule) ? counted(election, rule).winners : []) {
          const added: Election = {
            ...election,
            ballots: [...election.ballots, { seat: 'added', listed: [winner], points: [1] }],
          };
          expect(counted(added, rule).winners).toContain(winner);
        }
    },
  );

  it.each(['cost', 'cardinality', 'points'] as const)(
    '[FU8] mes_%s without caps is priceable: supporters pay each winner in full from equal shares, and cannot buy another',
    (utility) => {
      for (const election of elections()) {
        if (election.envelopes.length > 0 || (utility === 'points' && election.ballotKind === 'approval')) continue;
        const shown = view(election);
        const share = fraction(election.budgetFen, election.ballots.length);
        const { winners } = counted(election, `mes_${utility}`);
        const { held, paid } = slowShares(shown, utility, share);
        expect(winners).toEqual([...paid.keys()]);
        for (const [id, payments] of paid) {
          expect(sum(payments)).toEqual(fraction(shown.cost(id)));
          payments.forEach((payment, voter) => {
            if (payment.num !== 0n) expect(shown.points[voter]!.has(id)).toBe(true);
          });
        }
        election.ballots.forEach((_, voter) => {
          const spent = sum([...paid.values()].map((payments) => payments[voter]!));
          expect(plus(spent, held[voter]!)).toEqual(reduced(share.num, share.den));
          expect(isLess(held[voter]!, fraction(0))).toBe(false);
        });
        for (const { id, costFen } of election.projects) {
          if (winners.includes(id)) continue;
          const supporters = held.filter((_, voter) =>
            utility === 'points' ? (shown.points[voter]!.get(id) ?? 0) > 0 : shown.points[voter]!.has(id),
          );
          expect(supporters.length === 0 || isLess(sum(supporters), fraction(costFen))).toBe(true);
        }
      }
    },
  );

  it('[FU14] every project has one reason, and every loser something that stood against it', () => {
    for (const election of elections())
      for (const rule of rulesFor(election)) {
        const { winners, explain } = counted(election, rule);
        const { reasons, steps } = explain();
        expect(reasons.map(({ projectId }) => projectId)).toEqual(election.projects.map(({ id }) => id));
        for (const reason of reasons) {
          expect(reason.funded).toBe(winners.includes(reason.projectId));
          if (reason.funded) expect(steps[reason.step]).toMatchObject({ kind: 'take', projectId: reason.projectId });
          else {
            expect(reason.obstacles).not.toEqual([]);
            for (const obstacle of reason.obstacles)
              if ('missingFen' in obstacle) expect(obstacle.missingFen).toBeGreaterThan(0);
          }
        }
        const left = steps.map(({ remainingFen }) => remainingFen);
        expect(left).toEqual([...left].sort((a, b) => b - a));
      }
  });
});
