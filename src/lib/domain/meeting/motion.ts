// 动议 → 附议 → 陈述 → 辩论 → 修正案 → 表决 → 宣布. One thing at a time. Recusal shrinks the base, never the quorum. Rules [M…] and [R…].
import { inSession, itemOf, ownersMatters, underWay, type Listing, type OwnersMatter } from './agenda.ts';
import {
  amountFault,
  closeMotion,
  currentMotion,
  motionAt,
  presentOwnSeat,
  sameHand,
  withMotion,
  type Motion,
  type MotionStage,
} from './motion-state.ts';
import { recusingTied } from './recusal.ts';
import { refuse, type Refusal } from './refusal.ts';
import { secondAward } from './second-award.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { official, type Said } from './words.ts';

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
  | { readonly type: 'withdrawMotion'; readonly motionId: string; readonly reason: string }
  | { readonly type: 'referMotion'; readonly motionId: string; readonly reason: string };

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
  MotionWithdrawn: { readonly motionId: string; readonly reason: Said };
  MotionReferred: { readonly motionId: string; readonly reason: Said };
}

const draft = drafter<MotionEvents>();

/** [M9] The strictest of the grades: moving anew, or under a graded item, never loosens one. */
const strictest = (...grades: (OwnersMatter | undefined)[]): OwnersMatter =>
  ownersMatters[Math.max(0, ...grades.map((grade) => (grade ? ownersMatters.indexOf(grade) : 0)))] ?? 'none';

/** Project and envelope, where there are any: absent otherwise, so that events without money stay as they always were. */
const drawsOn = (from: { readonly projectId?: string; readonly envelopeId?: string } | null) => ({
  ...(from?.projectId === undefined ? {} : { projectId: from.projectId }),
  ...(from?.envelopeId === undefined ? {} : { envelopeId: from.envelopeId }),
});

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
};
