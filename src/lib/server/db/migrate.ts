// Brings a database up to the schema of this program. Called by server/attach.ts before anything else touches the database, by the
// test set-up for its template, and by restoring a backup. Safe when several processes start at once: the others wait their turn.
// Never called by a route, and never edits a migration that has run.
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { terminal, unable } from '#lib/messages/terminal.js';

/** Whoever holds it may change the schema. Taken per database. */
const setUpLock = 7_104_413;

/** The generated migrations; server/index.js says where they are when the program is started from another folder. */
const migrationsFolder = () => process.env.YISHI_MIGRATIONS ?? path.resolve('drizzle');

/**
 * One process at a time, across all that share the database. Idempotent. Uses a connection of its own, so it may run before the client
 * in client.ts has connected.
 */
export async function migrateDatabase(url: string): Promise<void> {
  // Not recycled while it works: the lock belongs to the connection.
  const client = postgres(url, { max: 1, max_lifetime: null, connect_timeout: 10, onnotice: () => {} });
  try {
    await requireVersion(client);
    await client`select pg_advisory_lock(${setUpLock})`;
    await migrate(drizzle({ client }), { migrationsFolder: migrationsFolder() });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function requireVersion(client: postgres.Sql): Promise<void> {
  const [row] = await client<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
  if (row && row.version < 150_000) {
    throw unable(terminal.databaseTooOld(Math.floor(row.version / 10_000)));
  }
}
