// [FU10] Equal shares raised one yuan at a time, utility is the cost of what a voter wanted; what is left is filled by votes. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, untilSupportedFit } from '#lib/domain/funding/mes.ts';

export const mesCostAdd1u: CountingRule = {
  id: 'mes_cost_add1u',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cost', untilSupportedFit, 'votes'),
};
