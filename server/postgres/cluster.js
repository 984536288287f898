// The folder in which PostgreSQL keeps its rows: who owns it, how it is made, and which living server it belongs to.
// Called by start.js (and by backups, which look for a running server). A folder is complete or absent: a half-made one is made again.
//
//   <data folder>/postgres/         owned by whoever runs PostgreSQL, mode 0700
//     cluster/                      PostgreSQL's own folder
//     secret                        the password of the two roles, `postgres` and `yishi`
//     log                           what PostgreSQL has to say
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { terminal, unable } from '#lib/messages/terminal.js';
import { mayReach } from './binaries.js';

/** @typedef {import('./binaries.js').Runner} Runner */
/**
 * @typedef {object} Cluster
 * @property {string} folder absolute path of PostgreSQL's own folder
 * @property {string} logFile
 * @property {string} password
 * @property {Runner | undefined} runner
 */

/** The user "nobody" of every Linux: owns nothing else. */
const nobody = 65534;

/**
 * As root, the owner of an existing folder goes on running it, and a new one is given to "nobody".
 * @param {string} dataFolder
 * @returns {Runner | undefined}
 */
export function runnerOf(dataFolder) {
  if (process.getuid?.() !== 0) return undefined;
  const home = path.join(dataFolder, 'postgres');
  const owner = existsSync(home) ? statSync(home) : undefined;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: nobody, gid: nobody };
}

/**
 * Where and how to run a PostgreSQL program on a folder. Under a private home (mode 0700) another user cannot walk to the folder by its
 * path, but a process that was put there by root may stay: on Linux the folder then has the name /proc/self/cwd.
 * @param {string} folder
 * @param {Runner | undefined} runner
 */
export function placeOf(folder, runner) {
  const hidden = runner && !mayReach(folder, runner) && existsSync('/proc/self/cwd');
  return {
    folder: hidden ? '/proc/self/cwd' : folder,
    options: { cwd: hidden ? folder : '/', env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH }, ...runner },
  };
}

/** @param {string} folder @param {Runner} runner */
function giveTo(folder, runner) {
  lchownSync(folder, runner.uid, runner.gid);
  if (!lstatSync(folder).isDirectory()) return;
  for (const name of readdirSync(folder)) giveTo(path.join(folder, name), runner);
}

/**
 * Opens the cluster of a data folder, making it the first time (about a second). Idempotent; throws a sentence for the operator.
 * @param {string} dataFolder absolute
 * @param {{ initdb: string, major: string }} binaries
 * @param {Runner | undefined} runner
 * @param {boolean} durable false: for tests, the disk is not waited for
 * @returns {Cluster}
 */
export function openCluster(dataFolder, binaries, runner, durable) {
  const home = path.join(dataFolder, 'postgres');
  try {
    mkdirSync(home, { recursive: true });
    if (runner && statSync(home).uid !== runner.uid) giveTo(home, runner);
    chmodSync(home, 0o700);
  } catch (error) {
    throw unable(terminal.folderNotWritable(dataFolder, /** @type {Error} */ (error).message), error);
  }
  const folder = path.join(realpathSync(home), 'cluster');
  const secretFile = path.join(home, 'secret');
  if (!existsSync(path.join(folder, 'PG_VERSION'))) {
    const making = `${folder}.new`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { mode: 0o700 });
    writeFileSync(secretFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    if (runner) for (const file of [making, secretFile]) chownSync(file, runner.uid, runner.gid);
    const place = placeOf(making, runner);
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${place.folder}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${place.options.cwd === '/' ? secretFile : '../secret'}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...place.options, encoding: 'utf8' },
    );
    if (made.status !== 0) {
      rmSync(making, { recursive: true, force: true });
      if (made.stderr?.includes('could not look up effective user ID')) {
        throw unable(terminal.userWithoutName(runner?.uid ?? process.getuid?.()));
      }
      throw unable(terminal.notMade(folder, made.error?.message ?? made.stderr.trim()));
    }
    renameSync(making, folder);
  }
  const version = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== binaries.major) {
    throw unable(terminal.madeByOtherVersion(folder, version, binaries.major));
  }
  return { folder, logFile: path.join(home, 'log'), password: passwordOf(home), runner };
}

/** @param {string} home `<data folder>/postgres` */
export const passwordOf = (home) => readFileSync(path.join(home, 'secret'), 'utf8').trim();

/**
 * The living server of a folder, or undefined. A pid file left by a crash does not count, even where its number belongs to
 * another process by now (containers begin to count anew at every start); in that case alone PostgreSQL would refuse to start, so
 * the file is removed. Otherwise it stays: PostgreSQL learns from it whether parts of the dead server still run.
 * @param {string} folder
 * @returns {{ pid: number, port: number, ready: boolean } | undefined}
 */
export function livingServer(folder) {
  const file = path.join(folder, 'postmaster.pid');
  const lines = readIfThere(file)?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0 || !lives(pid)) return undefined;
  if (isServerOf(folder, pid)) return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  rmSync(file, { force: true });
  return undefined;
}

/** @param {number} pid */
export function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} folder @param {number} pid */
function isServerOf(folder, pid) {
  if (!existsSync('/proc/self/cmdline')) {
    return spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout?.includes('postgres');
  }
  if (!readIfThere(`/proc/${pid}/cmdline`)?.includes('postgres')) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    // Root in a container may not look at another user's process; its name must do.
    return lives(pid);
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
