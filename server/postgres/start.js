// Starts the PostgreSQL that belongs to an installation, keeps it running, and stops it with the program: also when the program is
// killed without a word. Called by server/index.js, the development plugin, the backup commands and the test set-up.
// Never opened to the network: it listens on the loopback address with a password that lives in the data folder.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { terminal, unable } from '#lib/messages/terminal.js';
import { findBinaries } from './binaries.js';
import { lives, livingServer, openCluster, passwordOf, placeOf, runnerOf } from './cluster.js';

/** @typedef {import('./cluster.js').Cluster} Cluster */
/**
 * @typedef {object} RunningPostgres
 * @property {string} url the installation's database, as a role that owns it and nothing else
 * @property {string} adminUrl the database `postgres` as the superuser: for tests that create databases
 * @property {() => Promise<void>} stop ends every connection, writes everything down, and waits until the server is gone; idempotent
 * @property {Promise<Error>} lost settles only if the server died and could not be brought back
 */

/** Held by the program that owns a data folder, for as long as it lives. */
const ownerLock = 7_104_412;
const startWithinMs = 60_000;
const stopWithinMs = 20_000;

/** @param {number} ms @param {() => boolean | Promise<boolean>} condition @returns {Promise<boolean>} false when time ran out */
async function within(ms, condition) {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/**
 * @param {Pick<Cluster, 'password'>} cluster
 * @param {number} port
 * @param {'postgres' | 'yishi'} role
 */
const urlAs = (cluster, port, role) => `postgres://${role}:${cluster.password}@127.0.0.1:${port}/${role}`;

/** @param {Cluster} cluster @param {number} port */
const connectAsOwner = (cluster, port) =>
  // Never recycled: the one connection carries the owner's lock.
  postgres(urlAs(cluster, port, 'postgres'), {
    max: 1,
    max_lifetime: null,
    connect_timeout: 5,
    // What the driver asks by itself while connecting rejects for nobody to hear when the server dies just then.
    fetch_types: false,
    onnotice: () => {},
  });

/** @param {postgres.Sql} owner */
async function takeOwnership(owner) {
  const [row] = await owner`select pg_try_advisory_lock(${ownerLock}) as taken`;
  return row?.taken === true;
}

/**
 * A server may still live when its program was killed a moment ago, or when another program is using the folder now.
 * The first is stopped; the second is left alone and this start refused.
 * @param {Cluster} cluster
 */
async function endOrphan(cluster) {
  let server = livingServer(cluster.folder);
  if (!server) return;
  // Starting or stopping: its state is settled soon.
  await within(stopWithinMs, () => !(server = livingServer(cluster.folder)) || server.ready);
  if (!server) return;
  const owner = connectAsOwner(cluster, server.port);
  let orphan = true;
  try {
    orphan = await takeOwnership(owner);
  } catch {
    // It went away under our hands, or does not answer: an orphan either way.
  } finally {
    await owner.end({ timeout: 1 });
  }
  if (!orphan) {
    throw unable(terminal.folderInUse(path.resolve(cluster.folder, '../..')));
  }
  const { pid } = server;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGQUIT'])) {
    if (lives(pid)) process.kill(pid, signal);
    if (await within(stopWithinMs, () => livingServer(cluster.folder)?.pid !== pid)) return;
  }
  throw unable(terminal.orphanStays(pid, cluster.folder));
}

/**
 * One life of the server: started, and watched by a shell that holds a pipe to us. When the pipe breaks without a word, we were killed.
 * @param {Cluster} cluster
 * @param {string} binary
 * @param {number} port
 * @param {string[]} settings
 */
async function launch(cluster, binary, port, settings) {
  if ((statSync(cluster.logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) {
    renameSync(cluster.logFile, `${cluster.logFile}.1`);
  }
  const log = openSync(cluster.logFile, 'a', 0o600);
  const logBefore = fstatSync(log).size;
  const place = placeOf(cluster.folder, cluster.runner);
  const server = spawn(
    binary,
    ['-D', place.folder, ...settings.flatMap((setting) => ['-c', setting]), '-c', `port=${port}`],
    {
      ...place.options,
      stdio: ['ignore', log, log],
      // A session of its own: Ctrl-C in a terminal reaches the program, and the program stops the server in its turn.
      detached: true,
    },
  );
  closeSync(log);
  let ended = false;
  const exit = new Promise((resolve) => {
    server.once('error', resolve);
    server.once('exit', resolve);
  }).then(() => (ended = true));
  const watchdog = spawn(
    '/bin/sh',
    [
      '-c',
      'trap "" INT TERM HUP; read -r word && exit; read -r pid < "$1/postmaster.pid" && [ "$pid" = "$2" ] && kill -INT "$2"',
      'yishi-watchdog',
      cluster.folder,
      String(server.pid),
    ],
    { cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  watchdog.unref();
  void exit.then(() => watchdog.stdin.end('done\n'));

  const ready = () => {
    const living = livingServer(cluster.folder);
    return living?.pid === server.pid && living?.ready === true;
  };
  if (!(await within(startWithinMs, () => ended || ready())) || ended) {
    server.kill('SIGKILL');
    await exit;
    const said = readFileSync(cluster.logFile, 'utf8').slice(logBefore).trim().split('\n').slice(-12).join('\n');
    throw unable(terminal.notStarted(cluster.folder, said));
  }
  return { server, exit, ended: () => ended };
}

/**
 * @param {object} options
 * @param {string} options.dataFolder made if missing; one program at a time may use it
 * @param {boolean} [options.durable] false only for tests: an acknowledged row may then be lost in a power cut
 * @param {(sentence: string) => void} [options.tell] hears when the server died and was brought back
 * @returns {Promise<RunningPostgres>} ready for connections, with the role and database `yishi`
 */
export async function startPostgres({ dataFolder, durable = true, tell = console.error }) {
  const folder = path.resolve(dataFolder);
  const runner = runnerOf(folder);
  const binaries = findBinaries(runner);
  const cluster = openCluster(folder, binaries, runner, durable);
  await endOrphan(cluster);

  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
    'jit=off',
    // A refused row is not repeated in the log: it could hold a choice beside a name.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    // Containers give little shared memory, and nothing here is large enough to gain from parallel queries.
    'max_parallel_workers_per_gather=0',
    ...(durable
      ? ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']
      : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']),
  ];
  const port = await freePort();
  let life = await launch(cluster, binaries.postgres, port, settings);
  let owner = connectAsOwner(cluster, port);
  let stopping = false;

  const endLife = async () => {
    await owner.end({ timeout: 1 }).catch(() => {});
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGQUIT', 'SIGKILL'])) {
      if (life.ended()) break;
      life.server.kill(signal);
      await within(stopWithinMs, life.ended);
    }
  };

  try {
    if (!(await takeOwnership(owner))) throw unable(terminal.folderInUse(folder));
    await makeDatabase(owner, cluster.password);
  } catch (error) {
    await endLife();
    throw error;
  }

  /** @type {(error: Error) => void} */
  let giveUp = () => {};
  /** @type {Promise<Error>} */
  const lost = new Promise((resolve) => (giveUp = resolve));

  const supervise = async () => {
    await life.exit;
    if (stopping) return;
    tell(terminal.postgresEnded(cluster.logFile));
    await owner.end({ timeout: 0 }).catch(() => {});
    const deadline = Date.now() + startWithinMs;
    for (;;) {
      try {
        // Parts of the dead server may live a moment longer: until they are gone PostgreSQL refuses to start, rightly.
        life = await launch(cluster, binaries.postgres, port, settings);
        break;
      } catch (error) {
        if (stopping) return;
        if (Date.now() > deadline) return giveUp(/** @type {Error} */ (error));
        await pause(100);
      }
    }
    owner = connectAsOwner(cluster, port);
    if (stopping) return endLife();
    await takeOwnership(owner).catch(() => {});
    tell(terminal.postgresBack());
    return supervise();
  };
  const supervision = supervise();

  /** @type {Promise<void> | undefined} */
  let stopped;
  return {
    url: urlAs(cluster, port, 'yishi'),
    adminUrl: urlAs(cluster, port, 'postgres'),
    lost,
    stop() {
      stopping = true;
      stopped ??= endLife().then(() => supervision);
      return stopped;
    },
  };
}

/**
 * The database of a program that is running on this folder now; undefined when none is. For a backup beside it.
 * @param {string} dataFolder
 */
export function urlOfRunning(dataFolder) {
  const home = path.resolve(dataFolder, 'postgres');
  const server = livingServer(path.join(home, 'cluster'));
  return server?.ready ? urlAs({ password: passwordOf(home) }, server.port, 'yishi') : undefined;
}

/**
 * The role owns its database and is nobody special, as it would be on a PostgreSQL that somebody else runs.
 * @param {postgres.Sql} owner
 * @param {string} password
 */
async function makeDatabase(owner, password) {
  const [role] = await owner`select 1 from pg_roles where rolname = 'yishi'`;
  if (!role) await owner.unsafe(`create role yishi login password '${password}'`);
  const [database] = await owner`select 1 from pg_database where datname = 'yishi'`;
  if (!database) await owner.unsafe('create database yishi owner yishi');
}
