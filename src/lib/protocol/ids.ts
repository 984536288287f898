// Identifiers made on either end. Works without a secure context: `getRandomValues` only, never `randomUUID`.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters of Crockford base32 from 130 random bits: no order, no time in it. Unique for all purposes here. */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(random, (byte) => alphabet[byte & 31]).join('');
}

export const idPattern = /^[0-9a-hjkmnp-tv-z]{26}$/;
