// The minutes of a real meeting on a real database: there the moment it is adjourned, written by those who may, with every fact back in its
// place whatever a client sends, and nothing acknowledged lost when the server is killed under twenty writers.
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import { anchorsIn, factsAreRight, readMinutes, textOf } from '#lib/protocol/minutes-document.ts';
import { client as sql, db } from '#lib/server/db/client.ts';
import { documents } from '#lib/server/db/schema/index.ts';
import { accessTo } from '#lib/server/documents/access.ts';
import { freezeDocument } from '#lib/server/documents/found-and-freeze.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { DocumentStore } from '#lib/server/documents/store.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { startDocumentServer } from '#tests/support/document-server.ts';
import {
  closeDocuments,
  databaseUrl,
  joinedRaw,
  openDoor,
  person,
  realClient,
  until,
} from '#tests/support/documents.ts';
import { aSession, must, type SessionMade } from '#tests/support/session.ts';
import { eq } from 'drizzle-orm';
import { ensureMinutes, minutesBlocks, minutesDocumentOf, minutesFacts, tendMinutes } from './document.ts';

afterEach(closeDocuments);

async function adjourned(members = 5): Promise<SessionMade & { documentId: string; seqs: number[] }> {
  const session = await aSession({ members });
  await must(session.meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, session.chair);
  const documentId = (await ensureMinutes(session.meetingId)) ?? '';
  const seqs = (await minutesFacts(session.meetingId)).map(({ seq }) => seq);
  return { ...session, documentId, seqs };
}

const stored = async (documentId: string): Promise<Y.Doc> => {
  const doc = await readDocument(db, documentId);
  if (!doc) throw new Error('nothing is stored');
  return doc;
};

const indexOf = (doc: Y.Doc, seq: number | undefined): number =>
  textOf(doc)
    .toArray()
    .findIndex((node) => node instanceof Y.XmlElement && Number(node.getAttribute('seq')) === seq);

/** A paragraph of one's own at the end, to type into. */
function ownParagraph(doc: Y.Doc): Y.XmlText {
  const [paragraph, text] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
  paragraph.insert(0, [text]);
  textOf(doc).insert(textOf(doc).length, [paragraph]);
  return text;
}

describe('the first text', () => {
  test('[K2] is there whole when the meeting is adjourned: every fact in order, in words complete with figures', async () => {
    const { meetingId, documentId, seqs } = await adjourned();
    const doc = await stored(documentId);
    expect(factsAreRight(doc, seqs)).toBe(true);
    const blocks = (await minutesBlocks(db, meetingId, 'zh-CN')) as WrittenBlock[];
    expect(blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
    const facts = blocks.filter((block) => block.kind === 'fact');
    expect(facts.every(({ blocks: inner }) => inner.length > 0)).toBe(true);
    expect(JSON.stringify(facts)).toContain('应到 5 人，实到 5 人');
  });

  test('[K2] is found once, however many ask at once, and not before the adjournment', async () => {
    const session = await aSession({ members: 5 });
    expect(await ensureMinutes(session.meetingId)).toBeNull();
    await must(session.meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, session.chair);
    const ids = await Promise.all(Array.from({ length: 8 }, () => ensureMinutes(session.meetingId)));
    expect(new Set(ids).size).toBe(1);
    const rows = await db.select().from(documents).where(eq(documents.meetingId, session.meetingId));
    expect(rows.filter(({ kind }) => kind === 'minutes')).toHaveLength(1);
    expect(await minutesDocumentOf(db, session.meetingId)).toBe(ids[0]);
  });
});

describe('[K5] who writes', () => {
  test('[K5] members and hosts from the adjournment on; who attended or helped reads; others and earlier nobody', async () => {
    const session = await aSession({ members: 5 });
    const { meetingId } = session;
    const asked = (personId: string) =>
      accessTo(
        { documentId: 'any', kind: 'minutes', meetingId },
        { kind: 'person', personId, accountId: null, meetingId: null },
      );
    const [chair, , member] = session.council.members.map(({ personId }) => personId);
    expect(await asked(chair ?? '')).toBe('none');
    await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, session.chair);
    expect([await asked(chair ?? ''), await asked(member ?? ''), await asked(await person('路人'))]).toEqual([
      'write',
      'write',
      'none',
    ]);
    expect(await accessTo({ documentId: 'any', kind: 'minutes', meetingId }, { kind: 'nobody' })).toBe('none');
  });

  test('[D4] a reader’s client changes not a byte, whatever frame it sends', async () => {
    const { documentId, council } = await adjourned();
    const reader = council.members[2]?.personId ?? '';
    const door = await openDoor();
    door.permissions.set(reader, 'read');
    const before = await db.select().from(documents).where(eq(documents.id, documentId));
    const raw = await joinedRaw(door.origin, documentId, reader);
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(raw.doc));
    const vector = Y.encodeStateVector(forged);
    textOf(forged).delete(0, textOf(forged).length);
    ownParagraph(forged).insert(0, '改掉');
    raw.update(Y.encodeStateAsUpdate(forged, vector));
    raw.step2(Y.encodeStateAsUpdate(forged));
    raw.awareness(forged.clientID, 1, { user: { name: '别人' } });
    for (let byte = 0; byte < 6; byte++) raw.send(Uint8Array.of(0, 2, byte));
    await raw.closed.catch(() => {});
    const after = await db.select().from(documents).where(eq(documents.id, documentId));
    expect(after).toEqual(before);
  });
});

describe('[K4] facts', () => {
  test('[K4] deleted, doubled, moved, renumbered or made up by a client: back in order for everybody, prose untouched', async () => {
    const { documentId, council, seqs } = await adjourned();
    const door = await openDoor({ accessTo });
    const [me, you] = council.members.map(({ personId }) => realClient(door.origin, documentId, personId));
    if (!me || !you) throw new Error('two clients');
    await until(() => me.provider.synced && you.provider.synced);
    const paragraph = ownParagraph(me.doc);
    paragraph.insert(0, '讨论热烈');
    const right = (): boolean => [me, you].every(({ doc }) => factsAreRight(doc, seqs));
    await until(right);
    const before = readMinutes(me.doc);

    const mischief: ((doc: Y.Doc) => void)[] = [
      (doc) => textOf(doc).delete(indexOf(doc, seqs[2]), 1),
      (doc) =>
        (textOf(doc).get(indexOf(doc, seqs[1])) as Y.XmlElement<{ seq: number }>).setAttribute('seq', seqs[0] ?? 0),
      (doc) => {
        const made = new Y.XmlElement<{ seq: number }>('fact');
        made.setAttribute('seq', 99_999);
        textOf(doc).insert(1, [made as unknown as Y.XmlElement]);
      },
      (doc) => {
        const moved = new Y.XmlElement<{ seq: number }>('fact');
        moved.setAttribute('seq', seqs[0] ?? 0);
        textOf(doc).delete(indexOf(doc, seqs[0]), 1);
        textOf(doc).insert(textOf(doc).length, [moved as unknown as Y.XmlElement]);
      },
    ];
    for (const change of mischief) {
      you.doc.transact(() => change(you.doc));
      expect(factsAreRight(you.doc, seqs)).toBe(false);
      await until(right);
      await until(() => JSON.stringify(readMinutes(me.doc)) === JSON.stringify(before));
    }
    // Nobody was sent away for it.
    expect([...me.closes, ...you.closes]).toEqual([]);
    const log = await new DocumentStore(sql).history(documentId);
    expect(log.filter(({ personId }) => personId === 'system').length).toBeGreaterThan(mischief.length);
  });

  test('[K4] what the log says later comes into the text, open or not, and a frozen text stays as it was', async () => {
    const { meetingId, documentId, chair, seqs } = await adjourned();
    const door = await openDoor({ accessTo });
    const client = realClient(door.origin, documentId, chair.kind === 'person' ? chair.personId : '');
    await until(() => client.provider.synced);
    await must(meetingId, { type: 'sumQuestions' }, chair);
    await tendMinutes(meetingId);
    const now = (await minutesFacts(meetingId)).map(({ seq }) => seq);
    await until(() => factsAreRight(client.doc, now));
    expect(now).toEqual(seqs);
    await db.transaction((tx) => freezeDocument(tx, documentId));
    const frozen = await stored(documentId);
    await tendMinutes(meetingId);
    expect(readMinutes(await stored(documentId))).toEqual(readMinutes(frozen));
  });

  test('[K1] a text that misses a fact is not handed out: which one is said', async () => {
    const { meetingId, documentId, seqs, council } = await adjourned();
    const store = new DocumentStore(sql);
    const loaded = await store.load(documentId);
    if (!loaded) throw new Error('not founded');
    const before = Y.encodeStateVector(loaded.doc);
    textOf(loaded.doc).delete(indexOf(loaded.doc, seqs[1]), 1);
    await store.append(documentId, loaded.head.seq, () => [
      {
        bytes: Y.encodeStateAsUpdate(loaded.doc, before),
        personId: council.members[0]?.personId ?? '',
        clientId: 0,
        claims: [],
      },
    ]);
    expect(await minutesBlocks(db, meetingId, 'zh-CN')).toEqual({ missing: [seqs[1]], twice: [] });
  });
});

describe('[D13] twenty writers', () => {
  test('[D13] reconnecting, deleting facts, the server killed twice: all converge, nothing acknowledged is lost', async () => {
    const { meetingId, documentId, seqs } = await adjourned();
    const writers = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => ({
        personId: await person(`写手${at}`),
        doc: new Y.Doc(),
        text: null as Y.XmlText | null,
      })),
    );
    const acknowledged = new Set<string>();
    const store = new DocumentStore(sql);
    let word = 0;
    for (let round = 0; round < 2; round++) {
      const server = await startDocumentServer(databaseUrl());
      const hands = writers.map((writer) => {
        const client = realClient(server.origin, documentId, writer.personId, { doc: writer.doc });
        // What each connection sent after its first step 2, to know what an ack covers.
        const hand = { writer, client, sent: [] as string[] };
        client.provider.on('status', ({ status }) => {
          if (status === 'connected') return;
          hand.sent = [];
          client.ack = null;
        });
        return hand;
      });
      await until(() => hands.every(({ client }) => client.provider.synced && client.ack !== null));
      for (let turn = 0; turn < 30; turn++) {
        for (const [at, hand] of hands.entries()) {
          const { writer, client, sent } = hand;
          if (turn % 10 === at % 10 && at % 4 === 0) {
            client.provider.disconnect();
            client.provider.connect();
            continue;
          }
          const token = `<${word++}>`;
          writer.doc.transact(() => {
            writer.text ??= ownParagraph(writer.doc);
            writer.text.insert(writer.text.length, token);
            if (at === 7 && turn % 5 === 0) textOf(writer.doc).delete(indexOf(writer.doc, seqs[turn % seqs.length]), 1);
          });
          sent.push(token);
          const { ack } = client;
          if (ack) sent.slice(0, Math.max(0, ack.count - 1)).forEach((each) => acknowledged.add(each));
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      // Enough of it acknowledged, however long this machine takes, that losing some would show.
      const known = () => hands.reduce((sum, { client }) => sum + Math.max(0, (client.ack?.count ?? 0) - 1), 0);
      await until(() => known() > 150);
      for (const { client, sent } of hands)
        if (client.ack) sent.slice(0, client.ack.count - 1).forEach((each) => acknowledged.add(each));
      await server.kill('SIGKILL');
      hands.forEach(({ client }) => client.provider.disconnect());
      const text = JSON.stringify(readMinutes((await store.load(documentId))?.doc ?? new Y.Doc()));
      expect([...acknowledged].filter((token) => !text.includes(token))).toEqual([]);
    }
    expect(acknowledged.size).toBeGreaterThan(200);

    // Everybody comes back: one text, every word anybody typed, every fact once and in order.
    const server = await startDocumentServer(databaseUrl());
    const back = writers.map(({ personId, doc }) => realClient(server.origin, documentId, personId, { doc }));
    const whole = (doc: Y.Doc): string => JSON.stringify(readMinutes(doc));
    await until(() => back.every(({ provider, doc }) => provider.synced && factsAreRight(doc, seqs)));
    const text = () => whole(back[0]?.doc ?? new Y.Doc());
    await until(() => back.every(({ doc }) => whole(doc) === text()));
    const missing = Array.from({ length: word }, (_, at) => `<${at}>`).filter((token) => !text().includes(token));
    expect(missing).toEqual([]);
    expect(anchorsIn(back[0]?.doc ?? new Y.Doc())).toEqual(seqs);
    await store.history(documentId);
    await server.kill('SIGTERM');
    expect(await minutesBlocks(db, meetingId, 'zh-CN')).toBeInstanceOf(Array);
    expect((await freshCopy(meetingId)).state.phase).toBe('adjourned');
  }, 120_000);
});

describe('[K7] whose words', () => {
  type Marks = Record<string, { by: string } | null>;
  const authorsIn = (doc: Y.Doc, words: string): unknown[] =>
    textOf(doc)
      .toArray()
      .flatMap((node) => (node instanceof Y.XmlElement ? node.toArray() : []))
      .flatMap((node) =>
        node instanceof Y.XmlText ? (node.toDelta() as { insert: string; attributes?: Marks }[]) : [],
      )
      .filter(({ insert }) => insert.includes(words))
      .flatMap(({ attributes = {} }) => Object.values(attributes).map((mark) => mark?.by));

  test('[K7] a proposal or a comment under another’s name goes to its real author; another’s own words may be moved', async () => {
    const { documentId, council } = await adjourned();
    const door = await openDoor({ accessTo });
    const [mine, yours] = [council.members[0]?.personId ?? '', council.members[1]?.personId ?? ''];
    const [me, you] = [mine, yours].map((personId) => realClient(door.origin, documentId, personId));
    if (!me || !you) throw new Error('two clients');
    await until(() => me.provider.synced && you.provider.synced);
    const both = [me.doc, you.doc];
    const shows = (words: string, by: string) => until(() => both.every((doc) => authorsIn(doc, words)[0] === by));

    const text = ownParagraph(me.doc);
    text.insert(0, '会议同意。');
    text.insert(0, '我提议的话', { insertion: { by: mine } });
    await shows('我提议的话', mine);
    const forged = ownParagraph(you.doc);
    forged.insert(0, '冒名的话', { insertion: { by: mine } });
    await shows('冒名的话', yours);
    // What you propose to delete is yours, whatever your client says; so is what you type inside of mine.
    const paragraphs = textOf(you.doc).toArray();
    const here = (paragraphs[paragraphs.length - 2] as Y.XmlElement).get(0) as Y.XmlText;
    here.format(5, 5, { deletion: { by: mine } });
    await shows('会议同意。', yours);
    here.insert(2, '插话');
    await shows('插话', yours);
    // Splitting my paragraph writes my words anew by your hand: they stay mine.
    you.doc.transact(() => {
      here.delete(4, 3);
      ownParagraph(you.doc).insert(0, '议的话', { insertion: { by: mine } });
    });
    await shows('议的话', mine);

    const comments = (doc: Y.Doc) => doc.getMap<{ by: string; text: string; doneBy: string | null }>('comments');
    const kept = { at: 1, quote: '', doneBy: null, from: {}, to: {} };
    comments(you.doc).set('false', { ...kept, by: mine, text: '冒名批注' });
    comments(me.doc).set('own', { ...kept, by: mine, text: '我的批注' });
    await until(() => both.every((doc) => comments(doc).get('false')?.by === yours));
    await until(() => comments(you.doc).get('own')?.by === mine);
    comments(you.doc).set('own', { ...kept, by: mine, text: '被改过', doneBy: mine });
    await until(() => both.every((doc) => comments(doc).get('own')?.doneBy === yours));
    expect(comments(me.doc).get('own')).toMatchObject({ by: mine, text: '我的批注' });
    expect([...me.closes, ...you.closes]).toEqual([]);
  });
});
