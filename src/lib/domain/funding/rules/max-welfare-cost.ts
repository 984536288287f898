// [FU13] The affordable combination with the most votes in all, each vote weighing the cost of its project. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countBestCombination } from '#lib/domain/funding/knapsack.ts';

export const maxWelfareCost: CountingRule = {
  id: 'max_welfare_cost',
  needsPoints: false,
  count: (tally) => countBestCombination(tally, 'votes-times-cost'),
};
