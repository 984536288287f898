// [FU8] Equal shares, utility is the number of projects a voter wanted; what is left stays unspent. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, evenShare } from '#lib/domain/funding/mes.ts';

export const mesCardinality: CountingRule = {
  id: 'mes_cardinality',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cardinality', evenShare, null),
};
