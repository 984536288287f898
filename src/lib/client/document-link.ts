// A shared document in the browser: the stock y-websocket client, and beside it what is saved, what is not, and what this hand may do. What is
// not yet saved is kept on the device as well, so that closing the page without a connection loses nothing. Plain TypeScript; pages use it
// through SharedDocument. It must never say saved before the server did, and never throw away what somebody typed.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromBase64, toBase64 } from 'lib0/buffer';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  decodeAck,
  decodeStanding,
  documentsPath,
  encodeAwareness,
  isFinal,
  messageType,
  syncType,
  type AwarenessEntry,
  type Standing,
} from '#lib/protocol/documents.ts';
import { newId } from '#lib/protocol/ids.ts';

/**
 * `loading`: nothing to show yet. `saved`: everything typed is stored. `saving`: on its way. `unsaved`: no connection; typing goes on and is
 * merged later. `refused`: there is text the server does not take (see `closedFor` and `standing`). `frozen`: the text is final.
 */
export type SaveState = 'loading' | 'saved' | 'saving' | 'unsaved' | 'refused' | 'frozen';

/** Another connection's cursor, with the name the server gave. */
export interface OtherHand {
  readonly clientId: number;
  readonly name: string;
  readonly colour: string;
  readonly state: Readonly<Record<string, unknown>>;
}

type KeyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface DocumentLinkOptions {
  readonly documentId: string;
  /** Whose typing is kept on this device; null for a reader, who has none. */
  readonly personId: string | null;
  /** `ws://host` or `wss://host`; a page takes its own. */
  readonly serverUrl?: string;
  readonly WebSocket?: typeof globalThis.WebSocket;
  /** Null keeps unsaved text in memory only. */
  readonly storage?: KeyStorage | null;
  /** The window: told to warn before it closes. Null outside a browser. */
  readonly page?: Pick<Window, 'addEventListener' | 'removeEventListener'> | null;
  readonly maxBackoffTime?: number;
}

/** Typing is written to the device at most this often, and always when the page is hidden or closed. */
const keepEveryMs = 250;

const pageStorage = (): KeyStorage | null => {
  try {
    return typeof localStorage === 'undefined' ? null : localStorage;
  } catch {
    return null;
  }
};

const pageUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;

export class DocumentLink {
  readonly documentId: string;
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  /** Undoes what this page typed, and nothing else: neither others' typing nor what was there before. */
  readonly undoManager: Y.UndoManager;
  standing: Standing | null = null;
  connected = false;
  /** The final close code: the server does not want this connection back as it is. */
  closedFor: number | null = null;
  /** False when the device would not keep what is unsaved: then nothing but the open page holds it. */
  keptOnDevice = true;

  readonly #provider: WebsocketProvider;
  readonly #storage: KeyStorage | null;
  readonly #page: DocumentLinkOptions['page'];
  readonly #prefix: string;
  readonly #key: string;
  /** What other closed pages of this person had kept, by key: cleared once it is saved. */
  readonly #adopted = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #own = { by: 'this page' };
  #loaded = false;
  /** Local changes so far, and how many of them are stored for good. */
  #edits = 0;
  #savedEdits = 0;
  #savedState: Uint8Array = Uint8Array.of(0);
  /** Of the present socket: for each sync message with changes, how many edits it and those before it cover. */
  #covers: number[] = [];
  /** The first step 2 of the present socket, counted from 1: only from there on an ack covers what was typed before the socket. */
  #firstWhole = 0;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  /** Others' changes that wait, in their order; null while none has to. */
  #held: (() => void)[] | null = null;

  constructor(options: DocumentLinkOptions) {
    const { documentId, personId, serverUrl, storage, page, maxBackoffTime = 2_500 } = options;
    this.documentId = documentId;
    this.#storage = personId === null ? null : storage === undefined ? pageStorage() : storage;
    this.#page = page === undefined ? (typeof window === 'undefined' ? null : window) : page;
    this.#prefix = `yishi:document:${documentId}:${personId ?? ''}:`;
    this.#key = this.#prefix + newId();
    this.undoManager = new Y.UndoManager(this.doc, { trackedOrigins: new Set([this.#own]) });

    // Before the provider's own listener, so that an edit is counted before its message is.
    this.doc.on('update', this.#onUpdate);
    this.#adopt();
    this.#provider = new WebsocketProvider(`${serverUrl ?? pageUrl()}${documentsPath}`, documentId, this.doc, {
      awareness: this.awareness,
      connect: false,
      // Two tabs meet at the server. Between themselves they would pass on what it has not accepted.
      disableBc: true,
      maxBackoffTime,
      shouldReconnect: ({ code }) => !isFinal(code),
      WebSocketPolyfill: this.#countingSocket(options.WebSocket ?? globalThis.WebSocket),
    });
    this.#holdable();
    this.#provider.messageHandlers[messageType.ack] = (_encoder, decoder) => this.#onAck(decodeAck(decoder).count);
    this.#provider.messageHandlers[messageType.standing] = (_encoder, decoder) =>
      this.#onStanding(decodeStanding(decoder));
    this.#provider.on('status', ({ status }) => {
      this.connected = status === 'connected';
      // Others have seen this clock leave; only a later one brings the cursor back.
      if (this.connected) this.awareness.setLocalState(this.awareness.getLocalState());
      this.#changed();
    });
    this.#provider.on('sync', (synced: boolean) => {
      if (synced) this.#loaded = true;
      this.#changed();
    });
    // Somebody came, went or moved: no letter of the text has changed with it.
    this.awareness.on('change', () => this.#changed());
    this.#provider.on('closed', ({ code }) => {
      this.closedFor = code;
      this.#changed();
    });
    this.#page?.addEventListener('beforeunload', this.#onBeforeUnload);
    this.#page?.addEventListener('pagehide', this.#keepNow);
    this.#page?.addEventListener('visibilitychange', this.#keepNow);
    this.#provider.connect();
  }

  get hasUnsaved(): boolean {
    return this.#savedEdits < this.#edits;
  }

  /** True once there is a text to show: the server's, or what this device kept of it. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** May this page type now? Without a connection yes, if it could before. */
  get mayWrite(): boolean {
    return this.#loaded && this.closedFor === null && this.standing?.permission !== 'read';
  }

  get state(): SaveState {
    if (this.standing?.frozen) return 'frozen';
    if (this.closedFor !== null) return 'refused';
    if (!this.#loaded) return 'loading';
    if (!this.hasUnsaved) return 'saved';
    if (!this.connected) return 'unsaved';
    return this.standing?.permission === 'read' ? 'refused' : 'saving';
  }

  /** Everybody else's cursor. */
  get others(): readonly OtherHand[] {
    const others: OtherHand[] = [];
    this.awareness.getStates().forEach((state: Record<string, unknown>, clientId) => {
      const user = state.user as { name?: unknown; colour?: unknown } | undefined;
      if (clientId === this.awareness.clientID || typeof user?.name !== 'string') return;
      others.push({ clientId, name: user.name, colour: String(user.colour), state });
    });
    return others;
  }

  /** Changes the document as this page: it can be undone here, and is kept until it is saved. */
  edit(change: (doc: Y.Doc) => void): void {
    this.doc.transact(() => change(this.doc), this.#own);
  }

  /** As `edit`, for one deed that is undone by itself: typing just before or after it is not taken back along with it. */
  step(change: (doc: Y.Doc) => void): void {
    this.undoManager.stopCapturing();
    this.edit(change);
    this.undoManager.stopCapturing();
  }

  /** From now on others' changes wait: somebody is composing a character here. What this page types goes out as always. */
  holdRemote(): void {
    this.#held ??= [];
  }

  /** Everything that waited is taken in, in its order and at once. */
  releaseRemote(): void {
    const waiting = this.#held ?? [];
    this.#held = null;
    if (waiting.length > 0) this.doc.transact(() => waiting.forEach((take) => take()), this.#provider);
  }

  /** Where this page's cursor is; any small object others understand. */
  showCursor(field: string, place: unknown): void {
    this.awareness.setLocalStateField(field, place);
  }

  /** After signing in again, or when access was given: connects once more. */
  retry(): void {
    this.closedFor = null;
    this.#provider.connect();
    this.#changed();
  }

  /** Forgets what the server did not take, here and on the device. The page then opens the document anew. */
  discardUnsaved(): void {
    this.#savedEdits = this.#edits;
    this.#forget();
    this.#changed();
  }

  /** Calls back after any change of text, cursors or state. @returns the way to stop it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets go. What is unsaved stays on the device. */
  destroy(): void {
    this.#keepNow();
    this.#page?.removeEventListener('beforeunload', this.#onBeforeUnload);
    this.#page?.removeEventListener('pagehide', this.#keepNow);
    this.#page?.removeEventListener('visibilitychange', this.#keepNow);
    this.#listeners.clear();
    this.undoManager.destroy();
    this.#provider.destroy();
    this.doc.destroy();
  }

  #holdable(): void {
    const { messageHandlers } = this.#provider;
    const take = messageHandlers[messageType.sync];
    messageHandlers[messageType.sync] = (encoder, decoder, provider, emitSynced, type) => {
      const later = decoding.clone(decoder);
      // The question what is here is answered at once: it brings nothing.
      if (this.#held && decoding.peekVarUint(decoder) !== syncType.step1)
        this.#held.push(() => take?.(encoding.createEncoder(), later, provider, emitSynced, type));
      else take?.(encoder, decoder, provider, emitSynced, type);
    };
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  readonly #onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin !== this.#provider) {
      this.#edits += 1;
      if (this.#keeping === undefined) this.#keeping = setTimeout(this.#keepNow, keepEveryMs);
    }
    this.#changed();
  };

  #onAck(count: number): void {
    if (this.#firstWhole === 0 || count < this.#firstWhole) return;
    this.#savedEdits = Math.max(this.#savedEdits, this.#covers[count - 1] ?? 0);
    if (!this.hasUnsaved) {
      this.#savedState = Y.encodeStateVector(this.doc);
      this.#forget();
    }
    this.#changed();
  }

  #onStanding(standing: Standing): void {
    this.standing = standing;
    if (standing.person) this.awareness.setLocalStateField('user', standing.person);
    this.#changed();
  }

  /** A WebSocket that counts what it sends as the server counts it, and does not repeat others' cursors back to the server. */
  #countingSocket(Base: typeof globalThis.WebSocket): typeof globalThis.WebSocket {
    const opened = (): void => {
      this.#covers = [];
      this.#firstWhole = 0;
    };
    const sending = (message: Uint8Array): Uint8Array | null => this.#sending(message);
    return class extends Base {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols ?? []);
        opened();
      }

      override send(message: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
        const sent = message instanceof Uint8Array ? sending(message) : message;
        if (sent !== null) super.send(sent as Parameters<WebSocket['send']>[0]);
      }
    };
  }

  #sending(message: Uint8Array): Uint8Array | null {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === messageType.awareness) return this.#ownAwareness(decoder, message);
    if (type !== messageType.sync) return message;
    const sync = decoding.readVarUint(decoder);
    if (sync === syncType.step1) return message;
    this.#covers.push(this.#edits);
    if (sync === syncType.step2 && this.#firstWhole === 0) this.#firstWhole = this.#covers.length;
    return message;
  }

  #ownAwareness(decoder: decoding.Decoder, message: Uint8Array): Uint8Array | null {
    const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    const count = decoding.readVarUint(inner);
    const own: AwarenessEntry[] = [];
    for (let read = 0; read < count; read++) {
      const entry = {
        clientId: decoding.readVarUint(inner),
        clock: decoding.readVarUint(inner),
        json: decoding.readVarString(inner),
      };
      if (entry.clientId === this.awareness.clientID) own.push(entry);
    }
    if (own.length === 0) return null;
    return own.length === count ? message : encodeAwareness(own);
  }

  // ── on the device ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes up what earlier pages of this person kept and could not save. */
  #adopt(): void {
    try {
      const storage = this.#storage;
      for (let index = 0; storage && index < storage.length; index++) {
        const key = storage.key(index);
        const kept = key?.startsWith(this.#prefix) ? storage.getItem(key) : null;
        if (key && kept) this.#adopted.set(key, kept);
      }
    } catch {
      this.keptOnDevice = false;
    }
    this.#adopted.forEach((kept, key) => {
      try {
        const { update, whole } = JSON.parse(kept) as { update: string; whole: boolean };
        Y.applyUpdate(this.doc, fromBase64(update), 'from this device');
        if (whole) this.#loaded = true;
      } catch {
        // Not ours, or cut off while it was written.
        this.#adopted.delete(key);
      }
    });
    // A part that only fits onto the server's text fires no update, and is unsaved all the same.
    if (this.#adopted.size > 0) this.#edits += 1;
  }

  readonly #keepNow = (): void => {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const storage = this.#storage;
    if (!storage || !this.hasUnsaved) return;
    // The whole text can be shown without a connection. Where it does not fit, at least what is unsaved is kept.
    this.keptOnDevice = [true, false].some((whole) => {
      try {
        const update = Y.encodeStateAsUpdate(this.doc, whole ? undefined : this.#savedState);
        storage.setItem(this.#key, JSON.stringify({ update: toBase64(update), whole: whole && this.#loaded }));
        return true;
      } catch {
        return false;
      }
    });
    this.#changed();
  };

  #forget(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    try {
      this.#storage?.removeItem(this.#key);
      // Another page that is still open and has typed since keeps its own.
      this.#adopted.forEach((kept, key) => {
        if (this.#storage?.getItem(key) === kept) this.#storage.removeItem(key);
      });
    } catch {
      // Kept too long does no harm: it is merged again.
    }
    this.#adopted.clear();
    this.keptOnDevice = true;
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    this.#keepNow();
    if (!this.hasUnsaved) return;
    event.preventDefault();
    // Older browsers warn only for this.
    event.returnValue = '';
  };
}
