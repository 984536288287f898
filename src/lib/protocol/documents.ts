// The wire of shared documents, once for both ends: the y-websocket protocol and the two messages we add to it. Read by the document
// server, by the shared-document class in the browser and by tests. It must never know how anything is stored or shown.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { idPattern } from './ids.ts';

/** A document's address is this followed by its id. No document is ever made by opening an address. */
export const documentsPath = '/documents/';

/** The id in a request path, or null when the path is another door's. An address of ours without a proper id gives ''. */
export function documentIdIn(path: string): string | null {
  if (!path.startsWith(documentsPath)) return null;
  const id = path.slice(documentsPath.length);
  return idPattern.test(id) ? id : '';
}

export type DocumentKind = 'agenda' | 'notes' | 'minutes' | 'plan';

/** The first number of every message. 0-3 are y-websocket's; 4 and 5 are ours and only the server sends them. */
export const messageType = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, ack: 4, standing: 5 } as const;

/** The second number of a sync message. */
export const syncType = { step1: 0, step2: 1, update: 2 } as const;

/**
 * Why the server closes a connection and what the client does then. y-websocket never comes back by itself after 4400-4499; after every
 * other code it tries again, waiting longer each time.
 */
export const closeCode = {
  /** The client sent what no client of ours sends. Reload the page; keep unsaved text to copy by hand. */
  malformed: 4400,
  /** No valid session. Sign in, then connect again: unsaved text is still there and will be merged. */
  signIn: 4401,
  /** This person may not read the document, or the page came from another site. Ask the secretary for access. */
  forbidden: 4403,
  /** There is no such document. Go back to the meeting and open it from there. */
  unknown: 4404,
  /** What was sent claims to be typed by somebody else, or continues a text this server does not have. Copy the unsaved text, reload. */
  conflict: 4409,
  /** One edit, or the whole document, is larger than allowed. Copy the unsaved text, reload, insert it in smaller parts. */
  tooLarge: 4413,
  /** A larger frame than the server reads at all. The same as `tooLarge`; never repeat it. */
  frameTooLarge: 1009,
  /** The document could not be loaded or stored just now. Nothing is lost; connect again, the client sends what is missing. */
  failed: 1011,
  /** The server stops or restarts. Connect again. */
  restart: 1012,
  /** This connection reads too slowly. Connect again: one exchange then brings everything. */
  tooSlow: 1013,
} as const;

/** Closes after which coming back by itself cannot help. */
export const isFinal = (code: number): boolean => (code >= 4400 && code < 4500) || code === closeCode.frameTooLarge;

export const caps = {
  /** Bytes of one update. */
  update: 256 * 1024,
  /** Bytes of a document: its newest snapshot and every update since. */
  document: 10 * 1024 * 1024,
  /** Bytes of one person's awareness state as JSON. */
  awareness: 4 * 1024,
  /** Bytes of one frame; above it the frame is not even read. Larger than `update`, so that a too large update is refused by name. */
  frame: 1024 * 1024,
  /** New clientIDs one update may bring: those of a person's page loads without a connection. */
  newClients: 64,
  /** Bytes waiting for one slow reader before it is sent away, not counting its first whole copy. */
  backlog: 2 * 1024 * 1024,
} as const;

/** How often the server lets every connection hear something; y-websocket gives up after 30 s of silence. */
export const keepaliveMs = 15_000;

export type Permission = 'read' | 'write';

/** What the server tells a connection about itself, at the beginning and whenever it changes. */
export interface Standing {
  readonly permission: Permission;
  /** True for ever once the text is frozen. */
  readonly frozen: boolean;
  /** Whose hand this is, and how others see it. Null for a reader who is nobody's person. */
  readonly person: { readonly personId: string; readonly name: string; readonly colour: string } | null;
}

/**
 * `count` sync messages that carry changes (step 2 and update), counted from the opening of this connection, are stored for good, or were
 * already. `seq` is the document's sequence number at which that holds. A later ack includes every earlier one.
 */
export interface Ack {
  readonly count: number;
  readonly seq: number;
}

export function encodeAck({ count, seq }: Ack): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.ack);
  encoding.writeVarUint(encoder, count);
  encoding.writeVarUint(encoder, seq);
  return encoding.toUint8Array(encoder);
}

/** Reads what follows the message type. */
export const decodeAck = (decoder: decoding.Decoder): Ack => ({
  count: decoding.readVarUint(decoder),
  seq: decoding.readVarUint(decoder),
});

export function encodeStanding(standing: Standing): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.standing);
  encoding.writeVarString(encoder, JSON.stringify(standing));
  return encoding.toUint8Array(encoder);
}

/** Reads what follows the message type. */
export const decodeStanding = (decoder: decoding.Decoder): Standing =>
  JSON.parse(decoding.readVarString(decoder)) as Standing;

/** A sync message: `payload` is a state vector for step 1, an update otherwise. */
export function encodeSync(type: 0 | 1 | 2, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.sync);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

export interface AwarenessEntry {
  readonly clientId: number;
  readonly clock: number;
  /** JSON text of the state; `null` says that this client has left. */
  readonly json: string;
}

export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, entries.length);
  for (const { clientId, clock, json } of entries) {
    encoding.writeVarUint(inner, clientId);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, json);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.awareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
}

/** Colours of cursors and names. Dark enough to carry white text at 4.5:1; told apart by name as well, never by colour alone. */
export const cursorColours = [
  '#0b6e4f',
  '#1f5fa8',
  '#8a3ffc',
  '#9a3412',
  '#a3195b',
  '#4d5b00',
  '#00697a',
  '#6b4226',
  '#5a3ea6',
  '#7a1f1f',
  '#2f6b1f',
  '#3b4a6b',
] as const;
