// The one thing the hall's big screen shows at a moment. Pure, a reading of the state.
import { freshResult } from '#lib/domain/meeting/next-step.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';

export type ScreenMoment =
  | {
      readonly kind:
        'welcome' | 'check_in' | 'recess' | 'adjourned' | 'cancelled' | 'agenda' | 'speaking' | 'item' | 'decisions';
    }
  | { readonly kind: 'vote' | 'counting' | 'result'; readonly poll: Poll };

export function screenMoment(state: MeetingState): ScreenMoment {
  switch (state.phase) {
    case 'draft':
    case 'convened':
      return { kind: 'welcome' };
    case 'check_in':
      return { kind: 'check_in' };
    case 'adjourned':
      return { kind: 'adjourned' };
    case 'cancelled':
      return { kind: 'cancelled' };
  }
  const { polls, floor, motions, agenda } = state;
  const last = polls.byId[polls.order[polls.order.length - 1] ?? ''];
  if (last?.stage === 'open') return { kind: 'vote', poll: last };
  if (last?.stage === 'closed') return { kind: 'counting', poll: last };
  if (state.phase === 'recess') return { kind: 'recess' };
  const fresh = freshResult(state);
  if (fresh && !floor.speech && !movedOn(state, fresh)) return { kind: 'result', poll: fresh };
  if (closesTheMeeting(state)) return { kind: 'decisions' };
  if (floor.speech) return { kind: 'speaking' };
  return { kind: agenda.currentItemId === null && motions.currentId === null ? 'agenda' : 'item' };
}

/** The closing item, when there are decisions to look back on. */
function closesTheMeeting({ agenda, motions, polls }: MeetingState): boolean {
  const item = agenda.items.find(({ itemId }) => itemId === agenda.currentItemId);
  if (item?.kind !== 'closing' || motions.currentId !== null) return false;
  return polls.order.some((pollId) => polls.byId[pollId]?.stage === 'announced');
}

/** Another motion was put, or somebody has spoken, since the result. */
function movedOn(state: MeetingState, poll: Poll): boolean {
  const { subject } = poll.frame;
  const { currentId } = state.motions;
  if (currentId !== null && (!('motionId' in subject) || subject.motionId !== currentId)) return true;
  return state.floor.turns.some((turn) => turn.startedAt > (poll.announcedAt ?? Infinity));
}
