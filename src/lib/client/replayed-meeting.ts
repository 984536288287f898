// A meeting's log as moments one can go back to: the state after each event, folded by the law's own `evolve`. Pure; the replay page holds one.
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { evolve } from '#lib/domain/meeting/evolve.ts';
import { emptyMeeting, type MeetingState } from '#lib/domain/meeting/state.ts';
import type { Viewer } from '#lib/protocol/meeting.ts';
import type { Scene } from './scene.ts';

export class ReplayedMeeting {
  /** `states[n]` is the meeting after `events[n]`. Unchanged parts are shared, so thousands cost little. */
  readonly states: readonly MeetingState[];

  constructor(
    meetingId: string,
    readonly events: readonly MeetingEvent[],
    readonly viewer: Viewer,
  ) {
    let state = emptyMeeting(meetingId);
    this.states = events.map((event) => (state = evolve(state, event)));
  }

  /** The scene at an event, with time standing still at its instant. Turnout and the crowd are not in the log. */
  sceneAt(index: number): Scene | null {
    const state = this.states[index];
    const event = this.events[index];
    if (!state || !event) return null;
    return {
      state,
      viewer: this.viewer,
      crowd: { watching: 0 },
      turnout: null,
      clockOffsetMs: 0,
      frozenAt: event.at,
    };
  }
}
