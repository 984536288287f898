// The code of a printed slip as people meet it: read from what somebody typed, and set on paper. Making one and looking it up: server/slips/slip.ts.

/** 31 signs that survive handwriting and reading aloud: no 0/O, 1/I/L. */
export const slipAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

export const slipCodeLength = 8;

/** What a person typed, brought to the printed form: case, spaces, dashes, full width. Null when it cannot be a code. */
export function readSlipCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—–_.·]/g, '');
  return code.length === slipCodeLength && Array.from(code).every((sign) => slipAlphabet.includes(sign)) ? code : null;
}

/** Two groups of four, as printed. */
export const spacedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
