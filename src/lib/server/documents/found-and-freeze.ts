// The beginning and the end of a document's life, for office code inside its own transactions: founding one (empty or with a first text)
// and freezing one. The only ways a document comes to be and stops taking changes; opening an address never makes one. Between the two office
// code may write into one as well.
import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { newId } from '#lib/protocol/ids.ts';
import type { DocumentKind } from '#lib/protocol/documents.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { documentClients, documents, documentUpdates } from '#lib/server/db/schema/documents.ts';
import { readDocument } from './read.ts';
import { genesisHash, linkHash } from './store.ts';

/** Who wrote what the program itself wrote. */
export const systemPerson = 'system';

export interface Founding {
  readonly kind: DocumentKind;
  readonly meetingId: string | null;
  /** For a plan: the project it is of. */
  readonly projectId?: string;
  /** Its id where somebody has named it already; a new one otherwise. */
  readonly documentId?: string;
  readonly at: number;
  /** Writes the first text; it counts as `personId`'s, or the program's. It cannot be undone by anybody's undo. */
  readonly seed?: (doc: Y.Doc) => void;
  readonly personId?: string;
}

/** @returns the new document's id */
export async function foundDocument(
  tx: Queryable,
  { kind, meetingId, projectId, documentId = newId(), at, seed, personId = systemPerson }: Founding,
): Promise<string> {
  const doc = new Y.Doc();
  if (seed) doc.transact(() => seed(doc));
  const bytes = Y.encodeStateAsUpdate(doc);
  const empty = doc.store.clients.size === 0;
  const first = { seq: 1, personId, clientId: doc.clientID, at, bytes };
  const headHash = empty ? genesisHash(documentId) : linkHash(genesisHash(documentId), documentId, first);
  const [headSeq, size] = empty ? [0, 0] : [1, bytes.byteLength];
  await tx
    .insert(documents)
    .values({ id: documentId, kind, meetingId, projectId: projectId ?? null, headSeq, headHash, size, createdAt: at });
  if (!empty) {
    await tx.insert(documentUpdates).values({ documentId, ...first, hash: headHash });
    await tx.insert(documentClients).values({ documentId, clientId: doc.clientID, personId, seq: 1 });
  }
  doc.destroy();
  return documentId;
}

/**
 * Writes into a document from office code, under its row's lock, as one change of `personId`. After the commit call `documentAccessChanged`:
 * whoever has it open catches up. Null when it is frozen or gone.
 */
export async function writeInto(
  tx: Queryable,
  documentId: string,
  personId: string,
  change: (doc: Y.Doc) => void,
): Promise<number | null> {
  const [row] = await tx.select().from(documents).where(eq(documents.id, documentId)).for('update');
  if (!row || row.frozenSeq !== null) return null;
  const doc = (await readDocument(tx, documentId)) ?? new Y.Doc();
  const before = Y.encodeStateVector(doc);
  doc.transact(() => change(doc));
  const bytes = Y.encodeStateAsUpdate(doc, before);
  const update = { seq: row.headSeq + 1, personId, clientId: doc.clientID, at: Date.now(), bytes };
  const hash = linkHash(row.headHash, documentId, update);
  doc.destroy();
  await tx.insert(documentUpdates).values({ documentId, ...update, hash });
  await tx.insert(documentClients).values({ documentId, clientId: update.clientId, personId, seq: update.seq });
  await tx
    .update(documents)
    .set({ headSeq: update.seq, headHash: hash, size: row.size + bytes.byteLength })
    .where(eq(documents.id, documentId));
  return update.seq;
}

/**
 * Freezes the text as it is stored at this moment, for ever; freezing twice gives the same answer. After the commit call
 * `documentAccessChanged`, so that every open page says so. What somebody has typed but the server has not acknowledged stays outside,
 * and their page tells them.
 */
export async function freezeDocument(
  tx: Queryable,
  documentId: string,
): Promise<{ frozenSeq: number; headHash: Uint8Array }> {
  const [row] = await tx.select().from(documents).where(eq(documents.id, documentId)).for('update');
  if (!row) throw new Error(`There is no document ${documentId} to freeze`);
  if (row.frozenSeq === null)
    await tx.update(documents).set({ frozenSeq: row.headSeq }).where(eq(documents.id, documentId));
  return { frozenSeq: row.headSeq, headHash: row.headHash };
}
