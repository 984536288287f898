// Books what a meeting says of follow-ups, in the transaction that stores the event. Called by bookings.ts; nothing here may refuse: what the
// law let through and the tables do not take is a failure that takes the whole transaction with it. Rule [FU5].
import { eq } from 'drizzle-orm';
import type { FollowUpFact } from '#lib/domain/meeting/follow-ups.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { followUps, meetings } from '#lib/server/db/schema/index.ts';
import { openFollowUp, openOfCouncil, stepFollowUp } from './follow-ups.ts';

type EventOf<Type extends MeetingEvent['type']> = Extract<MeetingEvent, { type: Type }>;

export const personActing = (actorId: string): string | null =>
  actorId === 'system' || actorId.startsWith('guest:') ? null : actorId;

export async function meetingRow(tx: Queryable, meetingId: string) {
  const [row] = await tx
    .select({ communityId: meetings.communityId, councilId: meetings.councilId })
    .from(meetings)
    .where(eq(meetings.id, meetingId));
  if (!row) throw new Error(`there is no meeting ${meetingId}`);
  return row;
}

export async function bookFollowUpSet(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'FollowUpSet'>,
  { meetingId }: MeetingState,
): Promise<void> {
  const { followUpId, itemId, text, ownerPersonId, owner, dueOn } = payload;
  const asked = { text: text.text ?? '', ownerPersonId, ownerName: owner.text ?? '', dueOn };
  const set = await openFollowUp(
    tx,
    { ...(await meetingRow(tx, meetingId)), meetingId, itemId, followUpId, ...asked },
    { at, byPersonId: personActing(actorId), meetingId },
  );
  if (isOfficeRefusal(set)) throw new Error(`a follow-up could not be booked: ${set.reason}`);
}

/** What was settled at its desk in the meantime keeps what was said there. */
export async function bookFollowUpSettled(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'FollowUpSettled'>,
  { meetingId }: MeetingState,
): Promise<void> {
  const { communityId } = await meetingRow(tx, meetingId);
  const { followUpId, outcome, dueOn, note } = payload;
  const said = note.text ?? '';
  const [row] = await tx.select().from(followUps).where(eq(followUps.id, followUpId)).for('update');
  if (row?.status !== 'open' || (outcome === 'extended' && (dueOn ?? '') <= row.dueOn)) return;
  const deed =
    outcome === 'done'
      ? ({ deed: 'done', note: said } as const)
      : ({ deed: 'extended', dueOn: dueOn ?? '', note: said } as const);
  const occasion = { at, byPersonId: personActing(actorId), meetingId };
  const refused = await stepFollowUp(tx, communityId, followUpId, deed, occasion);
  if (refused) throw new Error(`a follow-up could not be settled: ${refused.reason}`);
}

/** [FU4] What the meeting's council has open. */
export async function openFollowUpsFact(tx: Queryable, meetingId: string): Promise<FollowUpFact[]> {
  const { councilId } = await meetingRow(tx, meetingId);
  return councilId === null ? [] : openOfCouncil(tx, councilId);
}
