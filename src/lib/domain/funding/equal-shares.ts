// The method of equal shares ([FU8]–[FU11]) for one size of the equal share: fast in floating point, exact in outcome. Called by the mes_ rules through
// mes.ts. Every float carries a proven bound on its error; where two projects lie closer than the bounds, exact-shares.ts decides.
//
// Notation: level x of a project is what a supporter of weight 1 pays; G(x) = Σ min(held, x·weight) over its supporters is what they pay together,
// concave and increasing in x; the project's price is the root of G(x) = cost, and rho = x / scale.
//
// Speed: rho only grows while money is spent, so an old value is a lower bound. Projects wait in a heap by that bound; only the foremost is worked on,
// by Newton steps, which on a concave G approach the root from below and are bounds themselves.
//
// Error: the map from what voters hold before a purchase to what they hold after is 1-Lipschitz in the sum of absolute differences, so the total error
// of all holdings (`error`) never grows by itself; each purchase adds its own rounding and no more.
//
// More money: as long as who buys what, and who pays their whole rest, stays the same, everything held is linear in the share. `rate` is what a
// holding gains per further step of the share, and tangents to G, concave in share and level together, bound every rival's rho from below. So one
// run also proves for how many further steps its outcome stays the same.
import type { Allowance } from './allowance.ts';
import { ExactShares } from './exact-shares.ts';
import { approximateFraction, comparedFractions, type Fraction } from './fraction.ts';
import type { SharesPool } from './shares-pool.ts';

/** Unit roundoff, doubled to cover second-order terms. */
const EPS = 2 ** -52;
/** How far above a level supporters must be able to pay for the level's error to be bounded by their weight. */
const CLEAR = 1 + 2 ** -20;

export interface SharesRun {
  /** Projects in the order they were bought. */
  readonly bought: readonly number[];
  readonly cost: number;
  /** Exact ties met, in tie order; `at` is the place in `bought`. */
  readonly ties: readonly { readonly at: number; readonly tied: readonly number[] }[];
  /** For this many further steps of the share the outcome is proven to be the same; Infinity if no larger share changes it. */
  readonly sameFor: number;
}

export class EqualShares {
  readonly #pool: SharesPool;
  readonly #allowance: Allowance;
  readonly #held: Float64Array;
  readonly #rate: Float64Array;
  // Per project: the level to try next, a certain lower bound on rho for the current share and how fast that bound may fall per step of the share.
  readonly #level: Float64Array;
  readonly #bound: Float64Array;
  readonly #boundRate: Float64Array;
  // Per project, from the last look at it: certain upper bound on rho, weight of those who pay in full, of those who could pay clearly more, error of
  // the level, gain of those who pay their rest, and the round in which it was settled.
  readonly #ceiling: Float64Array;
  readonly #fullWeight: Float64Array;
  readonly #clearWeight: Float64Array;
  readonly #levelError: Float64Array;
  readonly #restRate: Float64Array;
  readonly #residual: Float64Array;
  readonly #settledIn: Int32Array;
  readonly #heap: Int32Array;
  #waiting = 0;
  #error = 0;
  #rateError = 0;
  /** Upper bounds on the sum of everything held and of all rates. */
  #money = 0;
  #gain = 0;
  #sameFor = 0;

  /** `allowance` is reset and used by every run. */
  constructor(pool: SharesPool, allowance: Allowance) {
    const { projects } = pool.tally;
    const perProject = (): Float64Array => new Float64Array(projects);
    this.#pool = pool;
    this.#allowance = allowance;
    this.#held = new Float64Array(pool.blocs.size.length);
    this.#rate = new Float64Array(pool.blocs.size.length);
    this.#level = perProject();
    this.#bound = perProject();
    this.#boundRate = perProject();
    this.#ceiling = perProject();
    this.#fullWeight = perProject();
    this.#clearWeight = perProject();
    this.#levelError = perProject();
    this.#restRate = perProject();
    this.#residual = perProject();
    this.#settledIn = new Int32Array(projects);
    this.#heap = new Int32Array(projects);
  }

  /** Everyone starts with `share`; `step` is the further money per voter that `sameFor` counts in. */
  run(share: Fraction, step: number): SharesRun {
    const { tally } = this.#pool;
    this.#open(share, step);
    const bought: number[] = [];
    const ties: { at: number; tied: readonly number[] }[] = [];
    let exact: ExactShares | null = null;
    let replayed = 0;
    const exactly = (): ExactShares => {
      exact ??= new ExactShares(this.#pool, share);
      while (replayed < bought.length) exact.take(bought[replayed++]!);
      return exact;
    };

    for (;;) {
      const rivals = this.#foremost(bought.length);
      if (rivals.length === 0) break;
      let chosen = rivals[0]!;
      if (rivals.length > 1 || this.#ceiling[chosen] === Infinity) {
        const { equal, unpayable } = this.#decide(rivals, exactly);
        chosen = equal[0] ?? -1;
        if (equal.length > 1) ties.push({ at: bought.length, tied: equal });
        for (const rival of rivals) if (rival !== chosen && !unpayable.includes(rival)) this.#wait(rival);
        if (chosen < 0) continue;
      }
      if (this.#sameFor >= 1) this.#limitByRivals(chosen, rivals);
      this.#pay(chosen);
      this.#allowance.take(chosen);
      bought.push(chosen);
    }
    // Strictly inside the proven range, whatever the rounding of the range itself.
    const sameFor = this.#sameFor < 1 ? 0 : Math.floor(this.#sameFor * (1 - 2 ** -40));
    return { bought, cost: tally.budget - this.#allowance.remaining, ties, sameFor };
  }

  #open(share: Fraction, step: number): void {
    const { tally, scale, weight } = this.#pool;
    const each = approximateFraction(share);
    this.#allowance.reset();
    this.#held.fill(each);
    this.#rate.fill(step);
    this.#money = tally.voters * each * (1 + 4 * EPS);
    this.#gain = tally.voters * step;
    this.#error = this.#money * 4 * EPS;
    this.#rateError = 0;
    this.#sameFor = Infinity;
    this.#settledIn.fill(-1);
    this.#waiting = 0;
    for (let project = 0; project < tally.projects; project++) {
      if (weight[project] === 0) continue;
      // If nobody is short, rho is cost / (weight · scale), and it is never less.
      this.#level[project] = tally.cost[project]! / weight[project]!;
      this.#bound[project] = (this.#level[project]! / scale[project]!) * (1 - 4 * EPS);
      this.#boundRate[project] = 0;
      this.#wait(project);
    }
  }

  /** Takes from the heap all projects that may have the least rho; none when nothing can be paid any more. */
  #foremost(round: number): number[] {
    const rivals: number[] = [];
    let ceiling = Infinity;
    while (this.#waiting > 0) {
      const project = this.#heap[0]!;
      if (this.#bound[project]! > ceiling) break;
      if (!this.#allowance.open(project)) this.#next();
      else if (this.#settledIn[project] === round) {
        this.#next();
        rivals.push(project);
        ceiling = Math.min(ceiling, this.#ceiling[project]!);
      } else if (this.#advance(project, round)) this.#sink(project);
      else this.#next();
    }
    return rivals;
  }

  /** One Newton step for one project. False when its supporters certainly cannot pay for it. */
  #advance(project: number, round: number): boolean {
    const { tally, blocs, scale, weight } = this.#pool;
    const { size, start, bloc, points } = blocs;
    const held = this.#held;
    const rate = this.#rate;
    const level = this.#level[project]!;
    const clear = level * CLEAR;
    const proving = this.#sameFor >= 1;
    const from = start[project]!;
    const to = start[project + 1]!;
    let rest = 0;
    let full = 0;
    let clearly = 0;
    let restRate = 0;
    for (let at = from; at < to; at++) {
      const i = bloc[at]!;
      const has = held[i]!;
      const voters = size[i]!;
      const each = points ? points[at]! : 1;
      if (has >= level * each) {
        full += voters * each;
        if (has >= clear * each) clearly += voters * each;
      } else {
        rest += voters * has;
        if (proving) restRate += voters * rate[i]!;
      }
    }

    const cost = tally.cost[project]!;
    const together = rest + level * full;
    const rounding = (to - from + 4) * EPS * (together + cost);
    const missing = cost - together;
    const slack = this.#error + rounding;
    this.#restRate[project] = restRate;
    const restRateError = this.#rateError + (to - from + 4) * EPS * restRate;

    if (full === 0) {
      if (missing > slack) {
        if (proving) this.#limit((missing - slack) / (restRate + restRateError));
        return false;
      }
      // All they have may be just enough, or the level was tried too high; from the lowest level Newton steps tell which.
      if (missing < -slack && level > cost / weight[project]!) {
        this.#level[project] = cost / weight[project]!;
        return true;
      }
    } else {
      const bound = ((level + (missing - slack) / full) / scale[project]!) * (1 - 4 * EPS);
      if (bound > this.#bound[project]!) {
        this.#bound[project] = bound;
        this.#boundRate[project] = -(((restRate + restRateError) / full / scale[project]!) * (1 + 4 * EPS));
      }
      if (Math.abs(missing) > 2 * rounding) {
        this.#level[project] = level + missing / full;
        return true;
      }
    }

    this.#settledIn[project] = round;
    this.#fullWeight[project] = full;
    this.#clearWeight[project] = clearly;
    this.#residual[project] = Math.abs(missing) + 2 * rounding;
    const above = clearly > 0 ? (Math.abs(missing) + slack) / clearly : Infinity;
    const known = level + above <= clear;
    this.#levelError[project] = above;
    this.#ceiling[project] = known ? ((level + above) / scale[project]!) * (1 + 4 * EPS) : Infinity;
    return true;
  }

  /** Which of the rivals have exactly the least rho, in tie order, and which cannot be paid at all. */
  #decide(rivals: readonly number[], exactly: () => ExactShares): { equal: number[]; unpayable: number[] } {
    const { tally, scale, weight } = this.#pool;
    const { rank } = tally;
    // Where certainly nobody is short, rho is a fraction of whole numbers and stays so whatever the share grows by.
    const plain = rivals.every(
      (project) =>
        this.#clearWeight[project] === weight[project] && this.#error < this.#level[project]! * (CLEAR - 1) * 0.5,
    );
    if (!plain) this.#sameFor = 0;
    const rhos = rivals.map((project): Fraction | null =>
      plain
        ? { num: BigInt(tally.cost[project]!), den: BigInt(weight[project]!) * BigInt(scale[project]!) }
        : (exactly().level(project)?.rho ?? null),
    );
    let least: Fraction | null = null;
    for (const rho of rhos) if (rho && (!least || comparedFractions(rho, least) < 0)) least = rho;
    const is = (index: number): boolean => {
      const rho = rhos[index];
      return !!rho && !!least && comparedFractions(rho, least) === 0;
    };
    return {
      equal: rivals.filter((_, index) => is(index)).sort((a, b) => rank[a]! - rank[b]!),
      unpayable: rivals.filter((_, index) => rhos[index] === null),
    };
  }

  /** No waiting project may overtake the chosen one within the proven range. `settled` were compared exactly, in a way that stays true. */
  #limitByRivals(chosen: number, settled: readonly number[]): void {
    const chosenRate = (this.#levelRate(chosen) + this.#levelRateError(chosen)) / this.#pool.scale[chosen]!;
    const ceiling = this.#ceiling[chosen]!;
    for (let at = 0; at < this.#waiting; at++) {
      const rival = this.#heap[at]!;
      const closing = chosenRate - this.#boundRate[rival]!;
      if (closing <= 0 || settled.includes(rival) || !this.#allowance.open(rival)) continue;
      this.#limit((this.#bound[rival]! - ceiling) / closing);
    }
  }

  /** How the level of a settled project moves per step of the share: down, by what those who pay their rest hold more. */
  #levelRate(project: number): number {
    return -this.#restRate[project]! / this.#fullWeight[project]!;
  }

  /** Where nobody is short the level does not move at all. */
  #levelRateError(project: number): number {
    const { weight, blocs } = this.#pool;
    if (this.#fullWeight[project] === weight[project]) return 0;
    const entries = blocs.start[project + 1]! - blocs.start[project]!;
    return (this.#rateError + (entries + 8) * EPS * this.#gain) / this.#fullWeight[project]!;
  }

  #pay(project: number): void {
    const { points, start, bloc } = this.#pool.blocs;
    const held = this.#held;
    const rate = this.#rate;
    const level = this.#level[project]!;
    const from = start[project]!;
    const to = start[project + 1]!;
    if (this.#sameFor >= 1) {
      const levelRate = this.#levelRate(project);
      const levelRateError = this.#levelRateError(project);
      for (let at = from; at < to; at++) {
        const i = bloc[at]!;
        const weight = points ? points[at]! : 1;
        const due = level * weight;
        const over = held[i]! - due;
        const unsure = this.#error + this.#levelError[project]! * weight + 2 * EPS * due;
        if (Math.abs(over) <= unsure) this.#sameFor = 0;
        if (over >= 0) {
          // Its rate is at least 0 and the level only falls with more money: who pays in full will pay in full.
          held[i] = over;
          rate[i] = rate[i]! - levelRate * weight;
        } else {
          const closing = rate[i]! - levelRate * weight + this.#rateError + levelRateError * weight;
          this.#limit((-over - unsure) / closing);
          held[i] = 0;
          rate[i] = 0;
        }
      }
      if (levelRateError > 0) this.#rateError += (to - from + 8) * EPS * this.#gain;
    } else
      for (let at = from; at < to; at++) {
        const i = bloc[at]!;
        const over = held[i]! - (points ? level * points[at]! : level);
        held[i] = over > 0 ? over : 0;
      }
    this.#error += this.#residual[project]! + 4 * EPS * this.#money;
  }

  #limit(steps: number): void {
    if (steps < this.#sameFor) this.#sameFor = steps;
  }

  // A binary heap of the waiting projects, least bound first.

  #wait(project: number): void {
    let at = this.#waiting++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = this.#heap[parent]!;
      if (this.#bound[other]! <= this.#bound[project]!) break;
      this.#heap[at] = other;
      at = parent;
    }
    this.#heap[at] = project;
  }

  /** Drops the foremost. */
  #next(): void {
    const last = this.#heap[--this.#waiting]!;
    if (this.#waiting > 0) this.#sink(last);
  }

  /** Puts `project` in the foremost place and lets it sink to where it belongs. */
  #sink(project: number): void {
    const own = this.#bound[project]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#waiting) break;
      if (child + 1 < this.#waiting && this.#bound[this.#heap[child + 1]!]! < this.#bound[this.#heap[child]!]!) child++;
      const other = this.#heap[child]!;
      if (this.#bound[other]! >= own) break;
      this.#heap[at] = other;
      at = child;
    }
    this.#heap[at] = project;
  }
}
