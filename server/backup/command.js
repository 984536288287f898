// `npm run backup` and `npm run restore`: finds the database the program would use, and says what it did. A backup may be made while the
// program runs; restoring refuses then. The work itself is in backup.js.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { terminal, unable } from '#lib/messages/terminal.js';
import { startPostgres, urlOfRunning } from '#server/postgres/start.js';
import { restoreBackup, saveBackup } from './backup.js';

const dataFolder = path.resolve(process.env.YISHI_DATA || 'data');

/** @param {string} command @returns {Promise<{ url: string, stop(): Promise<void> }>} */
async function openDatabase(command) {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} };
  const running = command === 'save' ? urlOfRunning(dataFolder) : undefined;
  if (running) return { url: running, stop: async () => {} };
  if (command === 'save' && !existsSync(path.join(dataFolder, 'postgres')))
    throw unable(terminal.noInstallation(dataFolder));
  return startPostgres({ dataFolder });
}

function readArguments() {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' } } });
    const [command = '', file] = positionals;
    const isSave = command === 'save' && !values.replace;
    if (positionals.length <= 2 && (isSave || (command === 'restore' && file))) {
      return { command, file, replace: values.replace ?? false };
    }
  } catch {
    // An option that does not exist.
  }
  throw unable(terminal.backupUsage());
}

async function run() {
  const { command, file, replace } = readArguments();
  const now = new Date().toISOString();
  const target = path.resolve(
    file ?? path.join(dataFolder, 'backups', `yishi-${now.slice(0, 19).replaceAll(':', '')}.backup`),
  );
  if (command === 'save' && existsSync(target)) throw unable(terminal.backupExists(target));
  if (command === 'restore' && !existsSync(target)) throw unable(terminal.backupMissing(target));
  const database = await openDatabase(command);
  try {
    if (command === 'save') {
      if (!file) mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
      const { rows, tables } = await saveBackup(database.url, target, now);
      console.info(terminal.backedUp(target, rows, tables));
    } else {
      const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
      const { rows, tables } = await restoreBackup(database.url, target, { migrationsFolder, replace });
      console.info(terminal.restored(target, rows, tables));
    }
  } finally {
    await database.stop();
  }
}

run().catch((error) => {
  const isFile = typeof error?.path === 'string';
  const told = isFile ? unable(terminal.backupUnwritable(error.path, error.code), error) : error;
  console.error(told?.name === 'Unable' ? told.message : told);
  process.exitCode = 1;
});
