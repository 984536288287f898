// Who else is in a document and where their cursor is: one per live document. Every state belongs to exactly one connection; the name and
// colour in it are the server's. It keeps nothing after a connection is gone, and must never let one connection speak for another.
import * as decoding from 'lib0/decoding';
import { caps, encodeAwareness, type AwarenessEntry, type Standing } from '#lib/protocol/documents.ts';

/** Five times a second is as smooth as a cursor needs to be. */
const gatherMs = 220;
/** A process says its states again this often, and forgets another process's after two silences. */
export const presenceRepeatMs = 15_000;
const forgetMs = 2.5 * presenceRepeatMs;
/** Bytes of states per notice on the bus. */
const noticeBytes = 6_800;

type Person = NonNullable<Standing['person']>;

interface State {
  clock: number;
  /** With the server's `user` in it; `null` once it has left and until that has been told. */
  json: string;
  readonly personId: string;
  /** The connection it belongs to; null when it is in another process. */
  speaker: object | null;
  heardAt: number;
}

/** `[clientId, clock, json, personId]` as it travels between processes. */
type Travelling = [number, number, string, string];

export interface PresenceWires {
  /** To every connection of this process. */
  toConnections(message: Uint8Array): void;
  /** To the other processes; without text: "say all you have". */
  toProcesses(text?: string): void;
}

export class Presence {
  readonly #states = new Map<number, State>();
  readonly #changed = new Set<number>();
  readonly #wires: PresenceWires;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Until when another process is believed to have this document open too. */
  #othersUntil = 0;

  constructor(wires: PresenceWires) {
    this.#wires = wires;
  }

  /** How many states are kept, those that have left and are not yet told included. */
  get size(): number {
    return this.#states.size;
  }

  /** Whose hand uses this clientID at this moment. */
  personOf(clientId: number): string | undefined {
    const state = this.#states.get(clientId);
    return state && state.json !== 'null' ? state.personId : undefined;
  }

  /**
   * Takes what a connection says about itself. Everything it says about others is dropped: stock clients repeat whatever they hear.
   * @param payload what follows the message type
   * @param mayUse whether this person may speak under a clientID
   * @returns false when it is not an awareness update, or larger than allowed
   */
  hear(speaker: object, person: Person, payload: Uint8Array, mayUse: (clientId: number) => boolean): boolean {
    let own: AwarenessEntry | undefined;
    let count: number;
    try {
      const decoder = decoding.createDecoder(payload);
      count = decoding.readVarUint(decoder);
      for (let read = 0; read < count; read++) {
        const clientId = decoding.readVarUint(decoder);
        const clock = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        const mine = this.#states.get(clientId)?.speaker === speaker;
        // The first thing a client says is its own state, alone. Later its own is recognised among the echoes.
        if (!mine && count > 1) continue;
        if (bytes.byteLength > caps.awareness) return false;
        own = { clientId, clock, json: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
      }
      if (decoding.hasContent(decoder)) return false;
      if (own && own.json !== 'null') own = { ...own, json: withUser(own.json, person) };
    } catch {
      return false;
    }
    if (!own) return true;
    const { clientId, clock, json } = own;
    const before = this.#states.get(clientId);
    if (before && before.speaker !== speaker) {
      // The same person's new connection takes its state over from the old one, which may still be closing. Who speaks for a state
      // already is only repeating another tab's.
      if (before.personId !== person.personId || this.#speaks(speaker)) return true;
    }
    if (!before && (json === 'null' || this.#speaks(speaker) || !mayUse(clientId))) return true;
    if (before) {
      before.speaker = speaker;
      before.heardAt = Date.now();
      if (clock < before.clock || (clock === before.clock && json === before.json)) return true;
      before.clock = clock;
      before.json = json;
    } else this.#states.set(clientId, { clock, json, personId: person.personId, speaker, heardAt: Date.now() });
    this.#tell(clientId);
    return true;
  }

  /** The connection has gone or may no longer write: its state goes, unless a newer connection has taken it over. */
  leave(speaker: object): void {
    for (const [clientId, state] of this.#states)
      if (state.speaker === speaker) {
        state.speaker = null;
        state.json = 'null';
        this.#tell(clientId);
      }
  }

  /** Everybody there is, for somebody who joins; null when there is nobody. */
  everybody(): Uint8Array | null {
    const entries: AwarenessEntry[] = [];
    for (const [clientId, { clock, json }] of this.#states)
      if (json !== 'null') entries.push({ clientId, clock, json });
    return entries.length === 0 ? null : encodeAwareness(entries);
  }

  /** Something from another process: its states, or without text the question for ours. */
  hearProcess(text: string | undefined): void {
    const alone = Date.now() >= this.#othersUntil;
    this.#othersUntil = Date.now() + forgetMs;
    if (text === undefined) return this.#sayAll();
    for (const [clientId, clock, json, personId] of JSON.parse(text) as Travelling[]) {
      const before = this.#states.get(clientId);
      if (before && (before.speaker !== null || (before.personId !== personId && before.json !== 'null'))) continue;
      if (!before && json === 'null') continue;
      if (before) {
        before.heardAt = Date.now();
        if (clock < before.clock || (clock === before.clock && json === before.json)) continue;
        before.clock = clock;
        before.json = json;
      } else this.#states.set(clientId, { clock, json, personId, speaker: null, heardAt: Date.now() });
      this.#tell(clientId);
    }
    if (alone) this.#sayAll();
  }

  /** Call every `presenceRepeatMs`: says ours again, forgets a process that has fallen silent. */
  repeat(): void {
    const now = Date.now();
    for (const [clientId, state] of this.#states)
      if (state.speaker === null && state.json !== 'null' && now - state.heardAt > forgetMs) {
        state.json = 'null';
        this.#tell(clientId);
      }
    this.#sayAll();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#states.clear();
    this.#changed.clear();
  }

  #speaks(speaker: object): boolean {
    for (const state of this.#states.values()) if (state.speaker === speaker) return true;
    return false;
  }

  #tell(clientId: number): void {
    this.#changed.add(clientId);
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    this.#timer = undefined;
    const entries: AwarenessEntry[] = [];
    const travelling: Travelling[] = [];
    for (const clientId of this.#changed) {
      const state = this.#states.get(clientId);
      if (!state) continue;
      entries.push({ clientId, clock: state.clock, json: state.json });
      // What came from another process does not go back there.
      if (state.speaker !== null || state.json === 'null')
        travelling.push([clientId, state.clock, state.json, state.personId]);
      if (state.json === 'null') this.#states.delete(clientId);
    }
    this.#changed.clear();
    if (entries.length > 0) this.#wires.toConnections(encodeAwareness(entries));
    if (Date.now() < this.#othersUntil) this.#travel(travelling);
  }

  #sayAll(): void {
    const travelling: Travelling[] = [];
    for (const [clientId, { clock, json, personId, speaker }] of this.#states)
      if (speaker !== null) travelling.push([clientId, clock, json, personId]);
    if (travelling.length === 0) this.#wires.toProcesses('[]');
    else this.#travel(travelling);
  }

  #travel(states: Travelling[]): void {
    let batch: Travelling[] = [];
    let size = 0;
    for (const state of states) {
      const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(state)));
      if (size + bytes > noticeBytes && batch.length > 0) {
        this.#wires.toProcesses(JSON.stringify(batch));
        batch = [];
        size = 0;
      }
      if (bytes > noticeBytes) continue;
      batch.push(state);
      size += bytes;
    }
    if (batch.length > 0) this.#wires.toProcesses(JSON.stringify(batch));
  }
}

/** Throws when the state is not an object. */
function withUser(json: string, { personId, name, colour }: Person): string {
  const state: unknown = JSON.parse(json);
  if (typeof state !== 'object' || state === null || Array.isArray(state)) throw new TypeError('Not a state');
  // `color` is the word stock bindings read.
  return JSON.stringify({ ...state, user: { personId, name, colour, color: colour } });
}
