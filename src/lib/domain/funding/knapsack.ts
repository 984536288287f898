// The affordable combination with the greatest total ([FU13]), exactly: dynamic programming over undominated (cost, total) pairs, with combinations
// dropped that a fractional filling of the rest could not bring up to the best one known. Called by the max_welfare_ rules.
//
// Variants of one project are one class of alternatives. The projects of an envelope too small for them all become one class as well: every
// undominated combination within its cap is an alternative. So one mechanism serves budget, variants and envelopes.
import type { Count } from './counting.ts';
import type { Welfare } from './explanation.ts';
import { greatestDivisor } from './fraction.ts';
import { lazily } from './lazily.ts';
import type { Tally } from './tally.ts';
import { Trail } from './trail.ts';

/** A set of projects with its cost and total; sets with equal cost and total are kept as `others`. Built up from one set and one alternative. */
interface Combination {
  readonly cost: number;
  readonly total: number;
  /** Null for a single project, given by `project`, or for the empty set. */
  readonly parts: readonly [Combination, Combination] | null;
  readonly project: number;
  readonly others: readonly (readonly [Combination, Combination])[];
  /** One bit per project, the first in tie order the highest: of two sets the one with the greater mask is preferred. */
  mask: bigint | null;
}

const nothing: Combination = { cost: 0, total: 0, parts: null, project: -1, others: [], mask: 0n };

/** Takes at most one alternative. */
type Class = readonly Combination[];

export function countBestCombination(tally: Tally, welfare: Welfare): Count {
  const { ids, cost, votes, rank } = tally;
  const isWanted = (project: number): boolean =>
    votes[project]! > 0 && (welfare === 'votes' || cost[project]! > 0) && cost[project]! <= tally.budget;
  // Whole numbers stay exact up to 2^53; in units of the greatest common divisor of all costs no real ballot comes near it.
  const unit = commonDivisor([...cost].filter((each) => each > 0));
  if ((tally.budget / unit) * votes.reduce((most, each) => Math.max(most, each), 1) > Number.MAX_SAFE_INTEGER)
    throw new RangeError('the amounts are too large for an exact total');
  const single = (project: number): Combination => ({
    cost: cost[project]! / unit,
    total: welfare === 'votes' ? votes[project]! : (votes[project]! * cost[project]!) / unit,
    parts: null,
    project,
    others: [],
    mask: 1n << BigInt(tally.projects - 1 - rank[project]!),
  });

  const solve = (forced: number | null): Combination | null => {
    const budget = Math.floor((tally.budget - (forced === null ? 0 : cost[forced]!)) / unit);
    if (budget < 0) return null;
    const classes = classesOf(forced, budget);
    return classes && best(classes, budget);
  };

  /** Null when the forced project alone breaks its envelope. */
  function classesOf(forced: number | null, budget: number): Class[] | null {
    const wanted = ids
      .map((_, project) => project)
      .filter((project) => isWanted(project) && project !== forced && !(forced !== null && sameGroup(project, forced)));
    const classes: Class[] = [];
    for (let envelope = -1; envelope < tally.election.envelopes.length; envelope++) {
      const inside = grouped(wanted.filter((project) => tally.envelope[project] === envelope));
      if (envelope === -1) {
        classes.push(...inside);
        continue;
      }
      const bound = forced !== null && tally.envelope[forced] === envelope ? cost[forced]! : 0;
      const cap = Math.floor((tally.election.envelopes[envelope]!.capFen - bound) / unit);
      if (cap < 0) return null;
      const all = inside.reduce((sum, alternatives) => sum + Math.max(...alternatives.map((each) => each.cost)), 0);
      if (all <= cap) classes.push(...inside);
      else classes.push(frontier(inside, Math.min(cap, budget)).filter((each) => each.total > 0));
    }
    return classes;
  }

  function grouped(projects: readonly number[]): Class[] {
    const classes = new Map<string, Combination[]>();
    for (const project of projects) {
      const key = tally.group[project]! < 0 ? `p${project}` : `g${tally.group[project]}`;
      const known = classes.get(key);
      if (known) known.push(single(project));
      else classes.set(key, [single(project)]);
    }
    return [...classes.values()];
  }

  const sameGroup = (a: number, b: number): boolean => tally.group[a]! >= 0 && tally.group[a] === tally.group[b];

  const found = solve(null) ?? nothing;
  const chosen = maskOf(found);
  const { some, all } = spread(found);
  const within = (mask: bigint): number[] =>
    ids
      .map((_, project) => project)
      .filter((project) => ((mask >> BigInt(tally.projects - 1 - rank[project]!)) & 1n) === 1n)
      .sort((a, b) => rank[a]! - rank[b]!);

  const trail = new Trail(tally);
  const welfareOf = (combination: Combination, forced: number | null): string => {
    const weight = (project: number): bigint => (welfare === 'votes' ? 1n : BigInt(cost[project]!));
    const own = forced === null ? 0n : BigInt(votes[forced]!) * weight(forced);
    return String(BigInt(combination.total) * (welfare === 'votes' ? 1n : BigInt(unit)) + own);
  };
  const bestTotal = lazily(() => welfareOf(found, null));
  if (some !== all) trail.tie(0, within(some & ~all));
  let remaining = tally.budget;
  for (const project of within(chosen)) {
    remaining -= cost[project]!;
    trail.take(project, () => ({ kind: 'in-best', welfare, best: bestTotal() }), remaining);
  }
  ids.forEach((_, project) => {
    if (trail.has(project)) return;
    trail.hinder(project, () => {
      if (votes[project] === 0) return { kind: 'no-supporters' };
      const withIt = solve(project);
      return { kind: 'not-in-best', welfare, best: bestTotal(), withIt: withIt && welfareOf(withIt, project) };
    });
  });
  return {
    winners: trail.winners,
    ties: trail.ties(),
    explain: () => trail.explanation((project) => votes[project]!),
  };
}

const commonDivisor = (amounts: readonly number[]): number =>
  amounts.length === 0 ? 1 : Number(amounts.map(BigInt).reduce(greatestDivisor));

function maskOf(set: Combination): bigint {
  return (set.mask ??= set.parts ? maskOf(set.parts[0]) | maskOf(set.parts[1]) : 0n);
}

/** Projects in some and in all of the sets that equal this one in cost and total. */
function spread(
  set: Combination,
  known = new Map<Combination, { some: bigint; all: bigint }>(),
): { some: bigint; all: bigint } {
  const before = known.get(set);
  if (before) return before;
  const own = maskOf(set);
  let [some, all] = [own, own];
  if (set.parts) {
    const ways = [set.parts, ...set.others].map(
      ([left, right]) => [spread(left, known), spread(right, known)] as const,
    );
    some = ways.reduce((sum, [left, right]) => sum | left.some | right.some, 0n);
    all = ways.reduce((sum, [left, right]) => sum & (left.all | right.all), ~0n);
  }
  const found = { some, all };
  known.set(set, found);
  return found;
}

/** The undominated sets after one more class, by rising cost and total. */
function extended(sets: readonly Combination[], alternatives: Class, budget: number): Combination[] {
  let merged: Combination[] = sets.slice();
  for (const alternative of alternatives) {
    const added: Combination[] = [];
    for (const set of sets) {
      const cost = set.cost + alternative.cost;
      if (cost > budget) break;
      added.push({
        cost,
        total: set.total + alternative.total,
        parts: [set, alternative],
        project: -1,
        others: [],
        mask: null,
      });
    }
    merged = undominated(merged, added);
  }
  return merged;
}

/** Merges two lists sorted by cost; of equal sets the preferred one stays and remembers the other. */
function undominated(a: readonly Combination[], b: readonly Combination[]): Combination[] {
  const kept: Combination[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    const takeLeft =
      right === undefined ||
      (left !== undefined && (left.cost < right.cost || (left.cost === right.cost && left.total >= right.total)));
    const next = takeLeft ? left! : right;
    if (takeLeft) i++;
    else j++;
    const last = kept[kept.length - 1];
    if (!last || next.total > last.total) kept.push(next);
    else if (next.total === last.total && next.cost === last.cost) kept[kept.length - 1] = preferred(last, next);
  }
  return kept;
}

/** A new object: what was built on the old one did not have the other's alternatives open to it. */
function preferred(a: Combination, b: Combination): Combination {
  const [winner, other] = maskOf(a) >= maskOf(b) ? [a, b] : [b, a];
  if (!other.parts) return winner;
  return { ...winner, others: [...winner.others, other.parts, ...other.others] };
}

/** Every undominated set within the cap. */
const frontier = (classes: readonly Class[], cap: number): Combination[] =>
  classes.reduce<Combination[]>((sets, alternatives) => extended(sets, alternatives, cap), [nothing]);

/** A step along the upper hull of a class: the relaxation fills up by these, the steepest first. */
interface HullStep {
  readonly cost: number;
  readonly total: number;
}

function hull(alternatives: Class): HullStep[] {
  const steps: HullStep[] = [];
  for (const { cost, total } of undominated(
    [],
    [...alternatives].sort((a, b) => a.cost - b.cost || b.total - a.total),
  )) {
    let step = { cost, total };
    for (const before of steps) step = { cost: step.cost - before.cost, total: step.total - before.total };
    for (
      let last = steps[steps.length - 1];
      last && last.total * step.cost <= step.total * last.cost;
      last = steps[steps.length - 1]
    ) {
      step = { cost: step.cost + last.cost, total: step.total + last.total };
      steps.pop();
    }
    steps.push(step);
  }
  return steps;
}

const steepestFirst = (a: HullStep, b: HullStep): number => b.total * a.cost - a.total * b.cost;

/** The greatest total within the budget; among equals the cheapest, then the one preferred by tie order. */
function best(classes: readonly Class[], budget: number): Combination {
  const hulled = classes
    .map((alternatives) => alternatives.filter(({ cost }) => cost <= budget))
    .filter((alternatives) => alternatives.length > 0)
    .map((alternatives) => ({ alternatives, steps: hull(alternatives) }))
    .sort((a, b) => steepestFirst(a.steps[0]!, b.steps[0]!));

  let sets: Combination[] = [nothing];
  let atLeast = 0;
  for (let done = 0; done < hulled.length; done++) {
    sets = extended(sets, hulled[done]!.alternatives, budget);
    const rest = hulled
      .slice(done + 1)
      .flatMap(({ steps }) => steps)
      .sort(steepestFirst);
    // Sets come by rising cost, so the room left only shrinks and the filling is taken back step by step.
    let filled = rest.length;
    let [cost, total] = rest.reduce(([c, t], step) => [c + step.cost, t + step.total], [0, 0]);
    const could = sets.map((set) => {
      while (filled > 0 && cost > budget - set.cost) {
        const step = rest[--filled]!;
        cost -= step.cost;
        total -= step.total;
      }
      atLeast = Math.max(atLeast, set.total + total);
      const next = rest[filled];
      const part = next ? ((budget - set.cost - cost) / next.cost) * next.total : 0;
      return set.total + total + part;
    });
    // The part is rounded: a set is dropped only when it falls short by more than that.
    sets = sets.filter((_, index) => could[index]! * (1 + 2 ** -40) + 1 >= atLeast);
  }
  return sets[sets.length - 1]!;
}
