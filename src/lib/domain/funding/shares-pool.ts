// Who supports what, and how much it weighs, for the method of equal shares under one notion of utility. Made once per count and shared by the
// fast count (equal-shares.ts) and the exact one (exact-shares.ts); never changed.
import type { Blocs, Tally } from './tally.ts';

/** u_i(p): the cost of p if listed, 1 if listed, or the points given. */
export type Utility = 'cost' | 'cardinality' | 'points';

export interface SharesPool {
  readonly tally: Tally;
  readonly blocs: Blocs;
  /**
   * Of each project. Every payment is min(what is held, level × weight), weight being the points or 1, and the price per unit of utility is
   * rho = level / scale: a common factor of all utilities of a project changes its rho but not who pays what.
   */
  readonly scale: Float64Array;
  /** Sum of the weights of a project's supporters, per project: a whole number. */
  readonly weight: Float64Array;
  readonly supporters: Float64Array;
}

export function sharesPool(tally: Tally, utility: Utility): SharesPool {
  const blocs = utility === 'points' ? tally.scoring() : tally.listing();
  const { size, start, bloc, points } = blocs;
  const scale = new Float64Array(tally.projects).fill(1);
  // A free project has cost utility 0 for everyone: nobody supports it in the sense of the rule.
  if (utility === 'cost') scale.set(tally.cost);
  const weight = new Float64Array(tally.projects);
  const supporters = new Float64Array(tally.projects);
  for (let project = 0; project < tally.projects; project++)
    if (scale[project]! > 0)
      for (let at = start[project]!; at < start[project + 1]!; at++) {
        const voters = size[bloc[at]!]!;
        supporters[project]! += voters;
        weight[project]! += points ? voters * points[at]! : voters;
      }
  return { tally, blocs, scale, weight, supporters };
}
