// Verifies Ed25519 (RFC 8032): checkpoints of the council's log, and passkeys that use it. Verifying only, on public values.
import { inverse, modulo, numberOfReversed, power } from './arithmetic.ts';
import { sha512 } from './sha512.ts';

const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = modulo(-121665n * inverse(121666n, p), p);
const rootOfMinusOne = power(2n, (p - 1n) / 4n, p);

/** x = X/Z, y = Y/Z, xy = T/Z. */
interface Extended {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}
const neutral: Extended = { x: 0n, y: 1n, z: 1n, t: 0n };

function added(one: Extended, other: Extended): Extended {
  const a = ((one.y - one.x) * (other.y - other.x)) % p;
  const b = ((one.y + one.x) * (other.y + other.x)) % p;
  const c = (2n * one.t * other.t * d) % p;
  const e = (2n * one.z * other.z) % p;
  const [f, g, h, i] = [b - a, e - c, e + c, b + a];
  return { x: modulo(f * g, p), y: modulo(h * i, p), z: modulo(g * h, p), t: modulo(f * i, p) };
}

function times(factor: bigint, point: Extended): Extended {
  let sum = neutral;
  let step = point;
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = added(sum, step);
    step = added(step, step);
  }
  return sum;
}

/** The point of 32 bytes, or null where they are no point in its one spelling. */
function pointOf(bytes: Uint8Array): Extended | null {
  const both = numberOfReversed(bytes);
  const y = both & (2n ** 255n - 1n);
  if (bytes.length !== 32 || y >= p) return null;
  const yy = (y * y) % p;
  const [u, v] = [modulo(yy - 1n, p), modulo(d * yy + 1n, p)];
  let x = (u * power(v, 3n, p) * power(u * power(v, 7n, p), (p - 5n) / 8n, p)) % p;
  if (modulo(v * x * x - u, p) !== 0n) x = (x * rootOfMinusOne) % p;
  if (modulo(v * x * x - u, p) !== 0n) return null;
  const odd = both >> 255n === 1n;
  if (x === 0n && odd) return null;
  if (((x & 1n) === 1n) !== odd) x = p - x;
  return { x, y, z: 1n, t: (x * y) % p };
}

const base = pointOf(Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 0x58 : 0x66)))!;

/** `publicKey` 32 bytes, `signature` 64 bytes: R ‖ S. Anything malformed is simply not a valid signature. */
export function verifiesEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = pointOf(publicKey);
  const nonce = pointOf(signature.subarray(0, 32));
  const scalar = numberOfReversed(signature.subarray(32));
  if (!key || !nonce || signature.length !== 64 || scalar >= order) return false;
  const challenge = modulo(numberOfReversed(sha512(signature.subarray(0, 32), publicKey, message)), order);
  const left = times(scalar, base);
  const right = added(nonce, times(challenge, key));
  return modulo(left.x * right.z - right.x * left.z, p) === 0n && modulo(left.y * right.z - right.y * left.z, p) === 0n;
}
