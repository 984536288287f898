// The phone's end of the live door: the part of socket.io's protocol a page needs, over one WebSocket. The whole socket.io client, which can
// also poll, is fetched only where no WebSocket comes through, so that a phone does not pay for it. Used by LiveMeeting.
// Whoever listens hears `connect` after every connection made, `disconnect` after every one lost; it goes on trying until closed.
import type { ClientToServer, ServerToClient } from '#lib/protocol/meeting.ts';

type Told<Event extends keyof ServerToClient> = ServerToClient[Event];
type Answered<Event extends keyof ClientToServer> =
  Parameters<ClientToServer[Event]> extends [...infer _Asked, (answer: infer Answer) => void] ? Answer : never;
type Asked<Event extends keyof ClientToServer> =
  Parameters<ClientToServer[Event]> extends [...infer Given, (answer: never) => void]
    ? Given
    : Parameters<ClientToServer[Event]>;

/** What LiveMeeting needs of a connection; a socket of socket.io-client is one too. */
export interface LiveSocket {
  readonly connected: boolean;
  on(event: 'connect' | 'disconnect', heard: () => void): unknown;
  on<Event extends keyof ServerToClient>(event: Event, heard: Told<Event>): unknown;
  off(event: 'connect' | 'disconnect', heard: () => void): unknown;
  off<Event extends keyof ServerToClient>(event: Event, heard: Told<Event>): unknown;
  emit<Event extends keyof ClientToServer>(event: Event, ...asked: Asked<Event>): unknown;
  timeout(withinMs: number): {
    emitWithAck<Event extends keyof ClientToServer>(event: Event, ...asked: Asked<Event>): Promise<Answered<Event>>;
  };
  close(): unknown;
}

export interface WireOptions {
  /** `https://…` of the server; the page's own if not given. */
  readonly origin?: string;
  readonly WebSocket?: typeof WebSocket;
  /** How to talk where no WebSocket opens. */
  readonly otherwise?: (origin: string, path: string) => Promise<LiveSocket>;
}

/** An attempt that got lost in a crowded hall is given up soon and made again. */
const openWithinMs = 6_000;
const longestPauseMs = 5_000;
/** So many attempts without one that ever opened, and it is the WebSocket that does not come through. */
const triesBeforePolling = 3;

const bySocketIo = async (origin: string, path: string): Promise<LiveSocket> => {
  const { io } = await import('socket.io-client');
  return io(origin, {
    path,
    transports: ['polling', 'websocket'],
    reconnectionDelayMax: longestPauseMs,
    timeout: openWithinMs,
  });
};

type Heard = (...told: never[]) => void;

interface Asking {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (why: Error) => void;
}

export class LiveWire implements LiveSocket {
  readonly #path: string;
  readonly #origin: string;
  readonly #Socket: typeof WebSocket;
  readonly #otherwise: NonNullable<WireOptions['otherwise']>;
  #socket: WebSocket | null = null;
  #instead: LiveSocket | null = null;
  #heard: [event: string, heard: Heard][] = [];
  /** What was asked while there was no connection; sent with the next. */
  #waiting: { readonly packet: string; readonly ask: number | null }[] = [];
  readonly #asking = new Map<number, Asking>();
  #connected = false;
  #asks = 0;
  #tries = 0;
  #opened = false;
  #closed = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #silenceMs = 60_000;

  constructor(path: string, options: WireOptions = {}) {
    this.#path = path;
    this.#origin = options.origin ?? location.origin;
    this.#Socket = options.WebSocket ?? WebSocket;
    this.#otherwise = options.otherwise ?? bySocketIo;
    if (typeof addEventListener === 'function') {
      addEventListener('offline', this.#drop);
      addEventListener('online', this.#retry);
    }
    this.#open();
  }

  get connected(): boolean {
    return this.#instead ? this.#instead.connected : this.#connected;
  }

  on(event: string, heard: Heard): void {
    this.#heard = [...this.#heard, [event, heard]];
    this.#instead?.on(event as 'connect', heard);
  }

  off(event: string, heard: Heard): void {
    this.#heard = this.#heard.filter(([name, each]) => name !== event || each !== heard);
    this.#instead?.off(event as 'connect', heard);
  }

  emit(event: string, ...asked: unknown[]): void {
    if (this.#instead) this.#instead.emit(event as 'meeting:leave', ...(asked as [never]));
    else this.#send({ packet: `42${JSON.stringify([event, ...asked])}`, ask: null });
  }

  timeout(withinMs: number): ReturnType<LiveSocket['timeout']> {
    return {
      emitWithAck: (event, ...asked) =>
        this.#instead
          ? this.#instead.timeout(withinMs).emitWithAck(event, ...asked)
          : (this.#ask(withinMs, event, asked) as never),
    };
  }

  close(): void {
    this.#closed = true;
    if (typeof removeEventListener === 'function') {
      removeEventListener('offline', this.#drop);
      removeEventListener('online', this.#retry);
    }
    clearTimeout(this.#pause);
    this.#instead?.close();
    if (this.#connected) this.#socket?.send('41');
    this.#drop();
  }

  /** Rejects when nobody has answered in time, or the connection it left by is gone; what had not left by then never does. */
  #ask(withinMs: number, event: string, asked: readonly unknown[]): Promise<unknown> {
    const ask = (this.#asks += 1);
    return new Promise((resolve, reject) => {
      const settle = (settled: () => void): void => {
        clearTimeout(late);
        this.#asking.delete(ask);
        this.#waiting = this.#waiting.filter((each) => each.ask !== ask);
        settled();
      };
      const late = setTimeout(() => settle(() => reject(new Error(`no answer to ${event}`))), withinMs);
      this.#asking.set(ask, {
        resolve: (answer) => settle(() => resolve(answer)),
        reject: (why) => settle(() => reject(why)),
      });
      this.#send({ packet: `42${ask}${JSON.stringify([event, ...asked])}`, ask });
    });
  }

  #send(packet: { readonly packet: string; readonly ask: number | null }): void {
    if (this.#connected) this.#socket?.send(packet.packet);
    else this.#waiting.push(packet);
  }

  #tell(event: string, ...told: unknown[]): void {
    for (const [name, heard] of this.#heard) if (name === event) heard(...(told as never[]));
  }

  #open = (): void => {
    if (this.#closed || this.#socket) return;
    this.#tries += 1;
    const url = `${this.#origin.replace(/^http/, 'ws')}${this.#path}/?EIO=4&transport=websocket`;
    const socket = new this.#Socket(url);
    this.#socket = socket;
    this.#watch(openWithinMs);
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#read(String(data));
    };
    socket.onclose = socket.onerror = () => {
      if (this.#socket === socket) this.#drop();
    };
  };

  /** One packet of the protocol: `0` the server's terms, `2` its question whether we are there, `4…` what it has to say. */
  #read(packet: string): void {
    this.#watch(this.#silenceMs);
    const type = packet.slice(0, 2);
    if (packet[0] === '0') {
      const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1)) as Record<string, number>;
      this.#silenceMs = (pingInterval ?? 25_000) + (pingTimeout ?? 20_000);
      this.#watch(this.#silenceMs);
      this.#socket?.send('40');
    } else if (packet === '2') this.#socket?.send('3');
    else if (type === '40') {
      this.#connected = this.#opened = true;
      this.#tries = 0;
      this.#tell('connect');
      for (const { packet: kept } of this.#waiting.splice(0)) this.#socket?.send(kept);
    } else if (type === '42') {
      const [event, ...told] = JSON.parse(packet.slice(2)) as [string, ...unknown[]];
      this.#tell(event, ...told);
    } else if (type === '43') {
      const from = packet.indexOf('[');
      this.#asking.get(Number(packet.slice(2, from)))?.resolve((JSON.parse(packet.slice(from)) as unknown[])[0]);
    } else if (type === '41' || type === '44' || packet[0] === '1') this.#drop();
  }

  /** The connection is gone when nothing was heard for so long: a phone that slept hears of it by no other sign. */
  #watch(withinMs: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(this.#drop, withinMs);
  }

  #drop = (): void => {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
    this.#connected = false;
    for (const [ask, { reject }] of this.#asking)
      if (!this.#waiting.some((each) => each.ask === ask)) reject(new Error('the connection is lost'));
    if (socket) this.#tell('disconnect');
    if (this.#closed || this.#instead) return;
    if (!this.#opened && this.#tries >= triesBeforePolling) return void this.#poll();
    clearTimeout(this.#pause);
    // Not all at once after the server was away.
    const pauseMs = Math.min(longestPauseMs, 500 * 2 ** this.#tries) * (0.5 + Math.random() / 2);
    this.#pause = setTimeout(this.#open, pauseMs);
  };

  #retry = (): void => {
    clearTimeout(this.#pause);
    if (!this.#instead) this.#open();
  };

  async #poll(): Promise<void> {
    try {
      const instead = await this.#otherwise(this.#origin, this.#path);
      if (this.#closed) return void instead.close();
      this.#instead = instead;
      for (const [event, heard] of this.#heard) instead.on(event as 'connect', heard);
      instead.on('connect_error' as 'disconnect', () => this.#tell('disconnect'));
    } catch {
      // The client could not be fetched either: there is no network at all.
      this.#tries = 0;
      this.#pause = setTimeout(this.#open, longestPauseMs);
    }
  }
}
