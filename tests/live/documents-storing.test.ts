// What the document server stores, when it says so, and what is left after it was killed. Real PostgreSQL, real sockets; the database is made
// to wait, to break and to lie by another connection.
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { closeCode } from '#lib/protocol/documents.ts';
import { client as sql } from '#lib/server/db/client.ts';
import { DocumentStore, genesisHash, linkHash } from '#lib/server/documents/store.ts';
import { startDocumentServer } from '#tests/support/document-server.ts';
import {
  closeDocuments,
  databaseUrl,
  document,
  joinedRaw,
  lockDocument,
  openDoor,
  person,
  rawClient,
  realClient,
  Typist,
  until,
  type RawClient,
} from '#tests/support/documents.ts';

afterEach(closeDocuments);

const store = new DocumentStore(sql);
const storedText = async (documentId: string, name = 'text'): Promise<string> =>
  (await store.load(documentId))?.doc.getText(name).toString() ?? 'no such document';
const logged = (documentId: string): Promise<number> => store.history(documentId).then((log) => log.length);

/** How many of our statements wait for a lock. */
const waitingForLock = async (): Promise<number> =>
  (
    await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
      and query like '%documents%'`
  ).length;

async function untilAsync(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('[D2] loading', () => {
  test('[D2] twenty who come together load it once, and each has all of it', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document({ seed: (doc) => doc.getText('text').insert(0, '种子') })];
    const load = vi.spyOn(door.documents.store, 'load');
    const all = await Promise.all(Array.from({ length: 20 }, () => joinedRaw(door.origin, id, me)));
    expect(load).toHaveBeenCalledTimes(1);
    expect(all.map((client) => client.text)).toEqual(all.map(() => '种子'));
  });

  test.each([
    [
      'an update that is none',
      (id: string) => sql`update document_updates set bytes = '\\x0102' where document_id = ${id} and seq = 2`,
    ],
    ['a hole in the log', (id: string) => sql`delete from document_updates where document_id = ${id} and seq = 1`],
    ['a lost end', (id: string) => sql`delete from document_updates where document_id = ${id} and seq = 3`],
    [
      'another hand in the log',
      (id: string) => sql`update document_updates set person_id = 'somebody' where document_id = ${id} and seq = 2`,
    ],
    [
      'a broken chain',
      (id: string) => sql`update document_updates set hash = '\\x00' where document_id = ${id} and seq = 2`,
    ],
  ])('[D2] a document that cannot be loaded whole is not a blank one: %s', async (_, damage) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const first = await joinedRaw(door.origin, id, me);
    const typist = new Typist();
    for (const word of ['会议', '纪要', '全文']) {
      first.update(typist.type(word));
      await until(() => first.acked === typist.doc.getText('text').length / 2);
    }
    const kept = await sql`select * from document_updates where document_id = ${id} order by seq`;
    await door.close();
    await damage(id);
    const damaged = await sql`select * from document_updates where document_id = ${id} order by seq`;

    const again = await openDoor();
    for (let attempt = 0; attempt < 3; attempt++) {
      const client = rawClient(again.origin, id, you);
      await client.opened;
      client.step1();
      client.update(new Typist().type('x'));
      expect((await client.closed).code).toBe(closeCode.failed);
      expect(client.step2s).toBe(0);
    }
    expect(await sql`select * from document_updates where document_id = ${id} order by seq`).toEqual(damaged);
    // A failed load is not remembered: with the rows back it opens.
    await sql`delete from document_updates where document_id = ${id}`;
    for (const row of kept) await sql`insert into document_updates ${sql(row)}`;
    expect((await joinedRaw(again.origin, id, you)).text).toBe('会议纪要全文');
    error.mockRestore();
  });

  test('[D2] joining while the last one leaves loses nothing', async () => {
    const door = await openDoor({ lingerMs: 0 });
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    let expected = '';
    for (let round = 0; round < 25; round++) {
      const leaving = await joinedRaw(door.origin, id, me);
      const typist = new Typist();
      Y.applyUpdate(typist.doc, Y.encodeStateAsUpdate(leaving.doc));
      const update = typist.type(`${round},`);
      leaving.update(update);
      if (round % 2 === 0) leaving.socket.close();
      else leaving.socket.terminate();
      const joining = rawClient(door.origin, id, you);
      await joining.opened;
      joining.step1();
      // A socket cut off at once may not have got its words out; one that was closed has.
      if (round % 2 === 0) expected += `${round},`;
      await until(() => joining.text.includes(expected.slice(-3)) && joining.step2s > 0);
      expected = joining.text;
      joining.socket.terminate();
      await joining.closed;
    }
    expect((await storedText(id)).startsWith(expected)).toBe(true);
    await until(() => door.documents.size === 0);
  });
});

describe('[D6] store, then show', () => {
  test('[D6] while the database waits nobody sees it, nobody who joins sees it, and nobody is told', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const [writer, reader] = [await joinedRaw(door.origin, id, me), await joinedRaw(door.origin, id, you)];
    const release = await lockDocument(id);
    writer.update(new Typist().type('秘密'));
    await untilAsync(async () => (await waitingForLock()) === 1);
    const joiner = await joinedRaw(door.origin, id, you);
    // Both have been answered after the update was received.
    reader.step1();
    writer.step1();
    await until(() => reader.step2s === 2 && writer.step2s === 2);
    expect([reader.text, joiner.text, writer.acked]).toEqual(['', '', 0]);
    expect(await storedText(id)).toBe('');
    await release();
    await until(() => reader.text === '秘密' && joiner.text === '秘密' && writer.acked === 1);
    expect(await storedText(id)).toBe('秘密');
  });

  test('[D6] when storing fails nobody has seen it; everybody comes back and it is stored once', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const writer = realClient(door.origin, id, me);
    const reader = await joinedRaw(door.origin, id, you);
    await until(() => writer.provider.synced);
    const release = await lockDocument(id);
    writer.text.insert(0, '重要');
    await untilAsync(async () => (await waitingForLock()) === 1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'
      and datname = current_database() and query like '%documents%'`;
    expect((await reader.closed).code).toBe(closeCode.failed);
    expect(reader.text).toBe('');
    await release();
    await until(() => writer.closes.length > 0 && writer.provider.synced);
    await until(() => (writer.ack?.count ?? 0) > 0 && writer.ack?.seq === 1);
    expect(await storedText(id)).toBe('重要');
    expect(await logged(id)).toBe(1);
    expect(writer.closes[0]).toBe(closeCode.failed);
    error.mockRestore();
  });

  test('[D6] a row says which document, number, person, clientID, bytes as they came, time; the chain covers it all', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const typist = new Typist();
    const sent = [typist.type('一'), typist.change((text) => text.delete(0, 1)), typist.type('二')];
    const from = Date.now();
    for (const update of sent) client.update(update);
    await until(() => client.acked === 3);
    const log = await store.history(id);
    expect(log.map(({ seq, personId, clientId, bytes }) => ({ seq, personId, clientId, bytes: [...bytes] }))).toEqual(
      sent.map((bytes, index) => ({
        seq: index + 1,
        personId: me,
        clientId: index === 1 ? 0 : typist.clientId,
        bytes: [...bytes],
      })),
    );
    let hash = genesisHash(id);
    for (const row of log) {
      expect(row.at).toBeGreaterThanOrEqual(from);
      hash = linkHash(hash, id, row);
      expect([...row.hash]).toEqual([...hash]);
      for (const changed of [
        { seq: row.seq + 1 },
        { personId: 'x' },
        { clientId: 5 },
        { at: row.at + 1 },
        { bytes: Uint8Array.of(1) },
      ])
        expect([...linkHash(hash, id, { ...row, ...changed })]).not.toEqual([...linkHash(hash, id, row)]);
    }
    const [head] = await sql`select head_seq, head_hash, size from documents where id = ${id}`;
    expect(head?.head_seq).toBe(3);
    expect([...(head?.head_hash as Buffer)]).toEqual([...hash]);
    expect(head?.size).toBe(sent.reduce((sum, { byteLength }) => sum + byteLength, 0));
  });

  test('[D6] what arrives together is stored together, and a slow database makes groups larger, not the queue longer', async () => {
    const door = await openDoor();
    const id = await document();
    const writers = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => joinedRaw(door.origin, id, await person(`人${index}`))),
    );
    const groups: number[] = [];
    const appendAt = door.documents.store.appendAt.bind(door.documents.store);
    door.documents.store.appendAt = async (...call) => {
      const stored = await appendAt(...call);
      groups.push(stored?.length ?? 0);
      return stored;
    };
    const release = await lockDocument(id);
    for (const writer of writers) {
      const typist = new Typist();
      for (let letter = 0; letter < 30; letter++) writer.update(typist.type('x'));
    }
    // Everything has been received while the first group waits for the lock.
    for (const writer of writers) writer.step1();
    await until(() => writers.every((writer) => writer.step2s === 2));
    await release();
    await until(() => writers.every((writer) => writer.acked === 30));
    expect(groups.reduce((sum, rows) => sum + rows, 0)).toBe(300);
    expect(groups.length).toBeLessThanOrEqual(4);
  });

  test('[D6] the last words of somebody who leaves at once are stored', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    client.update(new Typist().type('再见'));
    client.socket.close();
    await client.closed;
    await untilAsync(async () => (await storedText(id)) === '再见');
  });
});

describe('[D7] being told', () => {
  test('[D7] the ack counts what carried changes, and never runs ahead of the rows', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const typist = new Typist();
    client.step2(Uint8Array.of(0, 0));
    await until(() => client.acked === 1);
    expect(await logged(id)).toBe(0);
    for (let letter = 0; letter < 20; letter++) {
      client.update(typist.type('x'));
      await until(() => client.acked === letter + 2);
      expect(await logged(id)).toBe(letter + 1);
    }
    // Nothing new in it: acknowledged, no row.
    client.update(Y.encodeStateAsUpdate(typist.doc));
    client.update(Uint8Array.of(0, 0));
    await until(() => client.acked === 23);
    expect(await logged(id)).toBe(20);
  });

  test('[D7] an empty update is not acknowledged before what was sent before it is stored', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const release = await lockDocument(id);
    client.update(new Typist().type('x'));
    client.update(Uint8Array.of(0, 0));
    await untilAsync(async () => (await waitingForLock()) === 1);
    client.step1();
    await until(() => client.step2s === 2);
    expect(client.acked).toBe(0);
    await release();
    await until(() => client.acked === 2);
  });

  test('[D7] a stock client is told too, offline edits included', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = realClient(door.origin, id, me, { connect: false });
    client.text.insert(0, '离线写的');
    client.provider.connect();
    await until(() => client.ack?.count === 1);
    expect(await storedText(id)).toBe('离线写的');
  });
});

describe('[D8] snapshots', () => {
  test('[D8] every 500 updates one to load from; the log stays, and both give the same text', async () => {
    const door = await openDoor();
    const id = await document();
    const writers = await Promise.all(['甲', '乙'].map(async (name) => joinedRaw(door.origin, id, await person(name))));
    const typists = writers.map(() => new Typist());
    const each = 800;
    for (let letter = 0; letter < each; letter++)
      writers.forEach((writer, index) =>
        writer.update(
          typists[index]?.change((text) =>
            letter % 7 === 6 ? text.delete(0, 1) : text.insert(text.length, String.fromCharCode(0x4e00 + letter)),
          ) ?? Uint8Array.of(),
        ),
      );
    await until(() => writers.every((writer) => writer.acked === each));
    await untilAsync(
      async () => (await sql`select 1 from document_snapshots where document_id = ${id} and seq >= 1000`).length > 0,
    );
    const snapshots = await sql`select seq from document_snapshots where document_id = ${id} order by seq`;
    expect(snapshots.length).toBeLessThanOrEqual(2);
    expect(await logged(id)).toBe(2 * each);

    const fast = await store.load(id);
    expect(fast?.snapshotSeq).toBeGreaterThanOrEqual(1000);
    const whole = new Y.Doc();
    for (const { bytes } of await store.history(id)) Y.applyUpdate(whole, bytes);
    expect(fast?.doc.getText('text').toString()).toBe(whole.getText('text').toString());
    expect(Y.encodeStateVector(fast?.doc ?? new Y.Doc())).toEqual(Y.encodeStateVector(whole));
    const [{ size } = { size: 0 }] = await sql<{ size: number }[]>`select size from documents where id = ${id}`;
    const [{ logBytes } = { logBytes: 0 }] = await sql<{ logBytes: number }[]>`
      select sum(length(bytes))::int as "logBytes" from document_updates where document_id = ${id}`;
    expect(size).toBeLessThan(logBytes);
  });

  test('[D8] a snapshot that cannot be read, or has gaps, is passed over', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const id = await document({ seed: (doc) => doc.getText('text').insert(0, '全文') });
    const typist = new Typist();
    typist.type('a');
    const gap = typist.type('b');
    for (const bytes of [Buffer.from([1, 2, 3]), Buffer.from(gap)]) {
      await sql`delete from document_snapshots where document_id = ${id}`;
      await sql`insert into document_snapshots (document_id, seq, bytes) values (${id}, 1, ${bytes})`;
      expect(await storedText(id)).toBe('全文');
    }
    expect(error).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });
});

describe('[D12] only forward', () => {
  test('[D12] an edit by the program is an edit like any other: stored, shown, somebody’s', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const client = realClient(door.origin, id, me);
    await until(() => client.provider.synced);
    client.text.insert(0, '旧');
    await until(() => client.ack?.count === 2);
    const seq = await door.documents.edit(id, you, (doc) => {
      const text = doc.getText('text');
      text.delete(0, text.length);
      text.insert(0, '新的正文');
    });
    expect(seq).toBe(2);
    await until(() => client.text.toString() === '新的正文');
    const log = await store.history(id);
    expect(log.map(({ personId }) => personId)).toEqual([me, you]);
    // Earlier versions are read from the log.
    const earlier = new Y.Doc();
    for (const { bytes } of await store.history(id, 1)) Y.applyUpdate(earlier, bytes);
    expect(earlier.getText('text').toString()).toBe('旧');
  });

  test('[D12] an edit that throws leaves nothing behind, and the next one works', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    await expect(
      door.documents.edit(id, me, (doc) => {
        doc.getText('text').insert(0, '半截');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await door.documents.edit(id, me, (doc) => doc.getText('text').insert(0, '完整'));
    expect(await storedText(id)).toBe('完整');
    expect(await logged(id)).toBe(1);
  });
});

describe('[D13] killed', () => {
  const kills = Number(process.env.YISHI_KILLS ?? 4);

  test(`[D13] SIGKILL at ${kills} seeded random moments: nothing acknowledged is lost, nothing anybody has seen`, async () => {
    const id = await document();
    const names = await Promise.all(['甲', '乙', '丙', '丁'].map(person));
    const typists = names.map(() => new Typist());
    const seen = new Y.Doc();
    const acknowledged = new Set<string>();
    let seed = 4_18;
    const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
    let word = 0;
    for (let round = 0; round < kills; round++) {
      const server = await startDocumentServer(databaseUrl());
      const clients: RawClient[] = await Promise.all(names.map((name) => joinedRaw(server.origin, id, name)));
      const reader = await joinedRaw(server.origin, id, names[0] ?? '');
      const sent = clients.map((client, index): string[] => {
        // As y-websocket does after it comes back: everything the server does not have, in one step 2.
        client.step2(Y.encodeStateAsUpdate(typists[index]?.doc ?? new Y.Doc(), Y.encodeStateVector(client.doc)));
        return [''];
      });
      const types = setInterval(
        () =>
          clients.forEach((client, index) => {
            const token = `<${word++}>`;
            sent[index]?.push(token);
            const update = typists[index]?.type(token);
            if (update && client.socket.readyState === client.socket.OPEN) client.update(update);
          }),
        5,
      );
      await until(() => clients.every((client) => client.acked > 2));
      await new Promise((resolve) => setTimeout(resolve, random() * 400));
      await server.kill('SIGKILL');
      clearInterval(types);
      await Promise.all([...clients, reader].map((client) => client.closed));
      clients.forEach((client, index) =>
        sent[index]?.slice(0, client.acked).forEach((token) => acknowledged.add(token)),
      );
      for (const { doc } of [reader, ...clients]) Y.applyUpdate(seen, Y.encodeStateAsUpdate(doc));

      const stored = await store.load(id);
      if (!stored) throw new Error('The document is gone');
      const text = stored.doc.getText('text').toString();
      expect([...acknowledged].filter((token) => !text.includes(token))).toEqual([]);
      expect(Y.snapshotContainsUpdate(Y.snapshot(stored.doc), Y.encodeStateAsUpdate(seen))).toBe(true);
      await store.history(id);
    }
    expect(acknowledged.size).toBeGreaterThan(10 * kills);
  }, 120_000);
});
