// Minutes: from the chair's word to a complete draft for a session of 400 log entries, opening a text of 20,000 updates (from its snapshot, and
// without one for comparison), and what an open text holds in memory. Aims: draft under 1 s, open under 500 ms.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as Y from 'yjs';
import { ownDatabase, print } from '#tests/support/bench-hall.ts';

const entries = Number(process.env.ENTRIES ?? 400);
const updates = Number(process.env.UPDATES ?? 20_000);
const openCount = Number(process.env.OPEN ?? 40);

const closeDatabase = await ownDatabase();
const { must } = await import('#tests/support/session.ts');
const { longSession } = await import('#tests/support/long-session.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { ensureMinutes, minutesBlocks, minutesDocumentOf, minutesFacts } =
  await import('#lib/server/minutes/document.ts');
const { client: sql, db } = await import('#lib/server/db/client.ts');
const { DocumentStore } = await import('#lib/server/documents/store.ts');
const { foundMinutesFrom } = await import('#lib/server/minutes/document.ts');
const { textOf } = await import('#lib/protocol/minutes-document.ts');
const { documentsDoor } = await import('#server/documents/documents-door.ts');
const { createServer } = await import('node:http');
const { realClient, until, closeDocuments, person } = await import('#tests/support/documents.ts');
const { recogniseTestCookie } = await import('#tests/support/test-sessions.ts');

const round = (ms: number): number => Math.round(ms * 10) / 10;
async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  return [await run(), round(performance.now() - start)];
}

const heapAfterGc = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

try {
  const { meetingId, chair } = await longSession(entries);
  const [documentId, draftMs] = await timed(async () => {
    await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
    return (await ensureMinutes(meetingId)) ?? '';
  });
  const [blocks, readMs] = await timed(() => minutesBlocks(db, meetingId, 'zh-CN'));
  const facts = await minutesFacts(meetingId);
  const whole = Array.isArray(blocks);
  print({
    bench: 'minutes',
    what: 'draft',
    entries: (await freshCopy(meetingId)).seq,
    facts: facts.length,
    draftMs,
    readMs,
    whole,
  });
  if (!whole || (await minutesDocumentOf(db, meetingId)) !== documentId) process.exitCode = 1;

  const store = new DocumentStore(sql);
  const loaded = await store.load(documentId);
  if (!loaded) throw new Error('The minutes are gone');
  const writer = await person('写者');
  const { doc } = loaded;
  const pending: { bytes: Uint8Array; personId: string; clientId: number; claims: number[] }[] = [];
  doc.on('update', (bytes: Uint8Array) =>
    pending.push({ bytes, personId: writer, clientId: doc.clientID, claims: seqOf() === 1 ? [doc.clientID] : [] }),
  );
  let made = 0;
  const seqOf = (): number => made;
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  made = 1;
  doc.transact(() => {
    paragraph.insert(0, [text]);
    textOf(doc).insert(textOf(doc).length, [paragraph]);
  });
  let head = loaded.head.seq;
  while (made < updates) {
    for (let batch = 0; batch < 500 && made < updates; batch++) {
      made += 1;
      text.insert(made % 7 === 0 ? Math.floor(text.length / 2) : text.length, '议');
    }
    const stored = await store.append(documentId, head, () => pending.splice(0));
    head = stored[stored.length - 1]?.seq ?? head;
    await store.keepSnapshot(documentId, head, Y.encodeStateAsUpdate(doc));
  }
  const server = createServer();
  const door = await documentsDoor(server, {
    recognise: recogniseTestCookie,
    accessTo: () => Promise.resolve('write'),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const [, openMs] = await timed(async () => {
    const client = realClient(origin, documentId, writer);
    await until(() => client.provider.synced);
  });
  const [, loadMs] = await timed(() => store.load(documentId));
  await sql`delete from document_snapshots where document_id = ${documentId}`;
  const [, fromLogMs] = await timed(() => store.load(documentId));
  print({
    bench: 'minutes',
    what: 'open',
    updates: head,
    openMs,
    loadMs,
    fromLogMs,
    snapshotSaves: round(fromLogMs / loadMs),
  });

  const ids: string[] = [];
  for (let each = 0; each < openCount; each++)
    ids.push(await db.transaction((tx) => foundMinutesFrom(tx, meetingId, documentId, each)));
  const before = heapAfterGc();
  for (const id of ids) {
    const client = realClient(origin, id, writer);
    await until(() => client.provider.synced);
    client.provider.destroy();
    client.doc.destroy();
  }
  const perOpenKb = Math.round((heapAfterGc() - before) / openCount / 1024);
  const bytes = Y.encodeStateAsUpdate(doc).byteLength;
  print({ bench: 'minutes', what: 'memory', open: door.documents.size, perOpenKb, textKb: Math.round(bytes / 1024) });
  await closeDocuments();
  await door.close();
  server.close();
} finally {
  await closeDatabase();
}
process.exit();
