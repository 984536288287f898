// The running sum under a funding ballot being filled in: how many, how much, what is left. Said by the live region at every change. Pure.
import type { FundingChoice } from '#lib/domain/ballots/funding-ballot.ts';
import type { FundingCall } from '#lib/domain/funding/checks.ts';
import { costOf } from './allocation-words.ts';
import { formatYuan } from './format.ts';
import type { Messages } from './zh-CN.ts';

export function choiceSum(w: Messages, call: FundingCall, { listed, points }: FundingChoice): string {
  const said = w.allocation;
  const { terms, budgetFen } = call;
  const count = listed.length;
  if (terms.kind === 'points') {
    const given = (points ?? []).reduce((sum, each) => sum + each, 0);
    return said.sumPoints({ given, left: terms.total - given });
  }
  if (terms.kind === 'rank') return said.sumRank({ count });
  const costFen = costOf(call, listed);
  const cost = formatYuan(costFen);
  if (terms.withinBudget)
    return costFen > budgetFen
      ? said.sumOver({ count, cost, over: formatYuan(costFen - budgetFen) })
      : said.sumWithin({ count, cost, left: formatYuan(budgetFen - costFen) });
  return terms.atMost === null ? said.sumAny({ count, cost }) : said.sumUpTo({ count, most: terms.atMost, cost });
}
