// The method of equal shares in exact arithmetic, one purchase at a time. The fast count asks it when floating point cannot decide, the explanation
// when amounts are shown. It never chooses: the caller says what is bought, in order.
import { greatestDivisor, type Fraction } from './fraction.ts';
import type { SharesPool } from './shares-pool.ts';

/** What each supporter pays for a project: min(what they hold, level × weight). */
export interface ExactLevel {
  readonly level: Fraction;
  /** level / scale: what the rule compares. */
  readonly rho: Fraction;
  /** Supporters who pay level × weight. */
  readonly inFull: number;
  /** Supporters who hold less than that and pay all of it. */
  readonly withTheirRest: number;
}

export class ExactShares {
  readonly #pool: SharesPool;
  // What bloc i holds is #held[i] / #den[#since[i]]. Each purchase multiplies the common denominator; blocs are brought up to it when read.
  readonly #held: bigint[];
  readonly #since: Int32Array;
  readonly #den: bigint[];
  #factor: bigint[];

  /** Everyone starts with `share`. */
  constructor(pool: SharesPool, share: Fraction) {
    this.#pool = pool;
    this.#held = new Array<bigint>(pool.blocs.size.length).fill(share.num);
    this.#since = new Int32Array(pool.blocs.size.length);
    this.#den = [share.den];
    this.#factor = [1n];
  }

  /** Null when its supporters cannot pay for it together. */
  level(project: number): ExactLevel | null {
    const { tally, blocs, scale, weight, supporters } = this.#pool;
    const { size, start, bloc, points } = blocs;
    const den = this.#den[this.#den.length - 1]!;
    const entries: { readonly held: bigint; readonly weight: bigint; readonly voters: number }[] = [];
    for (let at = start[project]!; at < start[project + 1]!; at++)
      entries.push({
        held: this.#current(bloc[at]!),
        weight: BigInt(points ? points[at]! : 1),
        voters: size[bloc[at]!]!,
      });

    let rich = scale[project]! > 0 ? entries : [];
    let missing = BigInt(tally.cost[project]!) * den;
    let rate = BigInt(weight[project]!);
    let inFull = supporters[project]!;
    // Whoever cannot pay level × weight at too low a level cannot pay it at the right one either; each round raises the level.
    for (let before = -1; before !== rich.length;) {
      before = rich.length;
      const [limit, per] = [missing, rate];
      rich = rich.filter((entry) => {
        if (entry.held * per >= limit * entry.weight) return true;
        const voters = BigInt(entry.voters);
        missing -= entry.held * voters;
        rate -= entry.weight * voters;
        inFull -= entry.voters;
        return false;
      });
    }
    // If all together hold exactly the cost, the richest still pays in full; so nobody left means too little money.
    if (rate === 0n) return null;
    const whole = greatestDivisor(missing, rate);
    const level = { num: missing / whole, den: den * (rate / whole) };
    return {
      level,
      rho: { num: level.num, den: level.den * BigInt(scale[project]!) },
      inFull,
      withTheirRest: supporters[project]! - inFull,
    };
  }

  /** Its supporters pay for it. The project must be payable. */
  take(project: number): ExactLevel {
    const bought = this.level(project);
    if (!bought) throw new Error('a project that cannot be paid was bought');
    const { start, bloc, points } = this.#pool.blocs;
    const { num, den } = bought.level;
    const stretch = den / this.#den[this.#den.length - 1]!;
    for (let at = start[project]!; at < start[project + 1]!; at++) {
      const i = bloc[at]!;
      const rest = this.#current(i) * stretch - num * BigInt(points ? points[at]! : 1);
      this.#held[i] = rest > 0n ? rest : 0n;
      this.#since[i] = this.#den.length;
    }
    this.#den.push(den);
    this.#factor = this.#den.map((earlier) => den / earlier);
    return bought;
  }

  /** What all supporters of a project hold together. */
  holding(project: number): Fraction {
    const { size, start, bloc } = this.#pool.blocs;
    let num = 0n;
    for (let at = start[project]!; at < start[project + 1]!; at++)
      num += this.#current(bloc[at]!) * BigInt(size[bloc[at]!]!);
    return { num, den: this.#den[this.#den.length - 1]! };
  }

  #current(bloc: number): bigint {
    const held = this.#held[bloc]!;
    return held === 0n ? held : held * this.#factor[this.#since[bloc]!]!;
  }
}
