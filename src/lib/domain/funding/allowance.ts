// What may still be funded: the budget, each envelope's remainder, and which variants are taken. One is made for each count and changed by it;
// every rule asks here and nowhere else, so that envelopes and variants mean the same under all of them.
import type { Obstacle } from './explanation.ts';
import type { Tally } from './tally.ts';

export class Allowance {
  /** Of the budget. */
  remaining: number;
  readonly #tally: Tally;
  readonly #left: Float64Array;
  readonly #taken: Int32Array;
  readonly #free: boolean;

  constructor(tally: Tally) {
    this.#tally = tally;
    this.#left = new Float64Array(tally.election.envelopes.length);
    this.#taken = new Int32Array(tally.groups);
    this.#free = tally.election.envelopes.length === 0 && tally.groups === 0;
    this.remaining = 0;
    this.reset();
  }

  /** Back to nothing funded. */
  reset(): void {
    this.remaining = this.#tally.budget;
    this.#tally.election.envelopes.forEach(({ capFen }, index) => (this.#left[index] = capFen));
    this.#taken.fill(-1);
  }

  /** Envelope and variant allow it, whatever the budget says. Once false, false until `reset`. */
  open(project: number): boolean {
    if (this.#free) return true;
    const { envelope, group, cost } = this.#tally;
    const group_ = group[project] ?? -1;
    if (group_ >= 0 && (this.#taken[group_] ?? -1) >= 0) return false;
    const purse = envelope[project] ?? -1;
    return purse < 0 || cost[project]! <= this.#left[purse]!;
  }

  fits(project: number): boolean {
    return this.#tally.cost[project]! <= this.remaining && this.open(project);
  }

  /** Why `fits` is false; null when it is true. */
  obstacle(project: number): Obstacle | null {
    const { envelope, group, cost, ids, election } = this.#tally;
    const amount = cost[project]!;
    const taken = this.#taken[group[project] ?? -1] ?? -1;
    if (taken >= 0) return { kind: 'variant-taken', projectId: ids[taken]! };
    const purse = envelope[project] ?? -1;
    const left = this.#left[purse]!;
    if (purse >= 0 && amount > left) {
      const envelopeId = election.envelopes[purse]?.id ?? '';
      return { kind: 'envelope-full', envelopeId, remainingFen: left, missingFen: amount - left };
    }
    if (amount > this.remaining)
      return { kind: 'over-budget', remainingFen: this.remaining, missingFen: amount - this.remaining };
    return null;
  }

  /** Binds the project's cost. `remaining` may go below zero where a rule tries more money than there is. */
  take(project: number): void {
    const { envelope, group, cost } = this.#tally;
    const amount = cost[project]!;
    this.remaining -= amount;
    const purse = envelope[project] ?? -1;
    if (purse >= 0) this.#left[purse] = this.#left[purse]! - amount;
    const group_ = group[project] ?? -1;
    if (group_ >= 0) this.#taken[group_] = project;
  }
}
