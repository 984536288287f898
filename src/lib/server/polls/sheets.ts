// Paper and raised hands: written by one person, valid once another has confirmed, on another device. [V9]
// A confirmed paper enters the same table as every ballot; after the close a correction supersedes the result and both versions stay.
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { methodOf } from '#lib/domain/ballots/index.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import type { PollFrame } from '#lib/domain/meeting/poll-state.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { parseAsk, type Asked } from '#lib/protocol/commands.ts';
import type { Answer, TallyContent, TallySheetView } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { ballots, polls, tallySheets } from '#lib/server/db/schema/index.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { turnoutNotice } from './ballot-box.ts';
import { bookBarred, lockPoll, sheetNotice } from './book.ts';

type SheetRow = typeof tallySheets.$inferSelect;

const asView = (row: SheetRow): TallySheetView => ({
  sheetId: row.id,
  pollId: row.pollId,
  kind: row.kind,
  seatIds: row.seatIds,
  content: row.content as TallyContent,
  enteredBy: row.enteredBy,
  enteredAt: row.enteredAt,
  confirmedBy: row.confirmedBy,
  rejectedBy: row.rejectedBy,
  replaces: row.replaces,
  reason: row.reason,
});

const refused = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });

/** [V9] Writes a sheet down; it counts once somebody else has confirmed it. The same `sheetId` again changes nothing. */
export async function enterSheet(ask: unknown, actor: Actor): Promise<Answer> {
  const asked = parseAsk('sheet', ask);
  if (isRefusal(asked)) return refused(asked);
  const { state } = await freshCopy(asked.meetingId);
  const personId = personAt(actor, asked.meetingId);
  if (personId === null) return refused(refuse('P1', 'session-expired'));
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (!mayDo(doers, 'enterTallySheet')) return refused(refuse('P1', 'not-entitled', { deed: 'enterTallySheet' }));

  const outcome = await db.transaction(async (tx): Promise<Refusal | null> => {
    const poll = await lockPoll(tx, asked.pollId);
    if (!poll || poll.meetingId !== asked.meetingId) return refuse('V3', 'unknown-poll');
    const [same] = await tx.select().from(tallySheets).where(eq(tallySheets.id, asked.sheetId));
    if (same) return same.enteredBy === personId ? null : refuse('C3', 'not-entitled');
    const fault =
      asked.replaces === null
        ? await freshFault(tx, poll, asked)
        : await correctionFault(tx, asked, state.polls.byId[asked.pollId]?.stage === 'announced');
    if (fault) return fault;
    const { sheetId: id, pollId, kind, seatIds, content, replaces } = asked;
    const reason = asked.reason?.trim() || null;
    await tx
      .insert(tallySheets)
      .values({ id, pollId, kind, seatIds, content, replaces, reason, enteredBy: personId, enteredAt: Date.now() });
    if (replaces === null) for (const seatId of seatIds) await bookBarred(tx, state, seatId, 'paper');
    return null;
  });
  if (outcome) return refused(outcome);
  bus().publish(sheetNotice, `${asked.meetingId} ${asked.sheetId}`, Date.now());
  return { ok: true };
}

function choiceFault({ method: id, config }: PollFrame, choice: unknown): Refusal | null {
  const method = methodOf(id);
  if (!method || method.parseChoice(config, choice) !== null) return method ? null : refuse('V9', 'choice-invalid');
  return method.fault?.(config, choice) ?? refuse('V9', 'choice-invalid');
}

/** Whether the content is one this poll can have. */
function contentFault(frame: PollFrame, kind: SheetRow['kind'], content: TallyContent, seats: number): Refusal | null {
  const method = methodOf(frame.method);
  if (!method) return refuse('V9', 'choice-invalid');
  if (kind === 'paper') {
    if (!('choice' in content) && !('spoiled' in content && content.spoiled === true))
      return refuse('V9', 'choice-invalid');
    return 'choice' in content ? choiceFault(frame, content.choice) : null;
  }
  if (method.marks === 'many') {
    // Ballots that mark many are entered one by one, or their count could not be made; raised hands cannot say them.
    if (kind === 'hand_count' || !('choices' in content)) return refuse('V9', 'choice-invalid');
    if (content.choices.length + content.spoiled !== seats)
      return refuse('V9', 'sheet-does-not-reconcile', { total: content.choices.length, expected: seats });
    return content.choices.map((choice) => choiceFault(frame, choice)).find((fault) => fault !== null) ?? null;
  }
  if (!('counts' in content)) return refuse('V9', 'choice-invalid');
  const options = method.options(frame.config);
  if (Object.keys(content.counts).some((option) => !options.includes(option))) return refuse('V9', 'choice-invalid');
  const total = Object.values(content.counts).reduce((sum, each) => sum + each, content.spoiled);
  if (kind === 'paper_bundle' && !frame.residents && total !== seats)
    return refuse('V9', 'sheet-does-not-reconcile', { total, expected: seats });
  return null;
}

async function freshFault(
  tx: Queryable,
  poll: typeof polls.$inferSelect,
  { kind, seatIds, content }: Asked<'sheet'>,
): Promise<Refusal | null> {
  if (poll.status !== 'open') return refuse('V3', 'poll-not-open');
  const { frame } = poll;
  if ((kind === 'paper') !== (frame.secrecy === 'named') && kind !== 'hand_count')
    return refuse('V9', 'choice-invalid');
  if (kind === 'paper' && seatIds.length !== 1) return refuse('V9', 'unknown-seat');
  if (frame.residents) {
    // [H11] Residents' paper has no seats: how many there are is for the second person to count.
    if (kind !== 'paper_bundle' || seatIds.length > 0) return refuse('V9', 'choice-invalid');
    return contentFault(frame, kind, content, 0);
  }
  if (kind === 'paper_bundle' && (seatIds.length === 0 || new Set(seatIds).size !== seatIds.length))
    return refuse('V9', 'unknown-seat');
  const fault = contentFault(frame, kind, content, seatIds.length);
  if (fault) return fault;
  const cast = await tx.select({ seatId: ballots.seatId }).from(ballots).where(eq(ballots.pollId, poll.id));
  for (const seatId of seatIds) {
    if (!frame.electorate.includes(seatId)) return refuse('V2', 'not-in-electorate');
    const barred = poll.barred[seatId];
    if (barred === 'recused') return refuse('R2', 'recused');
    if (barred || cast.some((each) => each.seatId === seatId)) return refuse('V9', 'seat-voted-otherwise');
  }
  if (kind === 'hand_count' && 'counts' in content) {
    const raised = Object.values(content.counts).reduce((sum, each) => sum + each, content.spoiled);
    const others = await bundled(tx, poll.id);
    const left = frame.electorate.length - Object.keys(poll.barred).length - cast.length - others;
    if (raised > left) return refuse('V9', 'sheet-does-not-reconcile', { total: raised, expected: Math.max(0, left) });
  }
  return null;
}

/** Raised hands already on sheets that were not rejected. */
async function bundled(tx: Queryable, pollId: string): Promise<number> {
  const sheets = await tx
    .select()
    .from(tallySheets)
    .where(and(eq(tallySheets.pollId, pollId), eq(tallySheets.kind, 'hand_count'), isNull(tallySheets.rejectedAt)));
  return sheets.reduce((sum, { content }) => {
    const paper = content as TallyContent;
    return 'counts' in paper ? sum + Object.values(paper.counts).reduce((a, b) => a + b, paper.spoiled) : sum;
  }, 0);
}

/** [V8] A correction replaces a confirmed sheet of a closed poll, once, with a reason. */
async function correctionFault(tx: Queryable, asked: Asked<'sheet'>, announced: boolean): Promise<Refusal | null> {
  const [before] = await tx
    .select()
    .from(tallySheets)
    .where(eq(tallySheets.id, asked.replaces ?? ''));
  const [poll] = await tx.select().from(polls).where(eq(polls.id, asked.pollId));
  if (!before || !poll || before.pollId !== asked.pollId || before.confirmedAt === null)
    return refuse('V8', 'unknown-sheet');
  // [D7] What was announced of money is not changed by a paper found later.
  if (poll.frame.subject.kind === 'allocation' && announced) return refuse('D7', 'poll-already-announced');
  if (before.kind !== asked.kind || JSON.stringify(before.seatIds) !== JSON.stringify(asked.seatIds))
    return refuse('V8', 'unknown-sheet');
  const reason = checkedText(asked.reason ?? '', 300);
  if (typeof reason !== 'string') return reason;
  const [already] = await tx
    .select()
    .from(tallySheets)
    .where(and(eq(tallySheets.replaces, before.id), isNull(tallySheets.rejectedAt)));
  if (already) return refuse('V8', 'sheet-already-settled');
  return contentFault(poll.frame, asked.kind, asked.content, asked.seatIds.length);
}

/** [V9] Confirms or rejects somebody else's sheet. Confirming a correction after the close supersedes the result. */
export async function settleSheet(ask: unknown, actor: Actor): Promise<Answer> {
  const asked = parseAsk('settle', ask);
  if (isRefusal(asked)) return refused(asked);
  const { state } = await freshCopy(asked.meetingId);
  const personId = personAt(actor, asked.meetingId);
  if (personId === null) return refused(refuse('P1', 'session-expired'));
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (!mayDo(doers, 'settleTallySheet')) return refused(refuse('P1', 'not-entitled', { deed: 'settleTallySheet' }));

  const outcome = await db.transaction(async (tx): Promise<Refusal | SheetRow> => {
    const [known] = await tx.select().from(tallySheets).where(eq(tallySheets.id, asked.sheetId));
    const poll = known ? await lockPoll(tx, known.pollId) : null;
    if (!poll || poll.meetingId !== asked.meetingId) return refuse('V9', 'unknown-sheet');
    const [sheet] = await tx.select().from(tallySheets).where(eq(tallySheets.id, asked.sheetId));
    if (!sheet) return refuse('V9', 'unknown-sheet');
    if (sheet.confirmedAt !== null || sheet.rejectedAt !== null) {
      const sameAgain = asked.confirm ? sheet.confirmedBy === personId : sheet.rejectedBy === personId;
      return sameAgain ? sheet : refuse('V9', 'sheet-already-settled');
    }
    // The writer may take back, never confirm.
    if (asked.confirm && sheet.enteredBy === personId) return refuse('V9', 'second-person-needed', { count: 1 });
    if (asked.confirm && sheet.replaces === null && poll.status !== 'open') return refuse('V3', 'poll-not-open');
    const settled = asked.confirm
      ? { confirmedBy: personId, confirmedAt: Date.now() }
      : { rejectedBy: personId, rejectedAt: Date.now() };
    await tx.update(tallySheets).set(settled).where(eq(tallySheets.id, sheet.id));
    if (asked.confirm) await enterIntoBox(tx, sheet);
    else if (sheet.replaces === null) await release(tx, poll, sheet);
    return { ...sheet, ...settled };
  });
  if (isRefusal(outcome)) return refused(outcome);
  bus().publish(sheetNotice, `${asked.meetingId} ${asked.sheetId}`, Date.now());
  bus().publish(turnoutNotice, `${asked.meetingId} ${outcome.pollId}`, Date.now());
  if (asked.confirm && outcome.replaces !== null) {
    const command = { type: 'supersedeResult', pollId: outcome.pollId, sheetId: outcome.id };
    const answer = await act(asked.meetingId, { commandId: `sheet-${outcome.id}`, command }, { kind: 'system' });
    if (!answer.ok) return answer;
  }
  return { ok: true };
}

/** A confirmed paper becomes its seat's ballot; bundles add their seats to the turnout and their counts at the close. */
async function enterIntoBox(tx: Queryable, sheet: SheetRow): Promise<void> {
  const content = sheet.content as TallyContent;
  const choice = 'choice' in content ? content.choice : null;
  const { pollId, confirmedAt } = sheet;
  const castAt = confirmedAt ?? sheet.enteredAt;
  for (const seatId of sheet.seatIds)
    await tx
      .insert(ballots)
      .values({
        pollId,
        seatId,
        actingId: sheet.enteredBy,
        channel: 'paper',
        revision: 1,
        choice,
        castIds: [sheet.id],
        castAt,
      })
      .onConflictDoUpdate({ target: [ballots.pollId, ballots.seatId], set: { choice, channel: 'paper' } });
}

/** A rejected sheet gives its seats back their other channels. */
async function release(tx: Queryable, poll: typeof polls.$inferSelect, sheet: SheetRow): Promise<void> {
  const barred = Object.fromEntries(
    Object.entries(poll.barred).filter(([seatId, why]) => why !== 'paper' || !sheet.seatIds.includes(seatId)),
  );
  await tx.update(polls).set({ barred }).where(eq(polls.id, poll.id));
}

/** All sheets of a meeting's polls, for the desk. */
export async function sheetsOf(meetingId: string): Promise<TallySheetView[]> {
  const rows = await db
    .select({ sheet: tallySheets })
    .from(tallySheets)
    .innerJoin(polls, eq(polls.id, tallySheets.pollId))
    .where(eq(polls.meetingId, meetingId))
    .orderBy(asc(tallySheets.enteredAt));
  return rows.map(({ sheet }) => asView(sheet));
}

export async function sheetOf(sheetId: string): Promise<TallySheetView | null> {
  const [row] = await db.select().from(tallySheets).where(eq(tallySheets.id, sheetId));
  return row ? asView(row) : null;
}
