// A simulated person at a meeting: the real socket, the real messages, the law's own folding. Used by the playing script, by rehearsals, benches
// and tests. It never reaches into the office: what it may do, it may do as anybody may.
import { io, type Socket } from 'socket.io-client';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { evolveAll } from '#lib/domain/meeting/evolve.ts';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Audience } from '#lib/domain/meeting/words.ts';
import { newId } from '#lib/protocol/ids.ts';
import {
  PROTOCOL_VERSION,
  socketPath,
  type CaughtUp,
  type ClientToServer,
  type EventsMessage,
  type MeetingView,
  type ServerToClient,
  type SheetAsk,
  type TallySheetView,
  type Viewer,
} from '#lib/protocol/meeting.ts';

const answerWithinMs = 20_000;

export interface ParticipantOptions {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  readonly meetingId: string;
  /** Cookie header that says who this is; null for somebody who only watches. */
  readonly cookie: string | null;
  /** Folding shared with others in this process; absent where each folds for itself. */
  readonly folding?: SharedFolding;
}

function folded(state: MeetingState, { events, to }: EventsMessage): MeetingState {
  const after = evolveAll(
    state,
    events.filter(({ seq }) => seq > state.seq),
  );
  return after.seq === to ? after : { ...after, seq: to };
}

/**
 * One folding for many simulated people of one meeting, who in a hall would each have a processor of their own: whoever reads the same
 * events up to the same seq sees the same state. Not for tests that ask whether everybody does.
 */
export class SharedFolding {
  readonly #states = new Map<string, MeetingState>();

  fold(audience: Audience, state: MeetingState, message: EventsMessage): MeetingState {
    const key = `${audience} ${message.to}`;
    const known = this.#states.get(key);
    if (known) return known;
    const after = folded(state, message);
    this.#states.set(key, after);
    // Whoever is further behind than this folds for himself.
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= 64) break;
      this.#states.delete(oldest);
    }
    return after;
  }
}

export class Participant {
  readonly meetingId: string;
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  #state: MeetingState | null = null;
  #viewer: Viewer | null = null;
  readonly sheets = new Map<string, TallySheetView>();
  readonly #watchers = new Set<() => void>();
  readonly #folding: SharedFolding | null;
  #joining: Promise<void> | null = null;
  /** Set where something was told that the joining under way may have been too early for. */
  #joinAgain = false;

  constructor({ url, meetingId, cookie, folding }: ParticipantOptions) {
    this.meetingId = meetingId;
    this.#folding = folding ?? null;
    this.#socket = io(url, {
      path: socketPath,
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 200,
      reconnectionDelayMax: 1_000,
      ...(cookie === null ? {} : { extraHeaders: { cookie } }),
    });
    this.#socket.on('connect', () => void this.#join().catch(() => {}));
    this.#socket.on('meeting:events', (message) => this.#fold(message));
    this.#socket.on('viewer:changed', ({ meetingId: changed }) => {
      if (changed === this.meetingId) void this.#join(true).catch(() => {});
    });
    this.#socket.on('sheet:changed', ({ sheet }) => {
      this.sheets.set(sheet.sheetId, sheet);
      this.#changed();
    });
  }

  get state(): MeetingState {
    if (!this.#state) throw new Error('this participant has not joined yet');
    return this.#state;
  }

  get viewer(): Viewer {
    if (!this.#viewer) throw new Error('this participant has not joined yet');
    return this.#viewer;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** Connects and joins. Resolves once the meeting's state is here. */
  async enter(): Promise<this> {
    this.#socket.connect();
    await this.until(() => this.#state !== null);
    return this;
  }

  /** The connection goes away without a word, as a phone's does; `enter` brings it back. */
  drop(): void {
    this.#socket.disconnect();
  }

  leave(): void {
    this.#socket.close();
    this.#watchers.clear();
  }

  /** Resolves once the command's own events are folded here too, or with the refusal. */
  async act(command: Command, commandId = newId()): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, commandId, command };
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck('meeting:act', ask);
    if (!answer.ok) return answer.refusal;
    await this.until(() => this.state.seq >= answer.seq);
    return null;
  }

  async cast(pollId: string, seatId: string, choice: unknown, castId = newId()): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, pollId, seatId, choice, castId };
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck('ballot:cast', ask);
    return answer.ok ? null : answer.refusal;
  }

  async enterSheet(sheet: Omit<SheetAsk, 'meetingId' | 'sheetId'>): Promise<Refusal | null> {
    const ask = { ...sheet, meetingId: this.meetingId, sheetId: newId() };
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck('sheet:enter', ask);
    return answer.ok ? null : answer.refusal;
  }

  async settleSheet(sheetId: string, confirm: boolean): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, sheetId, confirm };
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck('sheet:settle', ask);
    return answer.ok ? null : answer.refusal;
  }

  async askQuestion(text: string): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, sentId: newId(), text };
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck('question:ask', ask);
    return answer.ok ? null : answer.refusal;
  }

  /** Resolves as soon as `holds` is true of what this participant sees; rejects after `withinMs`. */
  until(holds: () => boolean, withinMs = answerWithinMs): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`waited ${withinMs} ms in vain at seq ${this.#state?.seq ?? 'none'}`));
      }, withinMs);
      this.#watchers.add(look);
    });
  }

  #join(whole = false): Promise<void> {
    if (this.#joining) this.#joinAgain = true;
    this.#joining ??= this.#joinOnce(whole).finally(() => {
      this.#joining = null;
      if (!this.#joinAgain || !this.connected) return;
      this.#joinAgain = false;
      this.#join(whole).catch(() => {});
    });
    return this.#joining;
  }

  async #joinOnce(whole: boolean): Promise<void> {
    const since = whole ? null : (this.#state?.seq ?? null);
    const ask = { version: PROTOCOL_VERSION, meetingId: this.meetingId, since };
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck('meeting:join', ask);
    if (!answer.ok) throw new Error(`joining was refused: ${answer.refusal.reason}`);
    if ('view' in answer) {
      const view = JSON.parse(answer.view) as MeetingView;
      this.#state = view.state;
      this.#takeBeside(view);
    } else {
      const { missed, ...beside } = JSON.parse(answer.caughtUp) as CaughtUp;
      this.#fold(missed);
      this.#takeBeside(beside);
    }
    this.#changed();
  }

  #takeBeside({ viewer, sheets }: Omit<MeetingView, 'state'>): void {
    this.#viewer = viewer;
    for (const sheet of sheets) this.sheets.set(sheet.sheetId, sheet);
  }

  #fold(message: EventsMessage): void {
    const state = this.#state;
    if (message.meetingId !== this.meetingId || (state && message.to <= state.seq)) return;
    // What is told before the first view is here, or past a hole, is asked for.
    if (!state || message.from > state.seq + 1) {
      this.#join().catch(() => {});
      return;
    }
    const audience = this.#viewer?.audience;
    this.#state = this.#folding && audience ? this.#folding.fold(audience, state, message) : folded(state, message);
    this.#changed();
  }

  /** Has everybody who waits in `until` look again; for conditions that no event tells of. */
  look(): void {
    this.#changed();
  }

  #changed(): void {
    for (const look of [...this.#watchers]) look();
  }
}
