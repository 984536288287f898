// Documents: 50, 200 and 400 people typing two characters a second into one text with 200 readers, all of them frames on sockets, and five
// stock y-websocket clients that check that it is a document. How long until others see a letter and until its typist is told that it is
// stored, with synchronous_commit on; the server is a process of its own. Aim: p95 under 100 ms at 200 writers, and at 400.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import * as Y from 'yjs';
import { encodeSync, syncType } from '#lib/protocol/documents.ts';
import { BareDocumentClient, letterUpdate } from '#tests/support/bare-document-client.ts';
import { ownDatabase, print, quantiles } from '#tests/support/bench-hall.ts';
import { startDocumentServer } from '#tests/support/document-server.ts';

const levels = (process.env.WRITERS ?? '50,200,400').split(',').map(Number);
const readerCount = Number(process.env.READERS ?? 200);
const [warmMs, measureMs] = [4_000, Number(process.env.SECONDS ?? 20) * 1_000];
const everyMs = 500;
const firstClientId = 1_000_000;

const closeDatabase = await ownDatabase();
const { document, person, realClient, until, closeDocuments } = await import('#tests/support/documents.ts');
const { client: sql } = await import('#lib/server/db/client.ts');
const { DocumentStore } = await import('#lib/server/documents/store.ts');

async function level(writerCount: number): Promise<Record<string, unknown>> {
  const documentId = await document();
  const server = await startDocumentServer(process.env.DATABASE_URL ?? '');
  const port = Number(new URL(server.origin).port);
  const person0 = await person('读者');
  let measuring = false;
  let lost = 0;
  const closed = (): void => void (lost += 1);
  const samples = { seen: [] as number[], real: [] as number[], acked: [] as number[] };

  /** When each letter was sent, by writer and clock. */
  const sentAt: number[][] = Array.from({ length: writerCount }, () => []);
  /** Which letters an update brings; every receiver gets the same bytes, so they are read once. */
  let [lastBytes, lastLetters]: [Buffer, number[]] = [Buffer.alloc(0), []];
  const lettersIn = (update: Uint8Array): number[] => {
    const bytes = Buffer.from(update.buffer, update.byteOffset, update.byteLength);
    if (bytes.equals(lastBytes)) return lastLetters;
    const { from, to } = Y.parseUpdateMeta(update);
    lastLetters = [];
    from.forEach((clock, clientId) => {
      for (let letter = clock; letter < (to.get(clientId) ?? 0); letter++)
        lastLetters.push(sentAt[clientId - firstClientId]?.[letter] ?? NaN);
    });
    lastBytes = Buffer.from(bytes);
    return lastLetters;
  };
  const saw = (into: number[], update: Uint8Array): void => {
    if (!measuring) return;
    const now = performance.now();
    for (const at of lettersIn(update)) into.push(now - at);
  };

  const clients: BareDocumentClient[] = [];
  const join = async (personId: string, heard: ConstructorParameters<typeof BareDocumentClient>[3]) => {
    const client = new BareDocumentClient(port, documentId, personId, { closed, ...heard });
    clients.push(client);
    await client.joined;
    return client;
  };
  const writers: BareDocumentClient[] = [];
  for (let index = 0; index < writerCount; index++) {
    let acked = 0;
    const personId = await person(`写者${index}`);
    const ack = (count: number): void => {
      const now = performance.now();
      for (; acked < count; acked++) if (measuring) samples.acked.push(now - (sentAt[index]?.[acked] ?? NaN));
    };
    writers.push(await join(personId, { ack }));
  }
  for (let index = 0; index < readerCount; index++)
    await join(person0, { update: (update) => saw(samples.seen, update) });
  const real = Array.from({ length: 5 }, () => realClient(server.origin, documentId, person0));
  await until(() => real.every(({ provider }) => provider.synced));
  for (const { doc } of real) doc.on('update', (update: Uint8Array) => saw(samples.real, update));

  const due = writers.map((_, index) => performance.now() + (index / writerCount) * everyMs);
  const typing = setInterval(() => {
    const now = performance.now();
    writers.forEach((writer, index) => {
      if ((due[index] ?? 0) > now) return;
      due[index] = (due[index] ?? now) + everyMs;
      const clock = sentAt[index]?.push(performance.now()) ?? 0;
      writer.send(encodeSync(syncType.update, letterUpdate(firstClientId + index, clock - 1, '议')));
    });
  }, 2);
  await new Promise((resolve) => setTimeout(resolve, warmMs));
  const crowdDelay = monitorEventLoopDelay({ resolution: 2 });
  crowdDelay.enable();
  await server.measure();
  measuring = true;
  await new Promise((resolve) => setTimeout(resolve, measureMs));
  measuring = false;
  const measures = await server.measure();
  crowdDelay.disable();
  clearInterval(typing);

  const letters = sentAt.reduce((sum, { length }) => sum + length, 0);
  await until(() => real.every(({ text }) => text.length === letters), 30_000).catch(() => {});
  const stored = await new DocumentStore(sql).load(documentId);
  const text = stored?.doc.getText('text').toString() ?? '';
  for (const client of clients) client.close();
  await closeDocuments();
  await server.kill('SIGTERM');
  return {
    bench: 'documents',
    writers: writerCount,
    readers: readerCount,
    seenMs: quantiles(samples.seen),
    seenByRealMs: quantiles(samples.real),
    ackMs: quantiles(samples.acked),
    server: measures,
    crowdLoopDelayMs: Math.round(crowdDelay.percentile(95) / 1e5) / 10,
    letters,
    agree: text.length === letters && real.every((client) => client.text.toString() === text),
    lost,
  };
}

try {
  for (const writers of levels) {
    const line = await level(writers);
    print(line);
    if (line.agree !== true || line.lost !== 0) process.exitCode = 1;
  }
} finally {
  await closeDatabase();
}
process.exit();
