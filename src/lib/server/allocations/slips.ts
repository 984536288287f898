// Residents' slips for a funding ballot: good for one ballot each, whoever holds them, opened at /ballot/<code>. What was chosen with one stands beside it until the vote closes and nowhere after. Casting takes the poll's shared lock, as every cast does.
import { and, asc, eq, max } from 'drizzle-orm';
import { personAt, type Actor } from '#lib/domain/actor.ts';
import type { FundingChoice } from '#lib/domain/ballots/funding-ballot.ts';
import { methodOf } from '#lib/domain/ballots/index.ts';
import { callAt, votes, type Allocation } from '#lib/domain/meeting/allocation.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { parseAsk } from '#lib/protocol/commands.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { CastAnswer } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { client, db } from '#lib/server/db/client.ts';
import { ballotSlips, meetings, slipBallots } from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { turnoutNotice } from '#lib/server/polls/ballot-box.ts';
import { newSlips, slipTyped } from '#lib/server/slips/slip.ts';

const mostSlips = 2_000;
const mostRevisions = 100;

export interface PrintedSlip {
  readonly number: number;
  /** Print it now; it cannot be read back. */
  readonly code: string;
}

async function mayPrint(meetingId: string, callId: string, actor: Actor): Promise<Allocation | Refusal> {
  const { state } = await freshCopy(meetingId);
  const personId = personAt(actor, meetingId);
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (personId === null || !mayDo(doers, 'printBallotSlips'))
    return refuse('P1', 'not-entitled', { deed: 'printBallotSlips' });
  const allocation = callAt(state, callId);
  if (isRefusal(allocation)) return allocation;
  return votes(allocation.voters, 'residents') ? allocation : refuse('D3', 'unknown-call');
}

/** [D8] New slips for a call, numbered on from those there are. */
export async function printSlips(
  meetingId: string,
  callId: string,
  copies: number,
  actor: Actor,
): Promise<readonly PrintedSlip[] | Refusal> {
  const allowed = await mayPrint(meetingId, callId, actor);
  if (isRefusal(allowed)) return allowed;
  if (!Number.isSafeInteger(copies) || copies < 1 || copies > mostSlips)
    return refuse('C2', 'command-malformed', { field: 'copies' });
  return db.transaction(async (tx) => {
    // Two desks that print at the same moment number on from each other.
    await tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, meetingId)).for('update');
    const [{ highest } = { highest: null }] = await tx
      .select({ highest: max(ballotSlips.number) })
      .from(ballotSlips)
      .where(eq(ballotSlips.callId, callId));
    const printed = newSlips(copies).map((slip, index) => ({ number: (highest ?? 0) + index + 1, ...slip }));
    const createdAt = Date.now();
    await tx
      .insert(ballotSlips)
      .values(printed.map(({ number, codeHash }) => ({ id: newId(), codeHash, meetingId, callId, number, createdAt })));
    return printed.map(({ number, code }) => ({ number, code }));
  });
}

/** [D8] A slip that was lost is void, and so is its ballot while the vote is open. Twice changes nothing. */
export async function revokeSlip(
  meetingId: string,
  callId: string,
  number: number,
  actor: Actor,
): Promise<Refusal | null> {
  const allowed = await mayPrint(meetingId, callId, actor);
  if (isRefusal(allowed)) return allowed;
  return client.begin(async (tx) => {
    if (allowed.pollId !== null) {
      const [poll] = await tx<{ status: string }[]>`select status from polls where id = ${allowed.pollId} for share`;
      if (poll?.status === 'closed') return refuse('V3', 'poll-not-open');
    }
    const [slip] = await tx<{ id: string }[]>`
      update ballot_slips set revoked_at = coalesce(revoked_at, ${Date.now()})
      where call_id = ${callId} and meeting_id = ${meetingId} and number = ${number} returning id`;
    if (!slip) return refuse('D8', 'unknown-slip');
    await tx`delete from slip_ballots where slip_id = ${slip.id}`;
    await tx`delete from slip_papers where slip_id = ${slip.id}`;
    return null;
  });
}

export interface SlipsOfCall {
  readonly printed: number;
  readonly revoked: readonly number[];
}

export async function slipsOfCall(callId: string): Promise<SlipsOfCall> {
  const rows = await db
    .select({ number: ballotSlips.number, revokedAt: ballotSlips.revokedAt })
    .from(ballotSlips)
    .where(eq(ballotSlips.callId, callId))
    .orderBy(asc(ballotSlips.number));
  return {
    printed: rows.length,
    revoked: rows.flatMap(({ number, revokedAt }) => (revokedAt === null ? [] : [number])),
  };
}

export interface SlipView {
  readonly slipId: string;
  readonly number: number;
  readonly meetingId: string;
  readonly meetingTitle: string;
  readonly allocation: Allocation;
  /** The vote as it stands: not open yet, open, or closed. */
  readonly poll: Poll | null;
  /** What this slip has chosen, while the vote is open. */
  readonly choice: FundingChoice | null;
  readonly hasVoted: boolean;
}

/** What a slip opens, by its code as somebody typed it. */
export async function slipByCode(typed: string): Promise<SlipView | Refusal> {
  const slip = await slipTyped(typed, {
    find: (codeHash) => db.select().from(ballotSlips).where(eq(ballotSlips.codeHash, codeHash)),
    isVoid: ({ revokedAt }) => revokedAt !== null,
    refuse: (why) => refuse('D8', why === 'void' ? 'slip-revoked' : 'unknown-slip'),
  });
  if (isRefusal(slip)) return slip;
  const { state } = await freshCopy(slip.meetingId);
  const allocation = callAt(state, slip.callId);
  if (isRefusal(allocation) || allocation.withdrawn) return refuse('D8', 'unknown-call');
  const poll = allocation.pollId === null ? null : (state.polls.byId[allocation.pollId] ?? null);
  const [ballot] =
    poll === null
      ? []
      : await db
          .select()
          .from(slipBallots)
          .where(and(eq(slipBallots.pollId, poll.frame.pollId), eq(slipBallots.slipId, slip.id)));
  return {
    slipId: slip.id,
    number: slip.number,
    meetingId: slip.meetingId,
    meetingTitle: state.title?.text ?? '',
    allocation,
    poll,
    choice: (ballot?.choice ?? null) as FundingChoice | null,
    hasVoted: ballot !== undefined,
  };
}

/** [D8] Casts or changes a slip's ballot. Answers once it is stored; the same `castId` again changes nothing. */
export async function castBySlip(typed: string, ask: unknown): Promise<CastAnswer> {
  const refused = (refusal: Refusal): CastAnswer => ({ ok: false, refusal });
  const asked = parseAsk('slipCast', ask);
  if (isRefusal(asked)) return refused(asked);
  const view = await slipByCode(typed);
  if (isRefusal(view)) return refused(view);
  const { poll, slipId, meetingId } = view;
  if (poll?.frame.pollId !== asked.pollId) return refused(refuse('V3', 'poll-not-open'));
  const method = methodOf(poll.frame.method);
  const choice = method?.parseChoice(poll.frame.config, asked.choice) ?? null;
  if (choice === null)
    return refused(method?.fault?.(poll.frame.config, asked.choice) ?? refuse('V2', 'choice-invalid'));
  const answer = await client.begin(async (tx): Promise<CastAnswer> => {
    const [row] = await tx<{ status: string }[]>`select status from polls where id = ${asked.pollId} for share`;
    if (row?.status !== 'open') return refused(refuse('V3', 'poll-not-open'));
    const [slip] = await tx<{ revoked_at: string | null }[]>`
      select revoked_at from ballot_slips where id = ${slipId} for share`;
    if (slip?.revoked_at !== null) return refused(refuse('D8', 'slip-revoked'));
    const [paper] = await tx`
      select 1 from slip_papers where slip_id = ${slipId} and poll_id = ${asked.pollId}
      union all select 1 from slip_ballots where slip_id = ${slipId} and poll_id = ${asked.pollId} and channel = 'paper'`;
    if (paper) return refused(refuse('D10', 'slip-on-paper'));
    const [stored] = await tx<{ revision: number }[]>`
      insert into slip_ballots (poll_id, slip_id, revision, choice, cast_ids)
      values (${asked.pollId}, ${slipId}, 1, ${JSON.stringify(choice)}::text::jsonb, array[${asked.castId}])
      on conflict (poll_id, slip_id) do update
      set choice = excluded.choice, revision = slip_ballots.revision + 1, cast_ids = slip_ballots.cast_ids || excluded.cast_ids
      where not (slip_ballots.cast_ids @> excluded.cast_ids) and slip_ballots.revision < ${mostRevisions}
      returning revision`;
    if (stored) return { ok: true, revision: stored.revision };
    const [kept] = await tx<{ revision: number }[]>`
      select revision from slip_ballots where poll_id = ${asked.pollId} and slip_id = ${slipId}`;
    if (kept && kept.revision >= mostRevisions)
      return refused(refuse('V2', 'too-many-attempts', { most: mostRevisions }));
    return { ok: true, revision: kept?.revision ?? 0 };
  });
  if (answer.ok) bus().publish(turnoutNotice, `${meetingId} ${asked.pollId}`, Date.now());
  return answer;
}
