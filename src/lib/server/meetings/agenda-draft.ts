// The agenda as it is stored at this moment, for pages that only read it: before scripts run, and the read-back before convening.
// `seq` tells whether it has changed since it was read.
import { eq } from 'drizzle-orm';
import { readAgenda, type DraftedItem } from '#lib/protocol/agenda-document.ts';
import { db } from '#lib/server/db/client.ts';
import { documents } from '#lib/server/db/schema/index.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { agendaDocumentOf } from './drafted-agenda.ts';

export interface AgendaDraft {
  readonly documentId: string;
  readonly seq: number;
  readonly items: readonly DraftedItem[];
}

export async function agendaDraftOf(meetingId: string): Promise<AgendaDraft> {
  const documentId = await agendaDocumentOf(db, meetingId);
  if (documentId === null) throw new Error(`The meeting ${meetingId} has no agenda document`);
  // The number first: an edit in between makes it look older than it is, never newer.
  const [row] = await db.select({ seq: documents.headSeq }).from(documents).where(eq(documents.id, documentId));
  const doc = await readDocument(db, documentId);
  const items = doc === null ? [] : readAgenda(doc);
  doc?.destroy();
  return { documentId, seq: row?.seq ?? 0, items };
}
