// What any screen of a meeting needs to be drawn: the folded state, who looks, and what time it is. A LiveMeeting is one; a moment of a
// replay is another, with time standing still. Components read a scene and never change it.
import { remainingMs, spentMs, type Timer } from '#lib/domain/meeting/timer.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Crowd, Turnout, Viewer } from '#lib/protocol/meeting.ts';

export interface Scene {
  readonly state: MeetingState;
  readonly viewer: Viewer;
  readonly crowd: Crowd;
  readonly turnout: Turnout | null;
  /** Server time minus this device's. */
  readonly clockOffsetMs: number;
  /** The moment shown, on the server's clock, where time stands still; absent where it runs. */
  readonly frozenAt?: number;
}

export const sceneNow = (scene: Scene): number => scene.frozenAt ?? Date.now() + scene.clockOffsetMs;

/** A timer as a clock wants it: the instant it runs out or started, or what it shows while it stands still. */
export function clockOf(timer: Timer, counting: 'left' | 'gone', frozenAt?: number) {
  const still = frozenAt ?? (timer.runningSince === null ? 0 : null);
  if (still !== null)
    return {
      deadlineAt: null,
      sinceAt: null,
      pausedMs: counting === 'left' ? remainingMs(timer, still) : spentMs(timer, still),
    };
  const startedAt = (timer.runningSince ?? 0) - timer.spentMs;
  return counting === 'left'
    ? { deadlineAt: startedAt + timer.allowedMs, sinceAt: null, pausedMs: null }
    : { deadlineAt: null, sinceAt: startedAt, pausedMs: null };
}
