// What the live benches share: a PostgreSQL of their own that commits for good, the program's live door in a process of its own, a crowd of
// bare socket.io connections, and quantiles. Everything on this machine's loopback, bounded, and ended with the bench.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION, socketPath, type ClientToServer, type ServerToClient } from '#lib/protocol/meeting.ts';
import { startPostgres } from '#server/postgres/start.js';

export type BareSocket = Socket<ServerToClient, ClientToServer>;

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

/** The live door in another process, as it is in production: it shares no event loop with the crowd. */
export async function hallProcess(): Promise<{ url: string; pid: number; stop: () => void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/other-hall.ts'], {
    env: process.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('http://')) return { url: line.trim(), pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
  throw new Error('the live door did not open');
}

/** Connects `cookies.length` sockets, `together` at a time, and joins each as a page does that already has the state at `since`. */
export async function crowd(
  url: string,
  meetingId: string,
  cookies: readonly (string | null)[],
  { since, together = 50 }: { since: number; together?: number },
): Promise<BareSocket[]> {
  const sockets: BareSocket[] = [];
  for (let start = 0; start < cookies.length; start += together)
    sockets.push(
      ...(await Promise.all(
        cookies.slice(start, start + together).map(async (cookie) => {
          const socket: BareSocket = io(url, {
            path: socketPath,
            transports: ['websocket'],
            forceNew: true,
            reconnection: false,
            ...(cookie === null ? {} : { extraHeaders: { cookie } }),
          });
          await new Promise<void>((resolve, reject) => {
            socket.once('connect', () => resolve());
            socket.once('connect_error', reject);
          });
          const ask = { version: PROTOCOL_VERSION, meetingId, since };
          const answer = await socket.timeout(30_000).emitWithAck('meeting:join', ask);
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
