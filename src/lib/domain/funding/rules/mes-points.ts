// [FU8] Equal shares, utility is the points a voter gave; what is left stays unspent. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, evenShare } from '#lib/domain/funding/mes.ts';

export const mesPoints: CountingRule = {
  id: 'mes_points',
  needsPoints: true,
  count: (tally) => countByShares(tally, 'points', evenShare, null),
};
