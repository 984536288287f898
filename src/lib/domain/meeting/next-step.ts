// What happens next in a meeting, as every screen says it: one answer for any state. Pure reading of the state; decides nothing.
// Asked by the phone's room, the public page, the big screen and the replay.
import { itemOf } from './agenda.ts';
import { formatOf } from '#lib/domain/formats/index.ts';
import { announceFault, callReady } from './allocation.ts';
import { quorumOf } from './attendance.ts';
import { consensusIn, isConcluded, partiesSilent, partiesUnsigned, signedByAll, unsettled } from './consensus.ts';
import { pendingAmendment, type Motion } from './motion-state.ts';
import { votingNow } from './poll-opening.ts';
import type { Poll } from './poll-state.ts';
import { stageIndex } from './stages.ts';
import type { MeetingState } from './state.ts';

export type NextStep =
  | { readonly kind: 'be_convened' | 'resume' | 'over' | 'cancelled' | 'adopt_agenda' | 'adjourn' }
  | { readonly kind: 'open_check_in'; readonly startsAt: number }
  | { readonly kind: 'open_session' }
  | { readonly kind: 'reach_quorum'; readonly missing: number; readonly sectorsMissing: number }
  | { readonly kind: 'open_item' | 'close_item' | 'put_motion'; readonly itemId: string }
  | { readonly kind: 'second' | 'state' | 'debate' | 'refer'; readonly motionId: string }
  | { readonly kind: 'second_amendment'; readonly motionId: string; readonly amendmentId: string }
  | {
      readonly kind: 'vote' | 'vote_amendment';
      readonly motionId: string;
      readonly base: number;
      readonly threshold: number | null;
    }
  | { readonly kind: 'close_poll' | 'count' | 'announce'; readonly pollId: string }
  | { readonly kind: 'vote_allocation'; readonly callId: string }
  | { readonly kind: 'state_positions' | 'countersign'; readonly partyIds: readonly string[] }
  | { readonly kind: 'settle_follow_ups' | 'conclude_item'; readonly itemId: string }
  | { readonly kind: 'put_minutes' }
  | { readonly kind: 'enter_stage' | 'give_out_forms'; readonly stage: string };

export function nextStep(state: MeetingState): NextStep {
  switch (state.phase) {
    case 'draft':
      return { kind: 'be_convened' };
    case 'convened':
      return { kind: 'open_check_in', startsAt: state.startsAt };
    case 'check_in':
      return quorumMissing(state) ?? { kind: 'open_session' };
    case 'in_session':
      return inSessionStep(state);
    case 'recess':
      return { kind: 'resume' };
    case 'adjourned':
      return { kind: 'over' };
    case 'cancelled':
      return { kind: 'cancelled' };
  }
}

function inSessionStep(state: MeetingState): NextStep {
  const { polls, motions, agenda } = state;
  if (polls.openId !== null) return { kind: 'close_poll', pollId: polls.openId };
  const unannounced = polls.order.find((pollId) => polls.byId[pollId]?.stage === 'closed');
  if (unannounced !== undefined) {
    const poll = polls.byId[unannounced];
    // [D5] Hosts fold the count when it is done; everybody else waits for the announcement.
    const uncounted =
      poll?.frame.subject.kind === 'allocation' &&
      poll.result?.outcome !== 'void_no_quorum' &&
      announceFault(state, unannounced) !== null;
    const format = formatOf(state.format);
    const tellIn = format?.onlyIn.announceResult;
    const later = tellIn?.find(
      (stage) => stageIndex(state.format, stage) > stageIndex(state.format, state.stage?.stage),
    );
    if (later !== undefined) return { kind: 'enter_stage', stage: later };
    return { kind: uncounted ? 'count' : 'announce', pollId: unannounced };
  }
  if (agenda.adoptedAt === null) return { kind: 'adopt_agenda' };
  const ofParties = partiesStep(state);
  if (ofParties) return ofParties;
  const motion = motions.currentId === null ? undefined : motions.byId[motions.currentId];
  if (motion) return motionStep(state, motion);

  const { currentItemId } = agenda;
  const call = callReady(state);
  if (call && call.itemId !== null && call.itemId === currentItemId) {
    const missing = quorumMissing(state);
    return missing ?? { kind: 'vote_allocation', callId: call.callId };
  }
  if (currentItemId !== null) {
    const waiting = motions.order.find((motionId) => {
      const each = motions.byId[motionId];
      return each?.itemId === currentItemId && (each.stage === 'moved' || each.stage === 'ready');
    });
    if (waiting !== undefined)
      return { kind: motions.byId[waiting]?.stage === 'moved' ? 'second' : 'state', motionId: waiting };
    // A motion of the floor on the same item does not stand for the agenda's own.
    const put = motions.order.some((motionId) => {
      const each = motions.byId[motionId];
      return each?.itemId === currentItemId && each.moverSeatId === null;
    });
    if (itemOf(state, currentItemId)?.decides && !put) return { kind: 'put_motion', itemId: currentItemId };
  }
  // The one after this, or, where the chair took them out of order, the first that was passed over.
  const here = agenda.items.findIndex(({ itemId }) => itemId === currentItemId);
  const untouched = ({ itemId }: { itemId: string }) => agenda.progress[itemId] === undefined;
  const coming = agenda.items.slice(here + 1).find(untouched) ?? agenda.items.find(untouched);
  if (coming) return { kind: 'open_item', itemId: coming.itemId };
  const staged = stagesStep(state);
  if (staged) return staged;
  if (formatOf(state.format)?.guards?.adjournMeeting === signedByAll && consensusIn(state).minutes === null)
    return { kind: 'put_minutes' };
  return currentItemId === null ? { kind: 'adjourn' } : { kind: 'close_item', itemId: currentItemId };
}

/** [K3] [K8] What the open item or the page of a meeting of parties still waits for; null where it is free to go on. */
function partiesStep(state: MeetingState): NextStep | null {
  if (formatOf(state.format)?.guards?.adjournMeeting !== signedByAll) return null;
  const idsOf = (parties: readonly { readonly sectorId: string }[]) => parties.map(({ sectorId }) => sectorId);
  if (consensusIn(state).minutes) {
    const unsigned = idsOf(partiesUnsigned(state));
    return unsigned.length > 0 ? { kind: 'countersign', partyIds: unsigned } : { kind: 'adjourn' };
  }
  const item = itemOf(state, state.agenda.currentItemId ?? '');
  if (!item || isConcluded(state, item)) return null;
  const { itemId } = item;
  const silent = idsOf(partiesSilent(state, itemId));
  if (silent.length > 0) return { kind: 'state_positions', partyIds: silent };
  return { kind: unsettled(state, itemId).length > 0 ? 'settle_follow_ups' : 'conclude_item', itemId };
}

/** Where an agenda and stages go together: the next stage once no item is left, and forms where the stage is for them. */
function stagesStep({ format: id, stage, polls }: MeetingState): NextStep | null {
  const format = formatOf(id);
  if (!format || format.stages.length === 0 || format.agendaless) return null;
  const here = stage?.stage ?? '';
  const told = polls.order.some((pollId) => polls.byId[pollId]?.stage === 'announced');
  if (!told && format.onlyIn.openPoll?.includes(here)) return { kind: 'give_out_forms', stage: here };
  const next = format.stages[stageIndex(id, here) + 1];
  return next === undefined ? null : { kind: 'enter_stage', stage: next };
}

function quorumMissing(state: MeetingState): NextStep | null {
  const { met, needed, present, sectorsMissing } = quorumOf(state);
  return met ? null : { kind: 'reach_quorum', missing: Math.max(0, needed - present), sectorsMissing };
}

function motionStep(state: MeetingState, motion: Motion): NextStep {
  const { motionId } = motion;
  // [M8] Not ours to vote on.
  if (motion.ownersMatter === 'owners_assembly') return { kind: 'refer', motionId };
  if (motion.stage === 'presenting') return { kind: 'debate', motionId };
  const amendment = pendingAmendment(motion);
  if (amendment && amendment.seconderSeatId === null && state.rules?.seconding)
    return { kind: 'second_amendment', motionId, amendmentId: amendment.amendmentId };
  const missing = quorumMissing(state);
  if (missing) return missing;
  const { base, threshold } = votingNow(state, 'formal', motion);
  return { kind: amendment ? 'vote_amendment' : 'vote', motionId, base, threshold };
}

/** The last vote's result while it is still the matter at hand: announced, and no further vote or item since. */
export function freshResult(state: MeetingState): Poll | null {
  const pollId = state.polls.order[state.polls.order.length - 1];
  const poll = pollId === undefined ? undefined : state.polls.byId[pollId];
  if (poll?.stage !== 'announced') return null;
  const { currentItemId, progress } = state.agenda;
  const openedAt = currentItemId === null ? 0 : (progress[currentItemId]?.openedAt ?? 0);
  return (poll.announcedAt ?? 0) >= openedAt ? poll : null;
}
