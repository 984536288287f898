// PostgreSQL for tests: one server per run (fsync off), one migrated template, and a database of its own for every test file in
// about a tenth of a second. vitest.config.ts names the default export as the global set-up of the project `office`; database.ts uses it
// in each file. A Playwright set-up can call `startTestPostgres` itself. Tests about crashes start a durable server of their own.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '#lib/server/db/migrate.ts';
import { startPostgres } from '#server/postgres/start.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's server: only for `createDatabase`. */
    postgresAdminUrl: string;
  }
}

const template = 'yishi';

/** Starts the run's server in a temporary folder with the migrated template. `stop` removes the folder too. */
export async function startTestPostgres(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'yishi-test-'));
  const running = await startPostgres({ dataFolder, durable: false });
  await migrateDatabase(running.url);
  return {
    adminUrl: running.adminUrl,
    async stop() {
      await running.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/**
 * A new database with the whole schema and no rows, owned by the same plain role as an installation's.
 * @returns the URL to put into DATABASE_URL; several processes may share it. It goes with the run's server.
 */
export async function createDatabase(adminUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(`create database ${name} template ${template} owner yishi`);
  } finally {
    await admin.end();
  }
  const url = new URL(adminUrl);
  url.username = 'yishi';
  url.pathname = `/${name}`;
  return url.href;
}

export default async function setUp(project: TestProject) {
  const server = await startTestPostgres();
  project.provide('postgresAdminUrl', server.adminUrl);
  return () => server.stop();
}
