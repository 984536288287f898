// The whole program as a process of its own: `node server/index.js` on a free port, from the build that is there. Called by the
// end-to-end fixtures, the page bench and tests that kill a running program. Its output is kept for the failure message and never
// inherited, so that a process left behind cannot hold the runner's output open.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly port: number;
  readonly pid: number;
  /** Everything it has printed so far. */
  printed(): string;
  /** SIGTERM, and waits for the end. SIGKILL after `withinMs`. Idempotent. */
  stop(withinMs?: number): Promise<void>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Resolves when the port answers; throws with what was printed when the program ends first or takes longer than 60 s. */
export async function startProgram(
  environment: Record<string, string>,
  port: number | undefined = undefined,
): Promise<Program> {
  if (!existsSync(`${root}/build/handler.js`))
    throw new Error('There is no build to serve. Run `node server/build.js` first.');
  const at = port ?? (await freePort());
  const child = spawn(process.execPath, ['server/index.js'], {
    cwd: root,
    env: { ...process.env, ...environment, PORT: String(at) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit');
  // A runner that ends without tearing down leaves nothing behind.
  const killNow = (): void => void child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.off('exit', killNow));

  const end = async (signal: NodeJS.Signals, withinMs: number): Promise<void> => {
    if (hasEnded(child)) return;
    child.kill(signal);
    const late = new AbortController();
    await Promise.race([ended, pause(withinMs, undefined, { signal: late.signal }).then(() => child.kill('SIGKILL'))]);
    late.abort();
    await ended;
  };

  const deadline = Date.now() + 60_000;
  while (!(await answers(at))) {
    if (hasEnded(child)) throw new Error(`The program ended before it served.\n${output}`);
    if (Date.now() > deadline) {
      await end('SIGKILL', 1_000);
      throw new Error(`The program did not serve within 60 s.\n${output}`);
    }
    await pause(25);
  }
  return {
    port: at,
    pid: child.pid ?? -1,
    printed: () => output,
    stop: (withinMs = 15_000) => end('SIGTERM', withinMs),
    kill: () => end('SIGKILL', 1_000),
  };
}
