// Whole-number arithmetic modulo a prime, and bytes as numbers, for verifying signatures. Only public values pass through here, so nothing
// has to take the same time for every input. Used by the signature files beside it.

export const modulo = (value: bigint, m: bigint): bigint => {
  const rest = value % m;
  return rest < 0n ? rest + m : rest;
};

export function power(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n;
  let square = modulo(base, m);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return result;
}

/** The inverse modulo a prime, by Euclid; 0 for 0. */
export function inverse(value: bigint, prime: bigint): bigint {
  let [a, b, u, v] = [modulo(value, prime), prime, 1n, 0n];
  if (a === 0n) return 0n;
  while (a !== 1n) {
    const quotient = b / a;
    [a, b, u, v] = [b - quotient * a, a, v - quotient * u, u];
  }
  return modulo(u, prime);
}

/** Big-endian. */
export const numberOf = (bytes: Uint8Array): bigint => {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
};

/** Little-endian. */
export const numberOfReversed = (bytes: Uint8Array): bigint => numberOf(Uint8Array.from(bytes).reverse());
