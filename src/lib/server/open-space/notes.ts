// The notes of the tables: founded with their round, written by whoever takes part, read by everybody who may watch, frozen when the meeting is
// closed. Rule [OS13]. Imported where documents are served and where events are booked.
import { and, eq } from 'drizzle-orm';
import { personAt } from '#lib/domain/actor.ts';
import { actorAt } from '#lib/domain/meeting/decide.ts';
import { mayHelp } from '#lib/domain/meeting/participants.ts';
import type { OpenSpaceState } from '#lib/domain/meeting/open-space/space.ts';
import { readNotes, type TableNotes } from '#lib/protocol/notes-document.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { documents } from '#lib/server/db/schema/index.ts';
import { registerDocumentAccess } from '#lib/server/documents/access.ts';
import { foundDocument, freezeDocument } from '#lib/server/documents/found-and-freeze.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';

/**
 * [OS13] Whoever takes part may write at any table, for people wander; a recorder whose phone comes back after the round is over must find
 * the document open still. Everybody else who may watch reads.
 */
registerDocumentAccess('notes', async ({ meetingId }, actor) => {
  if (meetingId === null) return 'none';
  const { state } = await freshCopy(meetingId);
  if (state.convenedAt === null) return 'none';
  if (state.phase !== 'in_session' && state.phase !== 'recess') return 'read';
  const guestId = actor.kind === 'guest' ? actor.guestId : null;
  const who = actorAt(state, {
    kind: guestId === null ? 'person' : 'guest',
    personId: personAt(actor, meetingId),
    guestId,
  });
  return who.participantId !== null || mayHelp(who) ? 'write' : 'read';
});

/** In the transaction that starts the round. A table that goes on in a later round keeps the notes it has. */
export async function foundNotes(
  tx: Queryable,
  meetingId: string,
  at: number,
  notes: readonly { readonly documentId: string }[],
): Promise<void> {
  for (const { documentId } of notes) {
    const [known] = await tx.select({ id: documents.id }).from(documents).where(eq(documents.id, documentId));
    if (!known) await foundDocument(tx, { kind: 'notes', meetingId, documentId, at });
  }
}

const idsOf = async (store: Queryable, meetingId: string): Promise<string[]> =>
  (
    await store
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.meetingId, meetingId), eq(documents.kind, 'notes')))
  ).map(({ id }) => id);

/** In the transaction that closes the meeting; the ids, to tell their open pages afterwards. */
export async function freezeNotes(tx: Queryable, meetingId: string): Promise<string[]> {
  const ids = await idsOf(tx, meetingId);
  for (const documentId of ids) await freezeDocument(tx, documentId);
  return ids;
}

export const notesDocumentsOf = (meetingId: string): Promise<string[]> => idsOf(db, meetingId);

/** What every table has written, by topic; a table that wrote nothing is left out. */
export async function readAllNotes(open: OpenSpaceState, store: Queryable = db): Promise<Record<string, TableNotes>> {
  const written: Record<string, TableNotes> = {};
  for (const { topicId, notesId } of Object.values(open.topics)) {
    const doc = notesId === null ? null : await readDocument(store, notesId);
    if (!doc) continue;
    written[topicId] = readNotes(doc);
    doc.destroy();
  }
  return written;
}

/** A hall that looks at the news wall asks often: what was read is good for everybody for this long. */
const freshMs = 1_500;
const mostKept = 50;
const kept = new Map<string, { at: number; notes: Promise<Record<string, TableNotes>> }>();

export async function newsWall(meetingId: string): Promise<Record<string, TableNotes>> {
  const known = kept.get(meetingId);
  if (known && Date.now() - known.at < freshMs) return known.notes;
  const { state } = await freshCopy(meetingId);
  const notes = state.openSpace ? readAllNotes(state.openSpace) : Promise.resolve({});
  kept.delete(meetingId);
  kept.set(meetingId, { at: Date.now(), notes });
  notes.catch(() => kept.delete(meetingId));
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return notes;
}
