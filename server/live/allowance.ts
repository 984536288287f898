// How much one connection may send: a bucket that refills. Per connection, never per address: a hall shares one.

export class Allowance {
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #at = performance.now();

  /** Generous for a person in a hurry, small for a broken loop. */
  constructor(most = 60, perSecond = 20) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
  }

  /** False when the connection has used up what it may send for now. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
