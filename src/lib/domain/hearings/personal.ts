// Finds what must not be shown: telephone, identity and account numbers in what people write or have written down for them. Pure; asked before
// a text of a resident is stored, so that there is nothing to hide afterwards. It looks at numbers only, never at names.

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

/** The first personal number in a text, or null. */
export function personalDataIn(text: string): PersonalKind | null {
  for (const run of plainDigits(text).match(runs) ?? []) {
    const kind = kindOf(run);
    if (kind) return kind;
  }
  return null;
}
