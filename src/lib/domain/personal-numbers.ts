// Finds what must not be shown: telephone, identity and account numbers in what people write or have written down for them. Pure; asked before
// a text of a resident is stored, so that there is nothing to hide afterwards, and before minutes are frozen. It looks at numbers only, never at names.

export type PersonalKind = 'phone' | 'identity' | 'account';

/** Digits with the marks people put between them; colons are left out, for those are times. */
const runs = /\d(?:[ \u00a0\t\-‐‑–—_.·/]{0,2}\d)*(?:[ -]?[xX](?![a-zA-Z]))?/g;

/** Digits as people type them: full width, circled and the rest of Unicode's numbers that phones offer. */
const plainDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10)).replace(/[Ｘｘ]/g, 'X');

function kindOf(run: string): PersonalKind | null {
  const digits = run.replace(/[^0-9xX]/g, '').toUpperCase();
  // An identity number says the day of birth in its middle.
  if (/^\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(digits)) return 'identity';
  if (/^(?:86)?1\d{10}$/.test(digits) || /^0[1-9]\d{8,10}$/.test(digits)) return 'phone';
  return /^\d{15,19}$/.test(digits) ? 'account' : null;
}

export interface PersonalNumber {
  readonly kind: PersonalKind;
  /** As it was typed, and where. */
  readonly typed: string;
  readonly at: number;
}

/** Every personal number in a text, in its order. */
export const personalNumbersIn = (text: string): PersonalNumber[] =>
  [...plainDigits(text).matchAll(runs)].flatMap(({ 0: run, index }) => {
    const kind = kindOf(run);
    return kind ? [{ kind, typed: text.slice(index, index + run.length), at: index }] : [];
  });

/** What the first personal number in a text is, or null. */
export const personalDataIn = (text: string): PersonalKind | null => personalNumbersIn(text)[0]?.kind ?? null;

/** Whose it is can be told from these; an account or a contract has a number of its own that may have to be named. */
export const namesSomebody = ({ kind }: PersonalNumber): boolean => kind !== 'account';

/** The text with `***` for each number that names somebody. */
export const withoutPersonalNumbers = (text: string): string =>
  personalNumbersIn(text)
    .filter(namesSomebody)
    .reduceRight((rest, { typed, at }) => `${rest.slice(0, at)}***${rest.slice(at + typed.length)}`, text);
