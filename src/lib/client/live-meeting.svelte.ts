// A live meeting in the browser: the folded state, what stands beside the log, and the only way to act on it.
// Pages give it the view they were loaded with; it joins over the socket, asks for what it missed, and folds events with the law's own `evolve`.
// Ballots cast without a connection are kept on the device and sent once when it is back (已记录，待上传).
import type { Command } from '#lib/domain/meeting/commands.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { evolveAll } from '#lib/domain/meeting/evolve.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import {
  PROTOCOL_VERSION,
  socketPath,
  type Answer,
  type CastAsk,
  type CaughtUp,
  type Crowd,
  type EventsMessage,
  type JoinAnswer,
  type MeetingView,
  type QuestionView,
  type ServerToClient,
  type SheetAsk,
  type TallySheetView,
  type Turnout,
  type Viewer,
} from '#lib/protocol/meeting.ts';
import { LiveWire, type LiveSocket } from './live-wire.ts';

/** A ballot as this device knows it. `waiting` is 已记录，待上传; `refused` carries why. */
export interface DeviceBallot extends CastAsk {
  readonly status: 'waiting' | 'sending' | 'recorded' | 'refused';
  readonly refusal: Refusal | null;
}

export interface LiveMeetingOptions {
  /** Tests give their own; pages take the default, one socket per page. */
  readonly socket?: LiveSocket;
  /** Where unsent ballots are kept; null keeps them in memory only. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
  readonly answerWithinMs?: number;
  /** Keeps the events heard since the page was loaded in `heard`, for screens that show the log. */
  readonly keepEvents?: boolean;
  /** This page is the hall's big screen and not somebody who watches. */
  readonly screen?: boolean;
}

const pageStorage = (): Storage | null => {
  try {
    return typeof localStorage === 'undefined' ? null : localStorage;
  } catch {
    return null;
  }
};

export class LiveMeeting {
  readonly meetingId: string;
  state: MeetingState = $state.raw() as MeetingState;
  viewer: Viewer = $state.raw() as Viewer;
  crowd: Crowd = $state.raw({ watching: 0 });
  turnout: Turnout | null = $state.raw(null);
  questions: readonly QuestionView[] = $state.raw([]);
  sheets: readonly TallySheetView[] = $state.raw([]);
  requestedSeatId: string | null = $state.raw(null);
  /** `old` means the program was renewed and this page must be reloaded. */
  connection: 'connecting' | 'live' | 'offline' | 'old' = $state('connecting');
  /** The session this page was opened with has ended: what is on the page stays, nothing more can be done before signing in again. */
  signedOut = $state(false);
  /** Ballots of this device by `pollId seatId`. */
  ballots: Readonly<Record<string, DeviceBallot>> = $state.raw({});
  /** Events heard since the page was loaded, where they are kept. */
  heard: readonly MeetingEvent[] = $state.raw([]);
  /** Cards of the wall other hands hold just now, by connection. */
  lifted: Readonly<Record<string, { readonly by: string; readonly name: string; readonly topicId: string }>> =
    $state.raw({});
  /** Set when a host admitted or declined the seat this device asked for. */
  admission: 'admitted' | 'declined' | null = $state(null);

  #socket: LiveSocket | null = null;
  #ownsSocket = false;
  #storage: LiveMeetingOptions['storage'];
  #answerWithinMs: number;
  #keepEvents: boolean;
  readonly #screen: boolean;
  #clockOffsetMs = $state(0);
  #quickestMs = Infinity;
  #joining = false;
  #joinAgain = false;
  #closed = false;

  constructor(view: MeetingView, options: LiveMeetingOptions = {}) {
    this.meetingId = view.state.meetingId;
    this.#storage = options.storage === undefined ? pageStorage() : options.storage;
    this.#answerWithinMs = options.answerWithinMs ?? 8_000;
    this.#keepEvents = options.keepEvents ?? false;
    this.#screen = options.screen ?? false;
    this.#take(view);
    if (options.socket) this.#socket = options.socket;
    this.#loadBallots();
  }

  /** The server's clock in ms. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** Server time minus this device's, for components that tick on their own. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  /** Connects and joins; call once, in the browser. Returns the way to leave. */
  connect(): () => void {
    if (!this.#socket) {
      this.#socket = new LiveWire(socketPath);
      this.#ownsSocket = true;
    }
    const socket = this.#socket;
    socket.on('connect', this.#join);
    socket.on('disconnect', this.#lost);
    socket.on('meeting:events', this.#heard);
    socket.on('viewer:changed', this.#viewerChanged);
    socket.on('crowd:count', this.#crowded);
    socket.on('poll:turnout', this.#turnedOut);
    socket.on('question:changed', this.#questionChanged);
    socket.on('question:removed', this.#questionRemoved);
    socket.on('sheet:changed', this.#sheetChanged);
    socket.on('wall:lifted', this.#wallLifted);
    if (socket.connected) void this.#join();
    return () => this.close();
  }

  close(): void {
    this.#closed = true;
    const socket = this.#socket;
    if (!socket) return;
    socket.off('connect', this.#join);
    socket.off('disconnect', this.#lost);
    socket.off('meeting:events', this.#heard);
    socket.off('viewer:changed', this.#viewerChanged);
    socket.off('crowd:count', this.#crowded);
    socket.off('poll:turnout', this.#turnedOut);
    socket.off('question:changed', this.#questionChanged);
    socket.off('question:removed', this.#questionRemoved);
    socket.off('sheet:changed', this.#sheetChanged);
    socket.off('wall:lifted', this.#wallLifted);
    if (this.#ownsSocket) socket.close();
    else socket.emit('meeting:leave', { meetingId: this.meetingId });
  }

  // ── acting ──────────────────────────────────────────────────────────────────────────────────────

  /** Sends a command; null when it was accepted, else why not. Resent with the same id until answered, so never done twice. */
  async act(command: Command): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, commandId: newId(), command };
    const answer = await this.#ask((socket) => socket.emitWithAck('meeting:act', ask));
    return answer.ok ? null : answer.refusal;
  }

  /**
   * Records a ballot on this device and sends it as soon as there is a connection. Resolves with the refusal, or null once the server
   * has recorded it or while it waits on the device (see `ballotOf(...).status`).
   */
  async cast(pollId: string, seatId: string, choice: unknown): Promise<Refusal | null> {
    const ballot: DeviceBallot = {
      meetingId: this.meetingId,
      pollId,
      seatId,
      choice,
      castId: newId(),
      status: 'waiting',
      refusal: null,
    };
    this.#keepBallot(ballot);
    return this.#send(ballot);
  }

  ballotOf(pollId: string, seatId: string): DeviceBallot | null {
    return this.ballots[`${pollId} ${seatId}`] ?? null;
  }

  async enterSheet(sheet: Omit<SheetAsk, 'meetingId' | 'sheetId'>): Promise<Refusal | null> {
    const ask = { ...sheet, meetingId: this.meetingId, sheetId: newId() };
    const answer = await this.#ask((socket) => socket.emitWithAck('sheet:enter', ask));
    return answer.ok ? null : answer.refusal;
  }

  async settleSheet(sheetId: string, confirm: boolean): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, sheetId, confirm };
    const answer = await this.#ask((socket) => socket.emitWithAck('sheet:settle', ask));
    return answer.ok ? null : answer.refusal;
  }

  /** On success the author's private look-up code, to find the answer later. */
  async askQuestion(text: string): Promise<Answer<{ questionId: string; lookup: string }>> {
    const ask = { meetingId: this.meetingId, sentId: newId(), text };
    return this.#ask((socket) => socket.emitWithAck('question:ask', ask));
  }

  async support(questionId: string, support: boolean): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, questionId, support };
    const answer = await this.#ask((socket) => socket.emitWithAck('question:support', ask));
    return answer.ok ? null : answer.refusal;
  }

  async moderate(questionId: string, show: boolean, reason: string | null): Promise<Refusal | null> {
    const ask = { meetingId: this.meetingId, questionId, show, reason };
    const answer = await this.#ask((socket) => socket.emitWithAck('question:moderate', ask));
    return answer.ok ? null : answer.refusal;
  }

  /** Tells the others that this hand holds a card of the wall, or none any more. Nothing depends on its arriving. */
  lift(topicId: string | null): void {
    if (this.#socket?.connected) this.#socket.emit('wall:lift', { meetingId: this.meetingId, topicId });
  }

  // ── the wire ────────────────────────────────────────────────────────────────────────────────────

  /** Emits until answered, at most three times; a lost connection is a refusal that says so. Every ask is safe to resend. */
  async #ask<Value>(
    emit: (socket: ReturnType<LiveSocket['timeout']>) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    for (let attempt = 0; attempt < 3 && !this.#closed; attempt += 1) {
      const socket = this.#socket;
      if (!socket) break;
      try {
        const answer = await emit(socket.timeout(this.#answerWithinMs));
        if (!answer.ok && answer.refusal.reason === 'session-expired') this.signedOut = true;
        return answer;
      } catch {
        // Not answered in time: the same ask goes out again.
      }
    }
    return { ok: false, refusal: refuse('C4', 'offline') };
  }

  #join = async (): Promise<void> => {
    const socket = this.#socket;
    if (!socket || this.#closed) return;
    if (this.#joining) {
      this.#joinAgain = true;
      return;
    }
    this.#joining = true;
    this.#joinAgain = false;
    try {
      void this.#readClock(socket);
      const ask = {
        version: PROTOCOL_VERSION,
        meetingId: this.meetingId,
        since: this.state.seq,
        ...(this.#screen ? { screen: true } : {}),
      };
      const answer: JoinAnswer = await socket.timeout(this.#answerWithinMs).emitWithAck('meeting:join', ask);
      if (!answer.ok) {
        this.connection = answer.refusal.reason === 'command-malformed' ? 'old' : 'offline';
        return;
      }
      if ('view' in answer) this.#take(JSON.parse(answer.view) as MeetingView);
      else {
        const { missed, ...beside } = JSON.parse(answer.caughtUp) as CaughtUp;
        this.#fold(missed);
        this.#take({ ...beside, state: this.state });
      }
      this.connection = 'live';
      this.#sendWaiting();
    } catch {
      if (socket.connected) setTimeout(this.#join, 1_000);
    } finally {
      this.#joining = false;
      if (this.#joinAgain) void this.#join();
    }
  };

  #lost = (): void => {
    if (this.connection !== 'old') this.connection = 'offline';
    for (const ballot of Object.values(this.ballots))
      if (ballot.status === 'sending') this.#keepBallot({ ...ballot, status: 'waiting' });
  };

  async #readClock(socket: LiveSocket): Promise<void> {
    for (let sample = 0; sample < 3 && !this.#closed; sample += 1) {
      const sent = Date.now();
      try {
        const serverNow = await socket.timeout(this.#answerWithinMs).emitWithAck('clock:ask');
        const tookMs = Date.now() - sent;
        if (tookMs < this.#quickestMs) {
          this.#quickestMs = tookMs;
          this.#clockOffsetMs = serverNow + tookMs / 2 - Date.now();
        }
      } catch {
        return;
      }
    }
  }

  #take(view: MeetingView): void {
    this.state = view.state;
    // Who was somebody and is nobody now keeps their page as it was: a vote half made must not vanish from under the hand.
    if (this.viewer?.personId && view.viewer.personId === null) this.signedOut = true;
    else this.viewer = view.viewer;
    this.crowd = view.crowd;
    this.turnout = view.turnout;
    this.questions = view.questions;
    this.sheets = view.sheets;
    this.requestedSeatId = view.requestedSeatId;
    if (this.#quickestMs === Infinity) this.#clockOffsetMs = view.serverNow - Date.now();
    const known = { ...this.ballots };
    for (const { pollId, seatId, choice } of view.ownBallots) {
      const key = `${pollId} ${seatId}`;
      const here = known[key];
      if (here?.status === 'waiting' || here?.status === 'sending') continue;
      const meetingId = this.meetingId;
      known[key] = { meetingId, pollId, seatId, choice, castId: '', status: 'recorded', refusal: null };
    }
    this.ballots = known;
  }

  #heard = (message: EventsMessage): void => {
    if (message.meetingId === this.meetingId) this.#fold(message);
  };

  /** Folds what is new; a hole means asking again for what is missing. */
  #fold(message: EventsMessage): void {
    if (message.to <= this.state.seq) return;
    if (message.from > this.state.seq + 1) {
      void this.#join();
      return;
    }
    const fresh = message.events.filter((event) => event.seq > this.state.seq);
    if (this.#keepEvents) this.heard = [...this.heard, ...fresh];
    const state = evolveAll(this.state, fresh);
    this.state = state.seq === message.to ? state : { ...state, seq: message.to };
    if (this.turnout && this.state.polls.openId !== this.turnout.pollId) this.turnout = null;
  }

  #viewerChanged = ({ meetingId, reason }: { meetingId: string; reason: string }): void => {
    if (meetingId !== this.meetingId) return;
    if (reason === 'admitted' || reason === 'declined') this.admission = reason;
    // Another audience reads other events: fold again from the whole view.
    this.state = { ...this.state, seq: 0 };
    void this.#join();
  };

  #crowded = ({ meetingId, watching }: { meetingId: string } & Crowd): void => {
    if (meetingId === this.meetingId) this.crowd = { watching };
  };

  #turnedOut = ({ meetingId, ...turnout }: { meetingId: string } & Turnout): void => {
    if (meetingId === this.meetingId) this.turnout = turnout;
  };

  #questionChanged = ({ meetingId, question }: { meetingId: string; question: QuestionView }): void => {
    if (meetingId !== this.meetingId) return;
    const known = this.questions.find(({ questionId }) => questionId === question.questionId);
    // A broadcast speaks to everybody: what is this viewer's own is kept.
    const merged = known ? { ...question, mine: known.mine, supported: known.supported } : question;
    this.questions = known
      ? this.questions.map((each) => (each === known ? merged : each))
      : [...this.questions, merged];
  };

  #questionRemoved = ({ meetingId, questionId }: { meetingId: string; questionId: string }): void => {
    if (meetingId === this.meetingId) this.questions = this.questions.filter((each) => each.questionId !== questionId);
  };

  #wallLifted = ({ meetingId, by, name, topicId }: Parameters<ServerToClient['wall:lifted']>[0]): void => {
    if (meetingId !== this.meetingId) return;
    const { [by]: _before, ...others } = this.lifted;
    this.lifted = topicId === null ? others : { ...others, [by]: { by, name, topicId } };
  };

  #sheetChanged = ({ meetingId, sheet }: { meetingId: string; sheet: TallySheetView }): void => {
    if (meetingId !== this.meetingId) return;
    const others = this.sheets.filter(({ sheetId }) => sheetId !== sheet.sheetId);
    this.sheets = [...others, sheet];
  };

  // ── ballots on this device ──────────────────────────────────────────────────────────────────────

  get #key(): string {
    return `yishi.ballots.${this.meetingId}`;
  }

  #loadBallots(): void {
    try {
      const kept = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]') as DeviceBallot[];
      for (const ballot of kept) this.ballots = { ...this.ballots, [`${ballot.pollId} ${ballot.seatId}`]: ballot };
    } catch {
      this.#storage?.removeItem(this.#key);
    }
  }

  #keepBallot(ballot: DeviceBallot): void {
    this.ballots = { ...this.ballots, [`${ballot.pollId} ${ballot.seatId}`]: ballot };
    const unsent = Object.values(this.ballots)
      .filter(({ status }) => status === 'waiting' || status === 'sending')
      .map((each) => ({ ...each, status: 'waiting' as const }));
    try {
      if (unsent.length === 0) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, JSON.stringify(unsent));
    } catch {
      // A full or forbidden storage must not stop a vote: it stays in memory.
    }
  }

  #sendWaiting(): void {
    if (this.signedOut) return;
    for (const ballot of Object.values(this.ballots)) if (ballot.status === 'waiting') void this.#send(ballot);
  }

  async #send(ballot: DeviceBallot): Promise<Refusal | null> {
    const socket = this.#socket;
    if (!socket?.connected) return null;
    this.#keepBallot({ ...ballot, status: 'sending' });
    const { meetingId, pollId, seatId, choice, castId } = ballot;
    const stillMine = () => this.ballotOf(pollId, seatId)?.castId === castId;
    try {
      const answer = await socket
        .timeout(this.#answerWithinMs)
        .emitWithAck('ballot:cast', { meetingId, pollId, seatId, choice, castId });
      const refusal = answer.ok ? null : answer.refusal;
      if (refusal?.reason === 'session-expired') {
        // Kept on the device and sent after signing in again.
        this.signedOut = true;
        if (stillMine()) this.#keepBallot({ ...ballot, status: 'waiting' });
        return refusal;
      }
      if (stillMine()) this.#keepBallot({ ...ballot, status: refusal ? 'refused' : 'recorded', refusal });
      return refusal;
    } catch {
      if (stillMine()) this.#keepBallot({ ...ballot, status: 'waiting' });
      if (socket.connected && !this.#closed) setTimeout(() => this.#sendWaiting(), 1_000);
      return null;
    }
  }
}
