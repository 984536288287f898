// Folding: state and one event give the next state. The same function on the server, in every browser, in replays and in tests. Never refuses.
import { agendaFolders } from './agenda.ts';
import { allocationFolders } from './allocation.ts';
import { amendmentFolders } from './amendment.ts';
import { awardFolders } from './awards.ts';
import { attendanceFolders } from './attendance.ts';
import { consensusFolders } from './consensus.ts';
import type { MeetingEvent } from './events.ts';
import { floorFolders } from './floor.ts';
import { followUpFolders } from './follow-ups.ts';
import { hearingFolders } from './hearing.ts';
import { lifecycleFolders } from './lifecycle.ts';
import { motionFolders } from './motion.ts';
import { openSpaceFolders } from './open-space/index.ts';
import { participantFolders } from './participants.ts';
import { pollFolders } from './poll.ts';
import { questionFolders } from './questions.ts';
import { recusalFolders } from './recusal.ts';
import { stageFolders } from './stages.ts';
import type { MeetingState } from './state.ts';

const folders = {
  ...lifecycleFolders,
  ...agendaFolders,
  ...attendanceFolders,
  ...floorFolders,
  ...motionFolders,
  ...amendmentFolders,
  ...recusalFolders,
  ...pollFolders,
  ...allocationFolders,
  ...questionFolders,
  ...awardFolders,
  ...stageFolders,
  ...participantFolders,
  ...followUpFolders,
  ...consensusFolders,
  ...openSpaceFolders,
  ...hearingFolders,
};

/** Throws only on a type this program does not know: an older program must not guess. */
export function evolve(state: MeetingState, event: MeetingEvent): MeetingState {
  const fold = folders[event.type] as ((state: MeetingState, event: MeetingEvent) => MeetingState) | undefined;
  if (!fold) throw new Error(`this program does not know the event ${event.type}`);
  return { ...fold(state, event), seq: event.seq };
}

export const evolveAll = (state: MeetingState, events: readonly MeetingEvent[]): MeetingState =>
  events.reduce(evolve, state);
