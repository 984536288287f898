// Bearer secrets (session ids, slip codes, guest tokens): how they are made and the only form in which they are stored.
// Called by the files of this folder; a plain secret must never reach a table or a log.
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** SHA-256, hex: the stored form of every bearer secret. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** 256 random bits as base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** 31 signs that survive handwriting and reading aloud: no 0/O, 1/I/L. */
const slipAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Eight signs, about 39.6 bits; guessing is limited per session and every slip dies with its meeting. */
export const newSlipCode = (): string =>
  Array.from({ length: 8 }, () => slipAlphabet[randomInt(slipAlphabet.length)]).join('');

/** What a person typed, brought to the printed form: case, spaces, dashes, full width. Null when it cannot be a code. */
export function readSlipCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—–_.·]/g, '');
  return code.length === 8 && Array.from(code).every((sign) => slipAlphabet.includes(sign)) ? code : null;
}
