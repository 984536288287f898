// The door of the shared documents: WebSocket upgrades under /documents/, and of no other path. Checks where the page came from, hands the
// connection to OpenDocuments, keeps it awake, frames a broadcast once. server/attach.ts opens it; it must never touch another upgrade.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { isForeign } from '#server/origin.js';
import { caps, closeCode, documentIdIn, keepaliveMs } from '#lib/protocol/documents.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { bus } from '#lib/server/bus.ts';
import { client } from '#lib/server/db/client.ts';
import { accessTo } from '#lib/server/documents/access.ts';
import type { Peer } from '#lib/server/documents/live-document.ts';
import { OpenDocuments, type Admission, type OpenDocumentsOptions } from '#lib/server/documents/open-documents.ts';
import { keepOpened } from '#lib/server/documents/opened.ts';

export interface DocumentsDoor {
  readonly documents: OpenDocuments;
  /** Stops taking connections, stores what was received, closes everybody with "come back". The http server stays open. */
  close(): Promise<void>;
}

/** A message that says nothing: no states. y-websocket counts only messages as a sign of life, not pings. */
const keepalive = Uint8Array.of(1, 1, 0);
/** Messages read before the document is loaded; a client needs two. */
const earlyBytes = 2 * caps.frame;
/** After this long a connection that does not answer the closing is cut. */
const cutMs = 3_000;

export async function documentsDoor(
  server: Server,
  options: Partial<OpenDocumentsOptions> = {},
): Promise<DocumentsDoor> {
  const documents = new OpenDocuments({
    sql: client,
    bus: bus(),
    recognise: actorFromCookie,
    accessTo,
    ...options,
  });
  keepOpened(documents);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // A shared frame goes to everybody as it is; the messages are too small to be worth compressing.
    perMessageDeflate: false,
    maxPayload: caps.frame,
  });
  const open = new Map<WebSocket, { alive: boolean }>();
  let stopping = false;

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const documentId = documentIdIn((request.url ?? '').split('?')[0] ?? '');
    if (documentId === null) return;
    socket.on('error', () => {});
    sockets.handleUpgrade(request, socket, head, (webSocket) => void greet(webSocket, socket, request, documentId));
  }

  async function greet(webSocket: WebSocket, socket: Duplex, request: IncomingMessage, documentId: string) {
    const peer = peerOf(webSocket, socket);
    let admission: Admission | undefined;
    let early: Buffer[] | undefined = [];
    let earlySize = 0;
    open.set(webSocket, { alive: true });
    webSocket.on('error', () => {});
    webSocket.on('pong', () => open.set(webSocket, { alive: true }));
    webSocket.on('close', () => {
      open.delete(webSocket);
      early = undefined;
      if (admission) documents.leave(admission);
    });
    webSocket.on('message', (message: Buffer, isBinary: boolean) => {
      if (!isBinary) return peer.close(closeCode.malformed, 'binary messages only');
      if (admission) return admission.document.receive(admission.visit, message);
      earlySize += message.byteLength;
      if (earlySize > earlyBytes) peer.close(closeCode.tooLarge, 'too large');
      else early?.push(message);
    });
    // Nothing more is read until the document is there; what has come already waits in `early`.
    peer.pause();
    try {
      if (stopping) return peer.close(closeCode.restart, 'stopping');
      if (isForeign(request)) return peer.close(closeCode.forbidden, 'from another site');
      const answer = await documents.admit(documentId, request.headers.cookie ?? null, peer);
      if ('code' in answer) return peer.close(answer.code, answer.reason);
      if (webSocket.readyState !== WebSocket.OPEN) return documents.leave(answer);
      admission = answer;
      const waiting = early ?? [];
      early = undefined;
      for (const message of waiting) answer.document.receive(answer.visit, message);
      peer.resume();
    } catch (error) {
      console.error(`Document ${documentId} could not be opened`, error);
      peer.close(closeCode.failed, 'could not be loaded');
    }
  }

  const heartbeat = setInterval(() => {
    for (const [webSocket, state] of open) {
      if (!state.alive) {
        webSocket.terminate();
        continue;
      }
      state.alive = false;
      if (webSocket.readyState !== WebSocket.OPEN) continue;
      webSocket.ping();
      webSocket.send(keepalive);
    }
  }, keepaliveMs);

  server.on('upgrade', onUpgrade);
  await documents.ready();

  return {
    documents,
    async close() {
      stopping = true;
      keepOpened(null);
      await documents.stop();
      clearInterval(heartbeat);
      server.off('upgrade', onUpgrade);
      await Promise.all(
        [...open.keys()].map(
          (webSocket) =>
            new Promise<void>((resolve) => {
              const cut = setTimeout(() => webSocket.terminate(), cutMs);
              webSocket.once('close', () => (clearTimeout(cut), resolve()));
              webSocket.close(closeCode.restart, 'stopping');
            }),
        ),
      );
      sockets.close();
    },
  };
}

let framedMessage: Uint8Array | undefined;
let framed: Buffer | undefined;

/** The complete frame a server sends for a binary message; remembered for the next peer. */
function frameOf(message: Uint8Array): Buffer {
  if (framed && framedMessage === message) return framed;
  const length = message.byteLength;
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x82;
  frame[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  else if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(message, start);
  framedMessage = message;
  framed = frame;
  return frame;
}

function peerOf(webSocket: WebSocket, socket: Duplex): Peer {
  return {
    send(message) {
      // Without compression `ws` writes every frame at once and whole, so a ready frame may stand between two of its own.
      if (webSocket.readyState === WebSocket.OPEN) socket.write(frameOf(message));
    },
    close(code, reason) {
      if (webSocket.readyState !== WebSocket.OPEN) return;
      webSocket.resume();
      webSocket.close(code, reason);
      setTimeout(() => webSocket.terminate(), cutMs).unref();
    },
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
    backlog: () => socket.writableLength,
  };
}
