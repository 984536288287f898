// [FU9] Equal shares, utility is the number of projects a voter wanted; what is left is filled by votes. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, evenShare } from '#lib/domain/funding/mes.ts';

export const mesCardinalityGreedy: CountingRule = {
  id: 'mes_cardinality_greedy',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cardinality', evenShare, 'votes'),
};
