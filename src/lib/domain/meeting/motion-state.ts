// What a motion is while it is before the meeting and after: its shape, its amendments and recusals, and how the slices that change it find it.
// motion.ts moves it, amendment.ts changes what it says, recusal.ts who may vote on it, poll.ts settles it. Rules [M…].
import type { Listing, OwnersMatter } from './agenda.ts';
import { holderOf, isPresent, mayActFor } from './attendance.ts';
import type { AwardOfMotion } from './awards.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Context } from './slice.ts';
import type { MeetingState } from './state.ts';
import type { Words } from './words.ts';

/**
 * `moved` waits for a second; `ready` may be stated; `presenting` and `debating` are before the meeting; `voting` has an open or unannounced
 * vote; the rest are ends.
 */
export type MotionStage =
  'moved' | 'ready' | 'presenting' | 'debating' | 'voting' | 'decided' | 'withdrawn' | 'referred';

export interface Amendment {
  readonly amendmentId: string;
  readonly text: Words;
  /** The amount the motion would carry; null leaves it. */
  readonly amountFen: number | null;
  readonly moverSeatId: string;
  readonly seconderSeatId: string | null;
  readonly outcome: 'adopted' | 'rejected' | 'withdrawn' | null;
  /** The motion's amount before this was adopted, so that a corrected count can take it back; null until adopted. */
  readonly amountBeforeFen: number | null;
}

export interface Recusal {
  readonly reason: Words;
  readonly at: number;
  /** False when the chair or secretary set it. */
  readonly declaredByMember: boolean;
}

export interface Motion {
  readonly motionId: string;
  readonly itemId: string;
  readonly title: Words;
  readonly text: Words | null;
  /** Null where the convened agenda itself puts the motion. */
  readonly moverSeatId: string | null;
  readonly seconderSeatId: string | null;
  readonly amountFen: number | null;
  readonly originalAmountFen: number | null;
  readonly ownersMatter: OwnersMatter;
  readonly listing: Listing | null;
  readonly stage: MotionStage;
  readonly recusals: Readonly<Record<string, Recusal>>;
  /** Seats whose recusal was lifted: what is on file does not recuse them again. */
  readonly lifted?: readonly string[];
  readonly amendments: readonly Amendment[];
  /** Reductions the applicant agreed to: no vote of their own. */
  readonly reductions: readonly {
    readonly fromFen: number;
    readonly toFen: number;
    readonly reason: Words;
    readonly at: number;
  }[];
  /** The earlier motion this one moves anew. */
  readonly renewsMotionId: string | null;
  readonly pollIds: readonly string[];
  readonly outcome: 'passed' | 'failed' | null;
  /** [M7] Passed, but no contract until the owners' decision is filed. */
  readonly contractLocked: boolean;
  readonly closingReason: Words | null;
  /** The project it decides on. */
  readonly projectId?: string;
  /** What its amount would be taken from; absent where it awards nothing. */
  readonly envelopeId?: string;
  /** What its passing did to the books. */
  readonly award?: AwardOfMotion;
}

export interface MotionsState {
  readonly byId: Readonly<Record<string, Motion>>;
  readonly order: readonly string[];
  /** The motion before the meeting; at most one. */
  readonly currentId: string | null;
}

export const currentMotion = (state: MeetingState): Motion | undefined =>
  state.motions.currentId === null ? undefined : state.motions.byId[state.motions.currentId];

/** The amendment waiting for its vote; at most one at a time. */
export const pendingAmendment = (motion: Motion): Amendment | undefined =>
  motion.amendments.find(({ outcome }) => outcome === null);

export const amountFault = (amountFen: number | null): Refusal | null =>
  amountFen === null || (Number.isSafeInteger(amountFen) && amountFen > 0) ? null : refuse('M6', 'amount-invalid');

export const motionAt = (state: MeetingState, motionId: string, ...stages: MotionStage[]): Motion | Refusal => {
  const motion = state.motions.byId[motionId];
  if (!motion) return refuse('M1', 'unknown-motion');
  return stages.includes(motion.stage) ? motion : refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
};

export const debated = (state: MeetingState): Motion | Refusal => {
  const motion = currentMotion(state);
  if (!motion) return refuse('M1', 'unknown-motion');
  return motion.stage === 'debating' ? motion : refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
};

export const presentOwnSeat = (state: MeetingState, context: Context, seatId: string): Refusal | null => {
  const foreign = mayActFor(state, context, seatId);
  if (foreign) return foreign;
  if (!state.seats[seatId]?.voting) return refuse('M3', 'not-entitled');
  return isPresent(state, seatId) ? null : refuse('A4', 'seat-not-present');
};

/** [M3] Whether one person would act for both seats, the one in person and the other by proxy: nobody seconds oneself. */
export const sameHand = (state: MeetingState, seatId: string, otherSeatId: string | null): boolean =>
  otherSeatId !== null && (holderOf(state, seatId) ?? seatId) === (holderOf(state, otherSeatId) ?? otherSeatId);

export const withMotion = (
  state: MeetingState,
  motionId: string,
  change: (motion: Motion) => Partial<Motion>,
): MeetingState => {
  const motion = state.motions.byId[motionId];
  if (!motion) return state;
  const byId = { ...state.motions.byId, [motionId]: { ...motion, ...change(motion) } };
  return { ...state, motions: { ...state.motions, byId } };
};

/** The motion leaves the table: requests to speak on it go with it. */
export const closeMotion = (state: MeetingState, motionId: string): MeetingState => ({
  ...state,
  motions: {
    ...state.motions,
    currentId: state.motions.currentId === motionId ? null : state.motions.currentId,
  },
  floor: {
    ...state.floor,
    requests: state.floor.requests.filter((request) => request.pointOfOrder || request.motionId !== motionId),
  },
});
