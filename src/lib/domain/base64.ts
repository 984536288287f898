// Base64 and base64url to bytes and back, in the law's own words: `atob` and `Buffer` are each missing somewhere this runs.
// Only the one correct spelling is read; anything else gives null.

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (const shift of [18, 12, 6, 0]) text += letters[(bits >> shift) & 63];
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '='.repeat(missing);
}

export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

export function fromBase64(text: string): Uint8Array | null {
  const bare = text.replace(/={1,2}$/, '');
  const values = Array.from(bare, (letter) => letters.indexOf(letter));
  if (text.length % 4 !== 0 || values.includes(-1)) return null;
  const bytes = new Uint8Array(Math.floor((values.length * 3) / 4));
  for (let at = 0; at < bytes.length; at++) {
    const from = Math.floor((at * 4) / 3);
    const [high = 0, low = 0] = values.slice(from, from + 2);
    bytes[at] = ((high << (2 + (at % 3) * 2)) | (low >> (4 - (at % 3) * 2))) & 255;
  }
  return toBase64(bytes) === text ? bytes : null;
}

export const fromBase64url = (text: string): Uint8Array | null =>
  /^[\w-]*$/.test(text)
    ? fromBase64(text.replace(/-/g, '+').replace(/_/g, '/') + '='.repeat((4 - (text.length % 4)) % 4))
    : null;
