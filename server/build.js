// Builds the pages if they are not built yet or their sources have changed since. Called by server/start.sh before the program.
// It looks at what the files say, not at their dates, which copies and checkouts change.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { terminal } from '#lib/messages/terminal.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = path.join(root, 'build/.sources');
const sources = [
  'src',
  'server',
  'static',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'tsconfig.json',
  'vite.config.ts',
];

/** @param {string} name @returns {string[]} */
function filesOf(name) {
  const file = path.join(root, name);
  if (!existsSync(file)) return [];
  if (!statSync(file).isDirectory()) return [name];
  return readdirSync(file)
    .sort()
    .flatMap((entry) => filesOf(path.join(name, entry)));
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const name of sources.flatMap(filesOf)) hash.update(`\0${name}\0`).update(readFileSync(path.join(root, name)));
  return hash.digest('hex');
}

const current = fingerprint();
const isBuilt = existsSync(path.join(root, 'build/handler.js')) && existsSync(stamp);
if (!isBuilt || readFileSync(stamp, 'utf8') !== current) {
  console.info(terminal.building());
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, current);
}
