// [FU7] Most votes per yuan first, skipping what does not fit. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByScore } from '#lib/domain/funding/greedy.ts';

export const greedyVotesPerCost: CountingRule = {
  id: 'greedy_votes_per_cost',
  needsPoints: false,
  count: (tally) => countByScore(tally, 'votes-per-cost'),
};
