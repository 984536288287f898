// The drafted agenda of a meeting, read from its shared document as it is stored now, as words the convening event can say. Convening reads it
// with the document's row locked, so that what is frozen is what was read.
import { and, eq, lt, notInArray } from 'drizzle-orm';
import { personAt } from '#lib/domain/actor.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { AgendaItemSaid } from '#lib/domain/meeting/agenda.ts';
import { official } from '#lib/domain/meeting/words.ts';
import { readAgenda } from '#lib/protocol/agenda-document.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { documents, envelopes, funds, meetings, papers, projects } from '#lib/server/db/schema/index.ts';
import { registerDocumentAccess } from '#lib/server/documents/access.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { freshCopy } from './copies.ts';

/** The id of a meeting's agenda document, null while it has none. */
export async function agendaDocumentOf(store: Queryable, meetingId: string): Promise<string | null> {
  const [row] = await store
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.meetingId, meetingId), eq(documents.kind, 'agenda')));
  return row?.id ?? null;
}

/**
 * How many changes the agenda's document has taken. Until the transaction ends it takes no more: whatever is read of it afterwards is read
 * at this number.
 */
export async function lockAgendaDocument(tx: Queryable, meetingId: string): Promise<number> {
  const [row] = await tx
    .select({ seq: documents.headSeq })
    .from(documents)
    .where(and(eq(documents.meetingId, meetingId), eq(documents.kind, 'agenda')))
    .for('update');
  return row?.seq ?? 0;
}

/** Hosts and members write while the meeting is a draft; after convening the agenda can be read and nobody writes. */
registerDocumentAccess('agenda', async ({ meetingId }, actor) => {
  if (meetingId === null) return 'none';
  const { state } = await freshCopy(meetingId);
  const personId = personAt(actor, meetingId);
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (personId === null || !mayDo(doers, 'editAgendaDraft')) return 'none';
  return state.phase === 'draft' ? 'write' : 'read';
});

/** Items without a title are not called; what decides nothing has no motion; a paper that is not this meeting's own is none. */
export async function draftedAgenda(store: Queryable, meetingId: string): Promise<AgendaItemSaid[]> {
  const documentId = await agendaDocumentOf(store, meetingId);
  const doc = documentId === null ? null : await readDocument(store, documentId);
  if (!doc) return [];
  const items = readAgenda(doc).filter(({ title }) => title.trim() !== '');
  doc.destroy();
  const known = await ownOf(store, meetingId);
  const own = await store.select({ paperId: papers.id }).from(papers).where(eq(papers.meetingId, meetingId));
  const paperIds = new Set(own.map(({ paperId }) => paperId));
  return items.map((item) => ({
    itemId: item.itemId,
    kind: item.kind,
    title: official(item.title.trim().slice(0, 200)),
    presenter: item.presenter.trim() === '' ? null : official(item.presenter.trim().slice(0, 100)),
    minutes: item.minutes,
    note: item.note.trim() === '' ? null : official(item.note.trim().slice(0, 2000)),
    paperIds: item.paperIds.filter((paperId) => paperIds.has(paperId)),
    decides:
      item.decides.trim() === ''
        ? null
        : {
            title: official(item.decides.trim().slice(0, 200)),
            amountFen: item.amountFen,
            ...(item.projectId !== null && known.projects.has(item.projectId) ? { projectId: item.projectId } : {}),
            ...(item.envelopeId !== null && known.envelopes.has(item.envelopeId)
              ? { envelopeId: item.envelopeId }
              : {}),
          },
    ownersMatter: item.ownersMatter,
    listing: item.listing,
  }));
}

/** Deletes the meeting's papers that no item names, where they were uploaded before `before`. */
export async function dropOtherPapers(
  tx: Queryable,
  meetingId: string,
  named: readonly string[],
  before = Number.MAX_SAFE_INTEGER,
): Promise<void> {
  const others = [eq(papers.meetingId, meetingId), lt(papers.uploadedAt, before)];
  if (named.length > 0) others.push(notInArray(papers.id, [...named]));
  await tx.delete(papers).where(and(...others));
}

/** Projects and envelopes of the meeting's own community: a document may name any, and others are as good as none. */
async function ownOf(store: Queryable, meetingId: string) {
  const [projectRows, envelopeRows] = await Promise.all([
    store
      .select({ id: projects.id })
      .from(projects)
      .innerJoin(meetings, eq(meetings.communityId, projects.communityId))
      .where(eq(meetings.id, meetingId)),
    store
      .select({ id: envelopes.id })
      .from(envelopes)
      .innerJoin(funds, eq(funds.id, envelopes.fundId))
      .innerJoin(meetings, eq(meetings.communityId, funds.communityId))
      .where(eq(meetings.id, meetingId)),
  ]);
  const ids = (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id));
  return { projects: ids(projectRows), envelopes: ids(envelopeRows) };
}
