// Exact fractions of whole numbers, for what floating point may only approximate. Used by the counting rules; denominators are positive.

export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export const fraction = (num: number | bigint, den: number | bigint = 1): Fraction => ({
  num: BigInt(num),
  den: BigInt(den),
});

/** Negative, zero or positive as a is less than, equal to or more than b. */
export function comparedFractions(a: Fraction, b: Fraction): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** Of a fraction that is not negative. */
export const flooredFraction = ({ num, den }: Fraction): number => Number(num / den);

/** To the nearest whole number, halves up. Of a fraction that is not negative. */
export const roundedFraction = ({ num, den }: Fraction): number =>
  flooredFraction({ num: 2n * num + den, den: 2n * den });

/** The nearest floating point number, within a few units in the last place however long the digits are. */
export function approximateFraction({ num, den }: Fraction): number {
  const shift = BigInt(Math.max(0, den.toString(16).length - num.toString(16).length + 20) * 4);
  const scaled = (num << shift) / den;
  return Number(scaled) / 2 ** Number(shift);
}
