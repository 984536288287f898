// Bearer secrets (session ids, guest tokens, slip codes): the only form in which they are stored. A plain secret must never reach a table or a log.
import { createHash, randomBytes } from 'node:crypto';

/** SHA-256, hex: the stored form of every bearer secret. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** 256 random bits as base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');
