// [FU9] Equal shares, utility is the cost of what a voter wanted; what is left is filled by votes. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, evenShare } from '#lib/domain/funding/mes.ts';

export const mesCostGreedy: CountingRule = {
  id: 'mes_cost_greedy',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cost', evenShare, 'votes'),
};
