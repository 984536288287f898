// All documents that are open in this process: loads each once, admits connections, asks again who may do what, lets go of what nobody
// uses, hears the other processes. The door admits connections through it; office code edits through it. One per process.
import type postgres from 'postgres';
import type * as Y from 'yjs';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt, personSignedIn } from '#lib/domain/actor.ts';
import { closeCode, cursorColours, type Standing } from '#lib/protocol/documents.ts';
import { idPattern } from '#lib/protocol/ids.ts';
import type { Bus } from '#lib/server/bus.ts';
import { documentNotice, type Access, type AccessRule, type DocumentAddress } from './access.ts';
import { Allowance } from './allowance.ts';
import { carerFor, type Carer } from './care.ts';
import { systemPerson } from './found-and-freeze.ts';
import { EditRefused, LiveDocument, type Peer, type Visit } from './live-document.ts';
import { presenceRepeatMs } from './presence.ts';
import { DocumentStore } from './store.ts';

export interface OpenDocumentsOptions {
  readonly sql: postgres.Sql;
  readonly bus: Bus;
  /** Who the bearer of a Cookie header is. */
  readonly recognise: (cookie: string | null) => Promise<Actor>;
  readonly accessTo: AccessRule;
  /** How long a document stays loaded after its last connection. */
  readonly lingerMs?: number;
  /** How often sessions and permissions are asked anew without being told to, and the heads compared. */
  readonly recheckMs?: number;
}

/** Why nobody enters: a close code and a word for the log. */
export interface Denial {
  readonly code: number;
  readonly reason: string;
}

export interface Admission {
  readonly document: LiveDocument;
  readonly visit: Visit;
  /** Whose token bucket it draws from. */
  readonly userKey: string;
}

const mixed = (text: string): number => {
  let sum = 7;
  for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index)) >>> 0;
  return sum;
};

export class OpenDocuments {
  readonly store: DocumentStore;
  readonly #options: OpenDocumentsOptions;
  /** By document id. A failed load is not kept. */
  readonly #open = new Map<string, Promise<LiveDocument | null>>();
  readonly #live = new Map<string, LiveDocument>();
  readonly #lingering = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #allowances = new Map<string, { allowance: Allowance; visits: number }>();
  readonly #asking = new Set<LiveDocument>();
  readonly #leaveBus: (() => void)[];
  readonly #timers: ReturnType<typeof setInterval>[];
  #stopping = false;

  constructor(options: OpenDocumentsOptions) {
    this.#options = options;
    this.store = new DocumentStore(options.sql);
    const { bus, recheckMs = 60_000 } = options;
    const each = (call: (document: LiveDocument) => void) => (): void => this.#live.forEach(call);
    this.#leaveBus = [
      bus.subscribe(
        documentNotice.rows,
        ({ id, seq, own }) => {
          const document = this.#live.get(id);
          if (document && !own && seq > document.knownSeq) document.catchUp();
        },
        each((document) => document.catchUp()),
      ),
      bus.subscribe(
        documentNotice.access,
        ({ id }) => {
          const document = this.#live.get(id);
          if (document) this.#askAgain(document);
        },
        each((document) => this.#askAgain(document)),
      ),
      bus.subscribe(documentNotice.presence, ({ id, extra, own }) => {
        if (!own) this.#live.get(id)?.presence.hearProcess(extra);
      }),
    ];
    this.#timers = [
      setInterval(
        each((document) => this.#askAgain(document)),
        recheckMs,
      ),
      setInterval(
        each((document) => document.presence.repeat()),
        presenceRepeatMs,
      ),
    ];
    // The http server keeps a process alive, not its documents.
    this.#timers.forEach((timer) => timer.unref());
  }

  /** Resolves when the notices of other processes are heard. */
  ready(): Promise<void> {
    return this.#options.bus.listening();
  }

  /** How many documents are loaded. */
  get size(): number {
    return this.#live.size;
  }

  /**
   * Lets a connection in, or says why not. Throws when the document cannot be loaded just now. Every admission ends with one `leave`.
   */
  async admit(documentId: string, cookie: string | null, peer: Peer): Promise<Admission | Denial> {
    const { recognise } = this.#options;
    if (this.#stopping) return { code: closeCode.restart, reason: 'stopping' };
    const actor = await recognise(cookie);
    if (actor.kind === 'nobody') return { code: closeCode.signIn, reason: 'sign in first' };
    const address = idPattern.test(documentId) ? await this.store.address(documentId) : null;
    if (!address) return { code: closeCode.unknown, reason: 'no such document' };
    if ((await this.#accessOf(address, actor)).access === 'none')
      return { code: closeCode.forbidden, reason: 'no permission' };
    for (;;) {
      const document = await this.#load(documentId);
      if (!document) return { code: closeCode.unknown, reason: 'no such document' };
      const asked = document.accessAsked;
      const again = await recognise(cookie);
      const { access, person } = await this.#accessOf(address, again);
      if (access === 'none') return { code: closeCode.forbidden, reason: 'no permission' };
      if (this.#stopping) return { code: closeCode.restart, reason: 'stopping' };
      // Access changed, or the document was let go, while we asked.
      if (document.accessAsked !== asked || this.#live.get(documentId) !== document) continue;
      clearTimeout(this.#lingering.get(documentId));
      this.#lingering.delete(documentId);
      const userKey = keyOf(again);
      const allowance = this.#allowanceOf(userKey);
      return { document, visit: document.enter({ peer, cookie, person, permission: access, allowance }), userKey };
    }
  }

  /** The connection is closed. */
  leave({ document, visit, userKey }: Admission): void {
    document.leave(visit);
    const kept = this.#allowances.get(userKey);
    if (kept && --kept.visits === 0) this.#allowances.delete(userKey);
    this.#lingerIfIdle(document);
  }

  /**
   * Changes a document from office code, as `personId` (or `systemPerson`): the newest text is loaded, `change` runs on it and what it did
   * is stored like anybody's edit. Resolves with the sequence number; rejects with `EditRefused` when frozen or too large.
   */
  async edit(documentId: string, personId: string, change: (doc: Y.Doc) => void): Promise<number> {
    const document = await this.#load(documentId);
    if (!document) throw new Error(`There is no document ${documentId}`);
    try {
      return await document.edit(personId, change);
    } finally {
      this.#lingerIfIdle(document);
    }
  }

  /** Takes nothing more, stores and shows what was received, tells everybody to come back. Never rejects. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#timers.forEach(clearInterval);
    const loaded = await Promise.allSettled(this.#open.values());
    const documents = loaded.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
    await Promise.all(
      documents.map(async (document) => {
        for (const { peer } of document.visits) peer.pause();
        await document.settled();
        document.end(closeCode.restart, 'restarting');
      }),
    );
    for (const leave of this.#leaveBus) leave();
    this.#lingering.forEach((timer) => clearTimeout(timer));
  }

  #load(documentId: string): Promise<LiveDocument | null> {
    const open = this.#open.get(documentId);
    if (open) return open;
    const loading = this.#loadNow(documentId);
    this.#open.set(documentId, loading);
    const forget = (): void => void (this.#open.get(documentId) === loading && this.#open.delete(documentId));
    loading.then((document) => document ?? forget(), forget);
    return loading;
  }

  async #loadNow(documentId: string): Promise<LiveDocument | null> {
    const loaded = await this.store.load(documentId);
    if (!loaded) return null;
    const { bus } = this.#options;
    const carer = carerFor(loaded.address, () => this.#live.get(documentId)?.showAgain());
    const mend = this.#mender(documentId, carer);
    const document: LiveDocument = new LiveDocument(loaded, this.store, {
      stored: (seq) => bus.publish(documentNotice.rows, documentId, seq),
      toProcesses: (text) => bus.publish(documentNotice.presence, documentId, 0, text),
      shown: (doc) => mend(document, doc),
      ended: () => {
        carer.end();
        if (this.#live.get(documentId) !== document) return;
        this.#live.delete(documentId);
        this.#open.delete(documentId);
      },
    });
    this.#live.set(documentId, document);
    // The text as it was stored, before anybody changes it.
    document.showAgain();
    bus.publish(documentNotice.presence, documentId, 0);
    // Rows stored between our reading and our hearing notices of this document.
    document.catchUp();
    this.#lingerIfIdle(document);
    return document;
  }

  /** Makes the changes a carer asks for, one at a time. A carer that is never content is left alone after a few. */
  #mender(documentId: string, carer: Carer): (document: LiveDocument, doc: Y.Doc) => void {
    const most = 5;
    let mending = false;
    let inARow = 0;
    return (document, doc) => {
      if (mending || this.#stopping) return;
      const change = carer.look(doc, (clientId) => document.ownerOf(clientId));
      inARow = change ? inARow + 1 : 0;
      if (!change || inARow > most) return;
      mending = true;
      document
        .edit(systemPerson, change)
        .catch((error: unknown) => {
          if (!(error instanceof EditRefused || this.#stopping))
            console.error(`Document ${documentId} could not be set right`, error);
        })
        .finally(() => {
          mending = false;
          document.showAgain();
        });
    };
  }

  #lingerIfIdle(document: LiveDocument): void {
    const { documentId } = document.address;
    if (document.visits.size > 0 || this.#live.get(documentId) !== document || this.#stopping) return;
    clearTimeout(this.#lingering.get(documentId));
    const timer = setTimeout(() => {
      this.#lingering.delete(documentId);
      if (document.idle) document.end(closeCode.restart, 'closed');
      else this.#lingerIfIdle(document);
    }, this.#options.lingerMs ?? 30_000);
    timer.unref();
    this.#lingering.set(documentId, timer);
  }

  /** Asks for every open connection who it is and what it may; one asking at a time per document, the last word counts. */
  #askAgain(document: LiveDocument): void {
    document.accessAsked += 1;
    document.catchUp();
    if (this.#asking.has(document)) return;
    this.#asking.add(document);
    void (async () => {
      let asked: number;
      do {
        asked = document.accessAsked;
        for (const visit of [...document.visits])
          await this.#askFor(document, visit, () => asked === document.accessAsked);
      } while (asked !== document.accessAsked);
    })()
      .catch((error: unknown) =>
        console.error(`Access to document ${document.address.documentId} was not renewed`, error),
      )
      .finally(() => this.#asking.delete(document));
  }

  async #askFor(document: LiveDocument, visit: Visit, stillCounts: () => boolean): Promise<void> {
    const actor = await this.#options.recognise(visit.cookie);
    const { access, person } = await this.#accessOf(document.address, actor);
    if (!visit.open || !stillCounts()) return;
    if (actor.kind === 'nobody') document.expel(visit, closeCode.signIn, 'sign in again');
    else if (access === 'none') document.expel(visit, closeCode.forbidden, 'no permission any more');
    else document.permit(visit, access, person);
  }

  async #accessOf(address: DocumentAddress, actor: Actor): Promise<{ access: Access; person: Standing['person'] }> {
    if (actor.kind === 'nobody') return { access: 'none', person: null };
    const access = await this.#options.accessTo(address, actor);
    const personId = address.meetingId === null ? personSignedIn(actor) : personAt(actor, address.meetingId);
    // A guest who takes part in a meeting is somebody there, by the name they chose.
    if (access === 'write' && personId === null && actor.kind === 'guest' && actor.shownName !== '')
      return { access, person: handOf(`guest:${actor.guestId}`, actor.shownName) };
    if (access === 'none' || personId === null) return { access: access === 'write' ? 'read' : access, person: null };
    const [row] = await this.#options.sql<{ name: string | null }[]>`select name from people where id = ${personId}`;
    // Writing needs a person who is known and not erased: everything written is somebody's.
    if (!row || row.name === null) return { access: 'read', person: null };
    return { access, person: handOf(personId, row.name) };
  }

  #allowanceOf(key: string): Allowance {
    const kept = this.#allowances.get(key) ?? { allowance: new Allowance(), visits: 0 };
    kept.visits += 1;
    this.#allowances.set(key, kept);
    return kept.allowance;
  }
}

const handOf = (personId: string, name: string): NonNullable<Standing['person']> => ({
  personId,
  name,
  colour: cursorColours[mixed(personId) % cursorColours.length] ?? cursorColours[0],
});

/** One bucket per person or guest. */
function keyOf(actor: Actor): string {
  if (actor.kind === 'person') return `person:${actor.personId}`;
  return actor.kind === 'guest' ? `guest:${actor.guestId}` : actor.kind;
}
