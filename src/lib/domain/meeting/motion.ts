// 动议 → 附议 → 陈述 → 辩论 → 修正案 → 表决 → 宣布. One thing at a time. Recusal shrinks the base, never the quorum. Rules [M…] and [R…].
import { inSession, itemOf, ownersMatters, underWay, type Listing, type OwnersMatter } from './agenda.ts';
import type { AwardOfMotion } from './awards.ts';
import { holderOf, isPresent, mayActFor } from './attendance.ts';
import { refuse, type Refusal } from './refusal.ts';
import { secondAward } from './second-award.ts';
import { drafter, type Context, type Deciders, type Draft, type Folders } from './slice.ts';
import { endingSpeeches } from './speech.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { official, spokenBy, type Said, type Words } from './words.ts';

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

export type MotionCommand =
  | {
      readonly type: 'moveMotion';
      readonly seatId: string;
      readonly title: string;
      readonly text: string;
      readonly amountFen: number | null;
      readonly ownersMatter: OwnersMatter;
      readonly listing: Listing | null;
      readonly renewsMotionId: string | null;
    }
  | { readonly type: 'putItemMotion' }
  | { readonly type: 'secondMotion'; readonly motionId: string; readonly seatId: string }
  | { readonly type: 'stateMotion'; readonly motionId: string }
  | { readonly type: 'openDebate' }
  | {
      readonly type: 'moveAmendment';
      readonly seatId: string;
      readonly text: string;
      readonly amountFen: number | null;
    }
  | { readonly type: 'secondAmendment'; readonly amendmentId: string; readonly seatId: string }
  | { readonly type: 'withdrawAmendment'; readonly amendmentId: string }
  | { readonly type: 'reduceAmount'; readonly amountFen: number; readonly reason: string }
  | { readonly type: 'withdrawMotion'; readonly motionId: string; readonly reason: string }
  | { readonly type: 'referMotion'; readonly motionId: string; readonly reason: string }
  | { readonly type: 'declareRecusal'; readonly motionId: string; readonly seatId: string; readonly reason: string }
  | { readonly type: 'liftRecusal'; readonly motionId: string; readonly seatId: string };

export interface MotionEvents {
  MotionMoved: {
    readonly motionId: string;
    readonly itemId: string;
    readonly title: Said;
    readonly text: Said | null;
    readonly moverSeatId: string | null;
    readonly amountFen: number | null;
    readonly ownersMatter: OwnersMatter;
    readonly listing: Listing | null;
    readonly renewsMotionId: string | null;
    readonly needsSecond: boolean;
    readonly projectId?: string;
    readonly envelopeId?: string;
  };
  MotionSeconded: { readonly motionId: string; readonly seatId: string };
  MotionStated: { readonly motionId: string };
  DebateOpened: { readonly motionId: string };
  AmendmentMoved: {
    readonly motionId: string;
    readonly amendmentId: string;
    readonly text: Said;
    readonly amountFen: number | null;
    readonly seatId: string;
  };
  AmendmentSeconded: { readonly motionId: string; readonly amendmentId: string; readonly seatId: string };
  AmendmentWithdrawn: { readonly motionId: string; readonly amendmentId: string };
  AmountReduced: { readonly motionId: string; readonly fromFen: number; readonly toFen: number; readonly reason: Said };
  MotionWithdrawn: { readonly motionId: string; readonly reason: Said };
  MotionReferred: { readonly motionId: string; readonly reason: Said };
  RecusalDeclared: {
    readonly motionId: string;
    readonly seatId: string;
    readonly reason: Said;
    readonly declaredByMember: boolean;
  };
  RecusalLifted: { readonly motionId: string; readonly seatId: string };
}

const draft = drafter<MotionEvents>();

export const currentMotion = (state: MeetingState): Motion | undefined =>
  state.motions.currentId === null ? undefined : state.motions.byId[state.motions.currentId];

/** The amendment waiting for its vote; at most one at a time. */
export const pendingAmendment = (motion: Motion): Amendment | undefined =>
  motion.amendments.find(({ outcome }) => outcome === null);

const amountFault = (amountFen: number | null): Refusal | null =>
  amountFen === null || (Number.isSafeInteger(amountFen) && amountFen > 0) ? null : refuse('M6', 'amount-invalid');

const motionAt = (state: MeetingState, motionId: string, ...stages: MotionStage[]): Motion | Refusal => {
  const motion = state.motions.byId[motionId];
  if (!motion) return refuse('M1', 'unknown-motion');
  return stages.includes(motion.stage) ? motion : refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
};

const debated = (state: MeetingState): Motion | Refusal => {
  const motion = currentMotion(state);
  if (!motion) return refuse('M1', 'unknown-motion');
  return motion.stage === 'debating' ? motion : refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
};

const presentOwnSeat = (state: MeetingState, context: Context, seatId: string): Refusal | null => {
  const foreign = mayActFor(state, context, seatId);
  if (foreign) return foreign;
  if (!state.seats[seatId]?.voting) return refuse('M3', 'not-entitled');
  return isPresent(state, seatId) ? null : refuse('A4', 'seat-not-present');
};

/** [M3] Whether one person would act for both seats, the one in person and the other by proxy: nobody seconds oneself. */
const sameHand = (state: MeetingState, seatId: string, otherSeatId: string | null): boolean =>
  otherSeatId !== null && (holderOf(state, seatId) ?? seatId) === (holderOf(state, otherSeatId) ?? otherSeatId);

/** [M9] The strictest of the grades: moving anew, or under a graded item, never loosens one. */
const strictest = (...grades: (OwnersMatter | undefined)[]): OwnersMatter =>
  ownersMatters[Math.max(0, ...grades.map((grade) => (grade ? ownersMatters.indexOf(grade) : 0)))] ?? 'none';

/** Project and envelope, where there are any: absent otherwise, so that events without money stay as they always were. */
const drawsOn = (from: { readonly projectId?: string; readonly envelopeId?: string } | null) => ({
  ...(from?.projectId === undefined ? {} : { projectId: from.projectId }),
  ...(from?.envelopeId === undefined ? {} : { envelopeId: from.envelopeId }),
});

/**
 * [J6] Whoever is tied to the project is recused as soon as its motion is before the meeting, for the reason on file; whoever is tied later,
 * at its next step until its vote opens. `known` is the motion, or the one it renews.
 */
export const recusingTied = (
  state: MeetingState,
  motionId: string,
  { facts }: Context,
  known?: Pick<Motion, 'recusals' | 'lifted'>,
): readonly Draft<'RecusalDeclared', MotionEvents['RecusalDeclared']>[] =>
  !state.rules?.recusal
    ? []
    : (facts.tied ?? [])
        .filter(({ seatId }) => state.seats[seatId] && !known?.recusals[seatId] && !known?.lifted?.includes(seatId))
        .map(({ seatId, reason }) =>
          draft('RecusalDeclared', {
            motionId,
            seatId,
            reason: spokenBy(state.seats[seatId]?.personId ?? null, reason),
            declaredByMember: false,
          }),
        );

const ended: readonly MotionStage[] = ['decided', 'withdrawn', 'referred'];

/** [M9] Why `earlierId` may not be moved anew, or the motion it was. */
function renewable(state: MeetingState, earlierId: string): Motion | Refusal {
  const earlier = motionAt(state, earlierId, 'decided', 'withdrawn');
  if ('refused' in earlier) return earlier;
  if (earlier.outcome === 'passed') return refuse('M9', 'motion-wrong-stage', { stage: 'passed' });
  const again = state.motions.order
    .map((id) => state.motions.byId[id])
    .some((each) => each?.renewsMotionId === earlierId && (!ended.includes(each.stage) || each.outcome !== null));
  return again ? refuse('M9', 'already-done') : earlier;
}

export const motionDeciders: Deciders<MotionCommand> = {
  moveMotion(state, command, context) {
    const closed = inSession(state) ?? presentOwnSeat(state, context, command.seatId) ?? amountFault(command.amountFen);
    if (closed) return closed;
    const itemId = state.agenda.currentItemId;
    if (itemId === null) return refuse('G3', 'item-not-open');
    const earlier = command.renewsMotionId === null ? null : renewable(state, command.renewsMotionId);
    if (earlier && 'refused' in earlier) return earlier;
    if (earlier?.recusals[command.seatId]) return refuse('R2', 'recused');
    const title = checkedText(command.title, 200);
    if (typeof title !== 'string') return title;
    const text = checkedText(command.text, 2000, true);
    if (typeof text !== 'string') return text;
    const motionId = context.newId();
    return [
      draft('MotionMoved', {
        motionId,
        itemId,
        title: official(title),
        text: text === '' ? null : official(text),
        moverSeatId: command.seatId,
        amountFen: command.amountFen,
        ownersMatter: strictest(command.ownersMatter, itemOf(state, itemId)?.ownersMatter, earlier?.ownersMatter),
        listing: command.listing,
        renewsMotionId: command.renewsMotionId,
        needsSecond: state.rules?.seconding ?? true,
        // [B10] Moved anew, it is still about the same project and the same money.
        ...drawsOn(earlier),
      }),
      ...recusingTied(state, motionId, context, earlier ?? undefined),
    ];
  },

  /** [M3] What the convened agenda puts to the vote needs no second: the notice already carried it. */
  putItemMotion(state, _command, context) {
    const closed = inSession(state);
    if (closed) return closed;
    const item = state.agenda.currentItemId === null ? undefined : itemOf(state, state.agenda.currentItemId);
    if (!item) return refuse('G3', 'item-not-open');
    if (!item.decides) return refuse('M1', 'unknown-motion');
    const put = state.motions.order.map((id) => state.motions.byId[id]);
    if (put.some((motion) => motion?.itemId === item.itemId && motion.moverSeatId === null))
      return refuse('M1', 'already-done');
    if (state.motions.currentId) return refuse('M1', 'motion-already-open');
    const second = secondAward(context.facts);
    if (second) return second;
    const motionId = context.newId();
    return [
      draft('MotionMoved', {
        motionId,
        itemId: item.itemId,
        title: official(item.decides.title.text ?? ''),
        text: item.note ? official(item.note.text ?? '') : null,
        moverSeatId: null,
        amountFen: item.decides.amountFen,
        ownersMatter: item.ownersMatter,
        listing: item.listing,
        renewsMotionId: null,
        needsSecond: false,
        ...drawsOn(item.decides),
      }),
      ...recusingTied(state, motionId, context),
      draft('MotionStated', { motionId }),
    ];
  },

  secondMotion(state, command, context) {
    const closed = inSession(state) ?? presentOwnSeat(state, context, command.seatId);
    if (closed) return closed;
    const motion = motionAt(state, command.motionId, 'moved');
    if ('refused' in motion) return motion;
    if (sameHand(state, command.seatId, motion.moverSeatId)) return refuse('M3', 'own-motion');
    if (motion.recusals[command.seatId]) return refuse('R2', 'recused');
    return [draft('MotionSeconded', { motionId: motion.motionId, seatId: command.seatId })];
  },

  /** [M1] One motion before the meeting at a time. */
  stateMotion(state, command, context) {
    const closed = inSession(state);
    if (closed) return closed;
    if (state.motions.currentId) return refuse('M1', 'motion-already-open');
    const motion = state.motions.byId[command.motionId];
    if (motion?.stage === 'moved') return refuse('M3', 'motion-not-seconded');
    const ready = motionAt(state, command.motionId, 'ready');
    if ('refused' in ready) return ready;
    if (ready.itemId !== state.agenda.currentItemId) return refuse('G3', 'item-not-open');
    const { motionId } = ready;
    return [...recusingTied(state, motionId, context, ready), draft('MotionStated', { motionId })];
  },

  openDebate(state, _command, context) {
    const closed = inSession(state);
    if (closed) return closed;
    const motion = currentMotion(state);
    if (!motion) return refuse('M1', 'unknown-motion');
    if (motion.stage !== 'presenting') return refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
    if (state.floor.speech) return refuse('F2', 'someone-is-speaking');
    const { motionId } = motion;
    return [...recusingTied(state, motionId, context, motion), draft('DebateOpened', { motionId })];
  },

  /** [M5] One amendment at a time, during the debate. */
  moveAmendment(state, command, context) {
    const closed = inSession(state) ?? presentOwnSeat(state, context, command.seatId) ?? amountFault(command.amountFen);
    if (closed) return closed;
    const motion = debated(state);
    if ('refused' in motion) return motion;
    if (pendingAmendment(motion)) return refuse('M5', 'amendment-pending');
    if (motion.recusals[command.seatId]) return refuse('R2', 'recused');
    const text = checkedText(command.text, 2000);
    if (typeof text !== 'string') return text;
    return [
      draft('AmendmentMoved', {
        motionId: motion.motionId,
        amendmentId: context.newId(),
        text: official(text),
        amountFen: command.amountFen,
        seatId: command.seatId,
      }),
    ];
  },

  secondAmendment(state, command, context) {
    const closed = inSession(state) ?? presentOwnSeat(state, context, command.seatId);
    if (closed) return closed;
    const motion = debated(state);
    if ('refused' in motion) return motion;
    const amendment = pendingAmendment(motion);
    if (amendment?.amendmentId !== command.amendmentId) return refuse('M5', 'unknown-amendment');
    if (amendment.seconderSeatId !== null) return refuse('M5', 'already-done');
    if (sameHand(state, command.seatId, amendment.moverSeatId)) return refuse('M3', 'own-motion');
    if (motion.recusals[command.seatId]) return refuse('R2', 'recused');
    const { motionId } = motion;
    return [draft('AmendmentSeconded', { motionId, amendmentId: command.amendmentId, seatId: command.seatId })];
  },

  withdrawAmendment(state, command, context) {
    const closed = underWay(state);
    if (closed) return closed;
    const motion = debated(state);
    if ('refused' in motion) return motion;
    const amendment = pendingAmendment(motion);
    if (amendment?.amendmentId !== command.amendmentId) return refuse('M5', 'unknown-amendment');
    return (
      mayActFor(state, context, amendment.moverSeatId) ?? [
        draft('AmendmentWithdrawn', { motionId: motion.motionId, amendmentId: amendment.amendmentId }),
      ]
    );
  },

  /** [M6] 核减: with the applicant's consent an amount only ever goes down, and needs no vote of its own. */
  reduceAmount(state, command) {
    const closed = inSession(state);
    if (closed) return closed;
    const motion = currentMotion(state);
    if (!motion) return refuse('M1', 'unknown-motion');
    if (motion.stage !== 'debating' && motion.stage !== 'presenting')
      return refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
    if (pendingAmendment(motion)) return refuse('M5', 'amendment-pending');
    const wrong = amountFault(command.amountFen);
    if (wrong) return wrong;
    if (motion.amountFen === null || command.amountFen >= motion.amountFen) return refuse('M6', 'amount-not-lower');
    const reason = checkedText(command.reason, 300);
    if (typeof reason !== 'string') return reason;
    const { motionId, amountFen: fromFen } = motion;
    return [draft('AmountReduced', { motionId, fromFen, toFen: command.amountFen, reason: official(reason) })];
  },

  withdrawMotion(state, command, context) {
    const closed = underWay(state);
    if (closed) return closed;
    const motion = motionAt(state, command.motionId, 'moved', 'ready', 'presenting', 'debating');
    if ('refused' in motion) return motion;
    const leads = ['chair', 'moderator', 'secretary'].some((role) => context.actor.roles.has(role as 'chair'));
    if (!leads && (motion.moverSeatId === null || motion.moverSeatId !== context.actor.seatId))
      return refuse('A2', 'not-your-seat');
    const reason = checkedText(command.reason, 300, true);
    if (typeof reason !== 'string') return reason;
    return [draft('MotionWithdrawn', { motionId: motion.motionId, reason: official(reason) })];
  },

  /** [M8] A matter for the owners' assembly, the workstation or somebody else is referred, not voted. */
  referMotion(state, command) {
    const closed = underWay(state);
    if (closed) return closed;
    const motion = motionAt(state, command.motionId, 'moved', 'ready', 'presenting', 'debating');
    if ('refused' in motion) return motion;
    const reason = checkedText(command.reason, 300);
    if (typeof reason !== 'string') return reason;
    return [draft('MotionReferred', { motionId: motion.motionId, reason: official(reason) })];
  },

  /** [R1] Declared by the member or set by a host, with a reason; during an open vote it takes the ballot out too. */
  declareRecusal(state, command, context) {
    const closed = underWay(state);
    if (closed) return closed;
    if (!state.rules?.recusal) return refuse('R1', 'recusal-not-in-rules');
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    const motion = motionAt(state, command.motionId, 'moved', 'ready', 'presenting', 'debating', 'voting');
    if ('refused' in motion) return motion;
    const open = state.polls.openId === null ? undefined : state.polls.byId[state.polls.openId]?.frame.subject;
    if (motion.stage === 'voting' && (open === undefined || open.kind === 'question'))
      return refuse('V3', 'poll-not-open');
    // A member may say it in their own words where the desk, or what is on file, has said it for them.
    const recusal = motion.recusals[command.seatId];
    if (recusal && (recusal.declaredByMember || context.actor.seatId !== command.seatId))
      return refuse('R1', 'already-recused');
    const reason = checkedText(command.reason, 300);
    if (typeof reason !== 'string') return reason;
    const personId = state.seats[command.seatId]?.personId ?? null;
    const { motionId, seatId } = command;
    return [
      ...endingSpeeches(
        state,
        context.now,
        (speech) =>
          speech.seatId === seatId &&
          speech.motionId === motionId &&
          !speech.pointOfOrder &&
          speech.reason !== 'presentation',
      ),
      draft('RecusalDeclared', {
        motionId: motion.motionId,
        seatId: command.seatId,
        reason: spokenBy(personId, reason),
        declaredByMember: context.actor.seatId === command.seatId,
      }),
    ];
  },

  /** [R3] A recusal is lifted only before a vote on the motion has opened. */
  liftRecusal(state, command, context) {
    const closed = underWay(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    const motion = motionAt(state, command.motionId, 'moved', 'ready', 'presenting', 'debating');
    if ('refused' in motion) return motion;
    if (!motion.recusals[command.seatId]) return refuse('R3', 'not-recused');
    return [draft('RecusalLifted', { motionId: motion.motionId, seatId: command.seatId })];
  },
};

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

const withAmendment = (motion: Motion, amendmentId: string, change: Partial<Amendment>): Partial<Motion> => ({
  amendments: motion.amendments.map((each) => (each.amendmentId === amendmentId ? { ...each, ...change } : each)),
});

/** What an adopted amendment does to its motion. */
export const settleAmendment = (
  motion: Motion,
  amendmentId: string,
  outcome: 'adopted' | 'rejected',
): Partial<Motion> => {
  const amendment = motion.amendments.find((each) => each.amendmentId === amendmentId);
  if (!amendment) return {};
  if (outcome === 'adopted') {
    const change = { outcome, amountBeforeFen: motion.amountFen };
    return { ...withAmendment(motion, amendmentId, change), amountFen: amendment.amountFen ?? motion.amountFen };
  }
  // Adopted before its count was corrected: the amount goes back, unless it has been reduced since.
  const takenBack = amendment.outcome === 'adopted' && amendment.amountFen === motion.amountFen;
  const amountFen = takenBack ? amendment.amountBeforeFen : motion.amountFen;
  return { ...withAmendment(motion, amendmentId, { outcome, amountBeforeFen: null }), amountFen };
};

const liftedOf = (motion: Motion | undefined): Pick<Motion, 'lifted'> =>
  motion?.lifted ? { lifted: motion.lifted } : {};

export const motionFolders: Folders<MotionEvents> = {
  MotionMoved: (state, { payload: { needsSecond, ...moved } }) => ({
    ...state,
    motions: {
      ...state.motions,
      order: [...state.motions.order, moved.motionId],
      byId: {
        ...state.motions.byId,
        [moved.motionId]: {
          ...moved,
          seconderSeatId: null,
          originalAmountFen: moved.amountFen,
          stage: needsSecond ? 'moved' : 'ready',
          // [R4] The interest has not gone because the motion came anew.
          recusals: state.motions.byId[moved.renewsMotionId ?? '']?.recusals ?? {},
          ...liftedOf(state.motions.byId[moved.renewsMotionId ?? '']),
          amendments: [],
          reductions: [],
          pollIds: [],
          outcome: null,
          contractLocked: false,
          closingReason: null,
        },
      },
    },
  }),
  MotionSeconded: (state, { payload }) =>
    withMotion(state, payload.motionId, () => ({ seconderSeatId: payload.seatId, stage: 'ready' })),
  MotionStated: (state, { payload }) => {
    const stated = withMotion(state, payload.motionId, () => ({ stage: 'presenting' }));
    const recusals = stated.motions.byId[payload.motionId]?.recusals ?? {};
    const requests = stated.floor.requests.filter(({ pointOfOrder, seatId }) => pointOfOrder || !recusals[seatId]);
    return {
      ...stated,
      motions: { ...stated.motions, currentId: payload.motionId },
      floor: { ...stated.floor, requests },
    };
  },
  DebateOpened: (state, { payload }) => withMotion(state, payload.motionId, () => ({ stage: 'debating' })),
  AmendmentMoved: (state, { payload: { motionId, amendmentId, text, amountFen, seatId } }) =>
    withMotion(state, motionId, (motion) => ({
      amendments: [
        ...motion.amendments,
        {
          amendmentId,
          text,
          amountFen,
          moverSeatId: seatId,
          seconderSeatId: null,
          outcome: null,
          amountBeforeFen: null,
        },
      ],
    })),
  AmendmentSeconded: (state, { payload }) =>
    withMotion(state, payload.motionId, (motion) =>
      withAmendment(motion, payload.amendmentId, { seconderSeatId: payload.seatId }),
    ),
  AmendmentWithdrawn: (state, { payload }) =>
    withMotion(state, payload.motionId, (motion) =>
      withAmendment(motion, payload.amendmentId, { outcome: 'withdrawn' }),
    ),
  AmountReduced: (state, { payload: { motionId, fromFen, toFen, reason }, at }) =>
    withMotion(state, motionId, (motion) => ({
      amountFen: toFen,
      reductions: [...motion.reductions, { fromFen, toFen, reason, at }],
    })),
  MotionWithdrawn: (state, { payload }) =>
    closeMotion(
      withMotion(state, payload.motionId, () => ({ stage: 'withdrawn', closingReason: payload.reason })),
      payload.motionId,
    ),
  MotionReferred: (state, { payload }) =>
    closeMotion(
      withMotion(state, payload.motionId, () => ({ stage: 'referred', closingReason: payload.reason })),
      payload.motionId,
    ),
  RecusalDeclared: (state, { payload: { motionId, seatId, reason, declaredByMember }, at }) => {
    const recused = withMotion(state, motionId, (motion) => ({
      recusals: { ...motion.recusals, [seatId]: { reason, at, declaredByMember } },
    }));
    const requests = recused.floor.requests.filter(
      (request) =>
        request.pointOfOrder ||
        request.seatId !== seatId ||
        (request.motionId !== motionId && recused.motions.currentId !== motionId),
    );
    return { ...recused, floor: { ...recused.floor, requests } };
  },
  RecusalLifted: (state, { payload }) =>
    withMotion(state, payload.motionId, (motion) => {
      const { [payload.seatId]: _lifted, ...recusals } = motion.recusals;
      return { recusals, lifted: [...(motion.lifted ?? []), payload.seatId] };
    }),
};
