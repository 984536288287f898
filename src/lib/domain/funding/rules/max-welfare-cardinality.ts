// [FU13] The affordable combination with the most votes in all. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countBestCombination } from '#lib/domain/funding/knapsack.ts';

export const maxWelfareCardinality: CountingRule = {
  id: 'max_welfare_cardinality',
  needsPoints: false,
  count: (tally) => countBestCombination(tally, 'votes'),
};
