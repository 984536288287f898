// What closed funding ballots come to: the announced rule's count, recorded in the meeting's log when it is done, and what other rules would
// have given, for whoever asks after the announcement. Counting itself happens on a thread; doing any of this twice changes nothing.
import { and, eq } from 'drizzle-orm';
import { countingRules } from '#lib/domain/funding/rules.ts';
import { chambers, votes, type Chamber, type ChamberCount, type CountOutcome } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { RuleCount } from '#lib/protocol/allocation.ts';
import { db } from '#lib/server/db/client.ts';
import { allocationCounts } from '#lib/server/db/schema/index.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { countOnThread } from './counting.ts';
import { whenCountIsDue } from './due.ts';
import { digestOfFile, recountFile } from './recount-file.ts';

const underWay = new Map<string, Promise<void>>();

/** Closed with a quorum, and not counted. */
const countsDue = (state: MeetingState): string[] =>
  state.polls.order.filter((pollId) => {
    const poll = state.polls.byId[pollId];
    return (
      poll?.frame.subject.kind === 'allocation' &&
      poll.stage === 'closed' &&
      poll.result?.outcome !== 'void_no_quorum' &&
      state.allocations.outcomes[pollId] === undefined
    );
  });

/** Polls of this process are counted from here on. */
export const keepCounting = (): (() => void) => whenCountIsDue(countWhatIsDue);

/**
 * Counts what is due at this meeting and records it. Called when a vote closes or its paper is corrected, and again whenever somebody at the
 * desk looks, so that a program that was killed while counting counts when it is back. Never rejects.
 */
export async function countWhatIsDue(meetingId: string): Promise<void> {
  const { state } = await freshCopy(meetingId);
  await Promise.all(
    countsDue(state).map((pollId) => {
      const known = underWay.get(pollId);
      if (known) return known;
      const count = countAndRecord(meetingId, pollId)
        .catch((error: unknown) => reportFailure(`Counting poll ${pollId} failed`, error))
        .finally(() => underWay.delete(pollId));
      underWay.set(pollId, count);
      return count;
    }),
  );
}

async function countAndRecord(meetingId: string, pollId: string): Promise<void> {
  const { state } = await freshCopy(meetingId);
  const poll = state.polls.byId[pollId];
  if (!poll?.frame.allocation) return;
  const { ruleId, voters } = poll.frame.allocation;
  const counts: ChamberCount[] = [];
  let failed: Extract<CountOutcome, { kind: 'failed' }> | null = null;
  for (const chamber of chambers.filter((each) => votes(voters, each))) {
    const counted = await ruleCount(state, pollId, chamber, ruleId);
    if (counted === null) return;
    if ('why' in counted) failed = { kind: 'failed', why: counted.why };
    else {
      const { ballots, winners, costFen, budgetFen, ties, reasons } = counted.count;
      const remainderFen = budgetFen - costFen;
      counts.push({ chamber, ballots, winners, costFen, remainderFen, ties, reasons, fileDigest: counted.fileDigest });
    }
  }
  const outcome: CountOutcome = failed ?? { kind: 'counted', counts };
  // A correction before the announcement asks for another count under another id.
  const commandId = `count-${pollId}-${poll.superseded.length}`;
  await act(meetingId, { commandId, command: { type: 'recordCount', pollId, outcome } }, { kind: 'system' });
}

/** One rule's count of one chamber, from the table or counted now. Null where the vote is not closed; `why` where it cannot be counted. */
export async function ruleCount(
  state: MeetingState,
  pollId: string,
  chamber: Chamber,
  ruleId: string,
): Promise<{ count: RuleCount; fileDigest: string } | { why: 'too-long' | 'uncountable' } | null> {
  const file = await recountFile(db, state, pollId, chamber);
  if (file === null) return null;
  const fileDigest = digestOfFile(file);
  const key = and(
    eq(allocationCounts.pollId, pollId),
    eq(allocationCounts.chamber, chamber),
    eq(allocationCounts.ruleId, ruleId),
  );
  const [known] = await db.select().from(allocationCounts).where(key);
  if (known?.fileDigest === fileDigest) return { count: known.count, fileDigest };
  const counted = await countOnThread({ file, ruleId });
  if (!counted.ok) return { why: counted.why };
  const { count, tookMs } = counted;
  await db
    .insert(allocationCounts)
    .values({ pollId, chamber, ruleId, fileDigest, count, tookMs })
    .onConflictDoUpdate({
      target: [allocationCounts.pollId, allocationCounts.chamber, allocationCounts.ruleId],
      set: { fileDigest, count, tookMs },
    });
  return { count, fileDigest };
}

/** The rules that can count these ballots, the announced one among them. */
export function rulesFor(state: MeetingState, pollId: string): string[] {
  const poll = state.polls.byId[pollId];
  const approval = poll?.frame.method.startsWith('approve') ?? false;
  return countingRules.filter(({ needsPoints }) => !needsPoints || !approval).map(({ id }) => id);
}
