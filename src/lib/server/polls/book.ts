// What votes book in their own tables when the meeting's log says so. Always inside act's transaction: meeting row first, then the poll row.
// Closing a poll with hidden names unlinks choice and seat for good.
import { randomInt } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { FundingChoice } from '#lib/domain/ballots/funding-ballot.ts';
import { tiedProjects, type Chamber } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { ballots, hiddenChoices, polls, slipBallots, slipPapers, tallySheets } from '#lib/server/db/schema/index.ts';
import { unlinkAnswers } from './resident-box.ts';

/** The bus kind for "a sheet of this meeting has changed". */
export const sheetNotice = 'sheet';

/** Why a seat may not cast in a poll that is open. */
export type Barred = 'recused' | 'left' | 'paper';

/** Exclusive: waits for casts that are under way, holds back those to come. Null when there is no such poll. */
export async function lockPoll(tx: Queryable, pollId: string) {
  const [row] = await tx.select().from(polls).where(eq(polls.id, pollId)).for('update');
  return row ?? null;
}

export async function bookPollOpened(tx: Queryable, state: MeetingState, pollId: string, openedAt: number) {
  const frame = state.polls.byId[pollId]?.frame;
  if (!frame) return;
  await tx.insert(polls).values({ id: pollId, meetingId: state.meetingId, status: 'open', frame, openedAt });
}

/** The caller has counted under the exclusive lock that `pollFact` took; from here on no cast is accepted. */
export async function bookPollClosed(tx: Queryable, state: MeetingState, pollId: string, closedAt: number) {
  await tx.update(polls).set({ status: 'closed', closedAt }).where(eq(polls.id, pollId));
  const frame = state.polls.byId[pollId]?.frame;
  const allocation = frame?.subject.kind === 'allocation' ? state.allocations.byId[frame.subject.callId] : undefined;
  if (frame?.residents) await unlinkAnswers(tx, pollId);
  else if (frame?.secrecy === 'hidden') {
    const linked = await tx
      .select({ seatId: ballots.seatId, choice: ballots.choice })
      .from(ballots)
      .where(eq(ballots.pollId, pollId));
    await tx.update(ballots).set({ choice: null }).where(eq(ballots.pollId, pollId));
    // [D4] Once unlinked, nobody can tell any more which choices were of a seat with a tie: they go now.
    const kept = linked.map(({ seatId, choice }) =>
      allocation ? withoutTied(choice as FundingChoice | null, tiedProjects(allocation, seatId)) : choice,
    );
    await keepUnlinked(tx, pollId, 'seats', kept);
  }
  if (allocation) {
    const linked = await tx
      .select({ choice: slipBallots.choice })
      .from(slipBallots)
      .where(eq(slipBallots.pollId, pollId));
    await tx.update(slipBallots).set({ choice: null }).where(eq(slipBallots.pollId, pollId));
    await tx.delete(slipPapers).where(eq(slipPapers.pollId, pollId));
    await keepUnlinked(
      tx,
      pollId,
      'residents',
      linked.map(({ choice }) => choice),
    );
  }
}

/** A vote called off counts nothing; what was chosen is nobody's business any more. */
export async function bookPollVoided(tx: Queryable, pollId: string, closedAt: number) {
  await tx.update(polls).set({ status: 'closed', closedAt }).where(eq(polls.id, pollId));
  await tx.update(ballots).set({ choice: null }).where(eq(ballots.pollId, pollId));
  await tx.update(slipBallots).set({ choice: null }).where(eq(slipBallots.pollId, pollId));
  await tx.delete(slipPapers).where(eq(slipPapers.pollId, pollId));
  await tx.delete(hiddenChoices).where(eq(hiddenChoices.pollId, pollId));
  await unlinkAnswers(tx, pollId, true);
}

/** [R2] [V7] Recused and departed seats cannot cast; a seat that comes back may. Null lifts a departure only. */
export async function bookBarred(tx: Queryable, state: MeetingState, seatId: string, barred: Barred | null) {
  const { openId } = state.polls;
  if (openId === null) return;
  if (barred === null) {
    await tx
      .update(polls)
      .set({
        barred: sql`case when ${polls.barred} ->> ${seatId}::text = 'left' then ${polls.barred} - ${seatId}::text else ${polls.barred} end`,
      })
      .where(eq(polls.id, openId));
    return;
  }
  await tx
    .update(polls)
    .set({ barred: sql`${polls.barred} || jsonb_build_object(${seatId}::text, ${barred}::text)` })
    .where(eq(polls.id, openId));
}

/**
 * [R2] In the open vote on that motion a recused seat's ballot goes with it; a departed seat's stays counted. Sheets that hold its paper are
 * taken back: from unlinked ones nobody can tell which vote was the seat's, so the others are entered anew.
 */
export async function bookRecused(tx: Queryable, state: MeetingState, motionId: string, seatId: string, at: number) {
  const { openId } = state.polls;
  const subject = state.polls.byId[openId ?? '']?.frame.subject;
  if (openId === null || !subject || !('motionId' in subject) || subject.motionId !== motionId) return;
  const sheets = await tx
    .select()
    .from(tallySheets)
    .where(
      sql`${tallySheets.pollId} = ${openId} and ${tallySheets.rejectedAt} is null and ${tallySheets.kind} <> 'hand_count' and ${tallySheets.seatIds} ? ${seatId}`,
    );
  for (const { id, seatIds } of sheets) {
    await tx.update(tallySheets).set({ rejectedBy: 'system', rejectedAt: at }).where(eq(tallySheets.id, id));
    await tx.delete(ballots).where(and(eq(ballots.pollId, openId), inArray(ballots.seatId, seatIds)));
    await tx
      .update(polls)
      .set({
        barred: sql`${polls.barred} - array(select jsonb_array_elements_text(${JSON.stringify(seatIds)}::jsonb))`,
      })
      .where(eq(polls.id, openId));
  }
  await tx.delete(ballots).where(and(eq(ballots.pollId, openId), eq(ballots.seatId, seatId)));
  await bookBarred(tx, state, seatId, 'recused');
}

/** The sheets of the open vote that a recusal took back. */
export async function sheetsTakenBack(tx: Queryable, state: MeetingState): Promise<string[]> {
  const rows = await tx
    .select({ id: tallySheets.id })
    .from(tallySheets)
    .where(and(eq(tallySheets.pollId, state.polls.openId ?? ''), eq(tallySheets.rejectedBy, 'system')));
  return rows.map(({ id }) => id);
}

/** Without what its seat is tied to. An empty ballot still counts in n. */
function withoutTied(choice: FundingChoice | null, tied: readonly string[]): FundingChoice | null {
  if (!choice || tied.length === 0) return choice;
  const kept = choice.listed.flatMap((id, place) => (tied.includes(id) ? [] : [place]));
  const listed = kept.map((place) => choice.listed[place] ?? '');
  return choice.points ? { listed, points: kept.map((place) => choice.points?.[place] ?? 0) } : { listed };
}

/** [V3] Keeps choices away from their seats or slips, in a random order under random ids. */
async function keepUnlinked(tx: Queryable, pollId: string, chamber: Chamber, linked: readonly unknown[]) {
  const choices = linked.filter((choice) => choice !== null);
  for (let last = choices.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [choices[last], choices[other]] = [choices[other], choices[last]];
  }
  // A statement holds so many values at most.
  for (let from = 0; from < choices.length; from += 5_000)
    await tx
      .insert(hiddenChoices)
      .values(choices.slice(from, from + 5_000).map((choice) => ({ id: newId(), pollId, choice, chamber })));
}
