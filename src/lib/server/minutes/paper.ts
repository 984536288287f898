// Signatures on paper: somebody at the desk enters who signed the printed page and attaches its scan, and another person confirms. Recorded as
// what it is: no machine can verify it. Rule [T8].
import { randomBytes } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { personAt, type Actor } from '#lib/domain/actor.ts';
import type { Manifest, Statement } from '#lib/domain/minutes/bundle.ts';
import { domainDigest } from '#lib/domain/minutes/canonical.ts';
import type { SignedPaper } from '#lib/domain/minutes/record.ts';
import { requirementOf } from '#lib/domain/minutes/signing.ts';
import { hexOf } from '#lib/domain/sha256.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { minutesNames, minutesRecords, minutesSignatures, paperSignatures } from '#lib/server/db/schema/index.ts';
import { completeIfAllSaid } from './complete.ts';
import { orRefused, recordIn, Refused, standingRecord } from './freeze.ts';
import { checkedStatement, personInRecord, refusePersonalIn } from './sign.ts';

const mostScan = 8 * 1024 * 1024;
const kinds: readonly (readonly [string, string])[] = [
  ['89504e47', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['25504446', 'application/pdf'],
];

export interface PaperEntered {
  readonly person: number;
  readonly statement: string;
  readonly text: string;
  readonly scan: Uint8Array | null;
}

export async function enterPaperSignature(
  meetingId: string,
  actor: Actor,
  entered: PaperEntered,
  paper: SignedPaper = 'minutes',
): Promise<{ readonly paperId: string } | OfficeRefusal> {
  const enteredBy = personAt(actor, meetingId);
  const said = checkedStatement(entered.statement, entered.text);
  if ('refused' in said) return said;
  const scan = entered.scan ?? new Uint8Array();
  const mediaType = kinds.find(([magic]) => hexOf(scan.subarray(0, magic.length / 2)) === magic)?.[1];
  if (!mediaType || scan.length > mostScan) return refuseOffice('paper-scan-unfit', { most: mostScan / 1024 / 1024 });
  return orRefused(async (tx) => {
    const row = await standingRecord(tx, meetingId, paper);
    if (!row) throw new Refused(refuseOffice('minutes-not-frozen'));
    if (row.completedAt !== null) throw new Refused(refuseOffice('minutes-complete'));
    if (!requirementOf(recordIn(row).signing, entered.person)) throw new Refused(refuseOffice('signing-not-yours'));
    await refusePersonalIn(tx, row.id, said.text);
    if (enteredBy === null || (await personInRecord(tx, row.id, enteredBy)) === null)
      throw new Refused(refuseOffice('not-allowed'));
    const [done] = await tx
      .select({ person: minutesSignatures.person })
      .from(minutesSignatures)
      .where(and(eq(minutesSignatures.recordId, row.id), eq(minutesSignatures.person, entered.person)));
    if (done) throw new Refused(refuseOffice('signing-done'));
    const paperId = newId();
    await tx.insert(paperSignatures).values({
      id: paperId,
      recordId: row.id,
      person: entered.person,
      ...said,
      scan,
      mediaType,
      enteredBy,
      enteredAt: Date.now(),
    });
    return { paperId };
  });
}

/** Confirms or rejects what another person entered. */
export async function settlePaperSignature(
  meetingId: string,
  actor: Actor,
  paperId: string,
  confirms: boolean,
  of: SignedPaper = 'minutes',
): Promise<{ readonly complete: boolean } | OfficeRefusal> {
  const settledBy = personAt(actor, meetingId);
  return orRefused(async (tx) => {
    const standing = await standingRecord(tx, meetingId, of);
    if (!standing) throw new Refused(refuseOffice('minutes-not-frozen'));
    await tx.select().from(minutesRecords).where(eq(minutesRecords.id, standing.id)).for('update');
    const [paper] = await tx
      .select()
      .from(paperSignatures)
      .where(and(eq(paperSignatures.id, paperId), eq(paperSignatures.recordId, standing.id)))
      .for('update');
    if (!paper) throw new Refused(refuseOffice('not-there'));
    if (paper.settledAt !== null) throw new Refused(refuseOffice('paper-settled'));
    const confirmedBy = settledBy === null ? null : await personInRecord(tx, standing.id, settledBy);
    const enteredBy = await personInRecord(tx, standing.id, paper.enteredBy);
    if (settledBy === null || confirmedBy === null || enteredBy === null)
      throw new Refused(refuseOffice('not-allowed'));
    if (confirms && confirmedBy === enteredBy) throw new Refused(refuseOffice('paper-second-person'));
    const now = Date.now();
    await tx
      .update(paperSignatures)
      .set({ settledBy, settledAt: now, confirmed: confirms })
      .where(eq(paperSignatures.id, paperId));
    if (!confirms) return { complete: false };
    const [current] = await tx.select().from(minutesRecords).where(eq(minutesRecords.id, standing.id));
    if (current?.completedAt != null) throw new Refused(refuseOffice('minutes-complete'));
    const manifest: Manifest = {
      format: 'yishi.manifest',
      version: 1,
      docHash: standing.docHash,
      signer: paper.person,
      key: requirementOf(recordIn(standing).signing, paper.person)?.key ?? '',
      statement: paper.statement,
      text: paper.text,
      nonce: randomBytes(24).toString('base64url'),
      at: paper.enteredAt,
    };
    const [kept] = await tx
      .insert(minutesSignatures)
      .values({
        recordId: standing.id,
        person: paper.person,
        signature: {
          kind: 'paper',
          manifest,
          scan: hexOf(domainDigest('image', paper.scan)),
          enteredBy,
          confirmedBy,
          confirmedAt: now,
        },
        signedAt: now,
      })
      .onConflictDoNothing()
      .returning({ person: minutesSignatures.person });
    if (!kept) throw new Refused(refuseOffice('signing-done'));
    return { complete: await completeIfAllSaid(tx, standing.id) };
  });
}

export interface PaperWaiting {
  readonly paperId: string;
  readonly person: number;
  readonly name: string;
  readonly statement: Statement;
  readonly text: string;
  readonly enteredBy: string;
}

/** Entered and not yet settled. */
export async function papersWaiting(recordId: string): Promise<PaperWaiting[]> {
  const rows = await db
    .select({ paper: paperSignatures, name: minutesNames.name })
    .from(paperSignatures)
    .innerJoin(
      minutesNames,
      and(eq(minutesNames.recordId, paperSignatures.recordId), eq(minutesNames.person, paperSignatures.person)),
    )
    .where(and(eq(paperSignatures.recordId, recordId), isNull(paperSignatures.settledAt)))
    .orderBy(asc(paperSignatures.enteredAt));
  return rows.map(({ paper: { id: paperId, person, statement, text, enteredBy }, name }) => ({
    ...{ paperId, person, statement, text, enteredBy },
    name: name ?? '',
  }));
}

/** The scan, for whoever confirms it. */
export async function scanOf(recordId: string, paperId: string) {
  const [row] = await db
    .select({ scan: paperSignatures.scan, mediaType: paperSignatures.mediaType })
    .from(paperSignatures)
    .where(and(eq(paperSignatures.id, paperId), eq(paperSignatures.recordId, recordId)));
  return row ?? null;
}
