// The one database client of a process. Whoever starts the process puts DATABASE_URL in the environment before this module is loaded
// (server/index.js after starting PostgreSQL, the test set-up after creating a database). It connects at the first query.
// drizzle has this postgres.js client to itself: it changes how the client reads dates.
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

export const client = postgres(process.env.DATABASE_URL ?? 'postgres://127.0.0.1:1/unset', {
  max: Number(process.env.DATABASE_POOL ?? 10),
  onnotice: () => {},
  connect_timeout: 10,
  // Seconds until the next attempt. The driver's own grows to 20 s, while PostgreSQL is back within two: a hall would wait on nothing.
  backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 1),
});

export const db = drizzle({ client, schema });

export type Database = typeof db;
/** A transaction of `db`, or `db` itself, for queries that run in either. */
export type Queryable = Database | Parameters<Parameters<Database['transaction']>[0]>[0];
