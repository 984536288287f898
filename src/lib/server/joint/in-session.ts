// Books what parties concluded beside the log, in the transaction that stores the event: the answer of a task, a word in the story of each need.
// Follow-ups are booked by their own event. Called by bookings.ts; nothing here may refuse. Rule [K6].
import { and, eq } from 'drizzle-orm';
import { answerIn } from '#lib/domain/meeting/consensus.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { agendaSources, meetings, needs } from '#lib/server/db/schema/index.ts';
import { stepFollowUp } from '#lib/server/follow-ups/follow-ups.ts';
import { personActing } from '#lib/server/follow-ups/in-session.ts';
import { recordNeedStep, standingOfNeed } from '#lib/server/needs/history.ts';
import { forgetAnswer, writeAnswer } from '#lib/server/tasks/tasks.ts';

type EventOf<Type extends MeetingEvent['type']> = Extract<MeetingEvent, { type: Type }>;

const sourcesOf = (tx: Queryable, meetingId: string, itemId: string) =>
  tx
    .select()
    .from(agendaSources)
    .where(and(eq(agendaSources.meetingId, meetingId), eq(agendaSources.itemId, itemId)));

export async function bookItemConcluded(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'ItemConcluded'>,
  { meetingId, title }: MeetingState,
): Promise<void> {
  const answer = answerIn(payload.outcome);
  const text = payload.text?.text ?? '';
  for (const { kind, refId } of await sourcesOf(tx, meetingId, payload.itemId)) {
    if (kind === 'task' && answer !== null && payload.dueOn !== null)
      await writeAnswer(
        tx,
        refId,
        {
          answer,
          text,
          amountFen: payload.amountFen,
          ownerPersonId: payload.ownerPersonId,
          ownerName: payload.owner?.text ?? '',
          dueOn: payload.dueOn,
        },
        { at, meetingId },
      );
    if (kind === 'need') {
      const [need] = await tx.select().from(needs).where(eq(needs.id, refId)).for('update');
      if (!need) continue;
      const standing = standingOfNeed(need);
      const why = [title?.text ?? '', text].filter((each) => each !== '').join('：');
      const step = { deed: 'discussed', byPersonId: personActing(actorId), why, before: standing, after: standing };
      await recordNeedStep(tx, refId, step);
    }
  }
}

export async function bookConclusionWithdrawn(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'ConclusionWithdrawn'>,
  { meetingId }: MeetingState,
): Promise<void> {
  for (const { kind, refId } of await sourcesOf(tx, meetingId, payload.itemId))
    if (kind === 'task') await forgetAnswer(tx, refId);
  const { followUpId, reason } = payload;
  if (followUpId === null) return;
  const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId));
  const occasion = { at, byPersonId: personActing(actorId), meetingId };
  // One that was settled at its desk meanwhile stays as it is.
  await stepFollowUp(
    tx,
    meeting?.communityId ?? '',
    followUpId,
    { deed: 'dropped', note: reason.text ?? '' },
    occasion,
  );
}
