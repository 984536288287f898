// The embedded PostgreSQL under the worst that happens to it: the program killed, the server killed, two programs on one folder, folders
// left by a crash, and users who may not do everything. Folders are temporary; programs are real processes.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPostgres, urlOfRunning } from './start.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = process.getuid?.() === 0;
/** A user with a name who is neither root nor nobody. */
const stranger = Number(/^[^:]+:[^:]*:(?!0:|65534:)(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1]);
const nameless = 54_321;

let dataFolder: string;
const programs: ChildProcess[] = [];
const running: Awaited<ReturnType<typeof startPostgres>>[] = [];

beforeEach(async () => {
  dataFolder = path.join(await mkdtemp(path.join(tmpdir(), 'yishi-start-')), 'data');
  chmodSync(path.dirname(dataFolder), 0o755);
});
afterEach(async () => {
  for (const program of programs.splice(0)) program.kill('SIGKILL');
  for (const one of running.splice(0)) await one.stop();
  await vi.waitFor(() => expect(postmaster()).toBeUndefined(), { timeout: 20_000 });
  await rm(path.dirname(dataFolder), { recursive: true, force: true });
});

const start = async (options: Partial<Parameters<typeof startPostgres>[0]> = {}) => {
  const started = await startPostgres({ dataFolder, durable: false, tell: () => {}, ...options });
  running.push(started);
  return started;
};

const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    // A killed child whose parent has not looked yet is as dead as any.
    return !/^State:\s+Z/m.test(existsSync('/proc/self') ? readFileSync(`/proc/${pid}/status`, 'utf8') : '');
  } catch {
    return false;
  }
};
const pidFile = () => path.join(dataFolder, 'postgres/cluster/postmaster.pid');
/** The process that the folder says is its server, while that lives. */
const postmaster = (): number | undefined => {
  const pid = existsSync(pidFile()) ? Number(readFileSync(pidFile(), 'utf8').split('\n')[0]) : 0;
  return pid > 0 && lives(pid) ? pid : undefined;
};

const query = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/** A program of its own that starts PostgreSQL, stores a row, and waits. */
async function programOn(folder: string, user?: { uid: number; gid: number }): Promise<ChildProcess> {
  const code = `
    import { startPostgres } from './server/postgres/start.js';
    import postgres from 'postgres';
    const running = await startPostgres({ dataFolder: ${JSON.stringify(folder)} });
    const sql = postgres(running.url, { onnotice() {} });
    await sql\`create table if not exists kept (said text)\`;
    await sql\`insert into kept values ('here')\`;
    process.on('SIGTERM', async () => { await sql.end(); await running.stop(); process.exit(0); });
    console.info('started');
    setInterval(() => {}, 1000);`;
  const program = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  programs.push(program);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [program.stdout, program.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('started')) resolve();
      });
    program.once('exit', () => reject(new Error(said)));
  });
  return program;
}

test('the first start makes the folder, the database and a plain role; settings are durable', async () => {
  const { url } = await start({ durable: true });
  const settings = await query(
    url,
    (sql) => sql`
      select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'server_encoding') order by 1`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '127.0.0.1',
    server_encoding: 'UTF8',
  });
  const [who] = await query(url, (sql) => sql`select rolsuper from pg_roles where rolname = current_user`);
  expect(who?.rolsuper).toBe(false);
  expect(statSync(path.join(dataFolder, 'postgres')).mode & 0o777).toBe(0o700);
  await expect(query(url.replace(/:[0-9a-f]+@/, ':wrong@'), (sql) => sql`select 1`)).rejects.toThrow('password');
});

test('a second start on one folder is refused in words, and the first goes on', async () => {
  const { url } = await start();
  await expect(startPostgres({ dataFolder })).rejects.toThrow(/正在使用数据文件夹[^]*is using the data folder/);
  expect(urlOfRunning(dataFolder)).toBe(url);
  expect(await query(url, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

/** A slim Linux has no `ps`; another system has no /proc. */
function childrenOf(parent: number | undefined): { pid: number; command: string }[] {
  const rows = existsSync('/proc/self/stat')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => {
          try {
            const [, command, ppid] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
            return [name, ppid, command];
          } catch {
            return []; // It ended while we looked.
          }
        })
    : execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
        .split('\n')
        .map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, ppid]) => ppid === String(parent))
    .map(([pid, , command]) => ({ pid: Number(pid), command: path.basename(command ?? '') }));
}

test('kill -9 of the program: PostgreSQL stops by itself, and the next start finds every row', async () => {
  const program = await programOn(dataFolder);
  const pid = postmaster();
  expect(pid).toBeDefined();
  program.kill('SIGKILL');
  await vi.waitFor(() => expect(postmaster()).toBeUndefined(), { timeout: 20_000 });
  expect(existsSync(pidFile())).toBe(false);
  expect(readFileSync(path.join(dataFolder, 'postgres/log'), 'utf8')).toContain('database system is shut down');
  const { url } = await start();
  expect(await query(url, (sql) => sql`select said from kept`)).toMatchObject([{ said: 'here' }]);
});

test('kill -9 of the program and a start in the same moment', async () => {
  const program = await programOn(dataFolder);
  program.kill('SIGKILL');
  const { url } = await start();
  expect(await query(url, (sql) => sql`select said from kept`)).toMatchObject([{ said: 'here' }]);
});

test('a server that outlived its program and its watchdog is stopped by the next start', async () => {
  const program = await programOn(dataFolder);
  const orphan = postmaster();
  const children = childrenOf(program.pid);
  const watchdog = children.find(({ command }) => command !== 'postgres');
  expect(children).toHaveLength(2);
  process.kill(Number(watchdog?.pid), 'SIGKILL');
  program.kill('SIGKILL');
  const { url } = await start();
  expect(orphan && lives(orphan)).toBe(false);
  expect(await query(url, (sql) => sql`select said from kept`)).toMatchObject([{ said: 'here' }]);
});

const crashes = Number(process.env.YISHI_CRASHES ?? 5);

test(
  'kill -9 of PostgreSQL in a write loop: it comes back at the same address, and no acknowledged row is missing',
  async () => {
    const { url } = await start({ durable: true });
    const sql = postgres(url, { max: 4, fetch_types: false, onnotice: () => {}, backoff: () => 0.02 });
    await sql`create table kept (n int primary key)`;
    const acknowledged: number[] = [];
    let failures = 0;
    let next = 0;
    let writing = true;
    const writers = Array.from({ length: 4 }, async () => {
      while (writing) {
        const n = (next += 1);
        await sql`insert into kept values (${n})`.then(
          () => acknowledged.push(n),
          () => (failures += 1),
        );
      }
    });
    for (let round = 1; round <= crashes; round += 1) {
      const goal = acknowledged.length + 20 * round;
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(goal), { timeout: 60_000, interval: 5 });
      process.kill(postmaster() ?? 0, 'SIGKILL');
      await vi.waitFor(() => expect(failures).toBeGreaterThan(0), { timeout: 60_000, interval: 5 });
      failures = 0;
    }
    const atTheEnd = acknowledged.length;
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(atTheEnd + 20), { timeout: 60_000 });
    writing = false;
    await Promise.all(writers);
    const stored = new Set((await sql`select n from kept`).map(({ n }) => n));
    await sql.end();
    expect(acknowledged.filter((n) => !stored.has(n))).toEqual([]);
    // The owner's lock came back with it.
    await expect(startPostgres({ dataFolder })).rejects.toThrow('is using the data folder');
  },
  60_000 + 30_000 * crashes,
);

test('a pid file whose number belongs to another process by now does not stop a start', async () => {
  await (await start()).stop();
  const { uid, gid } = statSync(path.join(dataFolder, 'postgres'));
  const other = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) });
  programs.push(other);
  writeFileSync(pidFile(), `${other.pid}\n${dataFolder}\n1\n1\n\n127.0.0.1\n0 0\nready   \n`);
  const { url } = await start();
  expect(await query(url, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

test('a folder that was half made is made again; one of another version is left alone', async () => {
  mkdirSync(path.join(dataFolder, 'postgres/cluster.new/base'), { recursive: true });
  writeFileSync(path.join(dataFolder, 'postgres/cluster.new/PG_VERSION'), '18\n');
  await (await start()).stop();
  writeFileSync(path.join(dataFolder, 'postgres/cluster/PG_VERSION'), '14\n');
  await expect(startPostgres({ dataFolder })).rejects.toThrow(/npm run backup[^]*was made by PostgreSQL 14/);
});

test('what PostgreSQL says is part of the refusal when it does not start', async () => {
  await (await start()).stop();
  writeFileSync(path.join(dataFolder, 'postgres/cluster/postgresql.conf'), 'no_such_setting = 1\n');
  await expect(startPostgres({ dataFolder })).rejects.toThrow('no_such_setting');
});

test('a refused row is not repeated in the log', async () => {
  const { url } = await start();
  await query(url, async (sql) => {
    await sql`create table choices (seat text, choice text check (choice <> 'secret choice'))`;
    await sql`insert into choices values ('seat 7', 'secret choice')`.catch(() => {});
    await sql`insert into choices values ('seat 7', ${'secret choice'})`.catch(() => {});
  });
  const log = readFileSync(path.join(dataFolder, 'postgres/log'), 'utf8');
  expect(log).toContain('violates check constraint');
  expect(log).not.toMatch(/secret choice|seat 7/);
});

test.runIf(isRoot)('as root, the server runs as nobody, also in a folder under a private home', async () => {
  const home = path.dirname(dataFolder);
  chmodSync(home, 0o700);
  const { url } = await start();
  expect(await query(url, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  expect(statSync(pidFile()).uid).toBe(65_534);
  expect(spawnSync('ls', [dataFolder], { uid: 65_534, gid: 65_534 }).status).not.toBe(0);
  await running.pop()?.stop();
  const again = await start();
  expect(await query(again.url, (sql) => sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

test.runIf(isRoot)('an unprivileged user starts it too, and root later runs it as that user', async () => {
  mkdirSync(dataFolder);
  chownSync(dataFolder, stranger, stranger);
  const program = await programOn(dataFolder, { uid: stranger, gid: stranger });
  expect(statSync(pidFile()).uid).toBe(stranger);
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
  const { url } = await start();
  expect(statSync(pidFile()).uid).toBe(stranger);
  expect(await query(url, (sql) => sql`select said from kept`)).toMatchObject([{ said: 'here' }]);
});

test.runIf(isRoot)('a user without a name, as containers have them, is told what to do', async () => {
  mkdirSync(dataFolder);
  chownSync(dataFolder, nameless, nameless);
  await expect(programOn(dataFolder, { uid: nameless, gid: nameless })).rejects.toThrow(
    'wants its user to have a name',
  );
});

test.runIf(isRoot)('a user who may not write to the folder is told so', async () => {
  mkdirSync(dataFolder);
  chmodSync(dataFolder, 0o755);
  await expect(programOn(dataFolder, { uid: stranger, gid: stranger })).rejects.toThrow(
    'cannot write to the data folder',
  );
});
