// A QR code as a picture for papers: black on white, with the quiet zone the standard asks for.
import encodeQR from 'qr';

export function codeSvg(text: string): string {
  const squares = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const path = squares.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  const size = squares.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
}

/** The same as a GIF, for files that take no SVG. */
export const codeGif = (text: string): Uint8Array => encodeQR(text, 'gif', { ecc: 'medium', border: 2, scale: 8 });
