// [FU11] As mes_cost_add1u, but from a share of whole yuan and minding projects nobody supports: the default of the equalshares.net tool.
// One line in rules.ts.
import type { CountingRule } from '#lib/domain/funding/counting.ts';
import { countByShares, fromWholeYuan } from '#lib/domain/funding/mes.ts';

export const mesCostToolAdd1u: CountingRule = {
  id: 'mes_cost_tool_add1u',
  needsPoints: false,
  count: (tally) => countByShares(tally, 'cost', fromWholeYuan, 'votes'),
};
