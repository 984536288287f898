// Clocks as values: whatever is done to one, in whatever order, what is spent and left adds up on every screen.
import { describe, expect, it } from 'vitest';
import { randomFrom } from '#tests/support/random.ts';
import { extendTimer, pauseTimer, remainingMs, resumeTimer, spentMs, startTimer } from './timer.ts';

describe('[G4] [F5] a clock', () => {
  it('counts what ran and not what was paused', () => {
    let timer = startTimer(120_000, 1_000);
    expect([spentMs(timer, 31_000), remainingMs(timer, 31_000)]).toEqual([30_000, 90_000]);
    timer = pauseTimer(timer, 31_000);
    expect(spentMs(timer, 999_000)).toBe(30_000);
    timer = resumeTimer(timer, 1_000_000);
    expect(remainingMs(timer, 1_010_000)).toBe(80_000);
    expect(remainingMs(extendTimer(timer, 30_000), 1_010_000)).toBe(110_000);
  });

  it('goes below nothing when time is over, and an extension brings it back', () => {
    const timer = startTimer(1_000, 0);
    expect(remainingMs(timer, 5_000)).toBe(-4_000);
    expect(remainingMs(extendTimer(timer, 10_000), 5_000)).toBe(6_000);
  });

  it('pausing or resuming twice changes nothing', () => {
    const paused = pauseTimer(startTimer(1_000, 0), 400);
    expect(pauseTimer(paused, 900)).toEqual(paused);
    const running = resumeTimer(paused, 1_000);
    expect(resumeTimer(running, 1_500)).toBe(running);
  });

  it('never counts backwards when a clock of the machine does', () => {
    const timer = startTimer(1_000, 10_000);
    expect(spentMs(timer, 9_000)).toBe(0);
  });

  it('adds up over 500 random histories, and pausing then resuming at once is nothing', () => {
    const random = randomFrom(20_260_418);
    for (let history = 0; history < 500; history += 1) {
      let now = random.below(1_000_000);
      let timer = startTimer(random.below(600_000), now);
      let [ran, allowed, running] = [0, timer.allowedMs, true];
      for (let step = 0; step < 30; step += 1) {
        const ms = random.below(60_000);
        now += ms;
        if (running) ran += ms;
        const what = random.below(4);
        if (what === 0) [timer, running] = [pauseTimer(timer, now), false];
        if (what === 1) [timer, running] = [resumeTimer(timer, now), true];
        if (what === 2) {
          timer = extendTimer(timer, ms);
          allowed += ms;
        }
        if (what === 3 && running) timer = resumeTimer(pauseTimer(timer, now), now);
        expect([spentMs(timer, now), remainingMs(timer, now)]).toEqual([ran, allowed - ran]);
      }
    }
  });
});
