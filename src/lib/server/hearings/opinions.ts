// The answers to what residents wrote: opinions put into groups with their authors kept, similar ones suggested, each group closed with a verdict and a
// reason. What is answered stands in the author's own page at once; while the report is frozen, and once it is published, nothing of it changes. Rules [O2]–[O4].
import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, isNull, max } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import {
  checkedGroup,
  checkedVerdict,
  groupsLike,
  type GroupAsked,
  type Verdict,
} from '#lib/domain/hearings/opinions.ts';
import type { ReportFact } from '#lib/domain/meeting/hearing.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { meetings, minutesRecords, opinionGroups, questions } from '#lib/server/db/schema/index.ts';
import { caughtUp } from '#lib/server/meetings/copies.ts';
import { changed } from '#lib/server/questions/questions.ts';

export interface Opinion {
  readonly opinionId: string;
  readonly text: string;
  readonly shownName: string;
  readonly askedAt: number;
}

export interface OpinionGroup {
  readonly groupId: string;
  readonly title: string;
  readonly dueOn: string;
  readonly verdict: Verdict | null;
  readonly reason: string | null;
  readonly opinions: readonly Opinion[];
}

export interface OpinionsOfHearing {
  readonly groups: readonly OpinionGroup[];
  /** Shown and in no group yet, each with the groups it resembles, the likest first. */
  readonly loose: readonly (Opinion & { readonly like: readonly string[] })[];
  /** Not looked at yet. */
  readonly waiting: number;
  readonly hidden: number;
}

const asOpinion = ({ id, text, shownName, askedAt }: typeof questions.$inferSelect): Opinion => ({
  opinionId: id,
  text,
  shownName,
  askedAt,
});

export async function opinionsOf(meetingId: string, store: Queryable = db): Promise<OpinionsOfHearing> {
  const rows = await store
    .select()
    .from(questions)
    .where(eq(questions.meetingId, meetingId))
    .orderBy(asc(questions.askedAt), asc(questions.id));
  const groupRows = await store
    .select()
    .from(opinionGroups)
    .where(eq(opinionGroups.meetingId, meetingId))
    .orderBy(asc(opinionGroups.position));
  const shown = rows.filter(({ status }) => status === 'shown');
  const groups = groupRows.map(({ id, title, dueOn, verdict, reason }) => ({
    groupId: id,
    title,
    dueOn,
    verdict,
    reason,
    opinions: shown.filter(({ groupId }) => groupId === id).map(asOpinion),
  }));
  const known = groups.map(({ groupId, title, opinions }) => ({
    groupId,
    title,
    texts: opinions.map(({ text }) => text),
  }));
  return {
    groups,
    loose: shown
      .filter(({ groupId }) => !groups.some((group) => group.groupId === groupId))
      .map((row) => ({ ...asOpinion(row), like: groupsLike(row.text, known) })),
    waiting: rows.filter(({ status }) => status === 'waiting').length,
    hidden: rows.filter(({ status }) => status === 'hidden').length,
  };
}

/** [O4] Every change of an answer under the meeting's row: the report is frozen and published under the same lock. */
async function changing(
  meetingId: string,
  change: (tx: Queryable) => Promise<readonly string[] | Refusal>,
): Promise<Refusal | null> {
  const outcome = await db.transaction(async (tx) => {
    const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update');
    if (!meeting) return refuse('L1', 'unknown-meeting');
    const { state } = await caughtUp(meetingId, tx);
    if (!state.hearing) return refuse('H1', 'not-announced');
    if (state.hearing.report.published) return refuse('O4', 'already-done');
    if (await frozenReport(tx, meetingId)) return refuse('O4', 'report-frozen');
    return change(tx);
  });
  if (isRefusal(outcome)) return outcome;
  for (const questionId of outcome) changed(meetingId, questionId);
  return null;
}

export async function openGroup(
  meetingId: string,
  asked: GroupAsked,
  opinionIds: readonly string[] = [],
): Promise<{ groupId: string } | Refusal> {
  const checked = checkedGroup(asked);
  if (isRefusal(checked)) return checked;
  const groupId = newId();
  const refusal = await changing(meetingId, async (tx) => {
    const [{ last } = { last: null }] = await tx
      .select({ last: max(opinionGroups.position) })
      .from(opinionGroups)
      .where(eq(opinionGroups.meetingId, meetingId));
    await tx.insert(opinionGroups).values({ id: groupId, meetingId, position: (last ?? 0) + 1, ...checked });
    return moved(tx, meetingId, groupId, opinionIds);
  });
  return refusal ?? { groupId };
}

/** Puts opinions into a group, out of whichever they were in; into none with null. */
export const moveOpinions = (
  meetingId: string,
  groupId: string | null,
  opinionIds: readonly string[],
): Promise<Refusal | null> =>
  changing(meetingId, async (tx) => {
    if (groupId !== null && !(await groupAt(tx, meetingId, groupId))) return refuse('O2', 'unknown-group');
    return moved(tx, meetingId, groupId, opinionIds);
  });

async function groupAt(tx: Queryable, meetingId: string, groupId: string) {
  const [group] = await tx
    .select()
    .from(opinionGroups)
    .where(and(eq(opinionGroups.id, groupId), eq(opinionGroups.meetingId, meetingId)));
  return group ?? null;
}

/** An opinion takes the answer of the group it comes into, and leaves that of the one it came from. */
async function moved(tx: Queryable, meetingId: string, groupId: string | null, opinionIds: readonly string[]) {
  if (opinionIds.length === 0) return [];
  const group = groupId === null ? null : await groupAt(tx, meetingId, groupId);
  const rows = await tx
    .update(questions)
    .set({
      groupId,
      answer: group?.reason ?? null,
      answeredBy: group?.answeredBy ?? null,
      answeredAt: group?.answeredAt ?? null,
    })
    .where(and(eq(questions.meetingId, meetingId), inArray(questions.id, [...opinionIds])))
    .returning({ id: questions.id });
  return rows.map(({ id }) => id);
}

/** [O2] The verdict of a group with its reason: every author in it reads it from now on. May be put right until the report is published. */
export async function answerGroup(
  meetingId: string,
  groupId: string,
  asked: { readonly verdict: string; readonly reason: string },
  actor: Actor,
): Promise<Refusal | null> {
  const checked = checkedVerdict(asked.verdict, asked.reason);
  if (isRefusal(checked)) return checked;
  const answeredBy = personAt(actor, meetingId);
  const answeredAt = Date.now();
  return changing(meetingId, async (tx) => {
    const [group] = await tx
      .update(opinionGroups)
      .set({ ...checked, answeredBy, answeredAt })
      .where(and(eq(opinionGroups.id, groupId), eq(opinionGroups.meetingId, meetingId)))
      .returning({ id: opinionGroups.id });
    if (!group) return refuse('O2', 'unknown-group');
    const rows = await tx
      .update(questions)
      .set({ answer: checked.reason, answeredBy, answeredAt })
      .where(and(eq(questions.meetingId, meetingId), eq(questions.groupId, groupId)))
      .returning({ id: questions.id });
    return rows.map(({ id }) => id);
  });
}

/** [O3] The group an author's opinion was answered with, for their private page. */
export async function groupOfOpinion(questionId: string) {
  const [row] = await db
    .select({
      title: opinionGroups.title,
      dueOn: opinionGroups.dueOn,
      verdict: opinionGroups.verdict,
      reason: opinionGroups.reason,
    })
    .from(questions)
    .innerJoin(opinionGroups, eq(opinionGroups.id, questions.groupId))
    .where(eq(questions.id, questionId));
  return row ?? null;
}

/** How many opinions have their answer, and how. What waits for moderation has none. */
export function countsOf({ groups, loose, waiting }: OpinionsOfHearing): {
  readonly answered: number;
  readonly unanswered: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
} {
  const verdicts = { adopted: 0, partly: 0, declined: 0 };
  let unanswered = loose.length + waiting;
  for (const { verdict, opinions } of groups) {
    if (verdict) verdicts[verdict] += opinions.length;
    else unanswered += opinions.length;
  }
  return { answered: verdicts.adopted + verdicts.partly + verdicts.declined, unanswered, verdicts };
}

/** Covers every opinion with the answer of its group. */
export const opinionsDigest = ({ groups }: OpinionsOfHearing): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        groups.map(({ title, verdict, reason, opinions }) => [
          title,
          verdict,
          reason,
          opinions.map(({ opinionId, text }) => [opinionId, text]),
        ]),
      ),
    )
    .digest('hex');

/** The report that stands frozen, if one does. */
async function frozenReport(tx: Queryable, meetingId: string) {
  const [row] = await tx
    .select({ docHash: minutesRecords.docHash, completedAt: minutesRecords.completedAt })
    .from(minutesRecords)
    .where(
      and(eq(minutesRecords.meetingId, meetingId), eq(minutesRecords.paper, 'report'), isNull(minutesRecords.voidedAt)),
    );
  return row ?? null;
}

/** [O4] What the report says and whether it is signed, read under the meeting's lock when it is published. */
export async function reportFact(tx: Queryable, meetingId: string): Promise<ReportFact> {
  const opinions = await opinionsOf(meetingId, tx);
  const { answered, unanswered, verdicts } = countsOf(opinions);
  const frozen = await frozenReport(tx, meetingId);
  return {
    digest: frozen !== null && frozen.completedAt !== null ? frozen.docHash : '',
    opinions: answered + unanswered,
    hidden: opinions.hidden,
    unanswered,
    verdicts,
  };
}
