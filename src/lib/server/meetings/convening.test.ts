// Convening from a shared draft on a real PostgreSQL: what is frozen is what was read back, while others write, and no paper that is not the
// meeting's own or that no item names outlives it.
import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { attachPaper as nameInAgenda, insertItem, type NewItem } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { documents, documentUpdates, papers } from '#lib/server/db/schema/index.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { linkHash } from '#lib/server/documents/store.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { asPerson, plainRules } from '#tests/support/session.ts';
import { aCouncil } from '#tests/support/world.ts';
import { act } from './act.ts';
import { agendaDraftOf } from './agenda-draft.ts';
import { freshCopy } from './copies.ts';
import { createMeeting } from './create.ts';
import { agendaDocumentOf } from './drafted-agenda.ts';
import { attachPaper, papersOf, readPaper } from './papers.ts';

async function aDraft(agenda: readonly NewItem[]) {
  const council = await aCouncil({ members: 3 });
  const { packId } = orThrow(await addRulePack(council.communityId, plainRules));
  const made = await createMeeting(
    {
      councilId: council.councilId,
      format: 'council',
      title: '草稿',
      place: '',
      startsAt: Date.now() + 86_400_000,
      plannedMinutes: 60,
      callLink: null,
      agenda,
    },
    { kind: 'system' },
  );
  if (isRefusal(made)) throw new Error(made.reason);
  const secretary = asPerson(council.members[1]?.personId ?? '');
  const convene = (agendaSeq?: number) => {
    const command = { type: 'conveneMeeting', rulePackId: packId, shortNoticeReason: null, agendaSeq };
    return act(made.meetingId, { commandId: newId(), command }, secretary);
  };
  const documentId = (await agendaDocumentOf(db, made.meetingId)) ?? '';
  return { meetingId: made.meetingId, documentId, secretary, convene };
}

/** One more change of the draft, stored as the document server stores it, inside the caller's transaction. */
async function write(tx: Queryable, documentId: string, change: (doc: Y.Doc) => void): Promise<void> {
  const [row] = await tx.select().from(documents).where(eq(documents.id, documentId)).for('update');
  const doc = (await readDocument(tx, documentId)) ?? new Y.Doc();
  const before = Y.encodeStateVector(doc);
  change(doc);
  const bytes = Y.encodeStateAsUpdate(doc, before);
  const update = { seq: (row?.headSeq ?? 0) + 1, personId: 'somebody', clientId: doc.clientID, at: Date.now(), bytes };
  const hash = linkHash(row?.headHash ?? new Uint8Array(), documentId, update);
  await tx.insert(documentUpdates).values({ documentId, ...update, hash });
  await tx.update(documents).set({ headSeq: update.seq, headHash: hash }).where(eq(documents.id, documentId));
}

const titlesOf = async (meetingId: string): Promise<(string | null)[]> =>
  (await freshCopy(meetingId)).state.agenda.items.map(({ title }) => title.text);

test('[L2] an agenda that has changed since it was read back is not convened', async () => {
  const { meetingId, documentId, convene } = await aDraft([{ itemId: 'a', title: '第一项' }]);
  const { seq } = await agendaDraftOf(meetingId);
  await db.transaction((tx) => write(tx, documentId, (doc) => insertItem(doc, { itemId: 'b', title: '第二项' }, 'a')));
  expect(await convene(seq)).toMatchObject({ ok: false, refusal: { rule: 'L2', reason: 'agenda-changed' } });
  expect(await convene(seq + 1)).toMatchObject({ ok: true });
  expect(await titlesOf(meetingId)).toEqual(['第一项', '第二项']);
});

test('[L2] what somebody stores while the meeting is being convened is in the frozen agenda, or refused with it', async () => {
  const { meetingId, documentId, convene } = await aDraft([{ itemId: 'a', title: '第一项' }]);
  const { seq } = await agendaDraftOf(meetingId);
  const answers: ReturnType<typeof convene>[] = [];
  await db.transaction(async (tx) => {
    await write(tx, documentId, (doc) => insertItem(doc, { itemId: 'b', title: '最后一刻' }, 'a'));
    answers.push(convene(seq), convene());
    // Both are decided in one transaction, which now waits for this one.
    for (let waiting = 0; waiting === 0;) {
      const [row] = await db.execute<{ many: number }>(sql`select count(*)::int as many from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database() and query like '%documents%'`);
      waiting = row?.many ?? 0;
    }
  });
  expect(await answers[0]).toMatchObject({ ok: false, refusal: { reason: 'agenda-changed' } });
  expect(await answers[1]).toMatchObject({ ok: true });
  expect(await titlesOf(meetingId)).toEqual(['第一项', '最后一刻']);
  const [row] = await db.select().from(documents).where(eq(documents.id, documentId));
  expect(row?.frozenSeq).toBe(seq + 1);
});

const pdf = (name: string): File => new File(['%PDF-1.4 ', name], name);

test('a paper belongs to its own meeting, stays while it may be brought back, and goes with the notice when no item names it', async () => {
  const other = await aDraft([{ itemId: 'x', title: '别的会' }]);
  const strange = await attachPaper(other.meetingId, pdf('别的.pdf'), other.secretary);
  const { meetingId, documentId, secretary, convene } = await aDraft([{ itemId: 'a', title: '第一项' }]);
  const named = await attachPaper(meetingId, pdf('方案.pdf'), secretary);
  const takenOff = await attachPaper(meetingId, pdf('旧方案.pdf'), secretary);
  if (typeof strange === 'string' || typeof named === 'string' || typeof takenOff === 'string')
    throw new Error('no papers');
  await db.transaction((tx) =>
    write(tx, documentId, (doc) =>
      [strange, named, { paperId: 'never-kept' }].forEach(({ paperId }) => nameInAgenda(doc, 'a', paperId)),
    ),
  );
  expect(await readPaper(meetingId, takenOff.paperId, secretary)).not.toBeNull();
  expect(await convene()).toMatchObject({ ok: true });
  const { state } = await freshCopy(meetingId);
  expect(state.agenda.items[0]?.paperIds).toEqual([named.paperId]);
  expect((await papersOf(meetingId)).map(({ name }) => name)).toEqual(['方案.pdf']);
  expect(await readPaper(meetingId, takenOff.paperId, secretary)).toBeNull();
  expect(await papersOf(other.meetingId)).toHaveLength(1);
  expect(await attachPaper(meetingId, pdf('太晚.pdf'), secretary)).toBe('wrong-phase');
});

test('papers taken off long ago make room for new ones; what is in the agenda never goes', async () => {
  const { meetingId, documentId, secretary } = await aDraft([{ itemId: 'a', title: '第一项' }]);
  const kept: string[] = [];
  for (let n = 0; n < 100; n += 1) {
    const paper = await attachPaper(meetingId, pdf(`${n}.pdf`), secretary);
    if (typeof paper === 'string') throw new Error(paper);
    kept.push(paper.paperId);
  }
  const [first = '', second = ''] = kept;
  await db.transaction((tx) => write(tx, documentId, (doc) => nameInAgenda(doc, 'a', first)));
  expect(await attachPaper(meetingId, pdf('多了.pdf'), secretary)).toBe('too-many');
  const longAgo = Date.now() - 2 * 3_600_000;
  for (const paperId of [first, second])
    await db
      .update(papers)
      .set({ uploadedAt: longAgo })
      .where(and(eq(papers.id, paperId)));
  expect(await attachPaper(meetingId, pdf('有地方了.pdf'), secretary)).toMatchObject({ name: '有地方了.pdf' });
  const ids = (await papersOf(meetingId)).map(({ paperId }) => paperId);
  expect([ids.length, ids.includes(first), ids.includes(second)]).toEqual([100, true, false]);
});
