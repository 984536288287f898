// [FU10] Equal shares raised one yuan at a time, utility is the number of projects a voter wanted; what is left is filled by votes. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, untilSupportedFit } from '#lib/domain/funding/mes.ts';

export const mesCardinalityAdd1u: CountingRule = {
  id: 'mes_cardinality_add1u',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cardinality', untilSupportedFit, 'votes'),
};
