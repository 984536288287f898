// Earlier versions of the minutes on a real database: who changed what when, one of them brought back while others are connected, and never after
// the text is frozen.
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { factsAreRight, readMinutes, textOf } from '#lib/protocol/minutes-document.ts';
import { db } from '#lib/server/db/client.ts';
import { accessTo } from '#lib/server/documents/access.ts';
import { freezeDocument } from '#lib/server/documents/found-and-freeze.ts';
import { closeDocuments, openDoor, realClient, until } from '#tests/support/documents.ts';
import { aSession, must } from '#tests/support/session.ts';
import { ensureMinutes, foundMinutesFrom, minutesDocumentOf, minutesFacts } from './document.ts';
import { handsAt, restoreVersion, sittingsOf, textAt, versionsOf } from './versions.ts';

afterEach(closeDocuments);

/** A paragraph at the end with these words, typed in two goes. */
function write(doc: Y.Doc, first: string, then: string): void {
  const [paragraph, text] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
  paragraph.insert(0, [text]);
  doc.transact(() => textOf(doc).insert(textOf(doc).length, [paragraph]));
  text.insert(0, first);
  text.insert(text.length, then);
}

test('[D12] [K4] versions come from the log, an earlier one is brought back by a further edit, and the facts stay', async () => {
  const { meetingId, chair, council } = await aSession({ members: 5 });
  await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
  const documentId = (await ensureMinutes(meetingId)) ?? '';
  const seqs = (await minutesFacts(meetingId)).map(({ seq }) => seq);
  const [first, second] = council.members.map(({ personId }) => personId);
  const door = await openDoor({ accessTo });
  const [one, other] = [first, second].map((personId) => realClient(door.origin, documentId, personId ?? ''));
  if (!one || !other) throw new Error('two clients');
  await until(() => one.provider.synced && other.provider.synced);
  const draft = readMinutes(one.doc);
  write(one.doc, '甲的', '要点');
  await until(() => (one.ack?.count ?? 0) >= 4);
  write(other.doc, '乙的', '要点');
  await until(
    () =>
      JSON.stringify(readMinutes(one.doc)) === JSON.stringify(readMinutes(other.doc)) && (other.ack?.count ?? 0) >= 4,
  );
  const written = readMinutes(one.doc);

  const versions = await versionsOf(documentId);
  expect(versions.map(({ personId, changes }) => [personId, changes])).toEqual([
    [second, 3],
    [first, 3],
    ['system', 1],
  ]);
  expect(await textAt(documentId, 1)).toEqual(draft);
  expect(await textAt(documentId, 999)).toBeNull();
  const hands = (await handsAt(documentId, versions[0]?.seq ?? 0)).map((runs) => runs.map(({ by }) => by));
  expect(hands.slice(-2)).toEqual([[first], [second]]);
  expect(hands[0]).toEqual(['system']);

  expect(await restoreVersion(documentId, 1, first ?? '')).toBe('restored');
  for (const { doc } of [one, other])
    await until(() => JSON.stringify(readMinutes(doc)) === JSON.stringify(draft) && factsAreRight(doc, seqs));
  expect((await versionsOf(documentId))[0]).toMatchObject({ personId: first });
  expect(await restoreVersion(documentId, versions[0]?.seq ?? 0, second ?? '')).toBe('restored');
  await until(() => JSON.stringify(readMinutes(one.doc)) === JSON.stringify(written));
  expect(await restoreVersion(documentId, 999, first ?? '')).toBe('unknown');
  expect([...one.closes, ...other.closes]).toEqual([]);

  await db.transaction((tx) => freezeDocument(tx, documentId));
  expect(await restoreVersion(documentId, 1, first ?? '')).toBe('frozen');
  // A new edition begins with the frozen words, and is a text of its own.
  const edition = await db.transaction((tx) => foundMinutesFrom(tx, meetingId, documentId, Date.now()));
  expect(await minutesDocumentOf(db, meetingId)).toBe(edition);
  expect(await textAt(edition, 1)).toEqual(written);
});

test('hands that take turns are one sitting; a pause, or a quarter of an hour, begins another', () => {
  const minutes = [60, 59, 58, 50, 49, 46, 43, 40, 37, 34];
  const versions = minutes.map((at, index) => ({
    seq: minutes.length - index,
    at: at * 60_000,
    personId: index % 2 === 0 ? 'a' : 'b',
    changes: 2,
  }));
  const sittings = sittingsOf(versions);
  expect(sittings.map(({ from, to, personIds, changes }) => [from / 60_000, to / 60_000, personIds, changes])).toEqual([
    [58, 60, ['a', 'b'], 6],
    [37, 50, ['b', 'a'], 12],
    [34, 34, ['b'], 2],
  ]);
});
