// A clock that travels as values: a start instant and durations, never a ticking number. Screens compute what is left from server time.

export interface Timer {
  readonly allowedMs: number;
  /** Counted up to the last pause. */
  readonly spentMs: number;
  /** The instant it was last started; null while paused. */
  readonly runningSince: number | null;
}

export const startTimer = (allowedMs: number, now: number): Timer => ({ allowedMs, spentMs: 0, runningSince: now });

export const spentMs = (timer: Timer, now: number): number =>
  timer.spentMs + (timer.runningSince === null ? 0 : Math.max(0, now - timer.runningSince));

/** Negative once the time is over. */
export const remainingMs = (timer: Timer, now: number): number => timer.allowedMs - spentMs(timer, now);

export const pauseTimer = (timer: Timer, now: number): Timer => ({
  ...timer,
  spentMs: spentMs(timer, now),
  runningSince: null,
});

export const resumeTimer = (timer: Timer, now: number): Timer =>
  timer.runningSince === null ? { ...timer, runningSince: now } : timer;

export const extendTimer = (timer: Timer, byMs: number): Timer => ({ ...timer, allowedMs: timer.allowedMs + byMs });
