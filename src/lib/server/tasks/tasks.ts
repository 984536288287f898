// 来文任务 in the office: taken down, held against the lists by a person, answered with an owner and a day, and the letter that goes back.
// A meeting answers through in-session.ts. Pages ask policies.ts first. Rules [RL3]-[RL6].
import { and, desc, eq } from 'drizzle-orm';
import { suggestListing, type TaskListing } from '#lib/domain/tasks/lists.ts';
import {
  answersOf,
  checkedFinding,
  checkedTask,
  isAmount,
  type TaskAnswer,
  type TaskAsked,
} from '#lib/domain/tasks/tasks.ts';
import { cleaned, lengthOf } from '#lib/domain/free-text.ts';
import { isServiceRefusal, refuseService } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { OfficeRefused, orThrow, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { incomingTasks, meetings, people, responsibilityItems } from '#lib/server/db/schema/index.ts';
import { openFollowUp } from '#lib/server/follow-ups/follow-ups.ts';
import { lockCodes, nextCode } from '#lib/server/residents-hand.ts';
import { letterDraft } from './letter.ts';
import { listsOf, livingItems } from './lists.ts';

export type TaskRow = typeof incomingTasks.$inferSelect;

export async function takeTask(
  communityId: string,
  asked: TaskAsked,
  byPersonId: string | null,
  store: Queryable = db,
): Promise<{ taskId: string; code: string } | OfficeRefusal> {
  const checked = checkedTask(asked);
  if (isServiceRefusal(checked)) return checked;
  return store.transaction(async (tx) => {
    await lockCodes(tx, 'tasks', communityId);
    const where = eq(incomingTasks.communityId, communityId);
    const last = await nextCode(tx, { table: incomingTasks, code: incomingTasks.code, where, letter: 'Q' });
    // Tasks are few and called Q1, Q2: no leading nought.
    const code = `Q${Number(last.slice(1))}`;
    const taskId = newId();
    await tx
      .insert(incomingTasks)
      .values({ id: taskId, communityId, code, ...checked, createdBy: byPersonId, createdAt: Date.now() });
    return { taskId, code };
  });
}

export const lockTask = async (tx: Queryable, communityId: string, taskId: string): Promise<TaskRow | null> => {
  const [row] = await tx
    .select()
    .from(incomingTasks)
    .where(and(eq(incomingTasks.id, taskId), eq(incomingTasks.communityId, communityId)))
    .for('update');
  return row ?? null;
};

/** [RL3] A person's finding; while the task is answered it stands. */
export async function holdAgainstLists(
  communityId: string,
  taskId: string,
  finding: { readonly listing: TaskListing; readonly itemId: string | null; readonly reason: string },
  byPersonId: string,
  store: Queryable = db,
): Promise<OfficeRefusal | null> {
  const checked = checkedFinding(finding);
  if (isServiceRefusal(checked)) return checked;
  return store.transaction(async (tx) => {
    const task = await lockTask(tx, communityId, taskId);
    if (!task) return refuseOffice('not-there');
    if (task.answer !== null) return refuseService('RL3', 'task-answer-unfit');
    if (checked.itemId !== null && !(await livingItems(communityId, tx)).some(({ id }) => id === checked.itemId))
      return refuseService('RL3', 'finding-item-missing');
    await tx
      .update(incomingTasks)
      .set({
        listing: checked.listing,
        listItemId: checked.itemId,
        findingReason: checked.reason,
        foundBy: byPersonId,
        foundAt: Date.now(),
      })
      .where(eq(incomingTasks.id, taskId));
    return null;
  });
}

export interface TaskAnswered {
  readonly answer: TaskAnswer;
  readonly text: string;
  readonly amountFen: number | null;
  readonly ownerPersonId: string | null;
  readonly ownerName: string;
  readonly dueOn: string;
}

/** [RL5] The answer as the task keeps it, for whoever has judged it; whatever letter there was is drafted anew. */
export const writeAnswer = (
  tx: Queryable,
  taskId: string,
  { text, ownerName, ...answered }: TaskAnswered,
  { at, meetingId }: { readonly at: number; readonly meetingId: string | null },
) =>
  tx
    .update(incomingTasks)
    .set({
      ...answered,
      answerText: text,
      amountFen: answered.answer === 'money_asked' ? answered.amountFen : null,
      ownerName: answered.ownerPersonId === null ? ownerName : '',
      answeredAt: at,
      meetingId,
      letter: null,
      letterConfirmedBy: null,
      letterConfirmedAt: null,
    })
    .where(eq(incomingTasks.id, taskId));

/** Takes an answer back where a meeting withdraws what it concluded. */
export const forgetAnswer = (tx: Queryable, taskId: string) =>
  tx
    .update(incomingTasks)
    .set({
      answer: null,
      answerText: '',
      amountFen: null,
      ownerPersonId: null,
      ownerName: '',
      dueOn: null,
      answeredAt: null,
      meetingId: null,
      letter: null,
    })
    .where(eq(incomingTasks.id, taskId));

/** [RL4] [RL5] An answer given at the desk, between meetings: with its follow-up, in one transaction. */
export async function answerTask(
  communityId: string,
  taskId: string,
  asked: TaskAnswered,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  const text = cleaned(asked.text);
  if (lengthOf(text) > 500) return refuseOffice('text-too-long', { most: 500 });
  try {
    await db.transaction(async (tx) => {
      const task = await lockTask(tx, communityId, taskId);
      if (!task) throw new OfficeRefused(refuseOffice('not-there'));
      if (!answersOf(task).includes(asked.answer)) throw new OfficeRefused(refuseService('RL4', 'task-answer-unfit'));
      if (asked.answer === 'money_asked' && (asked.amountFen === null || !isAmount(asked.amountFen)))
        throw new OfficeRefused(refuseService('RL4', 'task-money-unfit'));
      const at = Date.now();
      const { ownerPersonId, ownerName, dueOn } = asked;
      orThrow(
        await openFollowUp(
          tx,
          { communityId, councilId: null, text: `${task.code} ${task.text}`, ownerPersonId, ownerName, dueOn },
          { at, byPersonId },
        ),
      );
      await writeAnswer(tx, taskId, { ...asked, text }, { at, meetingId: null });
    });
    return null;
  } catch (error) {
    if (error instanceof OfficeRefused) return error.refusal;
    throw error;
  }
}

const withLetter: readonly (TaskAnswer | null)[] = ['declined', 'money_asked'];

/** [RL6] Keeps the letter as the desk has put it; `confirmedBy` makes it final. */
export async function keepLetter(
  communityId: string,
  taskId: string,
  letter: string,
  confirmedBy: string | null,
): Promise<OfficeRefusal | null> {
  const text = cleaned(letter);
  if (text === '' || lengthOf(text) > 2000) return refuseService('RL6', 'letter-missing', { most: 2000 });
  return db.transaction(async (tx) => {
    const task = await lockTask(tx, communityId, taskId);
    if (!task) return refuseOffice('not-there');
    if (!withLetter.includes(task.answer)) return refuseService('RL6', 'task-no-letter');
    if (task.letterConfirmedAt !== null) return refuseService('RL6', 'letter-confirmed');
    const confirmed = confirmedBy === null ? {} : { letterConfirmedBy: confirmedBy, letterConfirmedAt: Date.now() };
    await tx
      .update(incomingTasks)
      .set({ letter: text, ...confirmed })
      .where(eq(incomingTasks.id, taskId));
    return null;
  });
}

/** Everything the desk works with, the unanswered first, newest first. */
export async function tasksAtDesk(communityId: string) {
  const [rows, items] = await Promise.all([
    db
      .select({ task: incomingTasks, item: responsibilityItems, owner: people.name, meeting: meetings.title })
      .from(incomingTasks)
      .leftJoin(responsibilityItems, eq(responsibilityItems.id, incomingTasks.listItemId))
      .leftJoin(people, eq(people.id, incomingTasks.ownerPersonId))
      .leftJoin(meetings, eq(meetings.id, incomingTasks.meetingId))
      .where(eq(incomingTasks.communityId, communityId))
      .orderBy(desc(incomingTasks.createdAt), desc(incomingTasks.code)),
    livingItems(communityId),
  ]);
  const all = rows.map(({ task, item, owner, meeting }) => ({
    ...shownOf(task, item, owner),
    meeting,
    suggestion:
      task.answer === null
        ? (({ listing, items: like }) => ({
            listing,
            items: like.map(({ item: { id, code, text } }) => ({ itemId: id, code, text })),
          }))(suggestListing(task.text, items))
        : null,
  }));
  return [...all.filter(({ answer }) => answer === null), ...all.filter(({ answer }) => answer !== null)];
}

function shownOf(task: TaskRow, item: typeof responsibilityItems.$inferSelect | null, owner: string | null) {
  const {
    id,
    communityId: _community,
    ownerName,
    listItemId: _item,
    foundBy: _by,
    createdBy: _creator,
    ...rest
  } = task;
  return {
    ...rest,
    taskId: id,
    item: item && { itemId: item.id, list: item.list, code: item.code, text: item.text },
    owner: task.ownerPersonId === null ? ownerName : (owner ?? ''),
    answers: answersOf(task),
    hasLetter: withLetter.includes(task.answer),
  };
}

/** [RL6] A task with its letter: as it was confirmed or last put, else as the program drafts it. */
export async function taskWithLetter(communityId: string, taskId: string, community: string) {
  const [row] = await db
    .select({ task: incomingTasks, item: responsibilityItems, owner: people.name })
    .from(incomingTasks)
    .leftJoin(responsibilityItems, eq(responsibilityItems.id, incomingTasks.listItemId))
    .leftJoin(people, eq(people.id, incomingTasks.ownerPersonId))
    .where(and(eq(incomingTasks.id, taskId), eq(incomingTasks.communityId, communityId)));
  if (!row || !withLetter.includes(row.task.answer)) return null;
  const shown = shownOf(row.task, row.item, row.owner);
  return { ...shown, letter: row.task.letter ?? letterDraft(row.task, await listsOf(communityId), community) };
}
