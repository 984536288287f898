// [FU7] Most votes first, skipping what does not fit. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByScore } from '#lib/domain/funding/greedy.ts';

export const greedyVotes: CountingRule = {
  id: 'greedy_votes',
  needsPoints: false,
  count: (tally) => countByScore(tally, 'votes'),
};
