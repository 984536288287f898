// A photograph reduced to its picture: JPEG and PNG lose every segment that says where, when and with what it was taken. Called before a
// photograph is stored; a file that is not wholly what it says it is is refused. Rule [N9].
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

export const largestPhoto = 6 * 1024 * 1024;

export interface BarePhoto {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly content: Uint8Array;
}

const unfit = () => refuseService('N9', 'photo-unfit');

export function barePhoto(content: Uint8Array): BarePhoto | ServiceRefusal {
  if (content.byteLength > largestPhoto)
    return refuseService('N9', 'photo-too-large', { megabytes: largestPhoto / 1024 / 1024 });
  if (content[0] === 0xff && content[1] === 0xd8) return bareJpeg(content) ?? unfit();
  if (pngMark.every((byte, at) => content[at] === byte)) return barePng(content) ?? unfit();
  return unfit();
}

/** Segments up to the picture: quantisation, Huffman tables, frame, JFIF stay; every other application segment and comments go. */
function bareJpeg(content: Uint8Array): BarePhoto | null {
  const kept: Uint8Array[] = [content.subarray(0, 2)];
  let at = 2;
  for (;;) {
    if (content[at] !== 0xff) return null;
    const marker = content[at + 1];
    if (marker === undefined) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = ((content[at + 2] ?? 0) << 8) | (content[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > content.byteLength) return null;
    const segment = content.subarray(at, at + 2 + length);
    // APP0 is JFIF, APP14 says how colours are coded; the rest of APPn is Exif, XMP, IPTC, maker's notes. 0xfe is a comment.
    const says = (marker >= 0xe0 && marker <= 0xef && marker !== 0xe0 && marker !== 0xee) || marker === 0xfe;
    if (!says) kept.push(segment);
    at += 2 + length;
    if (marker !== 0xda) continue;
    const scanned = endOfScan(content, at);
    if (scanned < 0) return null;
    kept.push(content.subarray(at, scanned));
    at = scanned;
    // What a phone hangs on behind the picture (a second one, a film, a place) is left out.
    if (content[at + 1] === 0xd9)
      return { mediaType: 'image/jpeg', content: joined([...kept, content.subarray(at, at + 2)]) };
  }
}

/** The next marker behind a scan's data, in which 0xff is always followed by 0 or a restart. -1 without one. */
function endOfScan(content: Uint8Array, from: number): number {
  for (let at = from; at + 1 < content.byteLength; at += 1) {
    const next = content[at + 1] ?? 0;
    if (content[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return -1;
}

const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Chunks without which the picture is another one. */
const pngKept = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'sRGB', 'cHRM'];

function barePng(content: Uint8Array): BarePhoto | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const kept: Uint8Array[] = [content.subarray(0, 8)];
  for (let at = 8; at + 12 <= content.byteLength;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > content.byteLength) return null;
    const kind = String.fromCharCode(...content.subarray(at + 4, at + 8));
    if (pngKept.includes(kind)) kept.push(content.subarray(at, end));
    if (kind === 'IEND') return { mediaType: 'image/png', content: joined(kept) };
    at = end;
  }
  return null;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** Width and height in pixels as the head of a bare photograph says them; null where it says none. */
export function photoSize({ mediaType, content }: BarePhoto): { width: number; height: number } | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const sized = (width: number, height: number) => (width > 0 && height > 0 ? { width, height } : null);
  if (mediaType === 'image/png') return content.byteLength < 24 ? null : sized(view.getUint32(16), view.getUint32(20));
  for (let at = 2; at + 9 < content.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = content[at + 1] ?? 0;
    // SOF0 to SOF15 but for the tables that stand between them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return sized(view.getUint16(at + 7), view.getUint16(at + 5));
  }
  return null;
}
