// What a rule did, written down while it counts: winners in order, ties met, and how each step came about. Costly details are given as
// functions and worked out only when somebody asks for the explanation. One trail per count; steps are only ever added.
import type { Explanation, Funding, Obstacle, Reason, Step, Tie } from './explanation.ts';
import { lazily } from './lazily.ts';
import type { Tally } from './tally.ts';

export class Trail {
  /** In the order they were funded. */
  readonly winners: number[] = [];
  readonly #tally: Tally;
  readonly #steps: (() => Step)[] = [];
  readonly #ties: { readonly step: number; readonly tied: readonly number[] }[] = [];
  readonly #fundedAt = new Map<number, { readonly step: number; readonly how: () => Funding }>();
  readonly #obstacles = new Map<number, (() => Obstacle)[]>();

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** Index of the step that comes next. */
  get nextStep(): number {
    return this.#steps.length;
  }

  has(project: number): boolean {
    return this.#fundedAt.has(project);
  }

  note(step: () => Step): void {
    this.#steps.push(step);
  }

  take(project: number, how: () => Funding, remainingFen: number): void {
    const known = lazily(how);
    this.#fundedAt.set(project, { step: this.#steps.length, how: known });
    this.winners.push(project);
    this.note(() => ({ kind: 'take', projectId: this.#id(project), how: known(), remainingFen }));
  }

  pass(project: number, why: Obstacle, remainingFen: number, kind: 'pass' | 'stop' = 'pass'): void {
    this.hinder(project, () => why);
    this.note(() => ({ kind, projectId: this.#id(project), why, remainingFen }));
  }

  /** Adds a reason against a project without a step of its own. */
  hinder(project: number, why: () => Obstacle): void {
    const known = this.#obstacles.get(project);
    if (known) known.push(lazily(why));
    else this.#obstacles.set(project, [lazily(why)]);
  }

  /** `tied` in tie order; `step` where the first of them was dealt with. */
  tie(step: number, tied: readonly number[]): void {
    this.#ties.push({ step, tied });
  }

  ties(): Tie[] {
    return this.#ties.map(({ step, tied }) => ({
      step,
      tied: tied.map((project) => this.#id(project)),
      decisive: tied.some((project) => this.has(project)) && tied.some((project) => !this.has(project)),
    }));
  }

  /** `supporters(p)` is what the rule counts as support. */
  explanation(supporters: (project: number) => number): Explanation {
    const tiedWith = new Map<string, Set<string>>();
    for (const { tied, decisive } of this.ties())
      if (decisive)
        for (const id of tied) {
          const others = tiedWith.get(id) ?? new Set<string>();
          for (const other of tied) if (other !== id) others.add(other);
          tiedWith.set(id, others);
        }
    const reasons = this.#tally.ids.map((projectId, project): Reason => {
      const about = {
        projectId,
        costFen: this.#tally.cost[project]!,
        supporters: supporters(project),
        tiedWith: [...(tiedWith.get(projectId) ?? [])],
      };
      const funded = this.#fundedAt.get(project);
      if (funded) return { ...about, funded: true, step: funded.step, how: funded.how() };
      return { ...about, funded: false, obstacles: (this.#obstacles.get(project) ?? []).map((why) => why()) };
    });
    return { steps: this.#steps.map((step) => step()), reasons };
  }

  #id(project: number): string {
    return this.#tally.ids[project]!;
  }
}
