// One document that is open in this process: its text, who is connected, what waits to be stored. Opened by OpenDocuments; connections
// come from the door. The order is always: store, then apply, send to everybody, acknowledge. Nobody may ever see, and nobody be told
// is saved, what is not stored. When storing fails the whole object is given up and everybody connects again.
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import {
  caps,
  closeCode,
  encodeAck,
  encodeStanding,
  encodeSync,
  messageType,
  syncType,
  type Permission,
  type Standing,
} from '#lib/protocol/documents.ts';
import type { DocumentAddress } from './access.ts';
import { pointsFor, type Allowance } from './allowance.ts';
import { decodeUpdate, examine, type DecodedUpdate } from './examination.ts';
import { Presence, type PresenceWires } from './presence.ts';
import { BrokenDocument, DocumentGone } from './store.ts';
import type { Claim, DocumentStore, Draft, Head, LoadedDocument, Missed, StoredUpdate } from './store.ts';

/** A connection as the door gives it. The same bytes handed to many peers in a row are framed once. */
export interface Peer {
  send(message: Uint8Array): void;
  close(code: number, reason: string): void;
  /** Stop and go on reading from the network; what has been read already may still arrive. */
  pause(): void;
  resume(): void;
  /** Bytes given to `send` that the network has not taken. */
  backlog(): number;
}

export interface Newcomer {
  readonly peer: Peer;
  /** To recognise the person again when permission is asked anew. */
  readonly cookie: string | null;
  readonly person: Standing['person'];
  readonly permission: Permission;
  readonly allowance: Allowance;
}

/** One connection of one person, from entering to leaving. Only `LiveDocument` changes it. */
export interface Visit {
  readonly peer: Peer;
  readonly cookie: string | null;
  readonly allowance: Allowance;
  person: Standing['person'];
  permission: Permission;
  open: boolean;
  /** It has asked for the text; before that it is sent no changes. */
  joined: boolean;
  /** Sync messages with changes, counted as the client counts them. */
  received: number;
  /** The highest of them that is stored together with all before it. */
  saved: number;
  /** Something it sent was not taken (no permission, a gap): acks wait for a step 2, which brings everything. */
  held: boolean;
  /** A step 1 is on its way because of a gap; asking once is enough. */
  asked: boolean;
  /** Received and not handled yet, because its person sends too much. */
  readonly inbox: Uint8Array[];
  waking: ReturnType<typeof setTimeout> | undefined;
  /** Bytes of whole copies it may still be reading; they do not count as being slow. */
  copyBytes: number;
}

/** What becomes of an update. */
interface Judged {
  readonly sent: Sent;
  readonly outcome: 'fits' | 'nothing-new' | 'not-allowed' | 'gap' | 'foreign' | 'malformed' | 'too-large';
  /** What to store, where it fits. */
  readonly draft?: Draft;
}

interface Sent {
  readonly visit: Visit;
  readonly number: number;
  readonly isStep2: boolean;
  readonly update: DecodedUpdate;
}

/** A change made by the program itself, for a form without a connection. */
interface OwnEdit {
  readonly personId: string;
  readonly change: (doc: Y.Doc) => void;
  done(seq: number): void;
  failed(error: Error): void;
}

type Waiting = Sent | OwnEdit;

/** The text is frozen, or too long: an edit by the program was not taken. */
export class EditRefused extends Error {
  constructor(readonly reason: 'frozen' | 'too-large') {
    super(`The edit was refused: ${reason}`);
    this.name = 'EditRefused';
  }
}

/**
 * A group is stored when it is this old or this large, whichever comes first; after a quiet spell at once. What came while the last group was
 * being stored goes together, up to `groupLimit`: so a slow disk makes groups larger instead of the queue longer.
 */
const gatherMs = 10;
const gatherRows = 50;
const groupLimit = 500;
/** After meeting another writing process, the lock is taken first for this long. */
const contendedMs = 1_000;
const snapshotEvery = 500;

export class LiveDocument {
  readonly address: DocumentAddress;
  readonly visits = new Set<Visit>();
  readonly presence: Presence;
  /** Goes up whenever somebody says that access changed; see `OpenDocuments`. */
  accessAsked = 0;

  /** What everybody may see: exactly the stored updates up to `#seq`. */
  readonly #doc: Y.Doc;
  #seq: number;
  /** The same, and what is being stored: an update that cannot be applied shows itself here, before it is stored. */
  #trial: Y.Doc;
  /** The document's row as this process knows it. */
  #head: Head;
  /** Stored, not yet shown. */
  #stored: StoredUpdate[] = [];
  readonly #owners = new Map<number, string>();
  #frozen: boolean;
  #snapshotSeq: number;

  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #stale = false;
  #lastStoreAt = 0;
  #contendedUntil = 0;
  #wake: (() => void) | undefined;
  #shownAt = 0;
  #showingTookMs = 0;
  /** Set while a showing is due; calls it off. */
  #callOff: (() => void) | undefined;
  readonly #toAck = new Set<Visit>();
  #afterShowing: (() => void)[] = [];
  #wholeText: Uint8Array | undefined;
  #snapshot: Y.Snapshot | undefined;
  #keeping = false;
  #ended = false;

  constructor(
    loaded: LoadedDocument,
    private readonly store: DocumentStore,
    private readonly wires: {
      /** After a commit: others may want to read the rows. */
      stored(seq: number): void;
      toProcesses: PresenceWires['toProcesses'];
      /** The text as everybody sees it now; for reading only. */
      shown(doc: Y.Doc): void;
      /** This object has given up or is finished; it must not be handed out again. */
      ended(): void;
    },
  ) {
    this.address = loaded.address;
    this.#doc = loaded.doc;
    this.#head = loaded.head;
    this.#seq = loaded.head.seq;
    this.#frozen = loaded.head.frozenSeq !== null;
    this.#snapshotSeq = loaded.snapshotSeq;
    this.#own(loaded.claims);
    this.#trial = this.#copy();
    this.presence = new Presence({
      toConnections: (message) => this.#broadcast(message),
      toProcesses: wires.toProcesses,
    });
  }

  /** Up to which update this process knows the document, shown or not. */
  get knownSeq(): number {
    return this.#head.seq;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  /** True when nothing waits and nobody is connected. */
  get idle(): boolean {
    return this.visits.size === 0 && this.#waiting.length === 0 && !this.#working && this.#stored.length === 0;
  }

  enter({ peer, cookie, person, permission, allowance }: Newcomer): Visit {
    const visit: Visit = {
      peer,
      cookie,
      allowance,
      person,
      permission,
      open: true,
      joined: false,
      received: 0,
      saved: 0,
      held: false,
      asked: false,
      inbox: [],
      waking: undefined,
      copyBytes: 0,
    };
    this.visits.add(visit);
    peer.send(encodeStanding(this.#standingOf(visit)));
    return visit;
  }

  /** The connection is closed. Safe to call again, and after a newer connection of the same person has come. */
  leave(visit: Visit): void {
    visit.open = false;
    clearTimeout(visit.waking);
    visit.inbox.length = 0;
    this.presence.leave(visit);
    this.#toAck.delete(visit);
    this.visits.delete(visit);
  }

  /** Messages of one connection are handled strictly in the order of these calls. */
  receive(visit: Visit, message: Uint8Array): void {
    if (!visit.open) return;
    visit.inbox.push(message);
    if (visit.waking === undefined) this.#read(visit);
  }

  /** Permission as it is now; told to the client when it changed. */
  permit(visit: Visit, permission: Permission, person: Standing['person']): void {
    if (!visit.open) return;
    const promoted = visit.permission === 'read' && permission === 'write';
    const changed = visit.permission !== permission || visit.person?.name !== person?.name;
    visit.permission = permission;
    visit.person = person;
    if (!changed) return;
    visit.peer.send(encodeStanding(this.#standingOf(visit)));
    if (permission === 'read') this.presence.leave(visit);
    else if (promoted && !this.#frozen) {
      // What it typed while it could not write, and its cursor.
      this.#ask(visit);
      visit.peer.send(Uint8Array.of(messageType.queryAwareness));
    }
  }

  /** No longer even a reader, or not signed in any more. What is waiting from it is not stored. */
  expel(visit: Visit, code: number, reason: string): void {
    visit.permission = 'read';
    this.#close(visit, code, reason);
  }

  /** Another process stored something, or froze the text. */
  catchUp(): void {
    this.#stale = true;
    this.#work();
  }

  /** Whose a clientID is; undefined while nobody has typed with it. */
  ownerOf(clientId: number): string | undefined {
    return this.#owners.get(clientId);
  }

  /** Shows the carer the text once more. */
  showAgain(): void {
    if (!this.#ended && !this.#frozen) this.wires.shown(this.#doc);
  }

  /** Runs `change` on the document as its newest text, as `personId`. Resolves with the sequence number when stored and shown. */
  edit(personId: string, change: (doc: Y.Doc) => void): Promise<number> {
    return new Promise((done, failed) => {
      if (this.#ended) return failed(new Error('The document server is stopping'));
      this.#waiting.push({ personId, change, done, failed });
      this.#work();
    });
  }

  /** Resolves when everything received so far has been stored and shown, or given up. */
  async settled(): Promise<void> {
    while (this.#working || this.#stored.length > 0 || (this.#waiting.length > 0 && !this.#ended)) {
      this.#wake?.();
      await this.#working;
      this.#show();
    }
  }

  /** Closes every connection and lets the object go. What waits is given up: call `settled` first. */
  end(code: number, reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#callOff?.();
    for (const visit of [...this.visits]) this.#close(visit, code, reason);
    for (const waiting of this.#waiting) if ('change' in waiting) waiting.failed(new Error(reason));
    this.#waiting = [];
    this.#stored = [];
    this.presence.close();
    this.#doc.destroy();
    this.#trial.destroy();
    this.wires.ended();
  }

  // ── receiving ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  #read(visit: Visit): void {
    visit.waking = undefined;
    for (;;) {
      const message = visit.inbox[0];
      if (message === undefined || !visit.open) break;
      const waitMs = visit.allowance.waitMs();
      if (waitMs > 0) {
        visit.peer.pause();
        visit.waking = setTimeout(() => this.#read(visit), waitMs);
        return;
      }
      visit.inbox.shift();
      visit.allowance.spend(pointsFor(message.byteLength));
      try {
        this.#handle(visit, decoding.createDecoder(message));
      } catch {
        this.#close(visit, closeCode.malformed, 'malformed');
      }
    }
    if (visit.open) visit.peer.resume();
  }

  /** Throws on anything that is not a message of the protocol. */
  #handle(visit: Visit, decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    if (type === messageType.sync) return this.#handleSync(visit, decoder);
    if (type === messageType.queryAwareness) {
      requireEnd(decoder);
      const everybody = this.presence.everybody();
      if (everybody) visit.peer.send(everybody);
      return;
    }
    if (type !== messageType.awareness) throw new RangeError('Only the server sends this');
    const payload = decoding.readVarUint8Array(decoder);
    requireEnd(decoder);
    const { person } = visit;
    if (!person || visit.permission === 'read' || this.#frozen) return;
    const isFree = (clientId: number): boolean => (this.#owners.get(clientId) ?? person.personId) === person.personId;
    if (!this.presence.hear(visit, person, payload, isFree)) throw new RangeError('Not an awareness update');
  }

  #handleSync(visit: Visit, decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    requireEnd(decoder);
    if (type === syncType.step1) {
      // Who has not yet taken one copy cannot have piles of them.
      if (visit.peer.backlog() > caps.backlog) return this.#close(visit, closeCode.tooSlow, 'reads too slowly');
      const answer = this.#stateSince(payload);
      visit.joined = true;
      visit.allowance.spend(pointsFor(0, answer.byteLength));
      visit.copyBytes = answer.byteLength;
      visit.peer.send(encodeSync(syncType.step2, answer));
      this.#ask(visit);
      const everybody = this.presence.everybody();
      if (everybody) visit.peer.send(everybody);
      return;
    }
    if (type !== syncType.step2 && type !== syncType.update) throw new RangeError('Not a sync message');
    visit.received += 1;
    if (payload.byteLength > caps.update) return this.#close(visit, closeCode.tooLarge, 'too large');
    const update = decodeUpdate(payload);
    if (!update) throw new RangeError('Not an update');
    const sent: Sent = { visit, number: visit.received, isStep2: type === syncType.step2, update };
    if (sent.isStep2) visit.asked = false;
    this.#waiting.push(sent);
    this.#work();
  }

  #stateSince(stateVector: Uint8Array): Uint8Array {
    const known = Y.decodeStateVector(stateVector);
    if (known.size > 0) return Y.encodeStateAsUpdate(this.#doc, stateVector);
    return (this.#wholeText ??= Y.encodeStateAsUpdate(this.#doc));
  }

  #ask(visit: Visit): void {
    visit.asked = true;
    visit.peer.send(encodeSync(syncType.step1, Y.encodeStateVector(this.#doc)));
  }

  // ── storing ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #work(): void {
    if (this.#ended || this.#working) {
      if (this.#waiting.length >= gatherRows) this.#wake?.();
      return;
    }
    this.#working = this.#storeAll()
      .catch((error: unknown) => this.#giveUp(error))
      .finally(() => {
        this.#working = undefined;
        if (!this.#ended && (this.#waiting.length > 0 || this.#stale)) this.#work();
      });
  }

  async #storeAll(): Promise<void> {
    // At least to the end of this turn, so that what arrived together is stored together.
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.#ended && (this.#waiting.length > 0 || this.#stale)) {
      const waitMs = this.#lastStoreAt + gatherMs - performance.now();
      if (waitMs > 0 && this.#waiting.length < gatherRows)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          this.#wake = () => (clearTimeout(timer), resolve());
        });
      this.#wake = undefined;
      this.#lastStoreAt = performance.now();
      if (this.#stale) {
        this.#stale = false;
        const { head, ...missed } = await this.store.since(this.address.documentId, this.#head.seq);
        this.#absorb(missed, head);
      }
      // What somebody typed just before leaving is stored like everything else.
      const [first] = this.#waiting;
      if (first && 'change' in first) {
        this.#waiting.shift();
        await this.#storeEdit(first);
        continue;
      }
      const edit = this.#waiting.findIndex((waiting) => 'change' in waiting);
      const group = this.#waiting.splice(0, edit < 0 ? groupLimit : Math.min(edit, groupLimit)) as Sent[];
      await this.#storeGroup(group.filter((sent) => !this.#needsNoStoring(sent)));
    }
  }

  /** True when nothing is to be stored, and the lock is not needed to know that. */
  #needsNoStoring(sent: Sent): boolean {
    const { visit, isStep2, update } = sent;
    // Every step 2 repeats all deletions, so it is seldom empty. One that holds nothing new also says that all before it is stored.
    if (isStep2 && Y.snapshotContainsUpdate((this.#snapshot ??= Y.snapshot(this.#doc)), update.bytes)) {
      this.#acknowledge(sent);
      return true;
    }
    if (visit.permission === 'write' && !this.#frozen) return false;
    visit.held = true;
    return true;
  }

  #acknowledge({ visit, number, isStep2 }: Sent): void {
    if (isStep2) visit.held = false;
    if (visit.held || !visit.open) return;
    visit.saved = Math.max(visit.saved, number);
    this.#toAck.add(visit);
    this.#showSoon();
  }

  async #storeGroup(group: readonly Sent[]): Promise<void> {
    if (group.length === 0) return;
    let outcomes = this.#judge(group);
    let drafts: Draft[] | undefined;
    let stored: StoredUpdate[] | null = null;
    // What does not fit may fit what another process has stored and we have not heard of: that is looked up under the lock.
    const mayFit = outcomes.every(({ outcome }) => outcome !== 'gap' && outcome !== 'foreign');
    if (mayFit && performance.now() >= this.#contendedUntil) {
      drafts = this.#try(outcomes);
      stored = drafts.length === 0 ? [] : await this.store.appendAt(this.address.documentId, this.#head, drafts);
      if (!stored) this.#contendedUntil = performance.now() + contendedMs;
    }
    if (!stored) {
      stored = await this.store.append(this.address.documentId, this.#head.seq, (missed, head) => {
        if (drafts) this.#resetTrial();
        this.#absorb(missed, head);
        outcomes = this.#judge(group);
        return (drafts = this.#try(outcomes));
      });
    }
    this.#keep(stored, drafts ?? []);
    for (const judged of outcomes) this.#conclude(judged);
  }

  /** Changes nothing: what each update of a group is, if those before it in the group are stored. */
  #judge(group: readonly Sent[]): Judged[] {
    const reaches = new Map<number, number>();
    const owners = new Map<number, string>();
    let size = this.#head.size;
    return group.map((sent): Judged => {
      const { visit, update } = sent;
      const { bytes } = update;
      if (this.#frozen || visit.permission === 'read' || !visit.person) return { sent, outcome: 'not-allowed' };
      const { personId } = visit.person;
      const verdict = examine(
        update,
        (client) => reaches.get(client) ?? Y.getState(this.#trial.store, client),
        (client) => owners.get(client) ?? this.#owners.get(client) ?? this.presence.personOf(client),
        personId,
      );
      if (verdict.verdict !== 'fits') return { sent, outcome: verdict.verdict };
      const { brings, reaches: reached } = verdict;
      // A cursor heard before the first letter says whose a clientID is, and is forgotten with it: the letter claims it for ever.
      const claims = brings.filter((client) => !owners.has(client) && !this.#owners.has(client));
      if (brings.length === 0 && update.deletesUpTo.size === 0) return { sent, outcome: 'nothing-new' };
      if (size + bytes.byteLength > caps.document) return { sent, outcome: 'too-large' };
      size += bytes.byteLength;
      reached.forEach((end, client) => reaches.set(client, end));
      for (const client of claims) owners.set(client, personId);
      return { sent, outcome: 'fits', draft: { bytes, personId, clientId: brings[0] ?? 0, claims } };
    });
  }

  /** What happens to the sender once its group is stored. */
  #conclude({ sent, outcome }: Judged): void {
    const { visit, isStep2 } = sent;
    if (outcome === 'fits' || outcome === 'nothing-new') return this.#acknowledge(sent);
    visit.held = true;
    if (outcome === 'malformed') this.#close(visit, closeCode.malformed, 'malformed');
    else if (outcome === 'foreign') this.#close(visit, closeCode.conflict, 'another hand');
    else if (outcome === 'too-large') this.#close(visit, closeCode.tooLarge, 'too large');
    else if (outcome === 'gap') {
      // A step 2 holds everything the client has. If that does not fit, it continues some other text than ours.
      if (isStep2) this.#close(visit, closeCode.conflict, 'another text');
      else if (visit.open && !visit.asked) this.#ask(visit);
    }
  }

  async #storeEdit(edit: OwnEdit): Promise<void> {
    const { personId, change, done, failed } = edit;
    let refusal: unknown;
    const drafts: Draft[] = [];
    const stored = await this.store.append(this.address.documentId, this.#head.seq, (missed, head) => {
      this.#absorb(missed, head);
      const clientId = (this.#trial.clientID = new Y.Doc().clientID);
      let bytes: Uint8Array | undefined;
      const keep = (update: Uint8Array): void => void (bytes = update);
      this.#trial.on('update', keep);
      try {
        if (this.#frozen) throw new EditRefused('frozen');
        this.#trial.transact(() => change(this.#trial));
        if (bytes && this.#head.size + bytes.byteLength > caps.document) throw new EditRefused('too-large');
      } catch (error) {
        refusal = error;
        this.#resetTrial();
        return [];
      } finally {
        this.#trial.off('update', keep);
      }
      if (!bytes) return [];
      const brings = Y.getState(this.#trial.store, clientId) > 0;
      drafts.push({ bytes, personId, clientId: brings ? clientId : 0, claims: brings ? [clientId] : [] });
      return drafts;
    });
    if (refusal !== undefined) return failed(refusal instanceof Error ? refusal : new Error(String(refusal)));
    this.#keep(stored, drafts);
    const { seq } = this.#head;
    this.#afterShowing.push(() => done(seq));
    this.#showSoon();
  }

  /** The rows are stored for good. */
  #keep(stored: readonly StoredUpdate[], drafts: readonly Draft[]): void {
    const last = stored[stored.length - 1];
    if (!last || this.#ended) return;
    for (const { claims, personId } of drafts) this.#own(claims.map((clientId) => ({ clientId, personId })));
    const added = stored.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    this.#head = { ...this.#head, seq: last.seq, hash: last.hash, size: this.#head.size + added };
    this.#stored.push(...stored);
    this.wires.stored(last.seq);
    this.#showSoon();
  }

  /**
   * Applies to the trial text what fits, all in one go. What cannot be applied though it looked as if it could becomes malformed, and the
   * trial text is as if it had never come.
   */
  #try(outcomes: Judged[]): Draft[] {
    const apply = (drafts: readonly Draft[]): boolean => {
      try {
        this.#trial.transact(() => drafts.forEach(({ bytes }) => Y.applyUpdate(this.#trial, bytes)));
        if (this.#trial.store.pendingStructs === null && this.#trial.store.pendingDs === null) return true;
      } catch {
        // Decodes, but cannot be applied.
      }
      return false;
    };
    const all = outcomes.flatMap(({ draft }) => (draft ? [draft] : []));
    if (all.length === 0 || apply(all)) return all;
    const good: Draft[] = [];
    this.#resetTrial();
    outcomes.forEach((judged, index) => {
      if (!judged.draft) return;
      if (apply([judged.draft])) return void good.push(judged.draft);
      outcomes[index] = { sent: judged.sent, outcome: 'malformed' };
      this.#resetTrial(good);
    });
    return good;
  }

  /** The trial text anew: what is stored, and `before`. */
  #resetTrial(before: readonly Draft[] = []): void {
    this.#trial.destroy();
    this.#trial = this.#copy();
    this.#trial.transact(() => {
      for (const { bytes } of [...this.#stored, ...before]) Y.applyUpdate(this.#trial, bytes);
    });
  }

  /** Takes in what other processes stored, and the head as it is. */
  #absorb({ updates, claims }: Missed, head: Head): void {
    this.#own(claims);
    if (this.#head.seq + updates.length !== head.seq)
      throw new BrokenDocument(this.address.documentId, `its head is ${head.seq}, ours ${this.#head.seq}`);
    if (updates.length > 0) {
      this.#trial.transact(() => updates.forEach(({ bytes }) => Y.applyUpdate(this.#trial, bytes)));
      this.#stored.push(...updates);
      this.#showSoon();
    }
    this.#head = head;
    if (head.frozenSeq !== null && !this.#frozen) {
      this.#frozen = true;
      for (const visit of this.visits) {
        this.presence.leave(visit);
        visit.peer.send(encodeStanding(this.#standingOf(visit)));
      }
    }
  }

  #giveUp(error: unknown): void {
    const gone = error instanceof DocumentGone;
    if (!gone) console.error(`Document ${this.address.documentId} could not be stored`, error);
    // What was stored before the failure is true; let it be seen.
    this.#show();
    if (gone) this.end(closeCode.unknown, 'gone');
    else this.end(closeCode.failed, 'storing failed');
  }

  // ── showing ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** At the end of this turn, or a little later when showing to so many takes long: at most half of the time goes into it. */
  #showSoon(): void {
    if (this.#callOff || this.#ended) return;
    const waitMs = this.#shownAt + this.#showingTookMs - performance.now();
    if (waitMs > 1) {
      const timer = setTimeout(() => this.#show(), waitMs);
      this.#callOff = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(() => this.#show());
      this.#callOff = () => clearImmediate(immediate);
    }
  }

  #show(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (this.#ended) return;
    const startedAt = performance.now();
    const shown = this.#stored;
    const last = shown[shown.length - 1];
    if (last) {
      this.#stored = [];
      let together: Uint8Array | undefined;
      const keep = (update: Uint8Array): void => void (together = update);
      this.#doc.on('update', keep);
      try {
        this.#doc.transact(() => shown.forEach(({ bytes }) => Y.applyUpdate(this.#doc, bytes)));
      } catch (error) {
        return this.#giveUp(error);
      } finally {
        this.#doc.off('update', keep);
      }
      this.#seq = last.seq;
      this.#wholeText = this.#snapshot = undefined;
      if (together) this.#broadcast(encodeSync(syncType.update, together));
    }
    for (const visit of this.#toAck) if (visit.open) visit.peer.send(encodeAck({ count: visit.saved, seq: this.#seq }));
    this.#toAck.clear();
    for (const call of this.#afterShowing.splice(0)) call();
    if (last && !this.#frozen) this.wires.shown(this.#doc);
    this.#shownAt = performance.now();
    this.#showingTookMs = Math.min(this.#shownAt - startedAt, 50);
    if (this.#seq - this.#snapshotSeq >= snapshotEvery) void this.#keepSnapshot();
  }

  #broadcast(message: Uint8Array): void {
    for (const visit of this.visits) {
      if (!visit.joined) continue;
      const backlog = visit.peer.backlog();
      if (backlog === 0) visit.copyBytes = 0;
      if (backlog > caps.backlog + visit.copyBytes) this.#close(visit, closeCode.tooSlow, 'reads too slowly');
      else visit.peer.send(message);
    }
  }

  async #keepSnapshot(): Promise<void> {
    if (this.#keeping) return;
    this.#keeping = true;
    const seq = this.#seq;
    try {
      await this.store.keepSnapshot(this.address.documentId, seq, Y.encodeStateAsUpdate(this.#doc));
      this.#snapshotSeq = seq;
      // The document's size is counted from the snapshot now.
      this.catchUp();
    } catch (error) {
      // Only makes the next load slower.
      console.error(`The snapshot of document ${this.address.documentId} at ${seq} could not be kept`, error);
    } finally {
      this.#keeping = false;
    }
  }

  // ── small ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #close(visit: Visit, code: number, reason: string): void {
    if (!visit.open) return;
    this.leave(visit);
    visit.peer.close(code, reason);
  }

  #own(claims: readonly Claim[]): void {
    for (const { clientId, personId } of claims) if (!this.#owners.has(clientId)) this.#owners.set(clientId, personId);
  }

  #copy(): Y.Doc {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.#doc));
    return copy;
  }

  #standingOf({ permission, person }: Visit): Standing {
    return { permission: this.#frozen ? 'read' : permission, frozen: this.#frozen, person };
  }
}

function requireEnd(decoder: decoding.Decoder): void {
  if (decoding.hasContent(decoder)) throw new RangeError('Something follows the message');
}
