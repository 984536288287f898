// The program as its operator meets it: started, stopped, killed, and started wrongly. Needs the build, like the end-to-end tests.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { createDatabase } from '#tests/support/postgres.ts';
import { freePort, startProgram, type Program } from '#tests/support/program.ts';
import { urlOfRunning } from './postgres/start.js';

let folder: string;
const programs: Program[] = [];

beforeAll(async () => {
  // Nothing to do when the build is fresh.
  execFileSync(process.execPath, ['server/build.js'], { stdio: 'ignore' });
  folder = await mkdtemp(path.join(tmpdir(), 'yishi-program-'));
  spawnSync('chmod', ['755', folder]);
}, 180_000);
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let folders = 0;
const newFolder = () => path.join(folder, String((folders += 1)));
/** An empty string unsets what the test file's own set-up has set. */
const start = async (environment: Record<string, string>, port?: number) => {
  const program = await startProgram({ DATABASE_URL: '', YISHI_DEMO: '0', HOST: '127.0.0.1', ...environment }, port);
  programs.push(program);
  return program;
};
const refused = (environment: Record<string, string>, port?: number) =>
  start(environment, port).then(
    () => 'it started',
    (error: Error) => error.message,
  );

/** A form post to the page that keeps reading preferences. */
async function post(port: number, headers: Record<string, string>): Promise<number | undefined> {
  const asked = request({
    port,
    host: '127.0.0.1',
    path: '/preferences',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  asked.end('lang=en&back=%2F');
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('forms', () => {
  test('work over plain http under any name of the machine, and never from another site', async () => {
    const { port } = await start({ YISHI_DATA: newFolder() });
    for (const host of [`127.0.0.1:${port}`, `hall.test:${port}`, `192.168.1.20:${port}`]) {
      expect(await post(port, { host, origin: `http://${host}` })).toBe(303);
      expect(await post(port, { host, origin: 'http://elsewhere.test' })).toBe(403);
      expect(await post(port, { host, origin: `https://${host}`, 'x-forwarded-proto': 'https' })).toBe(403);
      expect(await post(port, { host, origin: `https://${host}`, 'x-yishi-protocol': 'https' })).toBe(403);
    }
    expect(await post(port, { host: 'no such host' })).toBe(400);
  });

  test('work behind a proxy with TLS, and in the hall at the same time', async () => {
    const { port } = await start({ YISHI_DATA: newFolder(), ORIGIN: 'https://yishi.example' });
    const proxied = { host: `127.0.0.1:${port}`, 'x-forwarded-for': '203.0.113.9' };
    expect(await post(port, { ...proxied, origin: 'https://yishi.example' })).toBe(303);
    expect(await post(port, { ...proxied, origin: 'https://elsewhere.example' })).toBe(403);
    expect(await post(port, { host: `hall.test:${port}`, origin: `http://hall.test:${port}` })).toBe(303);
  });
});

describe('stopping', () => {
  test('SIGTERM stops everything in order, PostgreSQL too', async () => {
    const dataFolder = newFolder();
    const { port, stop, printed } = await start({ YISHI_DATA: dataFolder });
    // It answers a moment before it says so.
    await vi.waitFor(() => expect(printed()).toContain(`http://127.0.0.1:${port}`), { timeout: 10_000 });
    await stop();
    expect(printed()).toContain('everything is saved');
    expect(urlOfRunning(dataFolder)).toBeUndefined();
    expect(existsSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'))).toBe(false);
  });

  test('kill -9 loses nothing, and a start right after it works', async () => {
    const dataFolder = newFolder();
    const { kill } = await start({ YISHI_DATA: dataFolder });
    const store = postgres(urlOfRunning(dataFolder)!, { max: 1, fetch_types: false, connect_timeout: 2 });
    await store`insert into realms (id, kind, created_at) values ('kept', 'kept', 1)`;
    await kill();
    await store.end({ timeout: 0 });
    await start({ YISHI_DATA: dataFolder });
    const sql = postgres(urlOfRunning(dataFolder)!, { max: 1 });
    expect(await sql`select id from realms`).toMatchObject([{ id: 'kept' }]);
    await sql.end();
  });

  test('npm start: the signal reaches the program and nothing stays behind', async () => {
    const dataFolder = newFolder();
    const npm = spawn('npm', ['start', '--silent', '--', '--empty'], {
      env: { ...process.env, DATABASE_URL: '', HOST: '127.0.0.1', PORT: '0', YISHI_DATA: dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(npm, 'exit');
    await vi.waitFor(() => expect(said).toMatch(/http:\/\/127\.0\.0\.1:\d+/), { timeout: 25_000 });
    npm.kill('SIGTERM');
    await ended;
    await vi.waitFor(() => expect(said).toContain('everything is saved'), { timeout: 15_000 });
    expect(urlOfRunning(dataFolder)).toBeUndefined();
  });
});

describe('started wrongly, it says what to do', () => {
  test('a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const dataFolder = newFolder();
    const child = spawnSync(process.execPath, ['server/index.js'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        DATABASE_URL: '',
        YISHI_DEMO: '0',
        HOST: '127.0.0.1',
        PORT: String(port),
        YISHI_DATA: dataFolder,
      },
    });
    taken.close();
    expect(child.stderr).toContain(`Port ${port} is used by another program`);
    expect(child.stderr).toContain(`端口 ${port} 已被别的程序占用`);
    expect(child.stderr).not.toContain('    at ');
    expect(child.status).toBe(1);
    expect(urlOfRunning(dataFolder)).toBeUndefined();
  });

  test('a data folder in use: the first program goes on', async () => {
    const dataFolder = newFolder();
    const { port } = await start({ YISHI_DATA: dataFolder });
    expect(await refused({ YISHI_DATA: dataFolder })).toContain(`Another Yishi is using the data folder ${dataFolder}`);
    expect(await post(port, { host: `hall.test:${port}`, origin: `http://hall.test:${port}` })).toBe(303);
  });

  test.each([
    ['PORT', { PORT: 'abc' }, 'The setting PORT cannot be "abc"'],
    ['ORIGIN', { ORIGIN: 'yishi.example' }, 'The setting ORIGIN cannot be "yishi.example"'],
    ['HOST', { HOST: '203.0.113.77' }, 'Cannot serve on 203.0.113.77:'],
  ])('a wrong %s', (_name, environment, sentence) => {
    const child = spawnSync(process.execPath, ['server/index.js'], {
      encoding: 'utf8',
      env: { ...process.env, PORT: '0', YISHI_DEMO: '0', ...environment },
    });
    expect(child.stderr).toContain(sentence);
    expect(child.status).toBe(1);
  });

  test('an option that does not exist', () => {
    const child = spawnSync(process.execPath, ['server/index.js', '--emtpy'], { encoding: 'utf8' });
    expect(child.stderr).toMatch(/--emtpy[^]*The options: --empty/);
    expect(child.status).toBe(1);
  });
});

describe('DATABASE_URL', () => {
  test('two programs on one PostgreSQL, started at the same moment on an empty database', async () => {
    const url = new URL(await createDatabase(inject('postgresAdminUrl')));
    const admin = postgres(inject('postgresAdminUrl'), { max: 1, onnotice: () => {} });
    await admin.unsafe(`drop database ${url.pathname.slice(1)}`);
    await admin.unsafe(`create database ${url.pathname.slice(1)} owner yishi`);
    await admin.end();
    const ports = await Promise.all([freePort(), freePort()]);
    const pair = await Promise.all(ports.map((port) => start({ DATABASE_URL: url.href, YISHI_DEMO: '' }, port)));
    for (const { port } of pair) expect(await post(port, { host: 'a', origin: 'http://a' })).toBe(303);
    const sql = postgres(url.href, { max: 1 });
    expect(await sql`select count(*)::int as communities from communities`).toEqual([{ communities: 1 }]);
    await sql.end();
  });

  test.each([
    ['nobody listens', 'postgres://yishi@127.0.0.1:1/yishi', /127\.0\.0\.1:1[^]*cannot be reached/],
    ['it is no address', 'yishi', /cannot be reached/],
  ])('refused in words when %s', async (_case, DATABASE_URL, sentence) => {
    expect(await refused({ DATABASE_URL })).toMatch(sentence);
  });

  test('a wrong password is told without being shown', async () => {
    const url = new URL(inject('postgresAdminUrl'));
    url.password = 'not-the-password';
    const said = await refused({ DATABASE_URL: url.href });
    expect(said).toContain('password authentication failed');
    expect(said).not.toContain('not-the-password');
  });

  test('a database that is still starting is waited for', async () => {
    const url = new URL(await createDatabase(inject('postgresAdminUrl')));
    const stillStarting = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0');
    const head = Buffer.alloc(5, 'E');
    head.writeUInt32BE(stillStarting.length + 4, 1);
    let turnedAway = 0;
    // Stands before the real one and speaks PostgreSQL's own words the first three times.
    const gate = createServer((visitor) => {
      visitor.on('error', () => visitor.destroy());
      if (turnedAway < 3) {
        visitor.once('data', () => visitor.end(Buffer.concat([head, stillStarting])));
        turnedAway += 1;
        return;
      }
      const inside = connect(Number(url.port), url.hostname);
      inside.on('error', () => visitor.destroy());
      visitor.pipe(inside).pipe(visitor);
    });
    await once(gate.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void gate.close());
    const before = new URL(url);
    before.port = String((gate.address() as AddressInfo).port);
    const { port } = await start({ DATABASE_URL: before.href, YISHI_DEMO: '' });
    expect(turnedAway).toBe(3);
    expect(await post(port, { host: 'a', origin: 'http://a' })).toBe(303);
  });

  const system = ['/usr/local/bin', '/usr/lib/postgresql/15/bin', '/usr/bin'].find((bin) =>
    existsSync(`${bin}/initdb`),
  );

  test.runIf(system)('a plain PostgreSQL of this machine, started, backed up and restored', async () => {
    const home = newFolder();
    mkdirSync(home);
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
    if (user) chownSync(home, user.uid, user.gid);
    const cluster = path.join(home, 'cluster');
    const place = { ...user, cwd: '/', env: { LC_ALL: 'C', PATH: process.env.PATH } };
    execFileSync(`${system}/initdb`, ['-D', cluster, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '-N'], place);
    const port = await freePort();
    const server = spawn(`${system}/postgres`, ['-D', cluster, '-p', String(port), '-k', home, '-F'], {
      ...place,
      stdio: 'ignore',
    });
    try {
      const url = `postgres://owner@127.0.0.1:${port}/postgres`;
      const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
      await vi.waitFor(() => sql`select 1`, { timeout: 20_000 });
      await sql`create database one`;
      await sql`create database two`;
      await sql.end();
      const [one, two] = ['one', 'two'].map((name) => url.replace(/postgres$/, name)) as [string, string];
      const program = await start({ DATABASE_URL: one, YISHI_DEMO: '' });
      expect(await post(program.port, { host: 'a', origin: 'http://a' })).toBe(303);
      const file = path.join(home, 'one.backup');
      const backup = (database: string, ...command: string[]) =>
        execFileSync(process.execPath, ['server/backup/command.js', ...command], {
          encoding: 'utf8',
          env: { ...process.env, DATABASE_URL: database },
        });
      expect(backup(one, 'save', file)).toContain('Saved to');
      await program.stop();
      expect(backup(two, 'restore', file)).toContain('Restored from');
      const copy = await start({ DATABASE_URL: two });
      expect(await post(copy.port, { host: 'a', origin: 'http://a' })).toBe(303);
      const names = (database: string) =>
        execFileSync('psql', [database, '-Atc', 'select id, name from people order by id'], { encoding: 'utf8' });
      expect(names(two)).toBe(names(one));
      expect(names(two).split('\n').length).toBeGreaterThan(20);
    } finally {
      await Promise.all(programs.splice(0).map((program) => program.stop()));
      server.kill('SIGINT');
      await once(server, 'exit');
    }
  });
});
