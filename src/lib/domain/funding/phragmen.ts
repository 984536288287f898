// Sequential Phragmén ([FU12]): a funded project's cost is a load its supporters share; the project whose supporters would end with the least load
// goes first. Called by its rule file. Loads are floats with a proven bound on their error; near ties are decided in exact arithmetic.
import { Allowance } from './allowance.ts';
import type { Count } from './counting.ts';
import { comparedFractions, greatestDivisor, roundedFraction, type Fraction } from './fraction.ts';
import type { Tally } from './tally.ts';
import { Trail } from './trail.ts';

/** Unit roundoff, doubled to cover second-order terms. */
const EPS = 2 ** -52;

export function countByLoads(tally: Tally): Count {
  const { cost, votes, rank, budget } = tally;
  const { size, start, bloc } = tally.listing();
  const allowance = new Allowance(tally);
  const trail = new Trail(tally);
  const load = new Float64Array(size.length);
  /** The purchase that set a bloc's load, -1 for none: loads are the loads of purchases, nothing else. */
  const setBy = new Int32Array(size.length).fill(-1);
  const bought: Fraction[] = [];
  /** Bound on the error of every load: an average of loads is no further off than the worst of them. */
  let error = 0;

  const exactLoad = (project: number): Fraction => {
    const den = bought.length > 0 ? bought[bought.length - 1]!.den : 1n;
    const loaded = new Array<number>(bought.length).fill(0);
    for (let at = start[project]!; at < start[project + 1]!; at++) {
      const by = setBy[bloc[at]!]!;
      if (by >= 0) loaded[by]! += size[bloc[at]!]!;
    }
    let num = BigInt(cost[project]!) * den;
    loaded.forEach((voters, by) => {
      if (voters > 0) num += BigInt(voters) * bought[by]!.num * (den / bought[by]!.den);
    });
    const voters = BigInt(votes[project]!);
    const whole = greatestDivisor(num, voters);
    return { num: num / whole, den: den * (voters / whole) };
  };

  // Loads only grow, so what a project once needed is a lower bound on what it needs now.
  const bound = new Float64Array(tally.projects);
  const upper = new Float64Array(tally.projects);
  const measure = (project: number): void => {
    let sum = cost[project]!;
    for (let at = start[project]!; at < start[project + 1]!; at++) sum += size[bloc[at]!]! * load[bloc[at]!]!;
    const needed = sum / votes[project]!;
    const off = error + (start[project + 1]! - start[project]! + 4) * EPS * needed;
    bound[project] = needed - off;
    upper[project] = needed + off;
  };

  let waiting = tally.ids
    .map((_, project) => project)
    .filter((project) => votes[project]! > 0 && cost[project]! <= budget);
  for (const project of waiting) bound[project] = (cost[project]! / votes[project]!) * (1 - 4 * EPS);
  let stopped: number | null = null;
  for (;;) {
    waiting = waiting.filter((project) => !trail.has(project) && allowance.open(project));
    waiting.sort((a, b) => bound[a]! - bound[b]!);
    let least = Infinity;
    const near: number[] = [];
    for (const project of waiting) {
      if (bound[project]! > least) break;
      measure(project);
      near.push(project);
      least = Math.min(least, upper[project]!);
    }
    let equal = near.filter((project) => bound[project]! <= least);
    const first = equal[0];
    if (first === undefined) break;
    if (equal.length > 1) {
      const exact = equal.map((project) => ({ project, needed: exactLoad(project) }));
      const smallest = exact.reduce((a, b) => (comparedFractions(b.needed, a.needed) < 0 ? b : a)).needed;
      equal = exact
        .filter(({ needed }) => comparedFractions(needed, smallest) === 0)
        .map(({ project }) => project)
        .sort((a, b) => rank[a]! - rank[b]!);
      if (equal.length > 1) trail.tie(trail.nextStep, equal);
    }
    const tooDear = equal.find((project) => !allowance.fits(project));
    if (tooDear !== undefined) {
      stopped = tooDear;
      trail.pass(tooDear, allowance.obstacle(tooDear)!, allowance.remaining, 'stop');
      break;
    }
    const chosen = equal[0]!;
    const exact = exactLoad(chosen);
    const needed = (bound[chosen]! + upper[chosen]!) / 2;
    error = Math.max(error, (upper[chosen]! - bound[chosen]!) / 2 + 8 * EPS * needed);
    for (let at = start[chosen]!; at < start[chosen + 1]!; at++) {
      load[bloc[at]!] = needed;
      setBy[bloc[at]!] = bought.length;
    }
    bought.push(exact);
    allowance.take(chosen);
    trail.take(chosen, () => ({ kind: 'by-load', loadFen: roundedFraction(exact) }), allowance.remaining);
  }

  tally.ids.forEach((projectId, project) => {
    if (trail.has(project) || project === stopped) return;
    trail.hinder(project, () => {
      if (votes[project] === 0) return { kind: 'no-supporters' };
      if (cost[project]! > budget)
        return { kind: 'over-budget', remainingFen: budget, missingFen: cost[project]! - budget };
      if (!allowance.open(project)) return allowance.obstacle(project)!;
      return { kind: 'stopped-at', projectId: tally.ids[stopped ?? -1] ?? projectId };
    });
  });
  return {
    winners: trail.winners,
    ties: trail.ties(),
    explain: () => trail.explanation((project) => votes[project]!),
  };
}
