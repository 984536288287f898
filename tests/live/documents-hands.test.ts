// Whose hand it is: permissions that change, readers who try to write, clientIDs that are somebody else's, gaps, a frozen text. The hostile
// clients speak single frames; the honest ones are stock y-websocket.
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { closeCode } from '#lib/protocol/documents.ts';
import { client as sql, db } from '#lib/server/db/client.ts';
import { EditRefused } from '#lib/server/documents/live-document.ts';
import { freezeDocument, systemPerson } from '#lib/server/documents/found-and-freeze.ts';
import { DocumentStore } from '#lib/server/documents/store.ts';
import {
  closeDocuments,
  document,
  joinedRaw,
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
const storedText = async (documentId: string): Promise<string> =>
  (await store.load(documentId))?.doc.getText('text').toString() ?? 'no such document';

/** Everything sent before has been handled when this resolves. */
async function handled(client: RawClient): Promise<void> {
  const { step2s } = client;
  client.step1();
  await until(() => client.step2s > step2s);
}

describe('[D4] permission for every message', () => {
  test('[D4] who may only read is answered, and what it writes changes nothing and is not acknowledged', async () => {
    const door = await openDoor();
    const [me, you] = [await person('甲'), await person('乙')];
    const id = await document({ seed: (doc) => doc.getText('text').insert(0, '原文') });
    door.permissions.set(me, 'read');
    const [reader, watcher] = [await joinedRaw(door.origin, id, me), await joinedRaw(door.origin, id, you)];
    expect(reader.text).toBe('原文');
    expect(reader.standings[0]).toMatchObject({ permission: 'read', frozen: false, person: { name: '甲' } });
    const attack = new Typist();
    Y.applyUpdate(attack.doc, Y.encodeStateAsUpdate(reader.doc));
    const deletes = attack.change((text) => text.delete(0, 2));
    const types = attack.type('篡改');
    reader.update(deletes);
    reader.update(types);
    reader.step2(Y.encodeStateAsUpdate(attack.doc));
    await handled(reader);
    // An honest write goes through the same queue, after all of the above.
    watcher.update(new Typist().type('!'));
    await until(() => watcher.acked === 1 && reader.updates === 1);
    expect(reader.acked).toBe(0);
    expect(reader.closeCode).toBe(null);
    expect(await storedText(id)).toMatch(/^!?原文!?$/);
    expect((await store.history(id)).map(({ personId }) => personId)).toEqual([systemPerson, you]);
  });

  test('[D4] a reader’s honest step 2 is not empty where the text has deletions, and is harmless', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const writer = await joinedRaw(door.origin, id, you);
    const typist = new Typist();
    writer.update(typist.type('删掉'));
    writer.update(typist.change((text) => text.delete(0, 1)));
    await until(() => writer.acked === 2);
    door.permissions.set(me, 'read');
    const reader = await joinedRaw(door.origin, id, me);
    const step2 = Y.encodeStateAsUpdate(reader.doc, Y.encodeStateVector(reader.doc));
    expect(step2.byteLength).toBeGreaterThan(2);
    reader.step2(step2);
    await until(() => reader.acked === 1);
    // The delete-only attack looks the same and is not.
    const attack = new Typist();
    Y.applyUpdate(attack.doc, Y.encodeStateAsUpdate(reader.doc));
    attack.change((text) => text.delete(0, 1));
    reader.step2(Y.encodeStateAsUpdate(attack.doc, Y.encodeStateVector(reader.doc)));
    await handled(reader);
    writer.update(typist.type('后'));
    await until(() => writer.acked === 3);
    expect(reader.acked).toBe(1);
    expect(await storedText(id)).toBe('掉后');
  });

  test('[D4] made a writer: told at once, and what was typed before is taken', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    door.permissions.set(me, 'read');
    const client = realClient(door.origin, id, me);
    await until(() => client.provider.synced && client.standing?.permission === 'read');
    client.text.insert(0, '先写');
    client.text.insert(2, '的话');
    door.permissions.set(me, 'write');
    door.changed(id);
    await until(() => client.standing?.permission === 'write');
    await until(() => (client.ack?.count ?? 0) >= 3);
    expect(await storedText(id)).toBe('先写的话');
    expect(client.closes).toEqual([]);
  });

  test('[D4] made a reader: told at once, nothing more is taken, the connection stays', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const typist = new Typist();
    client.update(typist.type('一'));
    await until(() => client.acked === 1);
    door.permissions.set(me, 'read');
    door.changed(id);
    await until(() => client.standings.length === 2);
    expect(client.standings[1]?.permission).toBe('read');
    client.update(typist.type('二'));
    await handled(client);
    expect([client.acked, client.closeCode, await storedText(id)]).toEqual([1, null, '一']);
  });

  test('[D4] nobody any more: 4403; signed out: 4401', async () => {
    const people = new Map<string, boolean>();
    const door = await openDoor({
      recognise: (cookie) => {
        const personId = cookie?.slice(3) ?? '';
        return Promise.resolve(
          people.get(personId) === false
            ? { kind: 'nobody' }
            : { kind: 'person', personId, accountId: 'x', meetingId: null },
        );
      },
    });
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(door.origin, id, me), await joinedRaw(door.origin, id, you)];
    door.permissions.set(me, 'none');
    people.set(you, false);
    door.changed(id);
    expect((await mine.closed).code).toBe(closeCode.forbidden);
    expect((await yours.closed).code).toBe(closeCode.signIn);
  });

  test('[D4] a session that ends without a word is found by asking now and then', async () => {
    let signedIn = true;
    const door = await openDoor({
      recheckMs: 50,
      recognise: (cookie) =>
        Promise.resolve(
          signedIn
            ? { kind: 'person', personId: cookie?.slice(3) ?? '', accountId: 'x', meetingId: null }
            : { kind: 'nobody' },
        ),
    });
    const client = await joinedRaw(door.origin, await document(), await person('甲'));
    signedIn = false;
    expect((await client.closed).code).toBe(closeCode.signIn);
  });

  test('[D4] permission taken away while somebody is being let in counts', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    await joinedRaw(door.origin, id, you);
    let asked = 0;
    const slow = await openDoor({
      accessTo: async () => {
        asked += 1;
        const access = asked <= 2 ? 'write' : 'read';
        // The second answer is on its way when everything changes.
        if (asked === 2) slow.changed(id);
        await Promise.resolve();
        return access;
      },
    });
    const client = await joinedRaw(slow.origin, id, me);
    expect(client.standings[0]?.permission).toBe('read');
    expect(asked).toBeGreaterThanOrEqual(3);
  });

  test('[D4] writing needs a person: an erased one, or nobody’s, reads', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    await sql`update people set name = null where id = ${me}`;
    const client = await joinedRaw(door.origin, id, me);
    expect(client.standings[0]).toEqual({ permission: 'read', frozen: false, person: null });
    client.update(new Typist().type('x'));
    await handled(client);
    expect(await storedText(id)).toBe('');
  });
});

describe('[D5] every clientID is somebody’s', () => {
  test('[D5] writing under another’s clientID closes 4409; the owner’s next words are stored and everybody agrees', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const owner = realClient(door.origin, id, alice);
    await until(() => owner.provider.synced);
    owner.text.insert(0, '我的');
    await until(() => owner.ack?.count === 2);
    const thief = await joinedRaw(door.origin, id, bob);
    const forged = new Typist(owner.doc.clientID);
    Y.applyUpdate(forged.doc, Y.encodeStateAsUpdate(thief.doc));
    forged.doc.clientID = owner.doc.clientID;
    thief.update(forged.type('假的'));
    expect((await thief.closed).code).toBe(closeCode.conflict);
    owner.text.insert(2, '真话');
    await until(() => owner.ack?.count === 3);
    const watcher = await joinedRaw(door.origin, id, bob);
    expect([watcher.text, owner.text.toString(), await storedText(id)]).toEqual(['我的真话', '我的真话', '我的真话']);
  });

  test('[D5] nor one that is in use and has not written yet', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const owner = realClient(door.origin, id, alice);
    const watcher = await joinedRaw(door.origin, id, bob);
    await until(() => watcher.states.some(({ clientId }) => clientId === owner.doc.clientID));
    watcher.update(new Typist(owner.doc.clientID).type('抢'));
    expect((await watcher.closed).code).toBe(closeCode.conflict);
    owner.text.insert(0, '先来');
    await until(() => owner.ack?.count === 2);
    expect(await storedText(id)).toBe('先来');
  });

  test('[D5] a claim holds for ever: after leaving, after a restart, from another process, for offline words too', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const typist = new Typist();
    const first = await joinedRaw(door.origin, id, alice);
    first.update(typist.type('一'));
    await until(() => first.acked === 1);
    await door.close();
    const again = await openDoor();
    const forged = new Typist(typist.clientId);
    Y.applyUpdate(forged.doc, Y.encodeStateAsUpdate(typist.doc));
    forged.doc.clientID = typist.clientId;
    const theft = forged.type('假');
    for (const send of ['update', 'step2'] as const) {
      const thief = await joinedRaw(again.origin, id, bob);
      thief[send](theft);
      expect((await thief.closed).code).toBe(closeCode.conflict);
    }
    // The same person in a new session goes on under it.
    const back = await joinedRaw(again.origin, id, alice);
    back.step2(typist.type('二'));
    await until(() => back.acked === 1);
    expect(await storedText(id)).toBe('一二');
    expect(await sql`select person_id, seq from document_clients where document_id = ${id}`).toMatchObject([
      { person_id: alice, seq: 1 },
    ]);
  });

  test('[D5] what others wrote may be sent back by anybody: it is known already', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const first = await joinedRaw(door.origin, id, alice);
    first.update(new Typist().type('原话'));
    await until(() => first.acked === 1);
    const second = await joinedRaw(door.origin, id, bob);
    second.update(Y.encodeStateAsUpdate(second.doc));
    second.step2(Y.encodeStateAsUpdate(second.doc));
    await until(() => second.acked === 2);
    expect((await store.history(id)).length).toBe(1);
  });

  test('[D5] one update brings at most 64 new clientIDs', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const many = (count: number): Uint8Array =>
      Y.mergeUpdates(Array.from({ length: count }, () => new Typist().type('x')));
    const client = await joinedRaw(door.origin, id, me);
    client.update(many(64));
    await until(() => client.acked === 1);
    client.update(many(65));
    expect((await client.closed).code).toBe(closeCode.malformed);
    expect((await storedText(id)).length).toBe(64);
  });

  test('[D5] a gap is answered with step 1, once, and nothing is acknowledged until it is closed', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    client.step2(Uint8Array.of(0, 0));
    const typist = new Typist();
    const lost = typist.type('丢');
    client.update(typist.type('一'));
    client.update(typist.type('二'));
    client.update(typist.change((text) => text.delete(2, 1)));
    await until(() => client.step1s === 2);
    // Another text of the same person fits, is stored, and is not acknowledged either: a later ack would include what is missing.
    client.update(new Typist().change((_, doc) => doc.getText('other').insert(0, '三')));
    await until(() => client.updates === 1);
    await handled(client);
    expect([client.acked, await storedText(id)]).toEqual([1, '']);
    // `handled` asked with a step 1 of its own, which is answered with one.
    expect(client.step1s).toBe(3);
    expect(lost.byteLength).toBeGreaterThan(0);
    client.step2(Y.encodeStateAsUpdate(typist.doc));
    await until(() => client.acked === 6);
    expect(await storedText(id)).toBe('丢一');
    // The log holds what came in and could be used, not the gap.
    expect((await store.history(id)).length).toBe(2);
  });

  test('[D5] deletions of what is not there are a gap too', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    client.step2(Uint8Array.of(0, 0));
    const typist = new Typist();
    typist.type('字');
    client.update(typist.change((text) => text.delete(0, 1)));
    await until(() => client.step1s === 2);
    await handled(client);
    expect((await store.history(id)).length).toBe(0);
    expect(client.acked).toBe(1);
  });

  test('[D5] a step 2 with a gap continues some other text: 4409, and nothing is stored', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const typist = new Typist();
    typist.type('丢');
    client.step2(typist.type('一'));
    expect((await client.closed).code).toBe(closeCode.conflict);
    expect((await store.history(id)).length).toBe(0);
  });

  test('[D5] a stock client whose update was lost heals by itself', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = realClient(door.origin, id, me);
    await until(() => client.provider.synced);
    const socket = client.provider.ws as unknown as { send: (message: Uint8Array) => void };
    const send = socket.send.bind(socket);
    socket.send = () => {};
    client.text.insert(0, '丢了');
    socket.send = send;
    client.text.insert(2, '又有');
    await until(() => (client.ack?.count ?? 0) >= 2);
    expect(await storedText(id)).toBe('丢了又有');
  });
});

describe('[D15] frozen', () => {
  test('[D15] everybody is told, nothing more is taken, and joining shows the frozen text', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const client = realClient(door.origin, id, me);
    await until(() => client.provider.synced);
    client.text.insert(0, '定稿');
    await until(() => client.ack?.count === 2);
    const frozen = await db.transaction((tx) => freezeDocument(tx, id));
    expect(frozen.frozenSeq).toBe(1);
    expect(await db.transaction((tx) => freezeDocument(tx, id))).toEqual(frozen);
    // Before anybody says so: the lock knows.
    client.text.insert(2, '之后');
    await until(() => client.standing?.frozen === true);
    expect(client.standing?.permission).toBe('read');
    door.changed(id);
    const late = await joinedRaw(door.origin, id, you);
    expect([late.text, late.standings[0]?.frozen]).toEqual(['定稿', true]);
    late.update(new Typist().type('x'));
    await handled(late);
    await expect(door.documents.edit(id, me, (doc) => doc.getText('text').insert(0, 'x'))).rejects.toThrow(EditRefused);
    expect([client.ack?.count, late.acked, await storedText(id)]).toEqual([2, 0, '定稿']);
    expect(client.closes).toEqual([]);
    const log = await store.history(id);
    expect([log.length, Buffer.from(log[0]?.hash ?? []).equals(Buffer.from(frozen.headHash))]).toEqual([1, true]);
  });

  test('[D15] the page that does nothing is told too', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    await db.transaction((tx) => freezeDocument(tx, id));
    door.changed(id);
    await until(() => client.standings.some(({ frozen }) => frozen));
    // Being asked again later does not thaw it.
    door.changed(id);
    await handled(client);
    expect(client.standings.filter(({ frozen }) => !frozen)).toHaveLength(1);
  });

  test('[D15] fifty writers against one freeze: the frozen text is exactly what was acknowledged', async () => {
    const door = await openDoor();
    const id = await document();
    const writers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => joinedRaw(door.origin, id, await person(`人${index}`))),
    );
    const typists = writers.map(() => new Typist());
    const sent = writers.map(() => 0);
    const types = setInterval(() =>
      writers.forEach((writer, index) => {
        writer.update(typists[index]?.type('x') ?? Uint8Array.of());
        sent[index] = (sent[index] ?? 0) + 1;
      }),
    );
    await until(() => writers.every(({ acked }) => acked > 3));
    const { frozenSeq } = await db.transaction((tx) => freezeDocument(tx, id));
    await until(() => writers.every(({ standings }) => standings.some(({ frozen }) => frozen)));
    clearInterval(types);
    await Promise.all(writers.map(handled));
    const stored = await store.load(id);
    const acknowledged = writers.reduce((sum, { acked }) => sum + acked, 0);
    expect([stored?.head.seq, stored?.doc.getText('text').length]).toEqual([frozenSeq, frozenSeq]);
    expect(acknowledged).toBe(frozenSeq);
  });
});

test('[D1] a document that is deleted while it is open closes 4404', async () => {
  const door = await openDoor();
  const [me, id] = [await person('甲'), await document()];
  const client = await joinedRaw(door.origin, id, me);
  await sql`delete from documents where id = ${id}`;
  client.update(new Typist().type('x'));
  expect((await client.closed).code).toBe(closeCode.unknown);
  expect((await rawClient(door.origin, id, me).closed).code).toBe(closeCode.unknown);
});
