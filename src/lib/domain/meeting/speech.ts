// How a speech ends, whoever ends it: the speaker, the chair, a departure, a recusal or the end of the meeting.
// Called by the deciders of those slices, and by the floor's folder. It never decides whether a speech may end.
import type { FloorEvents, FloorState, Speech, Turn } from './floor.ts';
import { drafter, type Draft } from './slice.ts';
import type { MeetingState } from './state.ts';
import { spentMs } from './timer.ts';

const draft = drafter<FloorEvents>();

/** The speeches on the floor, the running one first: a point of order, then whom it interrupted. */
export const speechesOf = ({ speech, interrupted }: FloorState): Speech[] =>
  [speech, interrupted].filter((each) => each !== null);

/** One `SpeechEnded` for each speech on the floor that `ends`. */
export const endingSpeeches = (state: MeetingState, now: number, ends: (speech: Speech) => boolean): Draft[] =>
  speechesOf(state.floor)
    .filter(ends)
    .map((speech) => draft('SpeechEnded', { seatId: speech.seatId, spentMs: spentMs(speech.timer, now) }));

const turnOf = (speech: Speech, at: number): Turn => ({
  seatId: speech.seatId,
  stance: speech.stance,
  pointOfOrder: speech.pointOfOrder,
  presentation: speech.reason === 'presentation',
  itemId: speech.itemId,
  motionId: speech.motionId,
  mode: speech.mode,
  startedAt: speech.startedAt,
  spentMs: spentMs(speech.timer, at),
});

/** [F4] When a point of order ends, whom it interrupted has the floor again, with the clock still paused. */
export function withoutSpeechOf(floor: FloorState, seatId: string, at: number): FloorState {
  const { speech, interrupted } = floor;
  if (speech?.seatId === seatId)
    return { ...floor, speech: interrupted, interrupted: null, turns: [...floor.turns, turnOf(speech, at)] };
  if (interrupted?.seatId === seatId)
    return { ...floor, interrupted: null, turns: [...floor.turns, turnOf(interrupted, at)] };
  return floor;
}
