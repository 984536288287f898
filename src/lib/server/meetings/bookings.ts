// What an event books beside the log, in the very transaction that stores it. One entry per event type; nothing here may refuse.
import { and, eq } from 'drizzle-orm';
import type { EventType, MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { bus } from '#lib/server/bus.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { guests, meetings, questions } from '#lib/server/db/schema/index.ts';
import { bookFollowUpSet, bookFollowUpSettled } from '#lib/server/follow-ups/in-session.ts';
import { bookConclusionWithdrawn, bookItemConcluded } from '#lib/server/joint/in-session.ts';
import { decideProject } from '#lib/server/projects/in-session.ts';
import { bookAwardOf, releaseAwardOf } from '#lib/server/ledger/in-session.ts';
import { bookAllocationAwards } from '#lib/server/allocations/book-awards.ts';
import { countIsDue } from '#lib/server/allocations/due.ts';
import { freezeDocument } from '#lib/server/documents/found-and-freeze.ts';
import {
  bookCommitmentDropped,
  bookCommitmentFollowedUp,
  bookCommitmentMade,
} from '#lib/server/open-space/commitments.ts';
import { foundNotes, freezeNotes, notesDocumentsOf } from '#lib/server/open-space/notes.ts';
import { documentAccessChanged } from '#lib/server/documents/access.ts';
import { ensureMinutes, tendMinutes } from '#lib/server/minutes/document.ts';
import { forgetOldVersions, turnoutNotice } from '#lib/server/polls/ballot-box.ts';
import { captionWords } from '#lib/domain/meeting/hearing.ts';
import { bookDrawn } from '#lib/server/hearings/roster.ts';
import { agendaDocumentOf, dropOtherPapers } from './drafted-agenda.ts';
import { afterErasing } from './erase.ts';
import { eraseWords } from './log.ts';
import {
  bookBarred,
  bookPollClosed,
  bookPollOpened,
  bookPollVoided,
  bookRecused,
  sheetNotice,
  sheetsTakenBack,
} from '#lib/server/polls/book.ts';

type Booking<Type extends EventType> = (
  tx: Queryable,
  event: Extract<MeetingEvent, { type: Type }>,
  after: MeetingState,
) => Promise<unknown>;

const bookings: { [Type in EventType]?: Booking<Type> } = {
  MeetingDescribed: (tx, { payload }, { meetingId }) =>
    tx
      .update(meetings)
      .set({
        title: payload.title.text ?? '',
        place: payload.place.text ?? '',
        startsAt: payload.startsAt,
        plannedMinutes: payload.plannedMinutes,
        callLink: payload.callLink,
      })
      .where(eq(meetings.id, meetingId)),
  MeetingConvened: async (tx, _event, { meetingId, agenda }) => {
    const documentId = await agendaDocumentOf(tx, meetingId);
    if (documentId) await freezeDocument(tx, documentId);
    await dropOtherPapers(
      tx,
      meetingId,
      agenda.items.flatMap(({ paperIds }) => paperIds),
    );
  },
  SeatAdmitted: async (tx, { payload: { guestId, seatId } }, after) => {
    const admittedPersonId = after.seats[seatId]?.personId ?? null;
    // One device holds a seat at a time: who was admitted to it before lets go.
    if (admittedPersonId)
      await tx
        .update(guests)
        .set({ admittedPersonId: null, admittedMeetingId: null })
        .where(and(eq(guests.admittedPersonId, admittedPersonId), eq(guests.admittedMeetingId, after.meetingId)));
    await tx.update(guests).set({ admittedPersonId, admittedMeetingId: after.meetingId }).where(eq(guests.id, guestId));
  },
  RoundStarted: (tx, { payload, at }, { meetingId }) => foundNotes(tx, meetingId, at, payload.notes),
  MeetingAdjourned: (tx, _event, { meetingId }) => freezeNotes(tx, meetingId),
  PollOpened: (tx, { payload, at }, after) => bookPollOpened(tx, after, payload.frame.pollId, at),
  PollClosed: (tx, { payload, at }, after) => bookPollClosed(tx, after, payload.pollId, at),
  ResultAnnounced: async (tx, event, after) => {
    await decideProject(tx, after, event.payload.pollId);
    await bookAllocationAwards(tx, after, event.payload.pollId, event);
  },
  ResultSuperseded: (tx, { payload }, after) => decideProject(tx, after, payload.pollId),
  AwardBooked: async (tx, event, after) => {
    await bookAwardOf(tx, event, after);
    await decideProject(tx, after, event.payload.pollId);
  },
  AwardNotBooked: (tx, { payload }, after) => decideProject(tx, after, payload.pollId),
  AwardReleased: (tx, event, after) => {
    const versions = after.polls.byId[event.payload.pollId]?.superseded ?? [];
    return releaseAwardOf(tx, event, versions[versions.length - 1]?.reason.text ?? '');
  },
  PollVoided: (tx, { payload, at }) => bookPollVoided(tx, payload.pollId, at),
  RecusalDeclared: (tx, { payload, at }, after) => bookRecused(tx, after, payload.motionId, payload.seatId, at),
  SeatLeft: (tx, { payload }, after) => bookBarred(tx, after, payload.seatId, 'left'),
  SeatTaken: (tx, { payload }, after) => bookBarred(tx, after, payload.seatId, null),
  RepresentativesDrawn: (tx, { at }, { meetingId, hearing }) =>
    hearing ? bookDrawn(tx, meetingId, hearing, at) : Promise.resolve(),
  CaptionWithdrawn: (tx, { payload, at }) => eraseWords(tx, captionWords(payload.captionId), at),
  QuestionBrought: (tx, { payload }) =>
    tx.update(questions).set({ broughtBy: payload.seatId }).where(eq(questions.id, payload.questionId)),
  QuestionAnswered: (tx, { payload, at, actorId }) =>
    tx
      .update(questions)
      .set({ answer: payload.answer.text, answeredAt: at, answeredBy: actorId })
      .where(eq(questions.id, payload.questionId)),
  FollowUpSet: bookFollowUpSet,
  FollowUpSettled: bookFollowUpSettled,
  CommitmentMade: bookCommitmentMade,
  CommitmentDropped: bookCommitmentDropped,
  CommitmentFollowedUp: bookCommitmentFollowedUp,
  ItemConcluded: bookItemConcluded,
  ConclusionWithdrawn: bookConclusionWithdrawn,
};

export async function book(tx: Queryable, event: MeetingEvent, after: MeetingState): Promise<void> {
  const booking = bookings[event.type] as
    ((tx: Queryable, event: MeetingEvent, after: MeetingState) => Promise<unknown>) | undefined;
  await booking?.(tx, event, after);
}

/** What is told or tidied once the event is stored for good. Never part of the decision; a failure is only reported. */
const afterwards: {
  [Type in EventType]?: (
    meetingId: string,
    event: Extract<MeetingEvent, { type: Type }>,
    after: MeetingState,
  ) => Promise<unknown>;
} = {
  MeetingConvened: async (meetingId) => {
    const documentId = await agendaDocumentOf(db, meetingId);
    if (documentId) documentAccessChanged(documentId);
  },
  RecusalDeclared: async (meetingId, { at }, after) => {
    if (after.polls.openId === null) return;
    for (const sheetId of await sheetsTakenBack(db, after)) bus().publish(sheetNotice, `${meetingId} ${sheetId}`, at);
    bus().publish(turnoutNotice, `${meetingId} ${after.polls.openId}`, at);
  },
  PollClosed: async (meetingId, { payload }, after) => {
    const frame = after.polls.byId[payload.pollId]?.frame;
    if (frame?.secrecy === 'hidden' || frame?.allocation) await forgetOldVersions();
    if (frame?.allocation) await countIsDue(meetingId);
  },
  // What was withdrawn leaves every copy that was folded with it.
  CaptionWithdrawn: (meetingId) => Promise.resolve(afterErasing([meetingId])),
  ResultSuperseded: async (meetingId, { payload }, after) => {
    if (after.polls.byId[payload.pollId]?.frame.allocation) await countIsDue(meetingId);
    await tendMinutes(meetingId);
  },
  // Not in the booking: a first text that cannot be written must not keep a meeting from ending.
  MeetingAdjourned: async (meetingId) => {
    for (const documentId of await notesDocumentsOf(meetingId)) documentAccessChanged(documentId);
    await ensureMinutes(meetingId);
  },
  QuestionsSummed: (meetingId) => tendMinutes(meetingId),
};

export async function settle(event: MeetingEvent, after: MeetingState): Promise<void> {
  const afterward = afterwards[event.type] as
    ((meetingId: string, event: MeetingEvent, after: MeetingState) => Promise<unknown>) | undefined;
  try {
    await afterward?.(after.meetingId, event, after);
  } catch (error) {
    reportFailure(`What follows ${event.type} could not be done`, error);
  }
}
