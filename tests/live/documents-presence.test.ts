// Cursors and names: nobody speaks for another, nothing is left of who has gone, nobody without permission hears anything. And slow readers,
// and what goes to everybody.
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { caps, closeCode, encodeAwareness, messageType, type Permission } from '#lib/protocol/documents.ts';
import { newId } from '#lib/protocol/ids.ts';
import { client as sql } from '#lib/server/db/client.ts';
import { Allowance } from '#lib/server/documents/allowance.ts';
import { LiveDocument, type Peer } from '#lib/server/documents/live-document.ts';
import { DocumentStore } from '#lib/server/documents/store.ts';
import {
  closeDocuments,
  cookieOf,
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

/** The newest state heard under a clientID; undefined when nothing was heard. */
const stateOf = (client: RawClient, clientId: number): unknown => {
  const heard = client.states.filter((state) => state.clientId === clientId);
  return heard.length === 0 ? undefined : JSON.parse(heard[heard.length - 1]?.json ?? '');
};

/** Changes have been gathered and sent at least once after everything sent before: an own change comes back. */
async function gathered(client: RawClient, clientId: number, clock: number): Promise<void> {
  client.awareness(clientId, clock, { clock });
  await until(() => client.states.some((state) => state.clientId === clientId && state.clock === clock));
}

describe('[D10] cursors', () => {
  test('[D10] a state is heard by all, under the name the server gives', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('沈书记'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(door.origin, id, me), await joinedRaw(door.origin, id, you)];
    mine.awareness(7, 1, { cursor: 3, user: { name: '区长', personId: you } });
    await until(() => yours.states.length > 0);
    expect(stateOf(yours, 7)).toEqual({
      cursor: 3,
      user: {
        personId: me,
        name: '沈书记',
        colour: expect.stringMatching(/^#/) as string,
        color: expect.stringMatching(/^#/) as string,
      },
    });
    // Who comes later hears it at once.
    const late = await joinedRaw(door.origin, id, you);
    await until(() => stateOf(late, 7) !== undefined);
  });

  test('[D10] stock clients see each other', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [realClient(door.origin, id, me), realClient(door.origin, id, you)];
    mine.provider.awareness.setLocalStateField('cursor', 5);
    await until(
      () => (yours.provider.awareness.getStates().get(mine.doc.clientID) as { cursor?: number })?.cursor === 5,
    );
    expect(yours.provider.awareness.getStates().get(mine.doc.clientID)).toMatchObject({ user: { name: '甲' } });
    mine.provider.destroy();
    await until(() => !yours.provider.awareness.getStates().has(mine.doc.clientID));
  });

  test('[D10] nobody speaks under another’s clientID, whether it has written or only moved its cursor', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const owner = await joinedRaw(door.origin, id, alice);
    const typist = new Typist(99);
    owner.update(typist.type('x'));
    owner.awareness(7, 1, { cursor: 1 });
    await until(() => owner.acked === 1);
    const spoofer = await joinedRaw(door.origin, id, bob);
    await until(() => stateOf(spoofer, 7) !== undefined);
    spoofer.awareness(7, 50, { cursor: 'false' });
    spoofer.awareness(7, 51, null);
    spoofer.awareness(99, 1, { cursor: 'false' });
    spoofer.awareness(8, 1, { cursor: 'mine' });
    spoofer.awareness(9, 1, { cursor: 'a second one' });
    await until(() => stateOf(owner, 8) !== undefined);
    expect(stateOf(owner, 7)).toMatchObject({ cursor: 1, user: { personId: alice } });
    expect([stateOf(owner, 99), stateOf(owner, 9)]).toEqual([undefined, undefined]);
    expect(owner.states.every(({ clientId, json }) => clientId !== 7 || json !== 'null')).toBe(true);
  });

  test('[D10] echoes of others are dropped, the own state among them is taken', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(door.origin, id, alice), await joinedRaw(door.origin, id, bob)];
    mine.awareness(7, 1, { cursor: 1 });
    yours.awareness(8, 1, { cursor: 1 });
    await until(() => stateOf(yours, 7) !== undefined && stateOf(mine, 8) !== undefined);
    const before = mine.states.length;
    yours.send(
      encodeAwareness([
        { clientId: 7, clock: 9, json: '{"cursor":"echo"}' },
        { clientId: 8, clock: 9, json: '{"cursor":"own"}' },
        { clientId: 6, clock: 9, json: '{"cursor":"a stranger"}' },
      ]),
    );
    await until(() => (stateOf(mine, 8) as { cursor: unknown }).cursor === 'own');
    expect(mine.states.slice(before).map(({ clientId }) => clientId)).toEqual([8]);
  });

  test('[D10] more than 4 KiB closes the connection and is heard by nobody', async () => {
    const door = await openDoor();
    const [alice, bob, id] = [await person('甲'), await person('乙'), await document()];
    const [mine, yours] = [await joinedRaw(door.origin, id, alice), await joinedRaw(door.origin, id, bob)];
    mine.awareness(7, 1, { cursor: 'x'.repeat(caps.awareness - 20) });
    await until(() => stateOf(yours, 7) !== undefined);
    mine.awareness(7, 2, { cursor: 'x'.repeat(caps.awareness) });
    expect((await mine.closed).code).toBe(closeCode.malformed);
    await until(() => stateOf(yours, 7) === null);
    expect(yours.states.every(({ clock }) => clock < 2)).toBe(true);
  });

  test('[D10] many changes are gathered into few messages', async () => {
    const door = await openDoor();
    const id = await document();
    const everyone = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => joinedRaw(door.origin, id, await person(`人${index}`))),
    );
    const heard = everyone[0]?.heard ?? [];
    const before = heard.length;
    for (let clock = 1; clock <= 30; clock++)
      everyone.forEach((client, index) => client.awareness(1000 + index, clock, { clock }));
    await until(() =>
      everyone.every((client) =>
        everyone.every((_, index) => (stateOf(client, 1000 + index) as { clock?: number } | undefined)?.clock === 30),
      ),
    );
    expect(heard.slice(before).filter(([type]) => type === messageType.awareness).length).toBeLessThan(20);
  });

  test('[D10] readers hear and are not heard; who loses permission disappears; who may not read hears nothing', async () => {
    const door = await openDoor();
    const [writer, reader, stranger, id] = [
      await person('甲'),
      await person('乙'),
      await person('丙'),
      await document(),
    ];
    door.permissions.set(reader, 'read');
    door.permissions.set(stranger, 'none');
    const mine = await joinedRaw(door.origin, id, writer);
    const reading = await joinedRaw(door.origin, id, reader);
    const outside = rawClient(door.origin, id, stranger);
    mine.awareness(7, 1, { cursor: 1 });
    await until(() => stateOf(reading, 7) !== undefined);
    reading.awareness(8, 1, { cursor: 1 });
    await gathered(mine, 7, 2);
    expect(stateOf(mine, 8)).toBe(undefined);
    await outside.closed;
    expect(outside.heard).toEqual([]);
    door.permissions.set(writer, 'read');
    door.changed(id);
    await until(() => stateOf(reading, 7) === null);
    // Made a writer again, it is asked for its cursor and heard again.
    door.permissions.set(writer, 'write');
    door.changed(id);
    await until(() => mine.heard.some(([type]) => type === messageType.queryAwareness));
    mine.awareness(7, 3, { cursor: 2 });
    await until(() => (stateOf(reading, 7) as { cursor?: number } | null)?.cursor === 2);
  });

  test('[D10] after 5,000 joins nothing is left', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const watcher = await joinedRaw(door.origin, id, me);
    const { documents } = door;
    const peer: Peer = { send() {}, close() {}, pause() {}, resume() {}, backlog: () => 0 };
    const admission = await documents.admit(id, cookieOf(me), peer);
    if (!('visit' in admission)) throw new Error('not admitted');
    const { presence, visits } = admission.document;
    documents.leave(admission);
    for (let join = 0; join < 5_000; join++) {
      const visit = admission.document.enter({
        peer,
        cookie: null,
        person: { personId: newId(), name: '人', colour: '#000000' },
        permission: 'write',
        allowance: new Allowance(),
      });
      admission.document.receive(visit, Uint8Array.of(0, 0, 1, 0));
      admission.document.receive(visit, encodeAwareness([{ clientId: 10_000 + join, clock: 1, json: '{"a":1}' }]));
      if (join % 3 === 0) admission.document.leave(visit);
      else setTimeout(() => admission.document.leave(visit), join % 7);
      if (join % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => visits.size === 1 && presence.size === 0);
    const present = (): number[] => {
      const newest = new Map(watcher.states.map(({ clientId, json }) => [clientId, json]));
      return [...newest].filter(([, json]) => json !== 'null').map(([clientId]) => clientId);
    };
    // The last that went were told at once, and this may still be on its way.
    await until(() => present().length === 0);
  });

  test('[D10] three hundred real clients come and go, and the last one sees only itself', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    for (let round = 0; round < 10; round++) {
      const clients = await Promise.all(Array.from({ length: 30 }, () => joinedRaw(door.origin, id, me)));
      clients.forEach((client, index) => client.awareness(round * 100 + index + 1, 1, { cursor: 1 }));
      const last = clients[clients.length - 1];
      await until(() => (last?.states.length ?? 0) >= 30);
      clients.forEach(({ socket }, index) => (index % 2 === 0 ? socket.terminate() : socket.close()));
      await Promise.all(clients.map(({ closed }) => closed));
    }
    const last = await joinedRaw(door.origin, id, me);
    await gathered(last, 5, 1);
    expect(new Set(last.states.filter(({ json }) => json !== 'null').map(({ clientId }) => clientId))).toEqual(
      new Set([5]),
    );
  });
});

describe('[D11] the old connection', () => {
  test('[D11] its late end takes nothing from the new one of the same person', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const watcher = await joinedRaw(door.origin, id, you);
    const old = await joinedRaw(door.origin, id, me);
    old.awareness(7, 1, { cursor: 'old' });
    await until(() => stateOf(watcher, 7) !== undefined);
    const fresh = await joinedRaw(door.origin, id, me);
    // As y-websocket does when it connects again: its state as it was.
    fresh.awareness(7, 1, { cursor: 'old' });
    await new Promise((resolve) => (fresh.step1(), resolve(until(() => fresh.step2s === 2))));
    old.socket.terminate();
    await old.closed;
    fresh.awareness(7, 2, { cursor: 'new' });
    await until(() => (stateOf(watcher, 7) as { cursor: string } | null)?.cursor === 'new');
    expect(watcher.states.some(({ clientId, json }) => clientId === 7 && json === 'null')).toBe(false);
    fresh.update(new Typist(7).type('x'));
    await until(() => fresh.acked === 1);
    fresh.socket.terminate();
    await until(() => stateOf(watcher, 7) === null);
  });

  test('[D11] another tab that repeats what it heard takes nothing over', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const watcher = await joinedRaw(door.origin, id, you);
    const [one, two] = [await joinedRaw(door.origin, id, me), await joinedRaw(door.origin, id, me)];
    one.awareness(7, 1, { cursor: 1 });
    two.awareness(8, 1, { cursor: 1 });
    await until(() => stateOf(two, 7) !== undefined && stateOf(watcher, 8) !== undefined);
    two.awareness(7, 1, { cursor: 1 });
    two.step1();
    await until(() => two.step2s === 2);
    two.socket.terminate();
    await until(() => stateOf(watcher, 8) === null);
    expect(stateOf(watcher, 7)).not.toBe(null);
  });
});

describe('[D9] slow readers, and what goes to everybody', () => {
  test('[D9] who does not read is sent away with 1013; the others never notice', async () => {
    const door = await openDoor();
    const id = await document();
    const slow = await joinedRaw(door.origin, id, await person('慢'));
    const quick = await joinedRaw(door.origin, id, await person('快'));
    slow.socket.pause();
    const size = 200 * 1024;
    let sent = 0;
    for (let writer = 0; writer < 5 && slow.socket.isPaused; writer++) {
      const client = await joinedRaw(door.origin, id, await person(`人${writer}`));
      // Inserts and deletes, so that the document stays small while the network has much to carry.
      for (let round = 0; round < 8; round++) client.update(new Typist().type('x'.repeat(size)));
      await until(() => client.acked === 8);
      sent += 8;
    }
    expect(sent * size).toBeGreaterThan(caps.backlog * 3);
    expect(quick.closeCode).toBe(null);
    slow.socket.resume();
    const { code } = await slow.closed;
    expect([closeCode.tooSlow, 1006]).toContain(code);
    await until(() => quick.text.length === sent * size);
    // One exchange brings everything.
    expect((await joinedRaw(door.origin, id, await person('慢'))).text.length).toBe(sent * size);
  });

  test('[D9] exactly 1013, as soon as more than 2 MiB wait, and not for its first copy', async () => {
    const id = await document();
    const loaded = await new DocumentStore(sql).load(id);
    if (!loaded) throw new Error('not founded');
    const live = new LiveDocument(loaded, new DocumentStore(sql), {
      stored() {},
      toProcesses() {},
      shown() {},
      ended() {},
    });
    const closed: number[] = [];
    let backlog = 0;
    const enter = (permission: Permission, peer: Partial<Peer>) =>
      live.enter({
        peer: { send() {}, close() {}, pause() {}, resume() {}, backlog: () => 0, ...peer },
        cookie: null,
        person: { personId: newId(), name: '人', colour: '#000000' },
        permission,
        allowance: new Allowance(),
      });
    const slow = enter('read', { close: (code) => closed.push(code), backlog: () => backlog });
    const messages: Uint8Array[][] = [[], [], []];
    const others = messages.map((all) => enter('write', { send: (message) => all.push(message) }));
    for (const visit of [slow, ...others]) live.receive(visit, Uint8Array.of(0, 0, 1, 0));
    messages.forEach((all) => all.splice(0));
    const writer = others[0] ?? slow;
    const typist = new Typist();
    const update = (letters: string): Uint8Array => {
      const bytes = typist.type(letters);
      return Uint8Array.of(0, 2, bytes.byteLength, ...bytes);
    };
    backlog = caps.backlog;
    live.receive(writer, update('a'));
    await live.settled();
    expect(closed).toEqual([]);
    backlog = caps.backlog + 1_000;
    slow.copyBytes = 1_000;
    live.receive(writer, update('b'));
    await live.settled();
    expect(closed).toEqual([]);
    backlog += 1;
    live.receive(writer, update('c'));
    await live.settled();
    expect(closed).toEqual([closeCode.tooSlow]);

    // Twenty updates that came in one turn: one message, and the very same bytes for everybody.
    messages.forEach((all) => all.splice(0));
    for (let letter = 0; letter < 20; letter++) live.receive(writer, update('x'));
    await live.settled();
    const updates = messages.map((all) => all.filter(([type]) => type === messageType.sync));
    expect(updates.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(new Set(updates.map(([first]) => first)).size).toBe(1);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(typist.doc));
    expect(doc.getText('text').length).toBe(23);
    live.end(closeCode.restart, 'done');
  });

  test('[D9] asking again and again without reading does not pile up copies', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    await door.documents.edit(id, me, (doc) => doc.getText('text').insert(0, 'x'.repeat(3_000_000)));
    const client = await joinedRaw(door.origin, id, me);
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    client.socket.pause();
    for (let round = 0; round < 12; round++) client.step1();
    await until(() => client.socket.readyState !== client.socket.OPEN || client.socket.isPaused);
    client.socket.resume();
    const { code } = await client.closed;
    expect([closeCode.tooSlow, 1006]).toContain(code);
    error.mockRestore();
  });
});
