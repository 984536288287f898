// A document server in a process of its own, to be killed or measured. Started as `node --import tsx tests/support/document-server.ts` with
// DATABASE_URL; prints its port, and its measures for every line it is sent. `startDocumentServer` is what tests and the bench call.
// Sessions are those of test-sessions.ts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Since the last time it was asked. */
export interface ServerMeasures {
  readonly loopDelayMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  /** Share of one core. */
  readonly cpu: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  measure(): Promise<ServerMeasures>;
  /** Resolves when the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export async function startDocumentServer(databaseUrl: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url)], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DOCUMENT_SERVER: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout });
  const nextLine = async (): Promise<string> =>
    String((await Promise.race([once(lines, 'line'), gone.then(() => [''])]))[0]);
  const port = await nextLine();
  if (!port || child.pid === undefined) throw new Error('The document server did not start');
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid,
    async measure() {
      const line = nextLine();
      child.stdin.write('measure\n');
      return JSON.parse(await line) as ServerMeasures;
    },
    async kill(signal) {
      child.kill(signal);
      await gone;
    },
  };
}

if (process.env.DOCUMENT_SERVER === '1') {
  const { documentsDoor } = await import('#server/documents/documents-door.ts');
  // Facts of minutes are looked after as in the program.
  await import('#lib/server/minutes/document.ts');
  const { recogniseTestCookie } = await import('./test-sessions.ts');
  const server = createServer();
  const door = await documentsDoor(server, {
    recognise: recogniseTestCookie,
    accessTo: () => Promise.resolve('write'),
  });
  server.listen(0, '127.0.0.1', () => console.info((server.address() as AddressInfo).port));
  process.on('SIGTERM', () => void door.close().then(() => process.exit(0)));

  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  let [cpu, at] = [process.cpuUsage(), performance.now()];
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e5) / 10;
  const commands = createInterface({ input: process.stdin });
  commands.on('line', () => {
    const { user, system } = process.cpuUsage(cpu);
    const { rss, heapUsed } = process.memoryUsage();
    const [p50, p95, p99, max] = [...[50, 95, 99].map((share) => delay.percentile(share)), delay.max].map(ms);
    const share = (user + system) / 1000 / (performance.now() - at);
    const measures = { loopDelayMs: { p50, p95, p99, max }, cpu: Math.round(share * 100) / 100 };
    console.info(
      JSON.stringify({ ...measures, rssMb: Math.round(rss / 2 ** 20), heapMb: Math.round(heapUsed / 2 ** 20) }),
    );
    delay.reset();
    [cpu, at] = [process.cpuUsage(), performance.now()];
  });
  // Nobody may leave a server behind.
  commands.on('close', () => process.exit(1));
}
