// What the same ballots would have come to under the other rules, one after the other, only once the result is announced. Counted on a thread and kept.
import { json } from '@sveltejs/kit';
import { rulesFor, ruleCount } from '#lib/server/allocations/counts.ts';
import { chamberAsked, publishedAllocation } from '#lib/server/allocations/published.ts';
import type { RequestHandler } from './$types';

export interface WhatIf {
  readonly ruleId: string;
  /** Null where this rule cannot count them. */
  readonly winners: readonly string[] | null;
  readonly costFen: number;
}

export const GET: RequestHandler = async (event) => {
  const { pollId } = event.params;
  const { state, poll, counts } = await publishedAllocation(event, event.params);
  const chamber = chamberAsked(event.url, counts);
  if (chamber === null || counts.length === 0) return json([]);
  const others: WhatIf[] = [];
  for (const ruleId of rulesFor(state, pollId).filter((id) => id !== poll.frame.allocation?.ruleId)) {
    const counted = await ruleCount(state, pollId, chamber, ruleId);
    const count = counted && 'count' in counted ? counted.count : null;
    others.push({ ruleId, winners: count?.winners ?? null, costFen: count?.costFen ?? 0 });
  }
  return json(others);
};
