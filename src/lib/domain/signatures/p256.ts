// Verifies ECDSA over P-256 with SHA-256 (FIPS 186-5): passkeys and device keys. Verifying only, on public values; it never signs.
// Pages over plain http and a verifier opened from a file have no WebCrypto to count on, so the curve is written out here.
import { sha256 } from '#lib/domain/sha256.ts';
import { inverse, modulo, numberOf } from './arithmetic.ts';

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const g = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

/** x = X/Z², y = Y/Z³; Z = 0 is the point at infinity. */
interface Jacobian {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}
const infinity: Jacobian = { x: 1n, y: 1n, z: 0n };

function doubled({ x, y, z }: Jacobian): Jacobian {
  if (z === 0n || y === 0n) return infinity;
  const zz = (z * z) % p;
  const yy = (y * y) % p;
  const s = (4n * x * yy) % p;
  const m = (3n * (x - zz) * (x + zz)) % p;
  const x3 = modulo(m * m - 2n * s, p);
  return { x: x3, y: modulo(m * (s - x3) - 8n * yy * yy, p), z: (2n * y * z) % p };
}

function added(one: Jacobian, other: Jacobian): Jacobian {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const z1 = (one.z * one.z) % p;
  const z2 = (other.z * other.z) % p;
  const u1 = (one.x * z2) % p;
  const s1 = (one.y * z2 * other.z) % p;
  const h = modulo(other.x * z1 - u1, p);
  const r = modulo(other.y * z1 * one.z - s1, p);
  if (h === 0n) return r === 0n ? doubled(one) : infinity;
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (u1 * hh) % p;
  const x = modulo(r * r - hhh - 2n * v, p);
  return { x, y: modulo(r * (v - x) - s1 * hhh, p), z: (h * one.z * other.z) % p };
}

/** `publicKey`: 65 bytes, 0x04 ‖ x ‖ y. `signature`: 64 bytes, r ‖ s. Anything malformed is simply not a valid signature. */
export function verifiesP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 65 || publicKey[0] !== 4 || signature.length !== 64) return false;
  const x = numberOf(publicKey.subarray(1, 33));
  const y = numberOf(publicKey.subarray(33));
  if (x >= p || y >= p || modulo(y * y - (x * x * x - 3n * x + b), p) !== 0n) return false;
  const r = numberOf(signature.subarray(0, 32));
  const s = numberOf(signature.subarray(32));
  if (r === 0n || s === 0n || r >= n || s >= n) return false;

  const w = inverse(s, n);
  const u = [(numberOf(sha256(message)) * w) % n, (r * w) % n] as const;
  const base = { ...g, z: 1n };
  const key = { x, y, z: 1n };
  const both = added(base, key);
  let sum = infinity;
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = doubled(sum);
    const first = (u[0] >> bit) & 1n;
    const second = (u[1] >> bit) & 1n;
    if (first || second) sum = added(sum, first && second ? both : first ? base : key);
  }
  if (sum.z === 0n) return false;
  const z = inverse(sum.z, p);
  return modulo(sum.x * z * z, p) % n === r;
}

/** r ‖ s from the DER that WebAuthn signatures come in; null for what is not its one spelling. */
export function fromDer(der: Uint8Array): Uint8Array | null {
  if (der.length < 8 || der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const raw = new Uint8Array(64);
  let at = 2;
  for (const place of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const integer = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 2 || length === 0 || integer.length !== length) return null;
    const padded = integer[0] === 0 && length > 1;
    if ((integer[0] ?? 0) > 127 || (padded && (integer[1] ?? 0) < 128) || length - (padded ? 1 : 0) > 32) return null;
    const digits = padded ? integer.subarray(1) : integer;
    raw.set(digits, place - digits.length);
    at += 2 + length;
  }
  return at === der.length ? raw : null;
}
