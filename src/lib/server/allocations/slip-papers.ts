// Residents' ballots on paper: a slip printed as a paper form, typed in by one person and confirmed by another. Until it is confirmed the slip can do
// nothing else and the vote is not closed; from the close on nothing leads from the slip to what it chose. Rule [D10].
import { and, asc, count, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { personAt, type Actor } from '#lib/domain/actor.ts';
import type { VoidReason } from '#lib/domain/appraisal/form.ts';
import type { FundingChoice } from '#lib/domain/ballots/funding-ballot.ts';
import { methodOf } from '#lib/domain/ballots/index.ts';
import { callAt } from '#lib/domain/meeting/allocation.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo, type Deed } from '#lib/domain/meeting/policy.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { bus } from '#lib/server/bus.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { ballotSlips, polls, slipBallots, slipPapers } from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { turnoutNotice } from '#lib/server/polls/ballot-box.ts';
import { codeHashOf } from '#lib/server/slips/slip.ts';

/** What a paper says, or why it is void. */
export type PaperContent = FundingChoice | { readonly void: VoidReason };

interface OpenVote {
  readonly pollId: string;
  readonly callId: string;
  readonly personId: string;
  readonly state: MeetingState;
}

/** The vote of this call that is open now, for somebody who may. */
async function openVote(meetingId: string, callId: string, deed: Deed, actor: Actor): Promise<OpenVote | Refusal> {
  const { state } = await freshCopy(meetingId);
  const personId = personAt(actor, meetingId);
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (personId === null || !mayDo(doers, deed)) return refuse('P1', 'not-entitled', { deed });
  const allocation = callAt(state, callId);
  if (isRefusal(allocation)) return allocation;
  const { pollId } = allocation;
  return pollId === null || state.polls.openId !== pollId
    ? refuse('V3', 'poll-not-open')
    : { pollId, callId, personId, state };
}

/** Held until the transaction ends: the poll against a close, then the slip against everything else. */
async function holdSlip(tx: Queryable, { pollId }: OpenVote, which: ReturnType<typeof eq>) {
  const [poll] = await tx.select({ status: polls.status }).from(polls).where(eq(polls.id, pollId)).for('share');
  if (poll?.status !== 'open') return refuse('V3', 'poll-not-open');
  const [slip] = await tx.select().from(ballotSlips).where(which).for('update');
  if (!slip) return refuse('D8', 'unknown-slip');
  return slip.revokedAt === null ? slip : refuse('D8', 'slip-revoked');
}

/** [D10] `typed` is the slip's number or its code, as it stands on the paper. */
export async function enterSlipPaper(
  meetingId: string,
  callId: string,
  { typed, content }: { readonly typed: string; readonly content: PaperContent },
  actor: Actor,
): Promise<{ readonly number: number } | Refusal> {
  const vote = await openVote(meetingId, callId, 'enterTallySheet', actor);
  if (isRefusal(vote)) return vote;
  const { pollId, personId, state } = vote;
  const frame = state.polls.byId[pollId]?.frame;
  const method = methodOf(frame?.method ?? '');
  const voidReason = 'void' in content ? content.void : null;
  const choice = voidReason ? null : (method?.parseChoice(frame?.config, content) ?? null);
  if (voidReason === null && choice === null)
    return method?.fault?.(frame?.config, content) ?? refuse('V9', 'choice-invalid');
  const which = /^\d{1,4}$/.test(typed.trim())
    ? eq(ballotSlips.number, Number(typed))
    : eq(ballotSlips.codeHash, codeHashOf(typed) ?? '');
  const entered = await db.transaction(async (tx) => {
    const slip = await holdSlip(tx, vote, and(eq(ballotSlips.callId, callId), which) as ReturnType<typeof eq>);
    if (isRefusal(slip)) return slip;
    const [voted] = await tx
      .select({ slipId: slipBallots.slipId })
      .from(slipBallots)
      .where(and(eq(slipBallots.pollId, pollId), eq(slipBallots.slipId, slip.id)));
    if (voted) return refuse('D10', 'slip-voted');
    const [mine] = await tx
      .insert(slipPapers)
      .values({ pollId, slipId: slip.id, choice, voidReason, enteredBy: personId, enteredAt: Date.now() })
      .onConflictDoNothing()
      .returning({ slipId: slipPapers.slipId });
    return mine ? { number: slip.number } : refuse('D10', 'slip-on-paper');
  });
  if (!isRefusal(entered)) bus().publish(turnoutNotice, `${meetingId} ${pollId}`, Date.now());
  return entered;
}

/** [D10] Somebody else confirms; whoever disagrees, its writer too, sends it back, and the slip may be used again. */
export async function settleSlipPaper(
  meetingId: string,
  callId: string,
  { number, confirm }: { readonly number: number; readonly confirm: boolean },
  actor: Actor,
): Promise<Refusal | null> {
  const vote = await openVote(meetingId, callId, 'settleTallySheet', actor);
  if (isRefusal(vote)) return vote;
  const { pollId, personId } = vote;
  const refused = await db.transaction(async (tx) => {
    const which = and(eq(ballotSlips.callId, callId), eq(ballotSlips.number, number)) as ReturnType<typeof eq>;
    const slip = await holdSlip(tx, vote, which);
    if (isRefusal(slip)) return slip;
    const of = and(eq(slipPapers.pollId, pollId), eq(slipPapers.slipId, slip.id));
    const [paper] = await tx.select().from(slipPapers).where(of);
    if (!paper) return refuse('V9', 'sheet-already-settled');
    if (confirm && paper.enteredBy === personId) return refuse('V9', 'second-person-needed', { count: 1 });
    await tx.delete(slipPapers).where(of);
    if (!confirm) return null;
    await tx.insert(slipBallots).values({
      pollId,
      slipId: slip.id,
      revision: 1,
      choice: paper.choice,
      castIds: [],
      channel: 'paper',
      spoiled: paper.choice === null,
      voidReason: paper.voidReason,
    });
    return null;
  });
  if (refused === null) bus().publish(turnoutNotice, `${meetingId} ${pollId}`, Date.now());
  return refused;
}

/** What waits for a second person, in the order it was typed. Never after the close. */
export const slipPapersWaiting = (pollId: string) =>
  db
    .select({
      number: ballotSlips.number,
      choice: slipPapers.choice,
      voidReason: slipPapers.voidReason,
      enteredBy: slipPapers.enteredBy,
    })
    .from(slipPapers)
    .innerJoin(ballotSlips, eq(ballotSlips.id, slipPapers.slipId))
    .where(eq(slipPapers.pollId, pollId))
    .orderBy(asc(slipPapers.enteredAt));

export interface SlipsReconciled {
  /** Good slips: printed and not revoked. */
  readonly issued: number;
  readonly revoked: number;
  readonly phone: number;
  readonly paper: number;
  /** Papers that are void. */
  readonly spoiled: number;
  /** How many are void for which reason. */
  readonly voidBy: Readonly<Partial<Record<VoidReason, number>>>;
  readonly waiting: number;
  readonly unused: number;
}

/** [D10] Where every slip of a vote went. The same before and after the close. */
export async function reconcileSlips(callId: string, pollId: string, store: Queryable = db): Promise<SlipsReconciled> {
  const [slips] = await store
    .select({
      issued: sql<number>`(count(*) filter (where ${ballotSlips.revokedAt} is null))::int`,
      revoked: sql<number>`(count(*) filter (where ${ballotSlips.revokedAt} is not null))::int`,
    })
    .from(ballotSlips)
    .where(eq(ballotSlips.callId, callId));
  const [cast] = await store
    .select({
      phone: sql<number>`(count(*) filter (where ${slipBallots.channel} = 'phone'))::int`,
      paper: sql<number>`(count(*) filter (where ${slipBallots.channel} = 'paper' and not ${slipBallots.spoiled}))::int`,
      spoiled: sql<number>`(count(*) filter (where ${slipBallots.spoiled}))::int`,
    })
    .from(slipBallots)
    .innerJoin(ballotSlips, and(eq(ballotSlips.id, slipBallots.slipId), isNull(ballotSlips.revokedAt)))
    .where(eq(slipBallots.pollId, pollId));
  const voids = await store
    .select({ reason: slipBallots.voidReason, many: count() })
    .from(slipBallots)
    .innerJoin(ballotSlips, and(eq(ballotSlips.id, slipBallots.slipId), isNull(ballotSlips.revokedAt)))
    .where(and(eq(slipBallots.pollId, pollId), isNotNull(slipBallots.voidReason)))
    .groupBy(slipBallots.voidReason);
  const voidBy = Object.fromEntries(voids.map(({ reason, many }) => [reason, many]));
  const [papers] = await store.select({ waiting: count() }).from(slipPapers).where(eq(slipPapers.pollId, pollId));
  const { issued = 0, revoked = 0 } = slips ?? {};
  const { phone = 0, paper = 0, spoiled = 0 } = cast ?? {};
  const waiting = papers?.waiting ?? 0;
  return {
    issued,
    revoked,
    phone,
    paper,
    spoiled,
    voidBy,
    waiting,
    unused: issued - phone - paper - spoiled - waiting,
  };
}
