// [FU8] Equal shares, utility is the cost of what a voter wanted; what is left stays unspent. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, evenShare } from '#lib/domain/funding/mes.ts';

export const mesCost: CountingRule = {
  id: 'mes_cost',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cost', evenShare, null),
};
