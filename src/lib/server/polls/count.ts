// The facts of a count: what was cast, by which channels, with which confirmed papers. Read under the poll's exclusive lock, so that every
// ballot accepted before is in it and none comes after. Gives the same before and after names are unlinked.
import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import type { PollFact, SheetFact } from '#lib/domain/meeting/poll-state.ts';
import type { TallyContent } from '#lib/protocol/meeting.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { ballots, hiddenChoices, slipPapers, tallySheets, type polls } from '#lib/server/db/schema/index.ts';
import { lockPoll } from './book.ts';
import { answersIn } from './resident-box.ts';

/** [V3] Takes the exclusive lock. Null when there is no such poll. */
export async function pollFact(tx: Queryable, pollId: string): Promise<PollFact | null> {
  const poll = await lockPoll(tx, pollId);
  return poll && ballotsIn(tx, poll);
}

/** What the rows of a poll say. The caller holds its lock, or the poll is closed. */
export async function ballotsIn(tx: Queryable, poll: typeof polls.$inferSelect): Promise<PollFact> {
  const pollId = poll.id;
  const cast = await tx.select().from(ballots).where(eq(ballots.pollId, pollId));
  const hidden = await tx
    .select({ choice: hiddenChoices.choice })
    .from(hiddenChoices)
    .where(and(eq(hiddenChoices.pollId, pollId), eq(hiddenChoices.chamber, 'seats')));
  const sheets = await tx
    .select()
    .from(tallySheets)
    .where(and(eq(tallySheets.pollId, pollId), isNull(tallySheets.rejectedAt)));
  const replaced = new Set(sheets.flatMap(({ confirmedAt, replaces }) => (confirmedAt && replaces ? [replaces] : [])));
  const standing = sheets.filter(({ id, confirmedAt }) => confirmedAt !== null && !replaced.has(id));

  const [papers] = await tx.select({ waiting: count() }).from(slipPapers).where(eq(slipPapers.pollId, pollId));

  const turnout = cast.map(({ seatId, channel }) => ({ seatId, channel }));
  const linked = cast.filter(({ choice }) => choice !== null);
  const bundles: PollFact['bundles'][number][] = [];
  const whole: unknown[] = [];
  let spoiled = 0;
  for (const { kind, content } of standing) {
    const paper = content as TallyContent;
    if ('counts' in paper) {
      bundles.push({ channel: kind === 'hand_count' ? 'hand_count' : 'paper', counts: paper.counts });
      spoiled += paper.spoiled;
    } else if ('choices' in paper) {
      whole.push(...paper.choices);
      spoiled += paper.spoiled;
    } else if ('spoiled' in paper) spoiled += 1;
  }
  return {
    turnout,
    choices: [...linked.map(({ choice }) => choice), ...hidden.map(({ choice }) => choice), ...whole],
    choicesBySeat:
      poll.frame.secrecy === 'named' ? Object.fromEntries(linked.map(({ seatId, choice }) => [seatId, choice])) : null,
    ...(poll.frame.residents && { answers: await answersIn(tx, pollId) }),
    bundles,
    spoiled,
    // Residents' papers too: nothing half-entered is left behind at a close.
    unsettledSheets: sheets.filter(({ confirmedAt }) => confirmedAt === null).length + (papers?.waiting ?? 0),
  };
}

export async function sheetFact(tx: Queryable, sheetId: string): Promise<SheetFact | null> {
  const [sheet] = await tx
    .select()
    .from(tallySheets)
    .where(and(eq(tallySheets.id, sheetId), isNull(tallySheets.rejectedAt), isNotNull(tallySheets.replaces)));
  if (!sheet) return null;
  return { sheetId, pollId: sheet.pollId, confirmed: sheet.confirmedAt !== null, reason: sheet.reason ?? '' };
}
