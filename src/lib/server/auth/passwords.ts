// Passwords: argon2id, and what a password must be. Called by accounts.ts only; a plain password is never stored, logged or sent back.
import { hash, verify } from '@node-rs/argon2';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';

export const shortestPassword = 8;
const longestPassword = 200;

// argon2id is the package's default; 19 MiB and two passes are OWASP's first recommendation (Password Storage Cheat Sheet).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Spaces at the ends are typing slips on phones; the form of letters must not depend on the keyboard. */
const typed = (password: string): string => password.normalize('NFKC').trim();

export const hashPassword = (password: string): Promise<string> => hash(typed(password), cost);

let hashOfNothing: Promise<string> | undefined;

/** False for a wrong password. Without a stored hash it takes as long and says false, so that time tells nothing about who has an account. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return verify(stored, typed(password));
  hashOfNothing ??= hashPassword('nobody has this password');
  await verify(await hashOfNothing, typed(password));
  return false;
}

/** Length is what counts: no rules about signs, which only make people write passwords down. */
export function faultOfPassword(password: string, loginName: string): OfficeRefusal | null {
  const length = Array.from(typed(password)).length;
  if (length < shortestPassword) return refuseOffice('password-too-short', { least: shortestPassword });
  if (length > longestPassword) return refuseOffice('password-too-long', { most: longestPassword });
  if (typed(password).toLowerCase() === loginName.toLowerCase()) return refuseOffice('password-same-as-name');
  return null;
}
