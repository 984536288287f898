// Saves a whole installation to one file and brings it back exactly: every row of every table, as one consistent moment, while the
// program goes on working. Called by command.js and its test. Needs no PostgreSQL tools and no superuser; a backup made on PostgreSQL 15
// restores on 18 and the other way round. Never edits a row, and never touches a database before the file has proved whole.
//
// The file is gzip over lines: a header (which migrations had run); per table `{"table":…,"columns":[…]}`, its rows in COPY's text format
// and `\.`; the sequences; and the SHA-256 of all lines before the last, in the last.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';
import { terminal, unable } from '#lib/messages/terminal.js';

const format = 'yishi-backup-1';
const migrationsTable = 'drizzle.__drizzle_migrations';
const endOfRows = '\\.';

/**
 * @typedef {{ format: string, madeAt: string, postgres: string, migrations: string[] }} Header
 * @typedef {{ tables: number, rows: number }} Counted
 */

/** Ours: what the migrations made, and their own record. */
const ourTables = `
  select format('%I.%I', n.nspname, c.relname) as name,
    (select array_agg(format('%I', a.attname) order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'drizzle') and c.relkind = 'r'
    and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by 1`;

const ourSequences = `
  select format('%I.%I', schemaname, sequencename) as name, last_value::text as last_value
  from pg_sequences where schemaname in ('public', 'drizzle') order by 1`;

/** @param {string} url */
const connect = (url) => postgres(url, { max: 1, max_lifetime: null, connect_timeout: 10, onnotice: () => {} });

/**
 * @param {string} url
 * @param {string} file must not exist; appears only when it is complete
 * @param {string} madeAt
 * @returns {Promise<Counted>}
 */
export async function saveBackup(url, file, madeAt) {
  const sql = connect(url);
  const part = `${file}.part`;
  const hash = createHash('sha256');
  let rows = 0;
  let tables = 0;
  try {
    await sql.begin('isolation level repeatable read read only', async (moment) => {
      const lines = async function* () {
        const [server] = await moment`select current_setting('server_version') as version`;
        const [migrated] = await moment`select to_regclass(${migrationsTable}) is not null as yes`;
        if (!migrated?.yes) throw unable(terminal.nothingToBackUp());
        const migrations = await moment.unsafe(`select hash from ${migrationsTable} order by created_at`);
        /** @type {Header} */
        const header = { format, madeAt, postgres: server?.version, migrations: migrations.map(({ hash }) => hash) };
        yield `${JSON.stringify(header)}\n`;
        for (const { name, columns } of await moment.unsafe(ourTables)) {
          tables += 1;
          yield `${JSON.stringify({ table: name, columns })}\n`;
          /** @type {import('node:stream').Readable} */
          const copied = await moment.unsafe(`copy ${name} (${columns.join(', ')}) to stdout`).readable();
          for await (const chunk of copied) {
            for (const byte of chunk) if (byte === 10) rows += 1;
            yield chunk;
          }
          // The driver stops its connection for a slow reader, and forgets to go on when the rows end just then.
          copied._read(0);
          yield `${endOfRows}\n`;
        }
        yield `${JSON.stringify({ sequences: await moment.unsafe(ourSequences) })}\n`;
      };
      const sealed = async function* () {
        for await (const line of lines()) {
          hash.update(line);
          yield line;
        }
        yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`;
      };
      await pipeline(Readable.from(sealed()), createGzip(), createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    });
    await toDisk(part);
    await rename(part, file);
    await toDisk(path.dirname(file));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') await rm(part, { force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
  return { tables, rows };
}

/** @param {string} file */
async function toDisk(file) {
  const handle = await open(file, 'r');
  await handle.sync();
  await handle.close();
}

/** Whole lines, without the newline, in batches as they come. @param {string} file @returns {AsyncGenerator<Buffer[]>} */
async function* linesOf(file) {
  /** @type {Buffer} */
  let rest = Buffer.alloc(0);
  const unzipped = createGunzip();
  createReadStream(file)
    .on('error', (error) => unzipped.destroy(error))
    .pipe(unzipped);
  for await (const chunk of unzipped) {
    /** @type {Buffer} */
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const lines = [];
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      lines.push(bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
    yield lines;
  }
  if (rest.length > 0) throw new Error('the file ends in the middle of a line');
}

/** Reads the file once, whole, before anything is changed. @param {string} file @returns {Promise<Header>} */
async function proveWhole(file) {
  const hash = createHash('sha256');
  /** @type {Header | undefined} */
  let header;
  /** @type {Buffer | undefined} */
  let last;
  try {
    for await (const lines of linesOf(file)) {
      for (const line of lines) {
        if (last) hash.update(last).update('\n');
        else header = JSON.parse(line.toString());
        last = line;
      }
    }
    const { sha256 } = JSON.parse(last?.toString() ?? '');
    if (sha256 !== hash.digest('hex')) throw new Error('SHA-256');
  } catch (error) {
    throw unable(terminal.backupBroken(file, /** @type {Error} */ (error).message), error);
  }
  if (header?.format !== format) throw unable(terminal.backupFromNewer(file));
  return header;
}

/**
 * All or nothing: one transaction empties the database, builds the schema as it was when the backup was made, and fills it. The program
 * brings the schema up to its own version when it starts.
 * @param {string} url no program may be using it
 * @param {string} file
 * @param {{ migrationsFolder: string, replace: boolean }} options `replace`: what is there now is deleted; without it only a database
 *   without rows is filled
 * @returns {Promise<Counted>}
 */
export async function restoreBackup(url, file, { migrationsFolder, replace }) {
  const header = await proveWhole(file);
  const known = readMigrationFiles({ migrationsFolder });
  const migrations = header.migrations.map((hash) => known.find((migration) => migration.hash === hash));
  if (migrations.includes(undefined)) throw unable(terminal.backupFromNewer(file));
  const sql = connect(url);
  try {
    const [others] = await sql`
      select count(*)::int as connections from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    if (others?.connections > 0) throw unable(terminal.databaseInUse());
    return await sql.begin(async (change) => {
      for (const { name } of await change.unsafe(ourTables)) {
        if (replace || name === migrationsTable) continue;
        const [row] = await change.unsafe(`select 1 from ${name} limit 1`);
        if (row) throw unable(terminal.databaseNotEmpty());
      }
      await change.unsafe(emptyTheDatabase);
      for (const statement of migrations.flatMap((migration) => migration?.sql ?? [])) await change.unsafe(statement);
      await change.unsafe(
        `create schema drizzle; create table ${migrationsTable} (id serial primary key, hash text not null, created_at bigint)`,
      );
      return fill(change, file);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Only what this role owns in the two schemas; extensions and other schemas stay. */
const emptyTheDatabase = `do $$
declare it record;
begin
  for it in select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle')
  loop execute 'drop table ' || it.name || ' cascade'; end loop;
  for it in select p.oid::regprocedure as name, p.prokind from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop execute 'drop routine ' || it.name || ' cascade'; end loop;
  for it in select t.oid::regtype as name from pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
      and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  loop execute 'drop type ' || it.name || ' cascade'; end loop;
  drop schema if exists drizzle cascade;
end $$`;

/** @param {postgres.TransactionSql} change @param {string} file @returns {Promise<Counted>} */
async function fill(change, file) {
  // Rows come table by table: references are checked when all are there, and triggers have done their work already.
  const references = await change`
    select conrelid::regclass::text as table, format('%I', conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
  for (const { table, name } of references) await change.unsafe(`alter table ${table} drop constraint ${name}`);
  const tables = (await change.unsafe(ourTables)).map(({ name }) => name);
  for (const name of tables) await change.unsafe(`alter table ${name} disable trigger user`);

  let filled = 0;
  let rows = 0;
  let inTable = '';
  /** Opened by the first row: most tables of a young installation have none. @type {import('node:stream').Writable | undefined} */
  let into;
  for await (const lines of linesOf(file)) {
    /** @type {Buffer[]} */
    let held = [];
    const pass = async () => {
      if (held.length === 0) return;
      into ??= await change.unsafe(`copy ${inTable} from stdin`).writable();
      if (!into.write(Buffer.concat(held))) await drained(into);
      held = [];
    };
    for (const line of lines) {
      if (inTable && (line.length !== endOfRows.length || line.toString() !== endOfRows)) {
        rows += 1;
        held.push(line, newline);
        continue;
      }
      if (inTable) {
        await pass();
        if (into) await finish(change, into);
        into = undefined;
        inTable = '';
        continue;
      }
      const said = JSON.parse(line.toString());
      if (said.table) {
        filled += 1;
        inTable = `${said.table} (${said.columns.join(', ')})`;
      }
      for (const { name, last_value } of said.sequences ?? []) {
        if (last_value !== null) await change`select setval(${name}::text::regclass, ${last_value}::text::bigint)`;
      }
    }
    await pass();
  }

  for (const name of tables) await change.unsafe(`alter table ${name} enable trigger user`);
  for (const { table, name, definition } of references) {
    await change.unsafe(`alter table ${table} add constraint ${name} ${definition}`);
  }
  return { tables: filled, rows };
}

const newline = Buffer.from('\n');

/**
 * The driver says nothing when rows are refused after the last byte, and mixes up two COPYs that follow each other at once. A question in
 * between is answered when the rows are stored, and never by a transaction that failed.
 * @param {postgres.TransactionSql} change
 * @param {import('node:stream').Writable} stream
 */
async function finish(change, stream) {
  if (stream.writableLength > 0) await drained(stream);
  stream.end();
  await turn();
  await change`select 1`;
}

/** @param {import('node:stream').Writable} stream */
const drained = (stream) =>
  new Promise((resolve, reject) => {
    // An empty write calls back when everything before it is with the server.
    stream.write(Buffer.alloc(0), (error) => (error ? reject(error) : resolve(undefined)));
  });
