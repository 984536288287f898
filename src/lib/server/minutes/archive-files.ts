// What lies beside a bundle in a meeting's archive, read from the rows: the counted ballots and the log, without a name. The record's digests
// are of exactly these, so freezing builds them too. Rule [T11].
import { asc, eq } from 'drizzle-orm';
import { ballotsDigest, type BallotsFile, type LogFile, type PollBallots } from '#lib/domain/minutes/archive.ts';
import { canonical } from '#lib/domain/minutes/canonical.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { hexOf, sha256 } from '#lib/domain/sha256.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { ballots, meetingEvents, polls } from '#lib/server/db/schema/index.ts';
import { ballotsIn } from '#lib/server/polls/count.ts';

/** Announced or void: what was closed and never announced is not published. */
export const countedPolls = (state: MeetingState): Poll[] =>
  state.polls.order.flatMap((pollId) => {
    const poll = state.polls.byId[pollId];
    return poll?.result && (poll.stage === 'announced' || poll.stage === 'voided') ? [poll] : [];
  });

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The ballots of each poll; `of` gives a person's index in the record. Named choices carry it, hidden ones are only sorted. */
export async function ballotsOf(
  store: Queryable,
  state: MeetingState,
  of: (personId: string) => number,
): Promise<BallotsFile> {
  const files: PollBallots[] = [];
  for (const { frame } of countedPolls(state)) {
    const [row] = await store.select().from(polls).where(eq(polls.id, frame.pollId));
    if (!row) continue;
    const fact = await ballotsIn(store, row);
    const cast = await store.select().from(ballots).where(eq(ballots.pollId, frame.pollId));
    const named = cast
      .filter(({ choice }) => frame.secrecy === 'named' && choice !== null)
      .map(({ seatId, channel, choice }) => ({
        person: of(state.seats[seatId]?.personId ?? ''),
        channel,
        choice: JSON.stringify(choice),
      }))
      .sort((a, b) => a.person - b.person);
    files.push({
      pollId: frame.pollId,
      named,
      hidden: frame.secrecy === 'named' ? [] : fact.choices.map((choice) => JSON.stringify(choice)).sort(byText),
      bundles: fact.bundles
        .map(({ channel, counts }) => ({
          channel,
          counts: Object.entries(counts)
            .map(([option, count]) => ({ option, count }))
            .sort((a, b) => byText(a.option, b.option)),
        }))
        .sort((a, b) => byText(canonical(a), canonical(b))),
    });
  }
  return { format: 'yishi.ballots', version: 1, polls: files };
}

export const digestsOfBallots = (file: BallotsFile): ReadonlyMap<string, string> =>
  new Map(file.polls.map((poll) => [poll.pollId, ballotsDigest(poll)]));

const utf8 = new TextDecoder();

/** The first `seq` events: those for everybody as their stored bytes, of the others the digest the chain needs. */
export async function logFileOf(store: Queryable, meetingId: string, seq: number): Promise<LogFile> {
  const rows = await store
    .select({ body: meetingEvents.body })
    .from(meetingEvents)
    .where(eq(meetingEvents.meetingId, meetingId))
    .orderBy(asc(meetingEvents.seq))
    .limit(seq);
  const events = rows.map(({ body }) => {
    const text = utf8.decode(body);
    const { audience } = JSON.parse(text) as { audience: string };
    return audience === 'everyone' ? { body: text } : { digest: hexOf(sha256(body)) };
  });
  return { format: 'yishi.log', version: 1, meetingId, events };
}
