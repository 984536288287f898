// Random choices that are the same on every run: a seeded generator (mulberry32) for tests that try many things.
// Called by property tests and fuzzers; a failing test names its seed. Never for anything secret.

export interface Random {
  /** A whole number from 0 to `limit` - 1. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly shuffled: <T>(from: readonly T[]) => T[];
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick(from) {
      if (from.length === 0) throw new Error('nothing to pick from');
      return from[below(from.length)] as (typeof from)[number];
    },
    shuffled(from) {
      const mixed = [...from];
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        const held = mixed[at] as (typeof from)[number];
        mixed[at] = mixed[other] as (typeof from)[number];
        mixed[other] = held;
      }
      return mixed;
    },
  };
}
