// A document client cut down to frames on a TCP socket, so that one process can be six hundred of them: for the bench only. It masks with
// zeros, reads whole unmasked frames, and understands just enough to type and to be told.
import { connect, type Socket } from 'node:net';
import * as encoding from 'lib0/encoding';
import { documentsPath, encodeSync, messageType, syncType } from '#lib/protocol/documents.ts';
import { cookieOf } from './test-sessions.ts';

export interface Heard {
  /** The payload of an update; the same memory is used again afterwards. */
  update(payload: Buffer): void;
  ack(count: number): void;
  closed(code: number): void;
}

function readVarUint(bytes: Buffer, at: number): [value: number, next: number] {
  let [value, factor, next] = [0, 1, at];
  for (;;) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return [value, next];
    factor *= 128;
  }
}

export class BareDocumentClient {
  readonly #socket: Socket;
  readonly #heard: Partial<Heard>;
  #rest: Buffer = Buffer.alloc(0);
  #greeted = false;
  #joined: (() => void) | undefined;
  /** Resolves when the server has answered step 1. */
  readonly joined: Promise<void>;

  constructor(port: number, documentId: string, personId: string, heard: Partial<Heard>) {
    this.#heard = heard;
    this.joined = new Promise((resolve) => (this.#joined = resolve));
    this.#socket = connect(port, '127.0.0.1', () =>
      this.#socket.write(
        `GET ${documentsPath}${documentId} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: ${cookieOf(personId)}\r\n\r\n`,
      ),
    );
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', () => {});
  }

  send(message: Uint8Array): void {
    const { byteLength } = message;
    const start = byteLength < 126 ? 6 : 8;
    const frame = Buffer.alloc(start + byteLength);
    frame[0] = 0x82;
    frame[1] = 0x80 | (byteLength < 126 ? byteLength : 126);
    if (start === 8) frame.writeUInt16BE(byteLength, 2);
    frame.set(message, start);
    this.#socket.write(frame);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#greeted) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#rest = bytes);
      bytes = bytes.subarray(end + 4);
      this.#greeted = true;
      this.send(encodeSync(syncType.step1, Uint8Array.of(0)));
    }
    let at = 0;
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] ?? 0) & 127;
      let start = at + 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      if (bytes.length - start < length) break;
      this.#frame((bytes[at] ?? 0) & 15, bytes.subarray(start, start + length));
      at = start + length;
    }
    this.#rest = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
  }

  #frame(opcode: number, payload: Buffer): void {
    if (opcode === 8) return this.#heard.closed?.(payload.length >= 2 ? payload.readUInt16BE(0) : 1005);
    if (opcode === 9) return void this.#socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
    if (opcode !== 2) return;
    if (payload[0] === messageType.ack) return this.#heard.ack?.(readVarUint(payload, 1)[0]);
    if (payload[0] !== messageType.sync) return;
    if (payload[1] === syncType.update) this.#heard.update?.(payload.subarray(readVarUint(payload, 2)[1]));
    else if (payload[1] === syncType.step2) this.#joined?.();
  }
}

/** One more letter at the end of what `clientId` has typed in the text named `text`: the bytes Yjs would send for it. */
export function letterUpdate(clientId: number, clock: number, letter: string): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, clientId, clock]) encoding.writeVarUint(encoder, number);
  if (clock === 0) {
    encoding.writeUint8(encoder, 4);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'text');
  } else {
    encoding.writeUint8(encoder, 0x84);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock - 1);
  }
  encoding.writeVarString(encoder, letter);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}
