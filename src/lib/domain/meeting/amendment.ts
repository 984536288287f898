// Amendments and reductions: what changes a motion before its vote. One at a time, seconded as the motion was. Rules [M5], [M6].
import { inSession, underWay } from './agenda.ts';
import { mayActFor } from './attendance.ts';
import {
  amountFault,
  currentMotion,
  debated,
  pendingAmendment,
  presentOwnSeat,
  sameHand,
  withMotion,
  type Amendment,
  type Motion,
} from './motion-state.ts';
import { refuse } from './refusal.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import { checkedText } from './text.ts';
import { official, type Said } from './words.ts';

export type AmendmentCommand =
  | {
      readonly type: 'moveAmendment';
      readonly seatId: string;
      readonly text: string;
      readonly amountFen: number | null;
    }
  | { readonly type: 'secondAmendment'; readonly amendmentId: string; readonly seatId: string }
  | { readonly type: 'withdrawAmendment'; readonly amendmentId: string }
  | { readonly type: 'reduceAmount'; readonly amountFen: number; readonly reason: string };

export interface AmendmentEvents {
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
}

const draft = drafter<AmendmentEvents>();

export const amendmentDeciders: Deciders<AmendmentCommand> = {
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
};

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

export const amendmentFolders: Folders<AmendmentEvents> = {
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
};
