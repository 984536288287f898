// Bearers' slips: a code printed once on paper, good for whoever holds it, stored as a digest alone. THE way they are made and read; its callers say
// what a slip opens and what falls with it when it is void: a seat at a meeting (auth/slips.ts), a resident's ballot on funds (allocations/slips.ts),
// a form of an appraisal (appraisals/slips.ts). Printed by components/slips/SlipSheet.svelte. slip.test.ts judges every use alike.
//
// Three tables, on purpose. A seat's slip knows its person and ends the session it opened, a ballot's knows a number and nobody, an appraisal's
// neither number nor time. In one table what must not be known about a bearer would be columns left empty by good behaviour; here there are none.
import { randomInt } from 'node:crypto';
import { readSlipCode, slipAlphabet, slipCodeLength } from '#lib/protocol/slip-code.ts';
import { digestOf } from '#lib/server/auth/secrets.ts';

export interface NewSlip {
  /** About 39.6 bits; print it now, it cannot be read back. */
  readonly code: string;
  /** What is stored of it. */
  readonly codeHash: string;
}

export function newSlip(): NewSlip {
  const code = Array.from({ length: slipCodeLength }, () => slipAlphabet[randomInt(slipAlphabet.length)]).join('');
  return { code, codeHash: digestOf(code) };
}

export const newSlips = (howMany: number): NewSlip[] => Array.from({ length: howMany }, newSlip);

/** The stored form of a code as somebody typed it. Null when it cannot be a code. */
export function codeHashOf(typed: string): string | null {
  const code = readSlipCode(typed);
  return code === null ? null : digestOf(code);
}

/** One use of slips: where its rows are and how it refuses. */
export interface SlipUse<Row, Refused> {
  readonly find: (codeHash: string) => PromiseLike<readonly Row[]>;
  readonly isVoid: (row: Row) => boolean;
  readonly refuse: (why: 'unknown' | 'void') => Refused;
}

/** The good slip of a typed code, or the use's refusal. Reading uses nothing up: messengers fetch links before anybody has seen them. */
export async function slipTyped<Row, Refused>(
  typed: string,
  { find, isVoid, refuse }: SlipUse<Row, Refused>,
): Promise<Row | Refused> {
  const codeHash = codeHashOf(typed);
  const [row] = codeHash === null ? [] : await find(codeHash);
  if (row === undefined) return refuse('unknown');
  return isVoid(row) ? refuse('void') : row;
}
