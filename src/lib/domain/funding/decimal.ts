// Decimal numbers of a .pb file, read and written without rounding. Called by pb.ts. A decimal is kept as its digits and how many stand behind the point,
// until it is known how fine the whole file is.

export interface Decimal {
  readonly digits: bigint;
  /** Digits behind the point, without trailing zeros. */
  readonly places: number;
}

/** Null if it is not a number. A comma is read as a decimal point, `1e+05` as 100000: both occur in published files. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d+)(?:[.,](\d+))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', behind = '', exponent = '0'] = match;
  let digits = BigInt(whole + behind);
  let places = behind.length - Number(exponent);
  for (; places < 0; places++) digits *= 10n;
  for (; places > 0 && digits % 10n === 0n; places--) digits /= 10n;
  return { digits: sign === '-' ? -digits : digits, places };
}

/** As a whole number of units of 10^-places; null if it is too large to be counted exactly. `places` must be enough for it. */
export function wholeAt(decimal: Decimal, places: number): number | null {
  const units = decimal.digits * 10n ** BigInt(places - decimal.places);
  const number = Number(units);
  return Number.isSafeInteger(number) ? number : null;
}

/** An amount in units, `perYuan` of them to the yuan (a power of ten), as a plain decimal in yuan. */
export function yuanText(units: number, perYuan: number): string {
  const places = String(perYuan).length - 1;
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const behind = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${units < 0 ? '-' : ''}${digits.slice(0, digits.length - places)}${behind && `.${behind}`}`;
}
