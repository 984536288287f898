// Document servers on port 0, stock y-websocket clients and clients that speak single frames, for tests of the document server.
// Everything opened here is closed by `closeDocuments`, which a test file calls after each test.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import postgres from 'postgres';
import { WebSocket, type ClientOptions } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { documentsDoor, type DocumentsDoor } from '#server/documents/documents-door.ts';
import { newId } from '#lib/protocol/ids.ts';
import {
  decodeAck,
  decodeStanding,
  documentsPath,
  encodeAwareness,
  encodeSync,
  messageType,
  syncType,
  type Ack,
  type Standing,
} from '#lib/protocol/documents.ts';
import { openBus } from '#lib/server/bus.ts';
import { db } from '#lib/server/db/client.ts';
import { communities, people, realms } from '#lib/server/db/schema/community.ts';
import type { Access } from '#lib/server/documents/access.ts';
import { foundDocument, type Founding } from '#lib/server/documents/found-and-freeze.ts';
import type { OpenDocumentsOptions } from '#lib/server/documents/open-documents.ts';
import { cookieOf, recogniseTestCookie } from './test-sessions.ts';

export { cookieOf } from './test-sessions.ts';

type Closing = () => unknown;
const closings: Closing[] = [];

/** Closes, last first, everything this file opened. */
export async function closeDocuments(): Promise<void> {
  for (const close of closings.splice(0).reverse()) await close();
}

export const databaseUrl = (): string => process.env.DATABASE_URL ?? '';

let communityId: string | undefined;

/** A person with this name. */
export async function person(name: string): Promise<string> {
  if (!communityId) {
    const realmId = newId();
    communityId = newId();
    await db.insert(realms).values({ id: realmId, kind: 'kept', createdAt: 0 });
    await db.insert(communities).values({ id: communityId, realmId, name: '云锦里' });
  }
  const id = newId();
  await db.insert(people).values({ id, communityId, name, createdAt: 0 });
  return id;
}

export const document = (founding: Partial<Founding> = {}): Promise<string> =>
  foundDocument(db, { kind: 'notes', meetingId: null, at: 1, ...founding });

/** Permissions by person, `write` for whoever is not named. Change them and say so with `door.changed(documentId)`. */
export type Permissions = Map<string, Access>;

export interface TestDoor extends DocumentsDoor {
  readonly origin: string;
  readonly server: Server;
  readonly permissions: Permissions;
  changed(documentId: string): void;
}

/** A process of its own as far as documents go: own connections to PostgreSQL, own bus. */
export async function openDoor(options: Partial<OpenDocumentsOptions> = {}): Promise<TestDoor> {
  const sql = postgres(databaseUrl(), { max: 4, onnotice: () => {} });
  const bus = openBus(databaseUrl());
  const permissions: Permissions = new Map();
  const server = createServer((_, response) => response.end('a page'));
  const door = await documentsDoor(server, {
    sql,
    bus,
    recognise: recogniseTestCookie,
    accessTo: (_, actor) =>
      Promise.resolve(actor.kind === 'person' ? (permissions.get(actor.personId) ?? 'write') : 'none'),
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closed ??= door.close().then(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await options.bus?.close();
      await bus.close();
      await sql.end({ timeout: 1 });
    }));
  closings.push(close);
  return {
    ...door,
    close,
    origin,
    server,
    permissions,
    changed: (documentId) => (options.bus ?? bus).publish('document-access', documentId, 0),
  };
}

export interface RealClient {
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly provider: WebsocketProvider;
  /** Newest of each, null before the first. */
  ack: Ack | null;
  standing: Standing | null;
  /** Close codes as they came; 1005 and such included. */
  readonly closes: number[];
}

/** A stock y-websocket client with the session of `personId`. */
export function realClient(
  origin: string,
  documentId: string,
  personId: string,
  { doc = new Y.Doc(), connect = true } = {},
): RealClient {
  class WithCookie extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers: { cookie: cookieOf(personId) } });
    }
  }
  const provider = new WebsocketProvider(`${origin.replace('http', 'ws')}${documentsPath}`, documentId, doc, {
    WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    connect: false,
    maxBackoffTime: 200,
  });
  const client: RealClient = { doc, text: doc.getText('text'), provider, ack: null, standing: null, closes: [] };
  provider.messageHandlers[messageType.ack] = (_encoder, decoder) => void (client.ack = decodeAck(decoder));
  provider.messageHandlers[messageType.standing] = (_encoder, decoder) =>
    void (client.standing = decodeStanding(decoder));
  provider.on('connection-close', (event) => client.closes.push(event?.code ?? 0));
  if (connect) provider.connect();
  closings.push(() => (provider.destroy(), doc.destroy()));
  return client;
}

/** Speaks single frames: whatever a hostile client could. It keeps all it hears. */
export class RawClient {
  readonly heard: Uint8Array[] = [];
  readonly acks: Ack[] = [];
  readonly standings: Standing[] = [];
  /** Every state heard, oldest first. */
  readonly states: { clientId: number; clock: number; json: string }[] = [];
  /** Updates and step 2s applied. */
  readonly doc = new Y.Doc({ gc: false });
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly opened: Promise<void>;
  closeCode: number | null = null;
  step1s = 0;
  step2s = 0;
  updates = 0;

  constructor(readonly socket: WebSocket) {
    socket.binaryType = 'nodebuffer';
    socket.on('error', () => {});
    this.opened = new Promise((resolve, reject) => socket.once('open', resolve).once('close', reject));
    this.opened.catch(() => {});
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        this.closeCode = code;
        resolve({ code, reason: String(reason) });
      }),
    );
    socket.on('message', (message: Buffer) => this.#hear(new Uint8Array(message)));
  }

  send(message: Uint8Array): void {
    this.socket.send(message);
  }

  step1(stateVector = Uint8Array.of(0)): void {
    this.send(encodeSync(syncType.step1, stateVector));
  }

  step2(update: Uint8Array): void {
    this.send(encodeSync(syncType.step2, update));
  }

  update(update: Uint8Array): void {
    this.send(encodeSync(syncType.update, update));
  }

  awareness(clientId: number, clock: number, state: unknown): void {
    this.send(encodeAwareness([{ clientId, clock, json: JSON.stringify(state) }]));
  }

  get text(): string {
    return this.doc.getText('text').toString();
  }

  get acked(): number {
    return this.acks[this.acks.length - 1]?.count ?? 0;
  }

  #hear(message: Uint8Array): void {
    this.heard.push(message);
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === messageType.ack) this.acks.push(decodeAck(decoder));
    else if (type === messageType.standing) this.standings.push(decodeStanding(decoder));
    else if (type === messageType.sync) {
      const sync = decoding.readVarUint(decoder);
      const payload = decoding.readVarUint8Array(decoder);
      if (sync === syncType.step1) this.step1s += 1;
      else {
        if (sync === syncType.step2) this.step2s += 1;
        else this.updates += 1;
        Y.applyUpdate(this.doc, payload);
      }
    } else if (type === messageType.awareness) {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      const count = decoding.readVarUint(inner);
      for (let read = 0; read < count; read++)
        this.states.push({
          clientId: decoding.readVarUint(inner),
          clock: decoding.readVarUint(inner),
          json: decoding.readVarString(inner),
        });
    }
  }
}

/** @param path where to knock: a document's id, or a whole path */
export function rawClient(
  origin: string,
  path: string,
  personId: string | null,
  { headers = {}, ...options }: ClientOptions = {},
): RawClient {
  const address = `${origin.replace('http', 'ws')}${path.startsWith('/') ? path : documentsPath + path}`;
  const cookie: Record<string, string> = personId === null ? {} : { cookie: cookieOf(personId) };
  const socket = new WebSocket(address, { ...options, headers: { ...cookie, ...headers } });
  closings.push(() => socket.terminate());
  return new RawClient(socket);
}

/** An open raw client that has the text. */
export async function joinedRaw(origin: string, documentId: string, personId: string): Promise<RawClient> {
  const client = rawClient(origin, documentId, personId);
  await client.opened;
  client.step1();
  await until(() => client.step2s > 0 && client.standings.length > 0);
  return client;
}

/** Holds the document's row lock until released, as another process would. */
export async function lockDocument(documentId: string): Promise<() => Promise<void>> {
  const other = postgres(databaseUrl(), { max: 1, onnotice: () => {} });
  let release = (): void => {};
  let done: Promise<unknown> = Promise.resolve();
  await new Promise<void>((locked) => {
    done = other.begin(async (tx) => {
      await tx`select 1 from documents where id = ${documentId} for update`;
      locked();
      await new Promise<void>((resolve) => (release = resolve));
    });
  });
  return async () => {
    release();
    await done;
    await other.end();
  };
}

/** Waits for a condition, for as long as the test has. */
export async function until(condition: () => unknown, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`This never came true: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Types at the end of a text, one update per call, with a doc and a clientID of its own. */
export class Typist {
  readonly doc: Y.Doc;
  readonly #updates: Uint8Array[] = [];

  constructor(clientId?: number) {
    this.doc = new Y.Doc();
    if (clientId !== undefined) this.doc.clientID = clientId;
    this.doc.on('update', (update: Uint8Array) => this.#updates.push(update));
  }

  get clientId(): number {
    return this.doc.clientID;
  }

  /** The update of one change. */
  change(change: (text: Y.Text, doc: Y.Doc) => void): Uint8Array {
    this.#updates.length = 0;
    this.doc.transact(() => change(this.doc.getText('text'), this.doc));
    const update = this.#updates[0];
    if (!update || this.#updates.length !== 1) throw new Error('That was not one change');
    return update;
  }

  type(letters: string): Uint8Array {
    return this.change((text) => text.insert(text.length, letters));
  }
}
