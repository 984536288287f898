// What the live benches share: a PostgreSQL of their own that commits for good, the program's live door in a process of its own, a crowd of
// frame-level clients, and quantiles. Everything on this machine's loopback, bounded, and ended with the bench.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { PROTOCOL_VERSION, socketPath, type ClientToServer, type ServerToClient } from '#lib/protocol/meeting.ts';
import { startPostgres } from '#server/postgres/start.js';

type Answered<Name extends keyof ClientToServer> =
  Parameters<ClientToServer[Name]> extends [infer _Ask, (answer: infer Answer) => void] ? Answer : never;

/**
 * One connection that speaks socket.io 4 frame by frame over `ws`: thousands of whole clients in one process would cost more than the
 * server under measurement. It does not parse what it is told, only looks which event it is.
 */
export class FrameSocket {
  readonly #ws: WebSocket;
  readonly #waiting = new Map<number, (answer: never) => void>();
  readonly #listeners: ((name: keyof ServerToClient, bytes: number) => void)[] = [];
  #asked = 0;

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data: Buffer) => this.#hear(data));
  }

  static async open(url: string, cookie: string | null): Promise<FrameSocket> {
    const address = `${url.replace('http', 'ws')}${socketPath}/?EIO=4&transport=websocket`;
    const ws = new WebSocket(address, {
      perMessageDeflate: false,
      ...(cookie === null ? {} : { headers: { cookie } }),
    });
    await new Promise<void>((resolve, reject) => {
      ws.once('error', reject);
      ws.on('message', function greeted(data: Buffer) {
        const text = data.toString();
        if (text.startsWith('0')) ws.send('40');
        else if (text.startsWith('40')) {
          ws.off('message', greeted);
          resolve();
        } else reject(new Error(`the live door said ${text.slice(0, 80)}`));
      });
    });
    return new FrameSocket(ws);
  }

  #hear(data: Buffer): void {
    const [kind, packet] = [data[0], data[1]];
    if (kind === 0x32) this.#ws.send('3');
    if (kind !== 0x34) return;
    if (packet === 0x33) {
      const open = data.indexOf('[');
      const id = Number(data.toString('latin1', 2, open));
      const [answer] = JSON.parse(data.toString('utf8', open)) as [never];
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    } else if (packet === 0x32) {
      const name = data.toString('latin1', 4, data.indexOf('"', 4)) as keyof ServerToClient;
      for (const listener of this.#listeners) listener(name, data.length);
    }
  }

  /** Rejects never: a bench that gets no answer does not end, and is ended from outside. */
  ask<Name extends keyof ClientToServer>(name: Name, ask: unknown): Promise<Answered<Name>> {
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#ws.send(`42${id}${JSON.stringify([name, ask])}`);
    });
  }

  /** Calls `listener` for every event from now on, with its name and size in bytes. */
  onEvent(listener: (name: keyof ServerToClient, bytes: number) => void): void {
    this.#listeners.push(listener);
  }

  close(): void {
    this.#ws.terminate();
  }
}

/** Starts PostgreSQL (synchronous_commit on) and puts it in the environment: call before anything imports the database client. */
export async function ownDatabase(): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'yishi-bench-'));
  const running = await startPostgres({ dataFolder });
  process.env.DATABASE_URL = running.url;
  const { migrateDatabase } = await import('#lib/server/db/migrate.ts');
  await migrateDatabase(running.url);
  return async () => {
    const [{ client }, { bus }] = await Promise.all([import('#lib/server/db/client.ts'), import('#lib/server/bus.ts')]);
    await bus().close();
    await client.end({ timeout: 5 });
    await running.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
}

/** What a process of this machine has used of the processor, in ms. Linux tells it in ticks of 10 ms. */
export function processorMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/\(.*\)/, '')
    .split(' ')
    .filter(Boolean);
  const [utime, stime] = [Number(fields[12]), Number(fields[13])];
  return (utime + stime) * 10;
}

export interface OwnProcess {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

/** A server of tests/support in a process of its own, once it has printed where it listens. */
export async function serverProcess(file: string): Promise<OwnProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', `tests/support/${file}`], {
    env: process.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout }))
    if (/^(http|ws):/.test(line))
      return { url: line.trim(), pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') };
  throw new Error(`${file} did not open`);
}

/** The live door in another process, as it is in production: it shares no event loop with the crowd. */
export const hallProcess = (): Promise<OwnProcess> => serverProcess('other-hall.ts');

/** Connects `cookies.length` sockets, `together` at a time, and joins each as a page does that already has the state at `since`. */
export async function crowd(
  url: string,
  meetingId: string,
  cookies: readonly (string | null)[],
  { since, together = 50 }: { since: number; together?: number },
): Promise<FrameSocket[]> {
  const sockets: FrameSocket[] = [];
  for (let start = 0; start < cookies.length; start += together)
    sockets.push(
      ...(await Promise.all(
        cookies.slice(start, start + together).map(async (cookie) => {
          const socket = await FrameSocket.open(url, cookie);
          const answer = await socket.ask('meeting:join', { version: PROTOCOL_VERSION, meetingId, since });
          if (!answer.ok) throw new Error(`joining was refused: ${answer.refusal.reason}`);
          return socket;
        }),
      )),
    );
  return sockets;
}

/** p50, p95 and p99 in ms, to a tenth. */
export function quantiles(samplesMs: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...samplesMs].sort((left, right) => left - right);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export const print = (line: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
