// Verifies RSA signatures, PKCS #1 v1.5 with SHA-256 (RFC 8017): the seal on a PDF, and passkeys that use RSA. The exponent is 65537.
import { bytesOfHex, concat, sha256 } from '#lib/domain/sha256.ts';
import { numberOf, power } from './arithmetic.ts';

/** DigestInfo for SHA-256, before the digest itself. */
const digestInfo = bytesOfHex('3031300d060960864801650304020105000420');

/** `modulus` big-endian, of 2048 bits or more, as many bytes as the signature. */
export function verifiesRsa(modulus: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (modulus.length < 256 || modulus[0] === 0 || signature.length !== modulus.length) return false;
  const [m, s] = [numberOf(modulus), numberOf(signature)];
  if (s >= m) return false;
  const tail = concat(digestInfo, sha256(message));
  const padding = new Uint8Array(modulus.length - tail.length - 3).fill(0xff);
  return power(s, 65537n, m) === numberOf(concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), tail));
}
