// The ballots of a closed funding vote as a .pb file: what the office itself counts, what everybody may take away, and what the announced
// digest is of. The same rows always give the same bytes. It holds seats only where the vote was by name, never a slip, and no order.
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { FundingChoice } from '#lib/domain/ballots/funding-ballot.ts';
import { electionOf, type FundingCall } from '#lib/domain/funding/checks.ts';
import type { FundingBallot } from '#lib/domain/funding/election.ts';
import { writePb } from '#lib/domain/funding/pb.ts';
import { tiedProjects, type Chamber } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { hiddenChoices, polls } from '#lib/server/db/schema/index.ts';
import { ballotsIn } from '#lib/server/polls/count.ts';

export const digestOfFile = (file: string): string => createHash('sha256').update(file, 'utf8').digest('hex');

/** Null where there is no such closed vote. */
export async function recountFile(
  store: Queryable,
  state: MeetingState,
  pollId: string,
  chamber: Chamber,
): Promise<string | null> {
  const [poll] = await store.select().from(polls).where(eq(polls.id, pollId));
  const subject = poll?.frame.subject;
  const allocation = subject?.kind === 'allocation' ? state.allocations.byId[subject.callId] : undefined;
  if (!poll || poll.status !== 'closed' || !allocation) return null;
  const { frame } = poll;
  const call = frame.config as FundingCall;
  const named = frame.secrecy === 'named' && chamber === 'seats';
  const ballots: FundingBallot[] = [];
  if (named) {
    const { choicesBySeat } = await ballotsIn(store, poll);
    for (const seat of Object.keys(choicesBySeat ?? {}).sort())
      ballots.push({ seat, ...(choicesBySeat?.[seat] as FundingChoice), recused: tiedProjects(allocation, seat) });
  } else {
    const choices =
      chamber === 'seats' ? (await ballotsIn(store, poll)).choices : await residentsChoices(store, pollId);
    // By what they say, not by where they lie: nothing of the order they came in is left.
    const sorted = (choices as FundingChoice[])
      .map((choice) => [JSON.stringify([choice.listed, choice.points ?? []]), choice] as const)
      .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
    sorted.forEach(([, choice], index) => ballots.push({ seat: String(index + 1), ...choice }));
  }
  const about: [string, string][] = [
    ['description', allocation.title],
    ['currency', 'CNY'],
    ['rule', frame.allocation?.ruleId ?? ''],
    ['yishi_chamber', chamber],
    ['yishi_poll', pollId],
  ];
  return writePb(electionOf(call, ballots), about, named);
}

async function residentsChoices(store: Queryable, pollId: string): Promise<unknown[]> {
  const rows = await store
    .select({ choice: hiddenChoices.choice })
    .from(hiddenChoices)
    .where(and(eq(hiddenChoices.pollId, pollId), eq(hiddenChoices.chamber, 'residents')));
  return rows.map(({ choice }) => choice);
}
