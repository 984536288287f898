// C2SP signed notes: a text, a blank line, and Ed25519 signatures over the text. A checkpoint of the council's log is one (origin, size, root),
// and so is the list of digests in a meeting's ZIP. The office signs; this writes, reads and verifies. Rule [T13].
import { fromBase64, toBase64 } from '#lib/domain/base64.ts';
import { bytesOfHex, concat, hexOf, sha256, utf8 } from '#lib/domain/sha256.ts';
import { verifiesEd25519 } from '#lib/domain/signatures/ed25519.ts';
import type { Tree } from './merkle.ts';

/** The installation's public key under its name. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

const ed25519 = Uint8Array.of(1);

/** Four bytes that tell keys apart: SHA-256(name ‖ "\n" ‖ 0x01 ‖ key). */
const keyId = ({ name, publicKey }: NoteKey): Uint8Array =>
  sha256(utf8(`${name}\n`), ed25519, publicKey).subarray(0, 4);

/** `name+id+key`, the verifier key of the format. */
export const verifierKey = (key: NoteKey): string =>
  `${key.name}+${hexOf(keyId(key))}+${toBase64(concat(ed25519, key.publicKey))}`;

export function readVerifierKey(text: string): NoteKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  const bytes = fromBase64(match?.[3] ?? '');
  if (!match || bytes?.length !== 33 || bytes[0] !== 1) return null;
  const key = { name: match[1] ?? '', publicKey: bytes.subarray(1) };
  return hexOf(keyId(key)) === match[2] ? key : null;
}

/** What people compare: SHA-256 of the public key, in groups of eight. */
export const fingerprintOf = (publicKey: Uint8Array): string =>
  (hexOf(sha256(publicKey)).match(/.{8}/g) ?? []).join(' ');

/** `text` ends with a line feed; `signature` is over exactly its bytes. */
export const signedNote = (text: string, key: NoteKey, signature: Uint8Array): string =>
  `${text}\n— ${key.name} ${toBase64(concat(keyId(key), signature))}\n`;

/** The text of a note that carries exactly one signature, by `key`, and it holds; else null. */
export function openNote(note: string, key: NoteKey, verifies = verifiesEd25519): string | null {
  const at = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, at);
  const match = /^\n— (\S+) (\S+)\n$/.exec(note.slice(at));
  const bytes = fromBase64(match?.[2] ?? '');
  if (at === 0 || match?.[1] !== key.name || bytes?.length !== 68) return null;
  if (hexOf(bytes.subarray(0, 4)) !== hexOf(keyId(key))) return null;
  return verifies(key.publicKey, utf8(text), bytes.subarray(4)) ? text : null;
}

export interface Checkpoint extends Tree {
  /** Whose log: one council's. */
  readonly origin: string;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** Null where the text is no checkpoint in its one spelling. */
export function readCheckpoint(text: string): Checkpoint | null {
  const match = /^(\S+)\n(0|[1-9]\d{0,14})\n(\S+)\n$/.exec(text);
  const root = fromBase64(match?.[3] ?? '');
  return match && root?.length === 32 ? { origin: match[1] ?? '', size: Number(match[2]), root } : null;
}

/** Digests as they travel in JSON. */
export const hashesOf = (digests: readonly string[]): Uint8Array[] => digests.map(bytesOfHex);
