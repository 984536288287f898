// Who may cast in an open vote. Ballots themselves are not in the log: the ballot box asks here and keeps them. Rules [V2], [R2], [H11].
import { hasNotLeft } from './attendance.ts';
import { motionOfSubject } from './poll-count.ts';
import type { PollFrame } from './poll-state.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { MeetingState } from './state.ts';

const electorates = new WeakMap<readonly string[], ReadonlySet<string>>();

/** A frame never changes, and a hall of thousands asks this once a ballot: looked up, not searched. */
function inElectorate({ electorate }: PollFrame, seatId: string): boolean {
  let seats = electorates.get(electorate);
  if (!seats) electorates.set(electorate, (seats = new Set(electorate)));
  return seats.has(seatId);
}

/** [V2] Why this seat may not cast in this poll now, or null. Double votes, closing and races are the ballot box's own to refuse. */
export function castFault(state: MeetingState, pollId: string, seatId: string): Refusal | null {
  const poll = state.polls.byId[pollId];
  if (!poll) return refuse('V3', 'unknown-poll');
  if (poll.stage !== 'open') return refuse('V3', 'poll-not-open');
  const motion = motionOfSubject(state, poll.frame.subject);
  if (motion?.recusals[seatId]) return refuse('R2', 'recused');
  if (!inElectorate(poll.frame, seatId)) return refuse('V2', 'not-in-electorate');
  if (!hasNotLeft(state, seatId)) return refuse('V2', 'seat-not-present');
  return null;
}

/** [H11] Why nobody may choose in this straw poll of residents now, or null. */
export function residentCastFault(state: MeetingState, pollId: string): Refusal | null {
  const poll = state.polls.byId[pollId];
  if (!poll?.frame.residents) return refuse('V3', 'unknown-poll');
  return poll.stage === 'open' ? null : refuse('V3', 'poll-not-open');
}
