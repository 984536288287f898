// The browser's side of a shared document against the real server: what it calls saved, what it keeps when there is no connection, what it
// undoes. The page is an EventTarget, the device's storage a map.
import { createServer } from 'node:http';
import postgres from 'postgres';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { DocumentLink, type DocumentLinkOptions } from '#lib/client/document-link.ts';
import { SharedDocument } from '#lib/client/shared-document.svelte.ts';
import { closeCode } from '#lib/protocol/documents.ts';
import { client as sql, db } from '#lib/server/db/client.ts';
import { freezeDocument } from '#lib/server/documents/found-and-freeze.ts';
import { DocumentStore } from '#lib/server/documents/store.ts';
import { documentsDoor } from '#server/documents/documents-door.ts';
import {
  closeDocuments,
  databaseUrl,
  document,
  joinedRaw,
  lockDocument,
  openDoor,
  person,
  until,
} from '#tests/support/documents.ts';
import { cookieOf, recogniseTestCookie } from '#tests/support/test-sessions.ts';

const links: DocumentLink[] = [];
afterEach(async () => {
  for (const link of links.splice(0)) link.destroy();
  await closeDocuments();
});

const storedText = async (documentId: string): Promise<string> =>
  (await new DocumentStore(sql).load(documentId))?.doc.getText('text').toString() ?? 'no such document';

/** A device: what localStorage is to a page. `room` limits the characters of one value. */
function device(room = Infinity) {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem(key: string, value: string) {
      if (value.length > room) throw new Error('QuotaExceededError');
      kept.set(key, value);
    },
  };
}

function openLink(
  origin: string,
  documentId: string,
  personId: string,
  options: Partial<DocumentLinkOptions> = {},
): DocumentLink & { type(letters: string): void; readonly text: string } {
  class WithCookie extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers: { cookie: cookieOf(personId) } });
    }
  }
  const link = new DocumentLink({
    documentId,
    personId,
    serverUrl: origin.replace('http', 'ws'),
    WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
    storage: device(),
    page: null,
    maxBackoffTime: 100,
    ...options,
  });
  links.push(link);
  const text = link.doc.getText('text');
  return Object.defineProperties(link, {
    type: { value: (letters: string) => link.edit(() => text.insert(text.length, letters)) },
    text: { get: () => text.toString() },
  }) as ReturnType<typeof openLink>;
}

/** An address nobody listens at, which a server takes later. */
async function laterServer() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return {
    origin: `http://127.0.0.1:${port}`,
    async start() {
      const opened = createServer();
      const pool = postgres(databaseUrl(), { max: 2, onnotice: () => {} });
      const door = await documentsDoor(opened, {
        sql: pool,
        recognise: recogniseTestCookie,
        accessTo: () => Promise.resolve('write'),
      });
      await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
      return async () => {
        await door.close();
        opened.closeAllConnections();
        await new Promise((resolve) => opened.close(resolve));
        await pool.end({ timeout: 1 });
      };
    },
  };
}

describe('[D7] what a person is told', () => {
  test('[D7] saving while it is on its way, saved when it is stored, never before', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const link = openLink(door.origin, id, me);
    expect(link.state).toBe('loading');
    expect(link.mayWrite).toBe(false);
    await until(() => link.state === 'saved');
    const states = new Set<string>();
    link.subscribe(() => states.add(link.state));
    const release = await lockDocument(id);
    link.type('会议');
    expect(link.state).toBe('saving');
    const other = await joinedRaw(door.origin, id, me);
    expect([link.state, other.text, link.hasUnsaved]).toEqual(['saving', '', true]);
    await release();
    await until(() => link.state === 'saved');
    expect(await storedText(id)).toBe('会议');
    expect([...states].sort()).toEqual(['saved', 'saving']);
  });

  test('[D7] no connection: typing goes on, it says unsaved, and everything is merged afterwards', async () => {
    const later = await laterServer();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    let stop = await later.start();
    const link = openLink(later.origin, id, me);
    await until(() => link.state === 'saved');
    link.type('在线');
    await until(() => link.state === 'saved');
    await stop();
    await until(() => !link.connected);
    expect(link.state).toBe('saved');
    for (const letter of '断线时也能写') link.type(letter);
    expect([link.state, link.mayWrite, link.text]).toEqual(['unsaved', true, '在线断线时也能写']);
    stop = await later.start();
    const other = openLink(later.origin, id, you);
    await until(() => other.state === 'saved');
    other.edit((doc) => doc.getText('text').insert(0, '别人：'));
    await until(() => link.state === 'saved' && other.state === 'saved' && link.text === other.text);
    expect(await storedText(id)).toBe('别人：在线断线时也能写');
    link.destroy();
    other.destroy();
    await stop();
  });

  test('[D7] typing in the moment of connecting is not called saved by an older ack', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const link = openLink(door.origin, id, me);
    let typed = 0;
    const stop = link.subscribe(() => {
      if (link.connected && typed < 20) {
        typed += 1;
        link.type('字');
      }
    });
    await until(() => typed === 20 && link.state === 'saved');
    stop();
    expect(await storedText(id)).toBe('字'.repeat(20));
  });

  test('[D7] leaving the page is warned about exactly while something is unsaved', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const page = new EventTarget();
    const link = openLink(door.origin, id, me, { page: page as unknown as Window });
    const leaves = (): boolean => {
      const event = Object.defineProperty(new Event('beforeunload', { cancelable: true }), 'returnValue', {
        writable: true,
      });
      return page.dispatchEvent(event);
    };
    await until(() => link.state === 'saved');
    expect(leaves()).toBe(true);
    link.type('x');
    expect(leaves()).toBe(false);
    await until(() => link.state === 'saved');
    expect(leaves()).toBe(true);
    link.type('y');
    link.destroy();
    expect(leaves()).toBe(true);
  });
});

describe('[D7] kept on the device', () => {
  test('[D7] closed and opened again without a connection, the text is there, and is saved when the server is back', async () => {
    const later = await laterServer();
    const [me, id] = [await person('甲'), await document()];
    const storage = device();
    const stop = await later.start();
    const before = openLink(later.origin, id, me, { storage });
    await until(() => before.state === 'saved');
    before.type('已存');
    await until(() => before.state === 'saved');
    expect(storage.kept.size).toBe(0);
    await stop();
    await until(() => !before.connected);
    before.type('未存');
    before.destroy();
    expect(storage.kept.size).toBe(1);

    const reloaded = openLink(later.origin, id, me, { storage });
    expect([reloaded.text, reloaded.state, reloaded.hasUnsaved, reloaded.mayWrite]).toEqual([
      '已存未存',
      'unsaved',
      true,
      true,
    ]);
    reloaded.type('再写');
    const again = await later.start();
    await until(() => reloaded.state === 'saved');
    expect(await storedText(id)).toBe('已存未存再写');
    expect(storage.kept.size).toBe(0);
    reloaded.destroy();
    await again();
  });

  test('[D7] without being closed properly as well: typing is written down while it goes on', async () => {
    const later = await laterServer();
    const [me, id] = [await person('甲'), await document()];
    const storage = device();
    const first = openLink(later.origin, id, me, { storage });
    first.type('突然断电');
    await until(() => storage.kept.size === 1);
    const second = openLink(later.origin, id, me, { storage });
    const stop = await later.start();
    await until(() => second.state === 'saved');
    expect(second.text).toBe('突然断电');
    first.destroy();
    second.destroy();
    await stop();
  });

  test('[D7] where the whole text does not fit, what is unsaved is kept', async () => {
    const later = await laterServer();
    const [me, id] = [await person('甲'), await document()];
    const stop = await later.start();
    const storage = device(600);
    const before = openLink(later.origin, id, me, { storage });
    await until(() => before.state === 'saved');
    before.type('长'.repeat(2_000));
    await until(() => before.state === 'saved');
    await stop();
    await until(() => !before.connected);
    before.type('末尾');
    before.destroy();
    expect([before.keptOnDevice, storage.kept.size]).toEqual([true, 1]);
    const reloaded = openLink(later.origin, id, me, { storage });
    // There is nothing to show it in yet.
    expect([reloaded.state, reloaded.hasUnsaved]).toEqual(['loading', true]);
    const again = await later.start();
    await until(() => reloaded.state === 'saved');
    expect((await storedText(id)).endsWith('长末尾')).toBe(true);
    reloaded.destroy();
    await again();
  });

  test('[D7] a device that keeps nothing is said', () => {
    const link = openLink('http://127.0.0.1:9', 'x', 'me', { storage: device(0) });
    link.type('x');
    link.destroy();
    expect(link.keptOnDevice).toBe(false);
  });

  test('[D7] another person on the same device neither sees nor sends it', async () => {
    const later = await laterServer();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const storage = device();
    const mine = openLink(later.origin, id, me, { storage });
    mine.type('甲的草稿');
    mine.destroy();
    const stop = await later.start();
    const yours = openLink(later.origin, id, you, { storage });
    await until(() => yours.state === 'saved');
    expect([yours.text, storage.kept.size]).toEqual(['', 1]);
    const back = openLink(later.origin, id, me, { storage });
    await until(() => back.state === 'saved');
    expect(await storedText(id)).toBe('甲的草稿');
    for (const link of [yours, back]) link.destroy();
    await stop();
  });

  test('[D7] two tabs without a connection both keep theirs', async () => {
    const later = await laterServer();
    const [me, id] = [await person('甲'), await document()];
    const storage = device();
    const [one, two] = [openLink(later.origin, id, me, { storage }), openLink(later.origin, id, me, { storage })];
    one.type('一');
    two.type('二');
    one.destroy();
    two.destroy();
    expect(storage.kept.size).toBe(2);
    const reloaded = openLink(later.origin, id, me, { storage });
    const stop = await later.start();
    await until(() => reloaded.state === 'saved');
    expect([...(await storedText(id))].sort()).toEqual(['一', '二']);
    expect(storage.kept.size).toBe(0);
    reloaded.destroy();
    await stop();
  });
});

describe('[D4] what the server does not take', () => {
  test('[D4] made a reader: refused while something typed is not taken, saved again when it is', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const link = openLink(door.origin, id, me);
    await until(() => link.state === 'saved');
    door.permissions.set(me, 'read');
    link.type('来不及');
    door.changed(id);
    await until(() => link.standing?.permission === 'read');
    expect(link.mayWrite).toBe(false);
    await until(() => ['refused', 'saved'].includes(link.state));
    link.type('真的');
    expect(link.state).toBe('refused');
    door.permissions.set(me, 'write');
    door.changed(id);
    await until(() => link.state === 'saved');
    expect(await storedText(id)).toBe('来不及真的');
  });

  test('[D15] frozen: said at once, what came too late is still here to copy, and can be let go', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const storage = device();
    const link = openLink(door.origin, id, me, { storage });
    await until(() => link.state === 'saved');
    link.type('定稿');
    await until(() => link.state === 'saved');
    await db.transaction((tx) => freezeDocument(tx, id));
    link.type('太迟');
    await until(() => link.state === 'frozen');
    expect([link.hasUnsaved, link.mayWrite, link.text]).toEqual([true, false, '定稿太迟']);
    link.discardUnsaved();
    link.destroy();
    expect([link.hasUnsaved, storage.kept.size, await storedText(id)]).toEqual([false, 0, '定稿']);
  });

  test('[D1] signed out: refused, nothing is tried again by itself, and signing in again saves it', async () => {
    let signedIn = true;
    const door = await openDoor({
      recheckMs: 30,
      recognise: (cookie) => (signedIn ? recogniseTestCookie(cookie) : Promise.resolve({ kind: 'nobody' as const })),
    });
    const [me, id] = [await person('甲'), await document()];
    const link = openLink(door.origin, id, me);
    await until(() => link.state === 'saved');
    signedIn = false;
    await until(() => link.closedFor === closeCode.signIn);
    link.type('还在');
    expect([link.state, link.hasUnsaved]).toEqual(['refused', true]);
    signedIn = true;
    link.retry();
    await until(() => link.state === 'saved');
    expect(await storedText(id)).toBe('还在');
  });

  test('[D3] a frame too large to be read is not sent for ever', async () => {
    const door = await openDoor();
    const [me, id] = [await person('甲'), await document()];
    const link = openLink(door.origin, id, me);
    await until(() => link.state === 'saved');
    link.type('大'.repeat(400_000));
    await until(() => link.closedFor !== null);
    expect(link.state).toBe('refused');
  });
});

describe('[D12] undoing', () => {
  test('[D12] takes back this page’s typing only: not what was there, not what others typed', async () => {
    const door = await openDoor();
    const [me, you] = [await person('甲'), await person('乙')];
    const id = await document({ seed: (doc) => doc.getText('text').insert(0, '模板。') });
    const [mine, yours] = [openLink(door.origin, id, me), openLink(door.origin, id, you)];
    await until(() => mine.state === 'saved' && yours.state === 'saved');
    expect(mine.undoManager.canUndo()).toBe(false);
    mine.type('我写的。');
    await until(() => yours.text === '模板。我写的。');
    yours.edit((doc) => doc.getText('text').insert(3, '别人写的。'));
    await until(() => mine.text === '模板。别人写的。我写的。');
    mine.undoManager.undo();
    expect([mine.text, mine.undoManager.canUndo()]).toEqual(['模板。别人写的。', false]);
    mine.undoManager.undo();
    expect(mine.text).toBe('模板。别人写的。');
    mine.undoManager.redo();
    await until(() => mine.state === 'saved' && yours.text === '模板。别人写的。我写的。');
    expect(await storedText(id)).toBe('模板。别人写的。我写的。');
  });

  test('[D12] takes back one deed at a time, however quickly they follow', async () => {
    const door = await openDoor();
    const mine = openLink(door.origin, await document(), await person('甲'));
    await until(() => mine.state === 'saved');
    const put = (at: number, text: string) => (doc: Y.Doc) => doc.getText('text').insert(at, text);
    mine.edit(put(0, '写'));
    mine.step(put(1, '移'));
    mine.step(put(2, '删'));
    mine.edit(put(3, '再'));
    mine.edit(put(4, '写'));
    const seen = [mine.text];
    for (; mine.undoManager.canUndo(); seen.push(mine.text)) mine.undoManager.undo();
    expect(seen).toEqual(['写移删再写', '写移删', '写移', '写', '']);
  });

  test('[D12] nor what this device had kept from before', async () => {
    const later = await laterServer();
    const [me, id] = [await person('甲'), await document()];
    const storage = device();
    const before = openLink(later.origin, id, me, { storage });
    before.type('昨天');
    before.destroy();
    const today = openLink(later.origin, id, me, { storage });
    expect([today.text, today.undoManager.canUndo()]).toEqual(['昨天', false]);
    today.destroy();
  });
});

describe('[D10] cursors of a page', () => {
  test('[D10] others appear under the server’s names, and nothing heard is sent back', async () => {
    const door = await openDoor();
    const [me, you, id] = [await person('沈书记'), await person('乙'), await document()];
    const sent: Uint8Array[] = [];
    class Watched extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols ?? [], { headers: { cookie: cookieOf(me) } });
      }
      override send(...message: unknown[]): void {
        sent.push(message[0] as Uint8Array);
        super.send(message[0] as Uint8Array);
      }
    }
    const mine = openLink(door.origin, id, me, { WebSocket: Watched as unknown as typeof globalThis.WebSocket });
    const yours = openLink(door.origin, id, you);
    await until(() => mine.state === 'saved' && yours.state === 'saved');
    mine.showCursor('at', { itemId: 'a' });
    yours.showCursor('at', { itemId: 'b' });
    await until(() => mine.others.length === 1 && yours.others.length === 1);
    expect(yours.others[0]).toMatchObject({ name: '沈书记', state: { at: { itemId: 'a' } } });
    const before = sent.length;
    for (let move = 0; move < 5; move++) {
      yours.showCursor('at', { itemId: `b${move}` });
      await until(() => JSON.stringify(mine.others[0]?.state).includes(`b${move}`));
    }
    expect(sent.slice(before).filter(([type]) => type === 1)).toEqual([]);
    // A page that draws them is told, though no letter of the text has changed.
    let drawn = '';
    mine.subscribe(() => (drawn = JSON.stringify(mine.others)));
    yours.showCursor('at', { itemId: 'here' });
    await until(() => drawn.includes('here'));
  });

  test('[D10] a cursor comes back with its connection', async () => {
    const later = await laterServer();
    const [me, you, id] = [await person('甲'), await person('乙'), await document()];
    const stop = await later.start();
    const [mine, yours] = [openLink(later.origin, id, me), openLink(later.origin, id, you)];
    await until(() => mine.state === 'saved' && yours.state === 'saved');
    mine.showCursor('at', 1);
    await until(() => yours.others.some(({ state }) => state.at === 1));
    await stop();
    await until(() => yours.others.length === 0);
    const again = await later.start();
    await until(() => yours.others.some(({ state }) => state.at === 1));
    mine.destroy();
    yours.destroy();
    await again();
  });
});

test('[D7] SharedDocument reads through to its link', async () => {
  const door = await openDoor();
  const [me, id] = [await person('甲'), await document()];
  const shared = new SharedDocument({
    documentId: id,
    personId: me,
    serverUrl: door.origin.replace('http', 'ws'),
    WebSocket: class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols ?? [], { headers: { cookie: cookieOf(me) } });
      }
    } as unknown as typeof globalThis.WebSocket,
    storage: null,
    page: null,
  });
  links.push(shared.link);
  await until(() => shared.state === 'saved' && shared.mayWrite && shared.connected && shared.loaded);
  shared.edit((doc) => doc.getText('text').insert(0, '字'));
  expect([shared.read((doc) => doc.getText('text').toString()), shared.hasUnsaved, shared.canUndo]).toEqual([
    '字',
    true,
    true,
  ]);
  await until(() => !shared.hasUnsaved);
  shared.undo();
  expect([shared.canUndo, shared.canRedo, shared.standing?.permission, shared.closedFor]).toEqual([
    false,
    true,
    'write',
    null,
  ]);
});
