// What a meeting has come to so far, for the pages that look back. Pure readings of the state.
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';

const announced = ({ polls }: MeetingState): Poll[] =>
  polls.order.flatMap((pollId) => polls.byId[pollId] ?? []).filter(({ stage }) => stage === 'announced');

export const hasDecided = (state: MeetingState): boolean =>
  announced(state).some(({ frame }) => frame.subject.kind === 'motion');

/** The straw polls, which bind nobody, with their results. */
export const strawsOf = (state: MeetingState): Poll[] =>
  announced(state).filter(({ frame, result }) => frame.kind === 'straw' && result !== null);
