// SHA-512 (FIPS 180-4), which Ed25519 hashes with. Called by ed25519.ts only; constants come from the first primes' roots as the standard says.
import { concat } from '#lib/domain/sha256.ts';

const mask = (1n << 64n) - 1n;

/** The whole root of `value`, rounded down, by Newton's steps. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** Fractional parts, 64 bits each, of the square (2) or cube (3) roots of the first `many` primes. */
function fractions(many: number, degree: bigint): bigint[] {
  const found: bigint[] = [];
  for (let candidate = 2; found.length < many; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
    if (prime) found.push(root(BigInt(candidate) << (64n * degree), degree) & mask);
  }
  return found;
}

const constants = fractions(80, 3n);
const initial = fractions(8, 2n);
const rotated = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (64n - by))) & mask;

export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = concat(...parts);
  const message = new Uint8Array(Math.ceil((bytes.length + 17) / 128) * 128);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setBigUint64(message.length - 8, BigInt(bytes.length) * 8n);
  const state = [...initial];
  const schedule: bigint[] = [];
  const word = (index: number): bigint => schedule[index]!;
  for (let offset = 0; offset < message.length; offset += 128) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getBigUint64(offset + i * 8);
    for (let i = 16; i < 80; i++) {
      const [w15, w2] = [word(i - 15), word(i - 2)];
      const s0 = rotated(w15, 1n) ^ rotated(w15, 8n) ^ (w15 >> 7n);
      const s1 = rotated(w2, 19n) ^ rotated(w2, 61n) ^ (w2 >> 6n);
      schedule[i] = (word(i - 16) + s0 + word(i - 7) + s1) & mask;
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let i = 0; i < 80; i++) {
      const s1 = rotated(e, 14n) ^ rotated(e, 18n) ^ rotated(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & mask & g)) + constants[i]! + word(i);
      const s0 = rotated(a, 28n) ^ rotated(a, 34n) ^ rotated(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i]! + value) & mask));
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((value, i) => digest.setBigUint64(i * 8, value));
  return new Uint8Array(digest.buffer);
}
