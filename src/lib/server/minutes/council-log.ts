// A council's log of completed minutes (RFC 9162), one for each council: appended under its row's lock, never changed, each time with a new
// signed checkpoint. Rules [T12] and [T13].
import { asc, eq } from 'drizzle-orm';
import type { CouncilLog, Proof } from '#lib/domain/minutes/bundle.ts';
import { consistencyPath, inclusionPath, leafHash, rootOf } from '#lib/domain/minutes/merkle.ts';
import { checkpointText } from '#lib/domain/minutes/signed-note.ts';
import { bytesOfHex, hexOf } from '#lib/domain/sha256.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { councilLogLeaves, councilLogs, meetings } from '#lib/server/db/schema/index.ts';
import { noteSigner } from './note-key.ts';

/** The name of the log a meeting's minutes go into: its council's, or its community's where it has no council. */
export async function logOriginOf(store: Queryable, meetingId: string): Promise<string> {
  const [meeting] = await store.select().from(meetings).where(eq(meetings.id, meetingId));
  return `yishi/${meeting?.councilId ?? meeting?.communityId ?? ''}`;
}

const leavesOf = (digests: readonly string[]): Uint8Array[] => digests.map((digest) => leafHash(bytesOfHex(digest)));

async function digestsOf(store: Queryable, origin: string): Promise<string[]> {
  const rows = await store
    .select({ digest: councilLogLeaves.digest })
    .from(councilLogLeaves)
    .where(eq(councilLogLeaves.origin, origin))
    .orderBy(asc(councilLogLeaves.index));
  return rows.map(({ digest }) => digest);
}

/** Appends inside the caller's transaction; writers wait for one another, so the log never forks. */
export async function appendToLog(tx: Queryable, origin: string, digest: string, at: number): Promise<Proof> {
  const signer = await noteSigner(tx);
  await tx.insert(councilLogs).values({ origin }).onConflictDoNothing();
  await tx.select().from(councilLogs).where(eq(councilLogs.origin, origin)).for('update');
  const digests = [...(await digestsOf(tx, origin)), digest];
  const leaves = leavesOf(digests);
  const index = digests.length - 1;
  const checkpoint = signer.note(checkpointText({ origin, size: leaves.length, root: rootOf(leaves) }));
  await tx.insert(councilLogLeaves).values({ origin, index, digest, checkpoint, at });
  await tx.update(councilLogs).set({ size: leaves.length, checkpoint }).where(eq(councilLogs.origin, origin));
  return { key: signer.published, checkpoint, index, path: inclusionPath(leaves, index).map(hexOf) };
}

/** The whole log as it is published: council-log.json. Null while it is empty. */
export async function councilLogOf(origin: string, store: Queryable = db): Promise<CouncilLog | null> {
  const [log] = await store.select().from(councilLogs).where(eq(councilLogs.origin, origin));
  if (!log || log.size === 0) return null;
  // Leaves that were appended meanwhile are not under this checkpoint.
  const bundles = (await digestsOf(store, origin)).slice(0, log.size);
  const { published } = await noteSigner(store);
  return { format: 'yishi.council-log', version: 1, key: published, checkpoint: log.checkpoint, bundles };
}

/** [T12] The RFC 9162 proof that the log of `newer` leaves begins with its first `older`; null where it never had that many. */
export async function consistencyProof(origin: string, older: number, newer: number): Promise<string[] | null> {
  const leaves = leavesOf(await digestsOf(db, origin)).slice(0, newer);
  if (older < 1 || older > newer || leaves.length < newer) return null;
  return consistencyPath(leaves, older).map(hexOf);
}
