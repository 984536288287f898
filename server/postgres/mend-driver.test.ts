// The database driver when connections are lost in the middle of something. Each of these fails, or ends the program, with the driver as it
// is published. A small relay stands for the network.
import { createServer, connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { afterEach, expect, test, vi } from 'vitest';

const url = process.env.DATABASE_URL ?? '';
const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** Some options the tests need are missing from the driver's types. */
function open(options: Record<string, unknown> = {}, at = url): postgres.Sql {
  const sql = postgres(at, { max: 1, onnotice: () => {}, ...options });
  closings.push(() => sql.end({ timeout: 1 }));
  return sql;
}

const kill = (sql: postgres.Sql, pid: number): Promise<unknown> => sql`select pg_terminate_backend(${pid})`;
const pidOf = async (sql: postgres.Sql | postgres.TransactionSql): Promise<number> =>
  (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
const isGone = async (sql: postgres.Sql, pid: number): Promise<boolean> =>
  (await sql`select 1 from pg_stat_activity where pid = ${pid}`).length === 0;

async function table(sql: postgres.Sql): Promise<string> {
  const name = `t_${Math.random().toString(36).slice(2)}`;
  await sql.unsafe(`create table ${name} (word text)`);
  return name;
}

test('a transaction whose connection dies during a query is refused, and the connection comes back', async () => {
  const [sql, killer] = [open(), open()];
  for (let round = 0; round < 5; round++) {
    let pid = 0;
    const transaction = sql.begin(async (tx) => {
      pid = await pidOf(tx);
      await tx`select pg_sleep(20)`;
    });
    const refused = expect(transaction).rejects.toThrow();
    await vi.waitFor(() => expect(pid).not.toBe(0), 5_000);
    await kill(killer, pid);
    await refused;
    expect((await sql`select 1 as one`)[0]?.one).toBe(1);
  }
});

test('what a transaction asks after its connection died runs nowhere, least of all inside another transaction', async () => {
  const [sql, killer] = [open(), open()];
  const name = await table(killer);
  let pid = 0;
  let goOn = (): void => {};
  const first = sql.begin(async (tx) => {
    pid = await pidOf(tx);
    await new Promise<void>((resolve) => (goOn = resolve));
    await tx.unsafe(`insert into ${name} values ('of the dead')`);
  });
  const refused = expect(first).rejects.toThrow();
  await vi.waitFor(() => expect(pid).not.toBe(0), 5_000);
  await kill(killer, pid);
  await vi.waitFor(async () => expect(await isGone(killer, pid)).toBe(true), 5_000);
  const second = sql.begin(async (tx) => {
    await tx.unsafe(`insert into ${name} values ('of the living')`);
    goOn();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    throw new Error('rolled back');
  });
  await expect(second).rejects.toThrow('rolled back');
  await refused;
  expect(await killer.unsafe(`select word from ${name}`)).toEqual([]);
});

test('queries waiting inside a transaction are refused with it', async () => {
  const [sql, killer] = [open({ max_pipeline: 2 }), open()];
  let pid = 0;
  const waiting: Promise<unknown>[] = [];
  const transaction = sql.begin(async (tx) => {
    pid = await pidOf(tx);
    for (let query = 0; query < 6; query++) waiting.push(tx`select pg_sleep(20)`.catch((error: unknown) => error));
    await Promise.all(waiting);
    await tx`select 1`;
  });
  const refused = expect(transaction).rejects.toThrow();
  await vi.waitFor(() => expect(waiting).toHaveLength(6), 5_000);
  await kill(killer, pid);
  await refused;
  for (const outcome of await Promise.all(waiting)) expect(outcome).toBeInstanceOf(Error);
});

test('a BEGIN that fills the pipeline has its connection to itself', async () => {
  const sql = open({ max: 2, max_pipeline: 3 });
  const killer = open();
  const name = await table(killer);
  await Promise.all([sql`select 1`, sql`select 2`]);
  for (let before = 0; before < 8; before++) {
    const busy = Array.from({ length: before }, () => sql`select pg_sleep(0.02)`.execute());
    const transactions = Array.from({ length: 4 }, (_, index) =>
      sql.begin(async (tx) => {
        await tx.unsafe(`insert into ${name} values ('${before} ${index}')`);
        throw new Error('rolled back');
      }),
    );
    const strangers = Array.from({ length: 4 }, () => sql.unsafe(`insert into ${name} values ('kept')`).execute());
    for (const outcome of await Promise.allSettled(transactions))
      expect(outcome.status === 'rejected' && String(outcome.reason)).toBe('Error: rolled back');
    await Promise.all([...busy, ...strangers]);
  }
  const words = await killer.unsafe(`select word from ${name}`);
  expect(words.filter(({ word }) => word !== 'kept')).toEqual([]);
  expect(words).toHaveLength(32);
});

test('a write planned when the connection closes does not stand in the way of the next connection', async () => {
  let socket: Socket | undefined;
  const target = new URL(url);
  const dial = (): Promise<Socket> =>
    new Promise((resolve) => {
      const dialled = connect(Number(target.port), target.hostname, () => resolve((socket = dialled)));
    });
  const sql = open({ socket: dial, backoff: () => 0.01 });
  for (let round = 0; round < 3; round++) {
    expect((await sql`select ${round}::int as answer`)[0]?.answer).toBe(round);
    const lost = expect(sql`select 'never'`).rejects.toThrow();
    // The query has been given to the connection and will be written at the end of this turn.
    await Promise.resolve()
      .then(() => {})
      .then(() => {});
    socket?.destroy();
    await lost;
  }
});

test('a loss in the middle of connecting is the query’s error and nobody else’s', async () => {
  const target = new URL(url);
  let losses = 0;
  const sql = open({
    backoff: () => 0.01,
    socket: () =>
      new Promise<Socket>((resolve) => {
        const dialled = connect(Number(target.port), target.hostname, () => resolve(dialled));
        const write = dialled.write.bind(dialled);
        dialled.write = ((chunk: Buffer, ...rest: []) => {
          const asksForTypes = chunk.includes('typarray') && losses < 2;
          if (asksForTypes) losses += 1;
          return asksForTypes ? !dialled.destroy(new Error('lost')) : write(chunk, ...rest);
        }) as typeof dialled.write;
      }),
  });
  const outcomes = [];
  for (let attempt = 0; attempt < 3; attempt++) outcomes.push(...(await Promise.allSettled([sql`select 1`])));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(losses).toBe(2);
});

test('a reserved connection that died refuses its queries', async () => {
  const [sql, killer] = [open(), open()];
  const reserved = await sql.reserve();
  const pid = (await reserved<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
  await kill(killer, pid);
  await vi.waitFor(async () => expect(await isGone(killer, pid)).toBe(true), 5_000);
  await expect(reserved`select 1`).rejects.toThrow();
});

test('after the network was cut at any moment of a busy time, every connection comes back', async () => {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('close', () => sockets.delete(end)).on('error', () => {});
    }
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  closings.push(() => new Promise((resolve) => (sockets.forEach((one) => one.destroy()), relay.close(resolve))));
  const through = new URL(url);
  through.port = String((relay.address() as { port: number }).port);
  through.hostname = '127.0.0.1';
  const sql = open({ max: 4, backoff: () => 0.01 }, through.href);
  let asking = true;
  let answered = 0;
  const ask = async (): Promise<void> => {
    while (asking) {
      const asked: Promise<unknown>[] = [
        sql`select ${answered}::int`,
        sql.begin((tx) => [tx`select 1`, tx`select 2`]),
        sql.begin(async (tx) => {
          await tx`select 3`;
          await new Promise((resolve) => setImmediate(resolve));
          await tx`select 4`;
        }),
      ];
      for (const outcome of await Promise.allSettled(asked)) if (outcome.status === 'fulfilled') answered += 1;
    }
  };
  const asking8 = Array.from({ length: 8 }, ask);
  for (let cut = 0; cut < 40; cut++) {
    const before = answered;
    await vi.waitFor(() => expect(answered).toBeGreaterThan(before + 30), 15_000);
    for (const socket of sockets)
      if (cut % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
  }
  const before = answered;
  await vi.waitFor(() => expect(answered).toBeGreaterThan(before + 30), 15_000);
  asking = false;
  await Promise.all(asking8);
  // Each of the four connections works.
  const pids = await Promise.all(
    Array.from({ length: 4 }, () => sql.begin(async (tx) => (await tx`select pg_sleep(0.2)`, pidOf(tx)))),
  );
  expect(new Set(pids).size).toBe(4);
}, 60_000);
