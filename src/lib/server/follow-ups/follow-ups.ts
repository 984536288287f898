// 督办 in the office: set and settled at a desk or by an event of a meeting, every step kept. The functions that take `tx` are called inside the
// transaction of whoever decides; the others are called by pages, which ask policies.ts first. Rules [FU…].
import { and, asc, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import {
  checkedFollowUp,
  isOverdue,
  settledFollowUp,
  type FollowUpAsked,
  type FollowUpDeed,
} from '#lib/domain/follow-ups/follow-ups.ts';
import type { FollowUpFact } from '#lib/domain/meeting/follow-ups.ts';
import { isServiceRefusal } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { councils, followUps, followUpSteps, meetings, people } from '#lib/server/db/schema/index.ts';
import { today } from '#lib/server/today.ts';

interface Occasion {
  readonly at: number;
  /** Null for the program. */
  readonly byPersonId: string | null;
  readonly meetingId?: string | null;
}

export interface NewFollowUp extends FollowUpAsked {
  readonly communityId: string;
  readonly councilId: string | null;
  readonly meetingId?: string | null;
  readonly itemId?: string | null;
  /** Given where an event of a meeting already named it. */
  readonly followUpId?: string;
}

/** [FU1] Sets one; refused without words, an owner of the same community, or a day. */
export async function openFollowUp(
  tx: Queryable,
  { communityId, councilId, meetingId = null, itemId = null, followUpId = newId(), ...asked }: NewFollowUp,
  occasion: Occasion,
): Promise<{ followUpId: string } | OfficeRefusal> {
  const checked = checkedFollowUp(asked);
  if (isServiceRefusal(checked)) return checked;
  const { text, ownerPersonId, ownerName, dueOn } = checked;
  if (ownerPersonId !== null) {
    const [owner] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, ownerPersonId), eq(people.communityId, communityId)));
    if (!owner) return refuseOffice('not-there');
  }
  const row = { id: followUpId, communityId, councilId, meetingId, itemId, text, ownerPersonId, ownerName, dueOn };
  await tx.insert(followUps).values({ ...row, status: 'open', setAt: occasion.at });
  await recordStep(tx, followUpId, 'set', '', dueOn, occasion);
  return { followUpId };
}

/** [FU2] [FU3] One step of a follow-up of this community, under its row's lock. */
export async function stepFollowUp(
  tx: Queryable,
  communityId: string,
  followUpId: string,
  asked: FollowUpDeed,
  occasion: Occasion,
): Promise<OfficeRefusal | null> {
  const [row] = await tx
    .select()
    .from(followUps)
    .where(and(eq(followUps.id, followUpId), eq(followUps.communityId, communityId)))
    .for('update');
  if (!row) return refuseOffice('not-there');
  const after = settledFollowUp(row, asked);
  if (isServiceRefusal(after)) return after;
  const { status, dueOn, note } = after;
  await tx.update(followUps).set({ status, dueOn }).where(eq(followUps.id, followUpId));
  await recordStep(tx, followUpId, asked.deed, note, dueOn, occasion);
  return null;
}

async function recordStep(
  tx: Queryable,
  followUpId: string,
  deed: (typeof followUpSteps.$inferInsert)['deed'],
  note: string,
  dueOn: string,
  { at, byPersonId, meetingId = null }: Occasion,
): Promise<void> {
  const [last] = await tx
    .select({ seq: sql<number>`coalesce(max(${followUpSteps.seq}), 0)::int` })
    .from(followUpSteps)
    .where(eq(followUpSteps.followUpId, followUpId));
  await tx
    .insert(followUpSteps)
    .values({ followUpId, seq: (last?.seq ?? 0) + 1, at, byPersonId, meetingId, deed, note, dueOn });
}

async function read(store: Queryable, where: SQL | undefined) {
  const rows = await store
    .select({ row: followUps, owner: people.name, council: councils.name, meeting: meetings.title })
    .from(followUps)
    .leftJoin(people, eq(people.id, followUps.ownerPersonId))
    .leftJoin(councils, eq(councils.id, followUps.councilId))
    .leftJoin(meetings, eq(meetings.id, followUps.meetingId))
    .where(where)
    .orderBy(asc(followUps.dueOn), asc(followUps.setAt), asc(followUps.id));
  const day = today();
  return rows.map(({ row, owner, council, meeting }) => ({
    followUpId: row.id,
    text: row.text,
    ownerPersonId: row.ownerPersonId,
    owner: row.ownerPersonId === null ? row.ownerName : (owner ?? ''),
    dueOn: row.dueOn,
    status: row.status,
    overdue: isOverdue(row, day),
    council,
    councilId: row.councilId,
    meetingId: row.meetingId,
    meeting,
    setAt: row.setAt,
  }));
}

/** Everything of a community, what is due first on top, with every step. */
export async function followUpsAtDesk(communityId: string) {
  const rows = await read(db, eq(followUps.communityId, communityId));
  const steps = await db
    .select({ step: followUpSteps, by: people.name })
    .from(followUpSteps)
    .innerJoin(followUps, and(eq(followUps.id, followUpSteps.followUpId), eq(followUps.communityId, communityId)))
    .leftJoin(people, eq(people.id, followUpSteps.byPersonId))
    .orderBy(desc(followUpSteps.at), desc(followUpSteps.seq));
  return rows.map((row) => ({
    ...row,
    steps: steps
      .filter(({ step }) => step.followUpId === row.followUpId)
      .map(({ step: { at, deed, note, dueOn }, by }) => ({ at, deed, note, dueOn, by })),
  }));
}

/** [FU4] What a council's next session opens with; also asked while its agenda is drafted. */
export async function openOfCouncil(store: Queryable, councilId: string): Promise<FollowUpFact[]> {
  const rows = await read(store, and(eq(followUps.councilId, councilId), eq(followUps.status, 'open')));
  return rows.map(({ followUpId, text, ownerPersonId, owner, dueOn, overdue }) => ({
    followUpId,
    text,
    ownerPersonId,
    owner,
    dueOn,
    overdue,
  }));
}

/** What somebody owes, for the reminder on their own pages. */
export const owedBy = (personId: string) =>
  read(db, and(eq(followUps.ownerPersonId, personId), eq(followUps.status, 'open')));

/** Those named, whatever became of them. */
export const followUpsNamed = (store: Queryable, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : read(store, inArray(followUps.id, [...ids]));

/** Those a meeting set or settled. */
export const followUpsOfMeeting = (meetingId: string) =>
  read(
    db,
    or(
      eq(followUps.meetingId, meetingId),
      inArray(
        followUps.id,
        db.select({ id: followUpSteps.followUpId }).from(followUpSteps).where(eq(followUpSteps.meetingId, meetingId)),
      ),
    ),
  );
