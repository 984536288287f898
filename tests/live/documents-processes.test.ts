// Two doors on one PostgreSQL, each with its own connections and its own bus: two processes as far as documents go.
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { client as sql } from '#lib/server/db/client.ts';
import { openBus, type Bus } from '#lib/server/bus.ts';
import { DocumentStore } from '#lib/server/documents/store.ts';
import {
  closeDocuments,
  databaseUrl,
  document,
  joinedRaw,
  openDoor,
  person,
  realClient,
  Typist,
  until,
  type RawClient,
  type RealClient,
} from '#tests/support/documents.ts';

afterEach(closeDocuments);

const store = new DocumentStore(sql);

/** A bus whose notices from others never arrive. */
function deafBus(): Bus {
  const bus = openBus(databaseUrl());
  return {
    ...bus,
    subscribe: (kind, heard, resync) => bus.subscribe(kind, (notice) => notice.own && heard(notice), resync),
  };
}

/** Reading the rows once more after loading is over when something was stored after it. */
async function settle(client: RawClient): Promise<void> {
  client.update(new Typist().change((_, doc) => doc.getText('other').insert(0, 'x')));
  await until(() => client.acked === 1);
}

describe('[D14] several processes are one document server', () => {
  test('[D14] writers on both see each other, and the log is one', async () => {
    const doors = [await openDoor(), await openDoor()];
    const id = await document();
    const clients: RealClient[] = [];
    for (let index = 0; index < 8; index++)
      clients.push(realClient(doors[index % 2]?.origin ?? '', id, await person(`人${index}`)));
    await until(() => clients.every(({ provider }) => provider.synced));
    const words: string[] = [];
    for (let round = 0; round < 40; round++)
      for (const [index, { text, doc }] of clients.entries()) {
        const word = `<${index}.${round}>`;
        words.push(word);
        doc.transact(() => {
          text.insert((round * 7 + index) % (text.length + 1), word);
          if (round % 5 === 4) text.delete(0, 1);
        });
        if (index === round % 8) await new Promise((resolve) => setImmediate(resolve));
      }
    await until(() => clients.every(({ ack }) => (ack?.count ?? 0) >= 41));
    const first = clients[0]?.text;
    await until(() => clients.every(({ text }) => text.length === first?.length));
    await until(() => new Set(clients.map(({ text }) => text.toString())).size === 1);
    const stored = await store.load(id);
    expect(stored?.doc.getText('text').toString()).toBe(first?.toString());
    expect(stored?.head.seq).toBe(8 * 40);
    expect((await store.history(id)).length).toBe(8 * 40);
  });

  test('[D14] a process that heard nothing catches up before it stores', async () => {
    const [hearing, deaf] = [await openDoor(), await openDoor({ bus: deafBus() })];
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(hearing.origin, id, me), await joinedRaw(deaf.origin, id, you)];
    await settle(yours);
    const first = new Typist();
    mine.update(first.type('前'));
    await until(() => mine.acked === 1);
    const second = new Typist();
    Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(mine.doc));
    // Builds on what the deaf process does not know yet: no gap once it has caught up.
    const reply = second.change((text) => text.insert(1, '后'));
    expect(yours.text).toBe('');
    yours.update(reply);
    await until(() => yours.acked === 2 && yours.text === '前后');
    await until(() => mine.text === '前后');
    expect(yours.step1s).toBe(1);
  });

  test('[D14] a process that heard nothing knows whose clientID it is', async () => {
    const [hearing, deaf] = [await openDoor(), await openDoor({ bus: deafBus() })];
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(hearing.origin, id, me), await joinedRaw(deaf.origin, id, you)];
    await settle(yours);
    const typist = new Typist();
    mine.update(typist.type('一'));
    await until(() => mine.acked === 1);
    yours.update(typist.type('二'));
    expect((await yours.closed).code).toBe(4409);
    expect((await store.history(id)).length).toBe(2);
  });

  test('[D14] after the bus lost its connection everything is read again', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const yours = await joinedRaw(door.origin, id, you);
    const other = await openDoor();
    const mine = await joinedRaw(other.origin, id, me);
    const listeners = await sql`select pid from pg_stat_activity where application_name = 'yishi-bus'
      and datname = current_database() and query ilike 'listen%'`;
    expect(listeners.length).toBeGreaterThan(0);
    const typist = new Typist();
    for (const { pid } of listeners) await sql`select pg_terminate_backend(${pid as number})`;
    mine.update(typist.type('断线时'));
    await until(() => yours.text === '断线时');
  });

  test('[D14] cursors cross, and go when their process goes', async () => {
    const [one, two] = [await openDoor(), await openDoor()];
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const mine = await joinedRaw(one.origin, id, me);
    mine.awareness(7, 1, { cursor: 1 });
    // Opened in the second process after that: it asks.
    const yours = await joinedRaw(two.origin, id, you);
    await until(() => yours.states.some(({ clientId, json }) => clientId === 7 && json.includes('甲')));
    yours.awareness(8, 1, { cursor: 2 });
    await until(() => mine.states.some(({ clientId }) => clientId === 8));
    mine.awareness(7, 2, { cursor: 3 });
    await until(() => yours.states.some(({ clientId, clock }) => clientId === 7 && clock === 2));
    // Nobody in the second process may use the first one's clientID.
    const thief = await joinedRaw(two.origin, id, await person('丙'));
    thief.awareness(7, 9, { cursor: 'false' });
    thief.awareness(9, 1, { cursor: 4 });
    await until(() => mine.states.some(({ clientId }) => clientId === 9));
    expect(mine.states.filter(({ clientId }) => clientId === 7).every(({ json }) => !json.includes('丙'))).toBe(true);
    mine.socket.terminate();
    await until(() => yours.states.some(({ clientId, json }) => clientId === 7 && json === 'null'));
  });

  test('[D14] permission and freezing reach the connections of every process', async () => {
    const [one, two] = [await openDoor(), await openDoor()];
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(one.origin, id, me), await joinedRaw(two.origin, id, you)];
    two.permissions.set(you, 'read');
    one.changed(id);
    await until(() => yours.standings[yours.standings.length - 1]?.permission === 'read');
    await sql`update documents set frozen_seq = head_seq where id = ${id}`;
    two.changed(id);
    await until(() => [mine, yours].every(({ standings }) => standings[standings.length - 1]?.frozen));
  });
});
