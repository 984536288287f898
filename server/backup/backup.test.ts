// A backup is one consistent moment, comes back row for row, and is refused before anything changes when it is not whole.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDatabase } from '#tests/support/postgres.ts';
import { restoreBackup, saveBackup } from './backup.js';

const madeAt = '2026-03-01T08:00:00.000Z';
const migrationsFolder = 'drizzle';
const source = process.env.DATABASE_URL!;
let folder: string;
let file: string;
let sql: postgres.Sql;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yishi-backup-'));
  file = path.join(folder, 'one.backup');
  sql = postgres(source, { max: 2, onnotice: () => {} });
  await sql`insert into realms (id, kind, created_at) values ('r1', 'kept', 1), ('r2', 'practice', 9007199254740991)`;
  await sql`insert into communities (id, realm_id, name, city) values
    ('c1', 'r1', ${'云锦里\t制表\n换行\\反斜杠 \\. \\N "引号" 😀'}, ''), ('c2', 'r2', ${'\\.'}, ${'\\N'})`;
  await sql`insert into people (id, community_id, name, created_at)
    select 'p' || n, 'c1', nullif('人' || n, '人7'), n from generate_series(1, 5000) n`;
  await sql`insert into councils (id, community_id, name, created_at) values ('k1', 'c1', '共治委员会', 3)`;
  await sql`insert into rule_packs (id, community_id, rules) values ('rp1', 'c1', ${sql.json({ 法定: [1, 2.5, null, '\\'] })})`;
  await saveBackup(source, file, madeAt);
});
afterAll(async () => {
  await sql.end();
  await rm(folder, { recursive: true, force: true });
});

/** Every row of every table as text, the schema, and where the sequences stand. */
async function everything(url: string) {
  const reader = postgres(url, { max: 1 });
  const tables = await reader`
    select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'drizzle') order by 1`;
  const rows: Record<string, unknown> = {};
  for (const { name } of tables)
    rows[name] = (await reader.unsafe(`select t::text as row from ${name} t order by 1`)).map(({ row }) => row);
  const constraints = await reader`select conrelid::regclass::text as t, conname, pg_get_constraintdef(oid) as d
    from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`;
  const indexes = await reader`select indexdef from pg_indexes where schemaname = 'public' order by 1`;
  const sequences = await reader`select sequencename, last_value::text from pg_sequences order by 1`;
  await reader.end();
  return { rows, constraints: [...constraints], indexes: [...indexes], sequences: [...sequences] };
}

const emptyTarget = () => createDatabase(inject('postgresAdminUrl'));
const asIfSealed = (lines: string[]) =>
  gzipSync(
    `${lines.join('\n')}\n{"sha256":"${createHash('sha256')
      .update(`${lines.join('\n')}\n`)
      .digest('hex')}"}\n`,
  );
const linesOfBackup = async () =>
  gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n')
    .slice(0, -1);

test('what is restored equals what was saved: rows, constraints, indexes, sequences', async () => {
  const before = await everything(source);
  expect(before.rows['public.people']).toHaveLength(5000);
  const target = await emptyTarget();
  const counted = await restoreBackup(target, file, { migrationsFolder, replace: false });
  expect(await everything(target)).toEqual(before);
  expect(counted.rows).toBe(Object.values(before.rows).reduce<number>((sum, rows) => sum + (rows as []).length, 0));
});

test('a backup made while rows are being written holds one moment of them', async () => {
  const while_ = path.join(folder, 'while.backup');
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n += 1)
      await sql.begin((both) => [
        both`insert into zones (id, community_id, name) values (${`z${n}`}, 'c1', ${`片区${n}`})`,
        both`insert into building_groups (id, zone_id, name) values (${`b${n}`}, ${`z${n}`}, '一组')`,
      ]);
  })();
  await saveBackup(source, while_, madeAt);
  writing = false;
  await writer;
  const target = await emptyTarget();
  await restoreBackup(target, while_, { migrationsFolder, replace: false });
  const { rows } = await everything(target);
  expect((rows['public.building_groups'] as []).length).toBe((rows['public.zones'] as []).length);
});

test('rows that are there already are only replaced when that is asked for', async () => {
  const target = await emptyTarget();
  const other = postgres(target, { max: 1, onnotice: () => {} });
  await other`insert into realms (id, kind, created_at) values ('mine', 'kept', 1)`;
  await other.end();
  const before = await everything(target);
  await expect(restoreBackup(target, file, { migrationsFolder, replace: false })).rejects.toThrow('--replace');
  expect(await everything(target)).toEqual(before);
  await restoreBackup(target, file, { migrationsFolder, replace: true });
  expect((await everything(target)).rows['public.realms']).toHaveLength(2);
});

test('a running program is never restored over', async () => {
  const target = await emptyTarget();
  const program = postgres(target, { max: 1 });
  await program`select 1`;
  await expect(restoreBackup(target, file, { migrationsFolder, replace: true })).rejects.toThrow('stop Yishi first');
  await program.end();
});

test('a file that is cut or changed anywhere is refused before anything changes', async () => {
  const target = await emptyTarget();
  const whole = await readFile(file);
  const plain = gunzipSync(whole);
  const broken = path.join(folder, 'broken.backup');
  const changed = (at: number) => gzipSync(Buffer.from(plain.map((byte, index) => (index === at ? byte ^ 1 : byte))));
  const cuts = [whole.subarray(0, whole.length / 2), gzipSync(plain.subarray(0, plain.length - 100)), Buffer.alloc(0)];
  const places = [0.01, 0.2, 0.5, 0.9, 0.999].map((share) => Math.floor(plain.length * share));
  for (const bytes of [...cuts, ...places.map(changed)]) {
    await writeFile(broken, bytes);
    await expect(restoreBackup(target, broken, { migrationsFolder, replace: true })).rejects.toThrow(/damaged|newer/);
  }
  expect((await everything(target)).rows['public.realms']).toHaveLength(0);
});

test('a backup of a newer program, and rows that do not fit, leave everything as it was', async () => {
  const target = await emptyTarget();
  const made = path.join(folder, 'made.backup');
  const [header = '', ...rest] = await linesOfBackup();
  await writeFile(made, asIfSealed([header.replace(/"migrations":\[/, '"migrations":["0000",'), ...rest]));
  await expect(restoreBackup(target, made, { migrationsFolder, replace: true })).rejects.toThrow('newer');
  // A row whose type is wrong, at the very end of its table, and one whose reference leads nowhere.
  const lastRealm = rest.findIndex((line) => line.startsWith('r2\t'));
  for (const row of ['r2\tpractice\tnot-a-number', 'gone\tpractice\t1']) {
    await writeFile(made, asIfSealed([header, ...rest.with(lastRealm, row)]));
    await expect(restoreBackup(target, made, { migrationsFolder, replace: true })).rejects.toThrow();
  }
  const { rows } = await everything(target);
  expect(rows['public.realms']).toHaveLength(0);
  expect(rows['drizzle.__drizzle_migrations']).not.toHaveLength(0);
});
