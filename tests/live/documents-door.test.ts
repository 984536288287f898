// The door of the document server, knocked at with real sockets: who is let in, what is malformed, too large or too much, how it stops.
import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { caps, closeCode, encodeSync, isFinal } from '#lib/protocol/documents.ts';
import { newId } from '#lib/protocol/ids.ts';
import { client as sql } from '#lib/server/db/client.ts';
import { Allowance, pointsFor } from '#lib/server/documents/allowance.ts';
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
} from '#tests/support/documents.ts';

afterEach(closeDocuments);

const rowsOf = async (documentId: string): Promise<number> =>
  (await sql`select 1 from document_updates where document_id = ${documentId}`).length;

describe('[D1] who is let in', () => {
  test('[D1] no session: accepted, then 4401', async () => {
    const door = await openDoor();
    const client = rawClient(door.origin, await document(), null);
    await client.opened;
    expect((await client.closed).code).toBe(closeCode.signIn);
    expect(client.heard).toEqual([]);
  });

  test('[D1] nobody makes a document by opening its address: 4404, and no row', async () => {
    const door = await openDoor();
    const me = await person('甲');
    const before = (await sql`select 1 from documents`).length;
    for (const path of [newId(), '/documents/', '/documents/..%2f', '/documents/a/b', `/documents/${newId()}x`])
      expect((await rawClient(door.origin, path, me).closed).code).toBe(closeCode.unknown);
    expect((await sql`select 1 from documents`).length).toBe(before);
  });

  test('[D1] no permission: 4403, and not a byte of the text', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document({ seed: (doc) => doc.getText('text').insert(0, 'secret') })];
    door.permissions.set(me, 'none');
    const client = rawClient(door.origin, id, me);
    await client.opened;
    client.step1();
    expect((await client.closed).code).toBe(closeCode.forbidden);
    expect(client.heard).toEqual([]);
  });

  test.each(['https://elsewhere.example', 'null', 'http://127.0.0.1', 'not an address'])(
    '[D1] a page of another site cannot use the visitor’s session: Origin %s',
    async (origin) => {
      const door = await openDoor();
      const client = rawClient(door.origin, await document(), await person('甲'), { headers: { origin } });
      expect((await client.closed).code).toBe(closeCode.forbidden);
    },
  );

  test('[D1] a page of this site is let in, with a search part in the address as well', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = rawClient(door.origin, `/documents/${id}?from=agenda`, me, { headers: { origin: door.origin } });
    await client.opened;
    client.step1();
    await until(() => client.step2s === 1 && client.step1s === 1);
  });

  test('[D1] other upgrades and pages are none of its business', async () => {
    const door = await openDoor();
    const others = new WebSocketServer({ noServer: true });
    door.server.on('upgrade', (request, socket, head) => {
      if (request.url?.startsWith('/live/'))
        others.handleUpgrade(request, socket, head, (opened) => opened.send('live'));
    });
    const client = rawClient(door.origin, '/live/x', null);
    client.socket.removeAllListeners('message');
    const said = await new Promise((resolve) => client.socket.once('message', (message) => resolve(String(message))));
    expect(said).toBe('live');
    expect(await (await fetch(`${door.origin}/documents/${newId()}`)).text()).toBe('a page');
    others.close();
  });

  test('[D1] codes a client must not repeat are the final ones', () => {
    const { failed, restart, tooSlow, ...final } = closeCode;
    expect(Object.values(final).filter((code) => !isFinal(code))).toEqual([]);
    expect([failed, restart, tooSlow].filter(isFinal)).toEqual([]);
  });
});

describe('[D3] in order, well-formed, not too much', () => {
  const valid = new Typist().type('x');
  const malformed: [string, Uint8Array][] = [
    ['nothing at all', new Uint8Array()],
    ['an unknown type', Uint8Array.of(9, 0)],
    ['an ack, which only the server sends', Uint8Array.of(4, 1, 1)],
    ['a standing, which only the server sends', Uint8Array.of(5, 2, 123, 125)],
    ['an auth message', Uint8Array.of(2, 0, 0)],
    ['a sync message that ends', Uint8Array.of(0)],
    ['an unknown sync message', Uint8Array.of(0, 3, 0)],
    ['a length beyond the message', Uint8Array.of(0, 2, 255, 255, 3)],
    ['a length of 2^70', Uint8Array.of(0, 2, ...Array<number>(10).fill(255), 1)],
    ['bytes after the message', Uint8Array.of(...encodeSync(2, valid), 0)],
    ['an update that is none', encodeSync(2, Uint8Array.of(1, 2, 3))],
    ['half an update', encodeSync(2, valid.subarray(0, valid.length - 2))],
    ['an update with a billion structs', encodeSync(2, Uint8Array.of(1, 128, 148, 235, 220, 3, 1, 0))],
    [
      'a clientID no Yjs has',
      encodeSync(2, Uint8Array.of(1, 1, 255, 255, 255, 255, 255, 3, 0, 4, 1, 1, 116, 1, 97, 0)),
    ],
    ['a state vector that is none', encodeSync(0, Uint8Array.of(5, 1))],
    ['awareness that ends', Uint8Array.of(1, 2, 1, 1)],
    ['awareness with a state that is no object', Uint8Array.of(1, 5, 1, 7, 1, 1, 50)],
    ['awareness that is no JSON', Uint8Array.of(1, 5, 1, 7, 1, 1, 123)],
  ];

  test.each(malformed)('[D3] %s closes 4400 and changes nothing', async (_, message) => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const watcher = await joinedRaw(door.origin, id, you);
    const client = await joinedRaw(door.origin, id, me);
    client.send(message);
    expect((await client.closed).code).toBe(closeCode.malformed);
    expect(await rowsOf(id)).toBe(0);
    expect(watcher.closeCode).toBe(null);
  });

  test('[D3] a text message closes 4400', async () => {
    const door = await openDoor();
    const client = await joinedRaw(door.origin, await document(), await person('甲'));
    client.socket.send('hello');
    expect((await client.closed).code).toBe(closeCode.malformed);
  });

  test('[D3] an update that decodes but cannot be applied is found before it is stored', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const other = await joinedRaw(door.origin, id, you);
    const client = await joinedRaw(door.origin, id, me);
    // One character of client 7 that wants to stand beside a character 7 has yet to type: Yjs throws when applying it.
    const impossible = Uint8Array.of(1, 1, 7, 0, 0x84, 7, 5, 1, 97, 0);
    expect(Y.decodeUpdate(impossible).structs).toHaveLength(1);
    expect(() => Y.applyUpdate(new Y.Doc(), impossible)).toThrow();
    client.update(impossible);
    expect((await client.closed).code).toBe(closeCode.malformed);
    const typist = new Typist();
    other.update(typist.type('still here'));
    await until(() => other.acked === 1);
    expect(await rowsOf(id)).toBe(1);
  });

  test('[D3] an update that looks whole and is applied with a gap is found before it is stored', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    // Client 7 is listed twice. Reading finds both characters; applying forgets the first.
    const twice = Uint8Array.of(2, 1, 7, 0, 4, 1, 1, 116, 1, 97, 1, 7, 1, 0x84, 7, 0, 1, 98, 0);
    expect(Y.decodeUpdate(twice).structs).toHaveLength(2);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, twice);
    expect(doc.store.pendingStructs).not.toBe(null);
    client.update(twice);
    expect((await client.closed).code).toBe(closeCode.malformed);
    expect(await rowsOf(id)).toBe(0);
    // The trial text was made anew: the next hand notices nothing.
    const next = await joinedRaw(door.origin, id, you);
    next.update(new Typist().type('x'));
    await until(() => next.acked === 1);
  });

  test('[D3] messages are handled in their order, those before the document was loaded too', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = rawClient(door.origin, id, me);
    await client.opened;
    const typist = new Typist();
    client.step1();
    for (let index = 0; index < 200; index++) client.update(typist.type(`${index} `));
    await until(() => client.acked === 200);
    const stored = await new DocumentStore(sql).load(id);
    expect(stored?.doc.getText('text').toString()).toBe(typist.doc.getText('text').toString());
    expect(stored?.head.seq).toBe(200);
  });

  test('[D3] an update over 256 KiB closes 4413, one of just that size is stored', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const overhead = new Typist().type('x').byteLength + 8;
    client.update(new Typist().type('x'.repeat(caps.update - overhead)));
    await until(() => client.acked === 1);
    client.update(new Typist().type('x'.repeat(caps.update)));
    expect((await client.closed).code).toBe(closeCode.tooLarge);
    expect(await rowsOf(id)).toBe(1);
  });

  test('[D3] a frame larger than is read at all closes with a final code too', async () => {
    const door = await openDoor();
    const client = await joinedRaw(door.origin, await document(), await person('甲'));
    client.send(new Uint8Array(caps.frame + 1));
    expect(isFinal((await client.closed).code)).toBe(true);
  });

  test('[D3] a full document takes nothing more: 4413', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    await sql`update documents set size = ${caps.document - 10} where id = ${id}`;
    const client = await joinedRaw(door.origin, id, me);
    client.update(new Typist().type('this is longer than ten bytes'));
    expect((await client.closed).code).toBe(closeCode.tooLarge);
    expect(await rowsOf(id)).toBe(0);
  });

  test('[D3] who sends too much waits until the bucket fills again', () => {
    const allowance = new Allowance();
    for (let message = 0; message < 500; message++) allowance.spend(pointsFor(100));
    expect(allowance.waitMs()).toBe(0);
    for (let message = 0; message < 2_000; message++) allowance.spend(pointsFor(100));
    expect(allowance.waitMs()).toBeGreaterThan(0);
  });

  test('[D3] who sends too much is read more slowly, and loses nothing', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const pauses = vi.fn();
    const admit = door.documents.admit.bind(door.documents);
    door.documents.admit = (documentId, cookie, peer) =>
      admit(documentId, cookie, { ...peer, pause: () => (pauses(), peer.pause()) });
    const client = await joinedRaw(door.origin, id, me);
    pauses.mockClear();
    const typist = new Typist();
    const letters = 2_300;
    for (let letter = 0; letter < letters; letter++) client.update(typist.type('x'));
    await until(() => client.acked === letters);
    expect(pauses).toHaveBeenCalled();
    expect(await rowsOf(id)).toBe(letters);
  });

  test('[D3] 1,500 broken messages from a seeded hand: the server stands, the log stays whole', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    let seed = 20_260_418;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const typist = new Typist();
    const good = (): Uint8Array =>
      [
        () => encodeSync(2, new Typist().type('字'.repeat(1 + random(20)))),
        () => encodeSync(1, Y.encodeStateAsUpdate(new Typist(random(2 ** 32)).doc)),
        () => encodeSync(0, Y.encodeStateVector(typist.doc)),
        () =>
          encodeSync(
            2,
            new Typist().change((_, doc) => doc.getMap('map').set('k', { deep: [random(9), ['x']] })),
          ),
        () => Uint8Array.of(1, 9, 1, 7, 1, 5, 123, 34, 97, 34, 58, 49, 125),
        () => Uint8Array.of(3),
      ][random(6)]?.() ?? new Uint8Array();
    let client = await joinedRaw(door.origin, id, me);
    const codes = new Set<number>();
    for (let round = 0; round < 1_500; round++) {
      const message = Uint8Array.from(good());
      for (let hit = random(4); hit >= 0 && message.length > 0; hit--) message[random(message.length)] = random(256);
      client.send(random(5) === 0 ? message.subarray(0, random(message.length + 1)) : message);
      if (round % 5 < 4) continue;
      // A step 1 with an answer proves that everything before has been read.
      const answered = client.step2s;
      client.step1();
      await until(() => client.step2s > answered || client.closeCode !== null);
      if (client.closeCode === null) continue;
      codes.add(client.closeCode);
      client = await joinedRaw(door.origin, id, me);
    }
    expect([...codes].filter((code) => ![closeCode.malformed, closeCode.conflict].includes(code as 4400))).toEqual([]);
    expect(codes).toContain(closeCode.malformed);
    const honest = realClient(door.origin, id, you);
    await until(() => honest.provider.synced);
    honest.doc.getText('honest').insert(0, '还在');
    await until(() => honest.ack?.count === 2);
    const stored = await new DocumentStore(sql).load(id);
    expect(stored?.doc.getText('honest').toString()).toBe('还在');
    error.mockRestore();
  }, 60_000);
});

describe('[D13] stopping', () => {
  test('[D13] what was received is stored, everybody hears 1012, the page server goes on', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const client = await joinedRaw(door.origin, id, me);
    const typist = new Typist();
    const store = vi.spyOn(door.documents.store, 'appendAt');
    for (let letter = 0; letter < 120; letter++) client.update(typist.type('x'));
    await until(() => store.mock.calls.length > 0);
    const closing = door.close();
    expect((await client.closed).code).toBe(closeCode.restart);
    await closing;
    expect(await rowsOf(id)).toBe(client.acked);
    expect(client.acked).toBeGreaterThan(0);
  });

  test('[D13] whoever knocks while it stops hears 1012; closing leaves other sockets of the server alone', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    await joinedRaw(door.origin, id, me);
    const bystander = connect(Number(new URL(door.origin).port), '127.0.0.1');
    await new Promise((resolve) => bystander.once('connect', resolve));
    let release = (): void => {};
    const held = vi
      .spyOn(door.documents.store, 'address')
      .mockImplementationOnce(() => new Promise((_, reject) => (release = () => reject(new Error('too late')))));
    const late = rawClient(door.origin, id, me);
    await until(() => held.mock.calls.length > 0);
    const documentsClosed = door.documents.stop();
    const tooLate = rawClient(door.origin, id, me);
    expect((await tooLate.closed).code).toBe(closeCode.restart);
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    release();
    expect((await late.closed).code).toBe(closeCode.failed);
    await documentsClosed;
    expect(bystander.destroyed).toBe(false);
    bystander.destroy();
    error.mockRestore();
  });

  test('[D13] a connection that says nothing hears the server before y-websocket gives up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const door = await openDoor();
    const client = await joinedRaw(door.origin, await document(), await person('甲'));
    const before = client.heard.length;
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await until(() => client.heard.length > before);
    expect(client.heard[before]).toEqual(Uint8Array.of(1, 1, 0));
  });
});
