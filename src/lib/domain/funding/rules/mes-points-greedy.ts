// [FU9] Equal shares, utility is the points a voter gave; what is left is filled by points. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, evenShare } from '#lib/domain/funding/mes.ts';

export const mesPointsGreedy: CountingRule = {
  id: 'mes_points_greedy',
  needsPoints: true,
  count: (tally) => countByShares(tally, 'points', evenShare, 'points'),
};
