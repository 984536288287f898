// Recusal: whoever is tied to a motion neither speaks on it nor votes. It shrinks the base, never the quorum. Rules [R…], [J6].
import { underWay } from './agenda.ts';
import { mayActFor } from './attendance.ts';
import { motionAt, withMotion, type Motion } from './motion-state.ts';
import { refuse } from './refusal.ts';
import { drafter, type Context, type Deciders, type Draft, type Folders } from './slice.ts';
import { endingSpeeches } from './speech.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { spokenBy, type Said } from './words.ts';

export type RecusalCommand =
  | { readonly type: 'declareRecusal'; readonly motionId: string; readonly seatId: string; readonly reason: string }
  | { readonly type: 'liftRecusal'; readonly motionId: string; readonly seatId: string };

export interface RecusalEvents {
  RecusalDeclared: {
    readonly motionId: string;
    readonly seatId: string;
    readonly reason: Said;
    readonly declaredByMember: boolean;
  };
  RecusalLifted: { readonly motionId: string; readonly seatId: string };
}

const draft = drafter<RecusalEvents>();

/**
 * [J6] Whoever is tied to the project is recused as soon as its motion is before the meeting, for the reason on file; whoever is tied later,
 * at its next step until its vote opens. `known` is the motion, or the one it renews.
 */
export const recusingTied = (
  state: MeetingState,
  motionId: string,
  { facts }: Context,
  known?: Pick<Motion, 'recusals' | 'lifted'>,
): readonly Draft<'RecusalDeclared', RecusalEvents['RecusalDeclared']>[] =>
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

export const recusalDeciders: Deciders<RecusalCommand> = {
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

export const recusalFolders: Folders<RecusalEvents> = {
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
