// A document server in a process of its own, to be killed. Started as `node --import tsx tests/support/document-server.ts` with
// DATABASE_URL; prints its port. `startDocumentServer` is what tests call. Sessions are those of tests/support/documents.ts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  /** Resolves when the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export async function startDocumentServer(databaseUrl: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url)], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DOCUMENT_SERVER: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [port] = (await Promise.race([once(lines, 'line'), gone.then(() => [''])])) as string[];
  if (!port || child.pid === undefined) throw new Error('The document server did not start');
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid,
    async kill(signal) {
      child.kill(signal);
      await gone;
    },
  };
}

if (process.env.DOCUMENT_SERVER === '1') {
  const { documentsDoor } = await import('#server/documents/documents-door.ts');
  const { recogniseTestCookie } = await import('./test-sessions.ts');
  const server = createServer();
  const door = await documentsDoor(server, {
    recognise: recogniseTestCookie,
    accessTo: () => Promise.resolve('write'),
  });
  server.listen(0, '127.0.0.1', () => console.info((server.address() as AddressInfo).port));
  process.on('SIGTERM', () => void door.close().then(() => process.exit(0)));
  // Nobody may leave a server behind.
  process.on('disconnect', () => process.exit(1));
  process.stdout.on('error', () => process.exit(1));
}
