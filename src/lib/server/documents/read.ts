// Reads a document as it is stored, inside whatever transaction the caller is in. For office code that copies from it (convening, exports).
import { asc, eq } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Queryable } from '#lib/server/db/client.ts';
import { documentUpdates } from '#lib/server/db/schema/index.ts';

/** Null when nothing was ever written into it. The caller destroys the document. */
export async function readDocument(store: Queryable, documentId: string): Promise<Y.Doc | null> {
  const updates = await store
    .select({ bytes: documentUpdates.bytes })
    .from(documentUpdates)
    .where(eq(documentUpdates.documentId, documentId))
    .orderBy(asc(documentUpdates.seq));
  if (updates.length === 0) return null;
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach(({ bytes }) => Y.applyUpdate(doc, bytes)));
  return doc;
}
