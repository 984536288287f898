// The floor: asking to speak, points of order, giving the floor, speech clocks, limits per motion and person. Rules [F…].
import { extensionFault, inSession, underWay } from './agenda.ts';
import { isHere, mayActFor, presenceOf, votingSeats, type SeatMode } from './attendance.ts';
import { canBeHeard, speakingQueue } from './floor-order.ts';
import { mayTakePartAs } from './participants.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { FloorCriterion } from './rules.ts';
import { drafter, type Context, type Deciders, type Folders } from './slice.ts';
import { endingSpeeches, speechesOf, withoutSpeechOf } from './speech.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { extendTimer, pauseTimer, resumeTimer, spentMs, startTimer, type Timer } from './timer.ts';
import { spokenBy, type Said, type Words } from './words.ts';

export const stances = ['for', 'against', 'question', 'add'] as const;
export type Stance = (typeof stances)[number];

export interface FloorRequest {
  readonly requestId: string;
  /** The seat, or the participant (`participantId`) where somebody without a seat asks to be heard: one queue for both. */
  readonly seatId: string;
  readonly stance: Stance;
  readonly pointOfOrder: boolean;
  readonly itemId: string | null;
  readonly motionId: string | null;
  readonly mode: SeatMode;
  readonly at: number;
}

export interface Speech extends FloorRequest {
  readonly timer: Timer;
  readonly startedAt: number;
  /** Why this request was next; `override` with the chair's words when it was not. */
  readonly reason: FloorCriterion | 'override' | 'presentation';
  readonly override: Words | null;
}

export interface Turn {
  readonly seatId: string;
  readonly stance: Stance;
  readonly pointOfOrder: boolean;
  readonly presentation: boolean;
  readonly itemId: string | null;
  readonly motionId: string | null;
  readonly mode: SeatMode;
  readonly startedAt: number;
  readonly spentMs: number;
}

export interface FloorState {
  readonly requests: readonly FloorRequest[];
  readonly speech: Speech | null;
  /** [F4] Whom a point of order interrupted; has the floor again, paused, when it ends. */
  readonly interrupted: Speech | null;
  readonly turns: readonly Turn[];
  /** How often a chair gave the floor against the queue. */
  readonly overrides: number;
}

export type FloorCommand =
  | { readonly type: 'askToSpeak'; readonly seatId: string; readonly stance: Stance }
  | { readonly type: 'raisePointOfOrder'; readonly seatId: string }
  | { readonly type: 'withdrawRequest'; readonly requestId: string }
  | { readonly type: 'giveFloor'; readonly requestId: string; readonly overrideReason: string | null }
  | { readonly type: 'callPresenter'; readonly seatId: string }
  | { readonly type: 'pauseSpeech' }
  | { readonly type: 'resumeSpeech' }
  | { readonly type: 'extendSpeech'; readonly byMs: number }
  | { readonly type: 'endSpeech' }
  /** [H8] Puts every representative who is here and was not heard on this item into the queue, in the order of the roster. */
  | { readonly type: 'lineUpRepresentatives' };

export interface FloorEvents {
  FloorRequested: Omit<FloorRequest, 'at'> & { readonly assisted: boolean };
  FloorRequestWithdrawn: { readonly requestId: string };
  FloorGiven: {
    readonly request: FloorRequest;
    readonly allowedMs: number;
    readonly reason: FloorCriterion | 'override' | 'presentation';
    readonly override: Said | null;
  };
  SpeechPaused: Record<never, never>;
  SpeechResumed: Record<never, never>;
  SpeechExtended: { readonly byMs: number };
  SpeechEnded: { readonly seatId: string; readonly spentMs: number };
}

const draft = drafter<FloorEvents>();

/** [F3] Turns a seat has had on the matter at hand; points of order and presentations do not count. */
export function turnsTaken(state: MeetingState, seatId: string): number {
  const motionId = state.motions.currentId;
  const { currentItemId } = state.agenda;
  const counts = (turn: { pointOfOrder: boolean; motionId: string | null; itemId: string | null }) =>
    !turn.pointOfOrder && (motionId === null ? turn.itemId === currentItemId : turn.motionId === motionId);
  const finished = state.floor.turns.filter((turn) => turn.seatId === seatId && !turn.presentation && counts(turn));
  const now = speechesOf(state.floor).filter(
    (speech) => speech.seatId === seatId && speech.reason !== 'presentation' && counts(speech),
  );
  return finished.length + now.length;
}

/** Total speaking time in ms by seat, running speech included. */
export function speakingTime(state: MeetingState, now: number): Record<string, number> {
  const total: Record<string, number> = {};
  for (const turn of state.floor.turns) total[turn.seatId] = (total[turn.seatId] ?? 0) + turn.spentMs;
  for (const speech of speechesOf(state.floor))
    total[speech.seatId] = (total[speech.seatId] ?? 0) + spentMs(speech.timer, now);
  return total;
}

/** [R2] [F3] Why a seat may not speak in turn on what is before the meeting, or null. */
function turnFault(state: MeetingState, seatId: string): Refusal | null {
  const motion = state.motions.currentId === null ? undefined : state.motions.byId[state.motions.currentId];
  if (motion?.recusals[seatId]) return refuse('R2', 'recused');
  const limit = state.rules?.speech.timesPerMotion ?? Infinity;
  return turnsTaken(state, seatId) >= limit ? refuse('F3', 'speech-limit-reached', { limit }) : null;
}

const maySpeakAs = (state: MeetingState, context: Context, speakerId: string): Refusal | null =>
  state.participants.byId[speakerId] ? mayTakePartAs(state, context, speakerId) : mayActFor(state, context, speakerId);

const isSpeakersHand = ({ actor }: Context, speakerId: string): boolean =>
  actor.seatId === speakerId || actor.participantId === speakerId;

const newRequest = (
  state: MeetingState,
  seatId: string,
  requestId: string,
  stance: Stance,
  pointOfOrder: boolean,
): Omit<FloorRequest, 'at'> => {
  const presence = presenceOf(state, seatId);
  const participant = state.participants.byId[seatId];
  return {
    requestId,
    seatId,
    stance,
    pointOfOrder,
    itemId: state.agenda.currentItemId,
    motionId: state.motions.currentId,
    mode: participant?.channel ?? (presence?.status === 'present' ? presence.mode : 'hall'),
  };
};

export const floorDeciders: Deciders<FloorCommand> = {
  askToSpeak(state, command, context) {
    const closed = inSession(state);
    if (closed) return closed;
    const foreign = maySpeakAs(state, context, command.seatId);
    if (foreign) return foreign;
    if (!canBeHeard(state, command.seatId)) return refuse('F1', 'seat-not-present');
    if (state.agenda.currentItemId === null) return refuse('F1', 'item-not-open');
    if (state.floor.requests.some(({ seatId, pointOfOrder }) => seatId === command.seatId && !pointOfOrder))
      return refuse('F1', 'request-already-queued');
    const fault = turnFault(state, command.seatId);
    if (fault) return fault;
    const request = newRequest(state, command.seatId, context.newId(), command.stance, false);
    return [draft('FloorRequested', { ...request, assisted: !isSpeakersHand(context, command.seatId) })];
  },

  /** [F4] A point of order goes before everything else and costs no turn. */
  raisePointOfOrder(state, command, context) {
    const closed = inSession(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    if (!isHere(state, command.seatId)) return refuse('F1', 'seat-not-present');
    if (state.floor.requests.some(({ seatId, pointOfOrder }) => seatId === command.seatId && pointOfOrder))
      return refuse('F1', 'request-already-queued');
    const request = newRequest(state, command.seatId, context.newId(), 'question', true);
    return [draft('FloorRequested', { ...request, assisted: context.actor.seatId !== command.seatId })];
  },

  withdrawRequest(state, command, context) {
    const closed = underWay(state);
    if (closed) return closed;
    const request = state.floor.requests.find(({ requestId }) => requestId === command.requestId);
    if (!request) return refuse('F1', 'unknown-request');
    return (
      maySpeakAs(state, context, request.seatId) ?? [draft('FloorRequestWithdrawn', { requestId: command.requestId })]
    );
  },

  /** [F2] The first of the queue may simply be called; anybody else needs a reason, which the log keeps for everybody to see. */
  giveFloor(state, command) {
    const closed = inSession(state);
    if (closed) return closed;
    const queue = speakingQueue(state);
    const place = queue.find(({ request }) => request.requestId === command.requestId);
    if (!place) return refuse('F1', 'unknown-request');
    const { speech } = state.floor;
    if (speech && (speech.pointOfOrder || !place.request.pointOfOrder)) return refuse('F2', 'someone-is-speaking');
    if (state.polls.openId) return refuse('M4', 'poll-already-open');
    if (!canBeHeard(state, place.request.seatId)) return refuse('F1', 'seat-not-present');
    const fault = place.request.pointOfOrder ? null : turnFault(state, place.request.seatId);
    if (fault) return fault;
    const isNext = queue[0] === place;
    const words = checkedText(command.overrideReason ?? '', 200, true);
    if (typeof words !== 'string') return words;
    if (!isNext && words === '') return refuse('F2', 'override-needs-reason');
    return [
      draft('FloorGiven', {
        // Asked for earlier, but spoken on what is before the meeting now: that is what the turn counts for.
        request: { ...place.request, itemId: state.agenda.currentItemId, motionId: state.motions.currentId },
        allowedMs: (state.rules?.speech.seconds ?? 120) * 1000,
        reason: isNext && place.reason !== 'away' ? place.reason : 'override',
        override: isNext ? null : spokenBy(null, words),
      }),
    ];
  },

  /** A presenter speaks outside queue and limits; [R2] once the debate is open, a recused one does not. */
  callPresenter(state, command, { newId, now }) {
    const closed = inSession(state);
    if (closed) return closed;
    if (!state.seats[command.seatId]) return refuse('A1', 'unknown-seat');
    if (!isHere(state, command.seatId)) return refuse('F1', 'seat-not-present');
    if (state.floor.speech) return refuse('F2', 'someone-is-speaking');
    if (state.polls.openId) return refuse('M4', 'poll-already-open');
    const motion = state.motions.currentId === null ? undefined : state.motions.byId[state.motions.currentId];
    if (motion && motion.stage !== 'presenting' && motion.recusals[command.seatId]) return refuse('R2', 'recused');
    if (state.agenda.currentItemId === null) return refuse('F1', 'item-not-open');
    const request = { ...newRequest(state, command.seatId, newId(), 'add', false), at: now };
    const allowedMs = (state.rules?.presentationSeconds ?? 180) * 1000;
    return [draft('FloorGiven', { request, allowedMs, reason: 'presentation', override: null })];
  },

  pauseSpeech(state) {
    if (!state.floor.speech) return refuse('F2', 'nobody-is-speaking');
    if (state.floor.speech.timer.runningSince === null) return refuse('F5', 'timer-not-running');
    return [draft('SpeechPaused', {})];
  },

  resumeSpeech(state) {
    if (!state.floor.speech) return refuse('F2', 'nobody-is-speaking');
    if (state.floor.speech.timer.runningSince !== null) return refuse('F5', 'timer-running');
    return inSession(state) ?? [draft('SpeechResumed', {})];
  },

  extendSpeech(state, { byMs }) {
    if (!state.floor.speech) return refuse('F2', 'nobody-is-speaking');
    return extensionFault(byMs) ?? [draft('SpeechExtended', { byMs })];
  },

  /** The speaker may end; so may whoever leads. */
  endSpeech(state, _command, context) {
    const { speech } = state.floor;
    if (!speech) return refuse('F2', 'nobody-is-speaking');
    return maySpeakAs(state, context, speech.seatId) ?? endingSpeeches(state, context.now, (each) => each === speech);
  },

  lineUpRepresentatives(state, _command, { newId }) {
    const closed = inSession(state);
    if (closed) return closed;
    if (state.agenda.currentItemId === null) return refuse('F1', 'item-not-open');
    const waiting = votingSeats(state).filter(
      (seatId) =>
        isHere(state, seatId) &&
        turnFault(state, seatId) === null &&
        !state.floor.requests.some((request) => request.seatId === seatId && !request.pointOfOrder),
    );
    if (waiting.length === 0) return refuse('H8', 'already-done');
    return waiting.map((seatId) =>
      draft('FloorRequested', { ...newRequest(state, seatId, newId(), 'add', false), assisted: true }),
    );
  },
};

const withSpeech = (state: MeetingState, change: (timer: Timer) => Timer): MeetingState =>
  state.floor.speech
    ? {
        ...state,
        floor: { ...state.floor, speech: { ...state.floor.speech, timer: change(state.floor.speech.timer) } },
      }
    : state;

export const floorFolders: Folders<FloorEvents> = {
  FloorRequested: (state, { payload: { assisted: _assisted, ...request }, at }) => ({
    ...state,
    floor: { ...state.floor, requests: [...state.floor.requests, { ...request, at }] },
  }),
  FloorRequestWithdrawn: (state, { payload }) => ({
    ...state,
    floor: {
      ...state.floor,
      requests: state.floor.requests.filter(({ requestId }) => requestId !== payload.requestId),
    },
  }),
  FloorGiven: (state, { payload: { request, allowedMs, reason, override }, at }) => ({
    ...state,
    floor: {
      ...state.floor,
      requests: state.floor.requests.filter(({ requestId }) => requestId !== request.requestId),
      speech: { ...request, timer: startTimer(allowedMs, at), startedAt: at, reason, override },
      interrupted: state.floor.speech && { ...state.floor.speech, timer: pauseTimer(state.floor.speech.timer, at) },
      overrides: state.floor.overrides + (reason === 'override' ? 1 : 0),
    },
  }),
  SpeechPaused: (state, { at }) => withSpeech(state, (timer) => pauseTimer(timer, at)),
  SpeechResumed: (state, { at }) => withSpeech(state, (timer) => resumeTimer(timer, at)),
  SpeechExtended: (state, { payload }) => withSpeech(state, (timer) => extendTimer(timer, payload.byMs)),
  SpeechEnded: (state, { payload, at }) => ({ ...state, floor: withoutSpeechOf(state.floor, payload.seatId, at) }),
};
