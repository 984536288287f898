// What of a meeting is published: who came, what was decided with which numbers, what was only asked. Readings of the folded state for the
// results page and the files beside it. Pure; it decides nothing and knows no words.
import { presenceOf, votingSeats } from './attendance.ts';
import type { Motion } from './motion-state.ts';
import type { Poll } from './poll-state.ts';
import type { MeetingState } from './state.ts';

export interface PublishedAttendance {
  readonly expected: number;
  /** Voting seats that arrived at any time, whether or not they stayed. */
  readonly came: number;
  readonly onLeave: number;
  readonly absent: number;
}

export const hasCome = (state: MeetingState, seatId: string): boolean =>
  state.attendance.bySeat[seatId]?.movements.some(({ what }) => what === 'arrived') ?? false;

export function publishedAttendance(state: MeetingState): PublishedAttendance {
  const seats = votingSeats(state);
  const came = seats.filter((seatId) => hasCome(state, seatId)).length;
  const onLeave = seats.filter(
    (seatId) => !hasCome(state, seatId) && presenceOf(state, seatId)?.status === 'on_leave',
  ).length;
  return { expected: seats.length, came, onLeave, absent: seats.length - came - onLeave };
}

/** Announced, or voided: what was closed and never announced is not published. */
const isPublished = (poll: Poll): boolean => poll.stage === 'announced' || poll.stage === 'voided';

const pollsOf = (state: MeetingState): Poll[] =>
  state.polls.order.flatMap((pollId) => state.polls.byId[pollId] ?? []).filter(isPublished);

/** [M7][M8] Handed to the owners: referred because it is theirs to decide, or passed here and waiting for their decision. */
export const hasOwnersLetter = ({ stage, ownersMatter, contractLocked }: Motion): boolean =>
  contractLocked || (stage === 'referred' && ownersMatter === 'owners_assembly');

export interface PublishedMotion {
  readonly motion: Motion;
  /** The announced vote on the motion itself, the newest where it was repeated; null where it was never voted on. */
  readonly vote: Poll | null;
  /** Its other published votes in their order: repeated, voided, on amendments. */
  readonly otherVotes: readonly Poll[];
}

/** The motions in the order they were moved. One before the meeting, without an announced vote yet, is not published. */
export function publishedMotions(state: MeetingState): PublishedMotion[] {
  const polls = pollsOf(state);
  return state.motions.order.flatMap((motionId) => {
    const motion = state.motions.byId[motionId];
    if (!motion) return [];
    const own = polls.filter(({ frame }) => 'motionId' in frame.subject && frame.subject.motionId === motionId);
    const announced = own.filter(({ frame, stage }) => frame.subject.kind === 'motion' && stage === 'announced');
    const vote = announced[announced.length - 1] ?? null;
    const isOver = motion.stage === 'withdrawn' || motion.stage === 'referred';
    if (!vote && !isOver) return [];
    return [{ motion, vote, otherVotes: own.filter((poll) => poll !== vote) }];
  });
}

/** Announced votes on an allocation, in their order. */
export const publishedAllocations = (state: MeetingState): Poll[] =>
  pollsOf(state).filter(({ frame, stage }) => stage === 'announced' && frame.subject.kind === 'allocation');

/** Votes on plain questions: straw polls, and formal ones that are no motion. */
export const publishedQuestionPolls = (state: MeetingState, kind: Poll['frame']['kind']): Poll[] =>
  pollsOf(state).filter(
    ({ frame, stage }) => stage === 'announced' && frame.kind === kind && frame.subject.kind === 'question',
  );
