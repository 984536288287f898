// [FU7] Most points first, skipping what does not fit. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByScore } from '#lib/domain/funding/greedy.ts';

export const greedyPoints: CountingRule = {
  id: 'greedy_points',
  needsPoints: true,
  count: (tally) => countByScore(tally, 'points'),
};
