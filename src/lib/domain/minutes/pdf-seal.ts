// The seal of a PDF, read from its bytes alone: one signature over everything but itself, by a certificate that the council's key vouches for. Just
// enough PDF and CMS for what the office writes; anything else is not sealed. Pure; called by the verifier. Rule [T10].
import { hexOf, sha256 } from '#lib/domain/sha256.ts';
import { verifiesRsa } from '#lib/domain/signatures/rsa.ts';

/** The attachment in which the installation's key vouches for the certificate. */
export const sealNoteName = 'seal.txt';
export const sealNoteText = (certificate: Uint8Array): string => `yishi seal v1\n${hexOf(sha256(certificate))}\n`;

export type SealFault = 'seal-missing' | 'seal-not-whole' | 'seal-broken';

/** One byte a character: offsets in the text are offsets in the file. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

interface Der {
  readonly tag: number;
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** The elements one after another; throws where they are no DER. */
function elements(bytes: Uint8Array): Der[] {
  const found: Der[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at + 1] ?? 0;
    const many = first < 128 ? 0 : first & 127;
    let length = first;
    if (many > 0) length = bytes.subarray(at + 2, at + 2 + many).reduce((sum, byte) => sum * 256 + byte, 0);
    const start = at + 2 + many;
    if (start + length > bytes.length || many > 4) throw new RangeError('not DER');
    found.push({
      tag: bytes[at] ?? 0,
      whole: bytes.subarray(at, start + length),
      content: bytes.subarray(start, start + length),
    });
    at = start + length;
  }
  return found;
}

const inside = (der: Der | undefined): Der[] => elements(der?.content ?? new Uint8Array());
const hex = (der: Der | undefined): string => hexOf(der?.content ?? new Uint8Array());
const messageDigest = '2a864886f70d010904';
const setTag = 0x31;

/** SignedData's certificate, its signed attributes as they were signed, the digest in them, and the signature. */
function signedData(cms: Uint8Array) {
  const [contentInfo] = elements(cms);
  const [, explicit] = inside(contentInfo);
  const data = inside(inside(explicit)[0]);
  const certificate = inside(data.find(({ tag }) => tag === 0xa0))[0];
  const signerInfo = inside(inside(data.filter(({ tag }) => tag === setTag).pop())[0]);
  const attributes = signerInfo.find(({ tag }) => tag === 0xa0);
  const signature = signerInfo.find(({ tag }) => tag === 0x04);
  const digest = inside(attributes)
    .map(inside)
    .find(([type]) => hex(type) === messageDigest)?.[1];
  const signed = Uint8Array.from(attributes?.whole ?? []);
  signed[0] = setTag;
  return { certificate, signed, digest: hex(inside(digest)[0]), signature: signature?.content ?? new Uint8Array() };
}

/** The RSA modulus in a certificate. */
function modulusOf(certificate: Der | undefined): Uint8Array {
  const body = inside(inside(certificate)[0]);
  const key = body[6];
  const bits = inside(key)[1]?.content.subarray(1) ?? new Uint8Array();
  const modulus = inside(elements(bits)[0])[0]?.content ?? new Uint8Array();
  return modulus[0] === 0 ? modulus.subarray(1) : modulus;
}

/** Judges the seal. `certificate` is what has to be vouched for. */
export function readSeal(pdf: Uint8Array): { readonly certificate: Uint8Array } | { readonly fault: SealFault } {
  const text = latin1(pdf);
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  const [range] = ranges;
  if (!range) return { fault: 'seal-missing' };
  const [start = 0, before = 0, after = 0, rest = 0] = range.slice(1).map(Number);
  // Everything but the signature's own hex, to the last byte: what was added later is not signed.
  if (ranges.length !== 1 || start !== 0 || after + rest !== pdf.length || after <= before)
    return { fault: 'seal-not-whole' };
  const contents = /^<([0-9A-Fa-f]+)>$/.exec(text.slice(before, after))?.[1];
  if (contents === undefined) return { fault: 'seal-not-whole' };
  try {
    const bytes = Uint8Array.from({ length: contents.length >> 1 }, (_, index) =>
      parseInt(contents.slice(index * 2, index * 2 + 2), 16),
    );
    const cms = trimmed(bytes);
    const { certificate, signed, digest, signature } = signedData(cms);
    const covered = hexOf(sha256(pdf.subarray(0, before), pdf.subarray(after)));
    if (!certificate || digest !== covered || !verifiesRsa(modulusOf(certificate), signed, signature))
      return { fault: 'seal-broken' };
    return { certificate: certificate.whole };
  } catch (error) {
    if (error instanceof RangeError) return { fault: 'seal-broken' };
    throw error;
  }
}

/** Without the padding after the signature. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const many = (bytes[1] ?? 0) & 127;
  const length = bytes.subarray(2, 2 + many).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes.subarray(0, 2 + many + length);
}

/** An embedded file as it lies in a PDF: its dictionary and its raw bytes. */
export function* embeddedFiles(pdf: Uint8Array): Generator<{ readonly deflated: boolean; readonly bytes: Uint8Array }> {
  const text = latin1(pdf);
  for (const match of text.matchAll(/<<(?:[^<>]|<<[^<>]*>>|<[^<>]*>)*>>\s*stream\r?\n/g)) {
    const [dictionary] = match;
    if (!/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) continue;
    const length = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? NaN);
    const start = match.index + dictionary.length;
    if (Number.isSafeInteger(length))
      yield { deflated: /\/FlateDecode\b/.test(dictionary), bytes: pdf.subarray(start, start + length) };
  }
}
