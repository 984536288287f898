// Tells the other processes of an installation that something changed: (kind, id, seq) over PostgreSQL's LISTEN/NOTIFY. Receivers read the
// rows. Office code publishes after its commit and subscribes once per process. It must never carry what only a row may prove: a notice can
// be lost with a connection, so every subscriber also gives a `resync`, and nobody may treat a notice as a permission or a fact.
import postgres from 'postgres';
import { newId } from '#lib/protocol/ids.ts';

export interface Notice {
  readonly kind: string;
  readonly id: string;
  readonly seq: number;
  /** A short text for what has no rows (a cursor's place). Dropped, not repeated, when the connection is down. */
  readonly extra?: string;
  /** True when this very bus published it. */
  readonly own: boolean;
}

/** One small interface, so that a message broker can stand in for NOTIFY where an installation outgrows it. */
export interface Bus {
  /**
   * Reaches the subscribers of this bus before it returns, and those of every other process soon after. Never throws for a lost
   * connection: notices without `extra` are kept (the highest seq per kind and id) and repeated until PostgreSQL has them.
   */
  publish(kind: string, id: string, seq: number, extra?: string): void;
  /**
   * `resync` is called whenever notices may have been missed (after a lost connection came back): read the rows again.
   * Returns the way to unsubscribe. A throwing subscriber is reported and disturbs no other.
   */
  subscribe(kind: string, heard: (notice: Notice) => void, resync?: () => void): () => void;
  /** Resolves once notices of other processes are being heard. */
  listening(): Promise<void>;
  /** Resolves when everything published so far is with PostgreSQL. */
  flushed(): Promise<void>;
  /** Sends what is pending, if the connection stands, and lets go of the connections. */
  close(): Promise<void>;
}

const channel = 'yishi';
/** NOTIFY takes 8,000 bytes; this leaves room for the envelope. */
export const extraLimit = 7_000;
const retryMs = 500;

interface Subscriber {
  heard: (notice: Notice) => void;
  resync: (() => void) | undefined;
}

interface Pending {
  kind: string;
  id: string;
  seq: number;
  extra?: string;
}

/** A bus with its own two connections (one listens, one notifies). They open at the first publish or subscribe. */
export function openBus(url: string): Bus {
  const self = newId();
  const subscribers = new Map<string, Set<Subscriber>>();
  let pending: Pending[] = [];
  let sending: Promise<void> | undefined;
  let started: Promise<void> | undefined;
  let timesListening = 0;
  let closed = false;
  let sql: postgres.Sql | undefined;

  const connection = (): postgres.Sql =>
    (sql ??= postgres(url, {
      max: 1,
      idle_timeout: undefined,
      max_lifetime: null,
      fetch_types: false,
      onnotice: () => {},
      // A notice need not outlive a crash, and so need not wait for the disk as every other commit does.
      connection: { application_name: 'yishi-bus', synchronous_commit: 'off' },
    }));

  function guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      console.error('A subscriber of the bus failed', error);
    }
  }

  function deliver(notice: Notice): void {
    for (const subscriber of [...(subscribers.get(notice.kind) ?? [])]) guarded(() => subscriber.heard(notice));
  }

  function received(payload: string): void {
    const [from, kind, id, seq, extra] = JSON.parse(payload) as [string, string, string, number, string?];
    if (from !== self) deliver({ kind, id, seq, extra, own: false });
  }

  function start(): Promise<void> {
    // postgres.js listens again by itself after a lost connection, and calls `onlisten` each time it does.
    started ??= new Promise((resolve) => {
      const onlisten = (): void => {
        timesListening += 1;
        resolve();
        if (timesListening === 1 || closed) return;
        for (const set of subscribers.values())
          for (const subscriber of [...set]) if (subscriber.resync) guarded(subscriber.resync);
      };
      connection()
        .listen(channel, received, onlisten)
        .catch(() => {});
    });
    return started;
  }

  async function send(): Promise<void> {
    // One turn of the event loop gathers what is published together into one statement.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      const payloads = batch.map(({ kind, id, seq, extra }) =>
        JSON.stringify(extra === undefined ? [self, kind, id, seq] : [self, kind, id, seq, extra]),
      );
      try {
        await connection()`
          select pg_notify(${channel}, payload) from json_array_elements_text(${JSON.stringify(payloads)}::text::json) as payload`;
      } catch {
        if (closed) return;
        const highest = new Map<string, Pending>();
        for (const notice of [...batch.filter((one) => one.extra === undefined), ...pending]) {
          const key = notice.extra === undefined ? `${notice.kind} ${notice.id}` : newId();
          const before = highest.get(key);
          if (!before || before.seq < notice.seq) highest.set(key, notice);
        }
        pending = [...highest.values()];
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  return {
    publish(kind, id, seq, extra) {
      if (closed) return;
      if (extra !== undefined && Buffer.byteLength(JSON.stringify(extra)) > extraLimit)
        throw new RangeError(`A notice of kind ${kind} carries more than ${extraLimit} bytes`);
      pending.push(extra === undefined ? { kind, id, seq } : { kind, id, seq, extra });
      sending ??= send().finally(() => (sending = undefined));
      deliver({ kind, id, seq, extra, own: true });
    },
    subscribe(kind, heard, resync) {
      const subscriber: Subscriber = { heard, resync };
      const set = subscribers.get(kind) ?? new Set();
      subscribers.set(kind, set.add(subscriber));
      void start();
      return () => void set.delete(subscriber);
    },
    listening: start,
    async flushed() {
      await sending;
    },
    async close() {
      if (closed) return;
      if (sending) await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, 2 * retryMs).unref())]);
      closed = true;
      subscribers.clear();
      await sql?.end({ timeout: 1 });
    },
  };
}

let shared: Bus | undefined;

/** The bus of this process, on DATABASE_URL. After it was closed (a development server restarting) the next call opens a new one. */
export function bus(): Bus {
  if (shared) return shared;
  const opened = openBus(process.env.DATABASE_URL ?? 'postgres://127.0.0.1:1/unset');
  return (shared = {
    ...opened,
    close() {
      shared = undefined;
      return opened.close();
    },
  });
}
