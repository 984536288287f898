// The drafted agenda of a meeting, read from its shared document as it is stored now, as words the convening event can say.
import { and, eq } from 'drizzle-orm';
import { personAt } from '#lib/domain/actor.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { AgendaItemSaid } from '#lib/domain/meeting/agenda.ts';
import { official } from '#lib/domain/meeting/words.ts';
import { readAgenda } from '#lib/protocol/agenda-document.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { documents } from '#lib/server/db/schema/index.ts';
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

/** Hosts and members write while the meeting is a draft; after convening the agenda can be read and nobody writes. */
registerDocumentAccess('agenda', async ({ meetingId }, actor) => {
  if (meetingId === null) return 'none';
  const { state } = await freshCopy(meetingId);
  const personId = personAt(actor, meetingId);
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (personId === null || !mayDo(doers, 'editAgendaDraft')) return 'none';
  return state.phase === 'draft' ? 'write' : 'read';
});

/** Items without a title are not called; what decides nothing has no motion. */
export async function draftedAgenda(store: Queryable, meetingId: string): Promise<AgendaItemSaid[]> {
  const documentId = await agendaDocumentOf(store, meetingId);
  const doc = documentId === null ? null : await readDocument(store, documentId);
  if (!doc) return [];
  const items = readAgenda(doc).filter(({ title }) => title.trim() !== '');
  doc.destroy();
  return items.map((item) => ({
    itemId: item.itemId,
    kind: item.kind,
    title: official(item.title.trim().slice(0, 200)),
    presenter: item.presenter.trim() === '' ? null : official(item.presenter.trim().slice(0, 100)),
    minutes: item.minutes,
    note: item.note.trim() === '' ? null : official(item.note.trim().slice(0, 2000)),
    paperIds: item.paperIds,
    decides:
      item.decides.trim() === ''
        ? null
        : { title: official(item.decides.trim().slice(0, 200)), amountFen: item.amountFen },
    ownersMatter: item.ownersMatter,
    listing: item.listing,
  }));
}
