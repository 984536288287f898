// Earlier versions of the minutes, from the log of their document: who changed them when, the text as it was, whose words are whose, and bringing an
// earlier text back as one more edit. The log is never changed.
import { and, asc, eq, lte } from 'drizzle-orm';
import * as Y from 'yjs';
import { readMinutes } from '#lib/protocol/minutes-document.ts';
import { bringBack, handsIn, type HandRun } from '#lib/protocol/minutes-history.ts';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import { db } from '#lib/server/db/client.ts';
import { documentClients, documentUpdates } from '#lib/server/db/schema/index.ts';
import { systemPerson } from '#lib/server/documents/found-and-freeze.ts';
import { EditRefused } from '#lib/server/documents/live-document.ts';
import { openedDocuments } from '#lib/server/documents/opened.ts';

export interface Version {
  /** The last update that belongs to it. */
  readonly seq: number;
  readonly at: number;
  readonly personId: string;
  readonly changes: number;
}

/** What one person changed without a pause this long is one version. */
const pauseMs = 5 * 60_000;

/** Newest first. The first text is a version of its own. */
export async function versionsOf(documentId: string): Promise<Version[]> {
  const rows = await db
    .select({ seq: documentUpdates.seq, at: documentUpdates.at, personId: documentUpdates.personId })
    .from(documentUpdates)
    .where(eq(documentUpdates.documentId, documentId))
    .orderBy(asc(documentUpdates.seq));
  const versions: Version[] = [];
  for (const { seq, at, personId } of rows) {
    const last = versions[versions.length - 1];
    if (last && last.personId === personId && at - last.at < pauseMs && last.seq > 1)
      versions[versions.length - 1] = { seq, at, personId, changes: last.changes + 1 };
    // What the program set right belongs to whoever made it necessary.
    else if (last && personId === systemPerson) versions[versions.length - 1] = { ...last, seq };
    else versions.push({ seq, at, personId, changes: 1 });
  }
  return versions.reverse();
}

/** What people wrote together at one time: the versions of all hands in it, newest first. */
export interface Sitting {
  readonly from: number;
  readonly to: number;
  readonly personIds: readonly string[];
  readonly changes: number;
  readonly versions: readonly Version[];
}

const longestSittingMs = 15 * 60_000;

/** Versions, newest first, gathered so that a list of them stays short however many hands take turns. */
export function sittingsOf(versions: readonly Version[]): Sitting[] {
  const sittings: Sitting[] = [];
  for (const version of versions) {
    const last = sittings[sittings.length - 1];
    const { at, personId, changes } = version;
    const together = last && last.from - at < pauseMs && last.to - at < longestSittingMs;
    if (!together) sittings.push({ from: at, to: at, personIds: [personId], changes, versions: [version] });
    else
      sittings[sittings.length - 1] = {
        ...last,
        from: at,
        personIds: last.personIds.includes(personId) ? last.personIds : [...last.personIds, personId],
        changes: last.changes + changes,
        versions: [...last.versions, version],
      };
  }
  return sittings;
}

/** The document as it was after update `seq`; null where there is no such update. The caller destroys it. */
async function documentAt(documentId: string, seq: number): Promise<Y.Doc | null> {
  if (!Number.isSafeInteger(seq) || seq < 1 || seq > 2 ** 31 - 1) return null;
  const rows = await db
    .select({ seq: documentUpdates.seq, bytes: documentUpdates.bytes })
    .from(documentUpdates)
    .where(and(eq(documentUpdates.documentId, documentId), lte(documentUpdates.seq, seq)))
    .orderBy(asc(documentUpdates.seq));
  if (rows[rows.length - 1]?.seq !== seq) return null;
  const doc = new Y.Doc();
  doc.transact(() => rows.forEach(({ bytes }) => Y.applyUpdate(doc, bytes)));
  return doc;
}

export async function textAt(documentId: string, seq: number): Promise<WrittenBlock[] | null> {
  const doc = await documentAt(documentId, seq);
  const blocks = doc && readMinutes(doc);
  doc?.destroy();
  return blocks;
}

/** Whose words the text of version `seq` is made of, paragraph by paragraph. */
export async function handsAt(documentId: string, seq: number): Promise<HandRun[][]> {
  const [doc, claims] = await Promise.all([
    documentAt(documentId, seq),
    db
      .select({ clientId: documentClients.clientId, personId: documentClients.personId })
      .from(documentClients)
      .where(eq(documentClients.documentId, documentId)),
  ]);
  if (!doc) return [];
  const owners = new Map(claims.map(({ clientId, personId }) => [clientId, personId]));
  const hands = handsIn(doc, (clientId) => owners.get(clientId) ?? systemPerson);
  doc.destroy();
  return hands;
}

/** [D12] The text becomes what it was, by an edit of `personId`; whatever was written since stays in the log. */
export async function restoreVersion(
  documentId: string,
  seq: number,
  personId: string,
): Promise<'restored' | 'unknown' | 'frozen'> {
  const earlier = await documentAt(documentId, seq);
  if (!earlier) return 'unknown';
  try {
    await openedDocuments().edit(documentId, personId, (doc) => bringBack(doc, earlier));
    return 'restored';
  } catch (error) {
    if (error instanceof EditRefused) return 'frozen';
    throw error;
  } finally {
    earlier.destroy();
  }
}
