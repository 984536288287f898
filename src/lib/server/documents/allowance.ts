// A token bucket per user: how much one person may send, over all their connections. Whoever has spent it is not refused but read more
// slowly, so nothing honest is lost. Used by the live document's connections; kept only while somebody is connected.
const refillPerSecond = 200;
const burst = 2_000;

/** One point is a message, or a KiB received, or eight KiB that had to be answered. */
export const pointsFor = (receivedBytes: number, answeredBytes = 0): number =>
  1 + receivedBytes / 1024 + answeredBytes / 8192;

export class Allowance {
  #points = burst;
  #at = performance.now();

  /** How long to wait until there is something to spend; 0 when there is. */
  waitMs(): number {
    this.#refill();
    return this.#points > 0 ? 0 : (-this.#points / refillPerSecond) * 1000 + 10;
  }

  /** May go below zero: the next message waits until that is paid back. */
  spend(points: number): void {
    this.#refill();
    this.#points -= points;
  }

  #refill(): void {
    const now = performance.now();
    this.#points = Math.min(burst, this.#points + ((now - this.#at) / 1000) * refillPerSecond);
    this.#at = now;
  }
}
