// What somebody took on in an open space goes on as a follow-up of the council: under the commitment's own id, booked with its event, so that the
// next session opens with it and its owner is reminded. Called by bookings.ts; nothing here may refuse. Rules [OS11], [FU5].
import { eq } from 'drizzle-orm';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { openSpace as words } from '#lib/messages/zh-CN/open-space.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { followUps } from '#lib/server/db/schema/index.ts';
import { openFollowUp, stepFollowUp } from '#lib/server/follow-ups/follow-ups.ts';
import { meetingRow, personActing } from '#lib/server/follow-ups/in-session.ts';

type EventOf<Type extends MeetingEvent['type']> = Extract<MeetingEvent, { type: Type }>;

/** Owned by the person where somebody the community knows took it on under the own name; else by the name that was given. */
export async function bookCommitmentMade(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'CommitmentMade'>,
  { meetingId, participants }: MeetingState,
): Promise<void> {
  const { commitmentId, owner, action, dueDay, byParticipantId } = payload;
  const by = participants.byId[byParticipantId];
  const self = by?.name.text === owner.text ? (by?.personId ?? null) : null;
  const home = await meetingRow(tx, meetingId);
  const open = (ownerPersonId: string | null) =>
    openFollowUp(
      tx,
      {
        ...home,
        meetingId,
        followUpId: commitmentId,
        text: action.text ?? '',
        ownerPersonId,
        ownerName: owner.text ?? '',
        dueOn: dueDay,
      },
      { at, byPersonId: personActing(actorId), meetingId },
    );
  const opened = await open(self);
  // Somebody of another community is named, and reminded there by nobody.
  const set = isOfficeRefusal(opened) && self !== null ? await open(null) : opened;
  if (isOfficeRefusal(set)) throw new Error(`a commitment could not be booked: ${set.reason}`);
}

async function settle(
  tx: Queryable,
  { at, actorId }: MeetingEvent,
  { meetingId }: MeetingState,
  commitmentId: string,
  deed: { readonly deed: 'done' | 'dropped'; readonly note: string },
): Promise<void> {
  const { communityId } = await meetingRow(tx, meetingId);
  const [row] = await tx.select().from(followUps).where(eq(followUps.id, commitmentId)).for('update');
  // What was settled at its desk or in a later session keeps what was said there.
  if (row?.status !== 'open') return;
  const occasion = { at, byPersonId: personActing(actorId), meetingId };
  const refused = await stepFollowUp(tx, communityId, commitmentId, deed, occasion);
  if (refused) throw new Error(`a commitment could not be settled: ${refused.reason}`);
}

export const bookCommitmentDropped = (tx: Queryable, event: EventOf<'CommitmentDropped'>, after: MeetingState) =>
  settle(tx, event, after, event.payload.commitmentId, { deed: 'dropped', note: words.commitDrop });

export async function bookCommitmentFollowedUp(
  tx: Queryable,
  event: EventOf<'CommitmentFollowedUp'>,
  after: MeetingState,
): Promise<void> {
  const { commitmentId, done, note } = event.payload;
  if (done) await settle(tx, event, after, commitmentId, { deed: 'done', note: note?.text ?? words.followUpWas.done });
}
