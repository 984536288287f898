// [FU12] Sequential Phragmén: the project whose supporters would carry the least load goes first. One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByLoads } from '#lib/domain/funding/phragmen.ts';

export const phragmen: CountingRule = {
  id: 'phragmen',
  needsPoints: false,
  count: (tally) => countByLoads(tally),
};
