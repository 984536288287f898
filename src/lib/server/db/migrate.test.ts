// The schema arrives exactly once however many processes bring it, and each test file has it.
import postgres from 'postgres';
import { afterAll, expect, inject, test } from 'vitest';
import { createDatabase } from '#tests/support/postgres.ts';
import { migrateDatabase } from './migrate.ts';

const admin = postgres(inject('postgresAdminUrl'), { max: 1, onnotice: () => {} });
afterAll(() => admin.end());

async function emptyDatabase(): Promise<string> {
  const url = new URL(await createDatabase(inject('postgresAdminUrl')));
  const name = url.pathname.slice(1);
  await admin.unsafe(`drop database ${name}`);
  await admin.unsafe(`create database ${name} owner yishi`);
  return url.href;
}

test('five processes that migrate an empty database at once all succeed, and the schema comes once', async () => {
  const url = await emptyDatabase();
  await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(url)));
  const sql = postgres(url, { max: 1 });
  const [counted] = await sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`;
  const [listed] = await sql`select count(distinct hash)::int as migrations from drizzle.__drizzle_migrations`;
  expect(counted).toEqual(listed);
  expect(await sql`select 1 from meetings`).toHaveLength(0);
  await sql.end();
});

test('each test file has a migrated database of its own, as a role that may do nothing else', async () => {
  const sql = postgres(process.env.DATABASE_URL!, { max: 1 });
  const [row] = await sql`
    select current_database() as name, (select rolsuper from pg_roles where rolname = current_user) as super,
      to_regclass('public.ballots')::text as ballots`;
  expect(row).toMatchObject({ name: expect.stringMatching(/^test_/), super: false, ballots: 'ballots' });
  await sql.end();
});
