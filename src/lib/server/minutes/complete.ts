// Completing the minutes: when the signing rule is met, record, signatures and keys become the bundle, its digest a leaf of the council's log, and
// nothing of it changes any more. What publication and archives take from here on is read here too. Rules [T9], [T12].
import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  bundleDigest,
  bundleFileFault,
  partDigests,
  type Bundle,
  type BundleFile,
} from '#lib/domain/minutes/bundle.ts';
import { canonical } from '#lib/domain/minutes/canonical.ts';
import type { MinutesRecord, People, SignedPaper } from '#lib/domain/minutes/record.ts';
import { standingOf } from '#lib/domain/minutes/signing.ts';
import { fingerprintOf, readVerifierKey } from '#lib/domain/minutes/signed-note.ts';
import { utf8 } from '#lib/domain/sha256.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { minutesNames, minutesRecords, minutesSignatures, paperSignatures } from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { ballotsOf, logFileOf } from './archive-files.ts';
import { appendToLog, councilLogOf, logOriginOf } from './council-log.ts';
import { orRefused, recordIn, Refused, standingRecord } from './freeze.ts';

/** The caller holds the record's row. */
async function complete(tx: Queryable, recordId: string): Promise<void> {
  const [row] = await tx.select().from(minutesRecords).where(eq(minutesRecords.id, recordId));
  if (!row) throw new Refused(refuseOffice('minutes-not-frozen'));
  const record = recordIn(row);
  const rows = await tx
    .select()
    .from(minutesSignatures)
    .where(eq(minutesSignatures.recordId, recordId))
    .orderBy(asc(minutesSignatures.person));
  const completedAt = Date.now();
  const bundle: Bundle = {
    record,
    parts: partDigests(record),
    enrolments: rows.flatMap(({ enrolment }) => enrolment ?? []),
    signatures: rows.map(({ signature }) => signature),
    completedAt,
  };
  const origin = await logOriginOf(tx, row.meetingId);
  const proof = await appendToLog(tx, origin, bundleDigest(bundle), completedAt);
  const file: BundleFile = { format: 'yishi.bundle', version: 1, bundle, proof };
  const fault = bundleFileFault(file);
  if (fault !== null) throw new Error(`The bundle of ${row.meetingId} does not fit at ${fault}`);
  await tx
    .update(minutesRecords)
    .set({ bundle: utf8(canonical(file)), completedAt })
    .where(and(eq(minutesRecords.id, recordId), isNull(minutesRecords.completedAt)));
}

async function standing(tx: Queryable, recordId: string, record: MinutesRecord) {
  const rows = await tx
    .select({ signature: minutesSignatures.signature })
    .from(minutesSignatures)
    .where(eq(minutesSignatures.recordId, recordId));
  return standingOf(
    record.signing,
    rows.map(({ signature }) => signature.manifest),
  );
}

/** Completes by itself once everybody who may sign has said something and the rule is met. The caller holds the record's row. */
export async function completeIfAllSaid(tx: Queryable, recordId: string): Promise<boolean> {
  const [row] = await tx.select().from(minutesRecords).where(eq(minutesRecords.id, recordId));
  if (!row) return false;
  const { conditions, complete: isMet } = await standing(tx, recordId, recordIn(row));
  if (!isMet || conditions.some(({ waiting }) => waiting.length > 0)) return false;
  await complete(tx, recordId);
  return true;
}

/** Completes although some have not signed, as long as the rule is met. */
export async function completeMinutes(
  meetingId: string,
  paper: SignedPaper = 'minutes',
): Promise<null | OfficeRefusal> {
  return orRefused(async (tx) => {
    const row = await standingRecord(tx, meetingId, paper);
    if (!row) throw new Refused(refuseOffice('minutes-not-frozen'));
    const [locked] = await tx.select().from(minutesRecords).where(eq(minutesRecords.id, row.id)).for('update');
    if (locked?.completedAt != null) throw new Refused(refuseOffice('minutes-complete'));
    if (!(await standing(tx, row.id, recordIn(row))).complete) throw new Refused(refuseOffice('minutes-incomplete'));
    await complete(tx, row.id);
    return null;
  });
}

export interface PublishedBundle {
  readonly recordId: string;
  readonly record: MinutesRecord;
  readonly docHash: string;
  readonly recordJson: Uint8Array;
  readonly bundleJson: Uint8Array;
  readonly bundle: BundleFile;
  readonly checkpoint: string;
  readonly fingerprint: string;
}

/** The newest completed minutes, or report, of a meeting that were not opened again; null while there are none. */
export async function publishedBundle(
  meetingId: string,
  store: Queryable = db,
  paper: SignedPaper = 'minutes',
): Promise<PublishedBundle | null> {
  const [row] = await store
    .select()
    .from(minutesRecords)
    .where(
      and(
        eq(minutesRecords.meetingId, meetingId),
        eq(minutesRecords.paper, paper),
        isNotNull(minutesRecords.bundle),
        isNull(minutesRecords.voidedAt),
      ),
    )
    .orderBy(desc(minutesRecords.edition))
    .limit(1);
  if (!row?.bundle) return null;
  const bundle = JSON.parse(new TextDecoder().decode(row.bundle)) as BundleFile;
  return {
    recordId: row.id,
    record: recordIn(row),
    docHash: row.docHash,
    recordJson: row.record,
    bundleJson: row.bundle,
    bundle,
    checkpoint: bundle.proof.checkpoint,
    fingerprint: fingerprintOf(readVerifierKey(bundle.proof.key)?.publicKey ?? new Uint8Array()),
  };
}

/** [T3] people.json: all names still held, or only of those who consented to be published. */
export async function peopleOf(recordId: string, copy: 'archive' | 'public', store: Queryable = db): Promise<People> {
  const [row] = await store.select().from(minutesRecords).where(eq(minutesRecords.id, recordId));
  const rows = await store
    .select()
    .from(minutesNames)
    .where(eq(minutesNames.recordId, recordId))
    .orderBy(asc(minutesNames.person));
  const names = rows.flatMap(({ person, name, salt, consents }) =>
    name === null || salt === null || (copy === 'public' && !consents)
      ? []
      : [{ person, name, salt: Buffer.from(salt).toString('base64url') }],
  );
  return { format: 'yishi.people', version: 1, docHash: row?.docHash ?? '', names };
}

const json = (value: unknown): Uint8Array => utf8(canonical(value));

/** Every paper of the archive but the rendered ones, by the names the verifier knows. Null while nothing is complete. */
export async function archivePapers(
  meetingId: string,
  copy: 'archive' | 'public',
): Promise<{ readonly name: string; readonly bytes: Uint8Array }[] | null> {
  const published = await publishedBundle(meetingId);
  if (!published) return null;
  const { state } = await freshCopy(meetingId);
  const named = await db.select().from(minutesNames).where(eq(minutesNames.recordId, published.recordId));
  const index = new Map(named.map(({ person, personId }) => [personId, person]));
  const council = await councilLogOf(await logOriginOf(db, meetingId));
  return [
    { name: 'record.json', bytes: published.recordJson },
    { name: 'bundle.json', bytes: published.bundleJson },
    { name: 'people.json', bytes: json(await peopleOf(published.recordId, copy)) },
    { name: 'ballots.json', bytes: json(await ballotsOf(db, state, (personId) => index.get(personId) ?? 0)) },
    { name: 'log.json', bytes: json(await logFileOf(db, meetingId, published.record.log.seq)) },
    { name: 'council-log.json', bytes: json(council) },
  ];
}

/**
 * Forgets a person's name, drawn signature and scans in every record. The digests stay, and so does every docHash. A page that waited for its second
 * person is sent back: nobody could compare it any more.
 */
export async function eraseFromMinutes(personId: string, store: Queryable): Promise<void> {
  const own = (recordId: AnyPgColumn, person: AnyPgColumn) =>
    sql`(${recordId}, ${person}) in (select record_id, person from minutes_names where person_id = ${personId})`;
  await store
    .update(minutesSignatures)
    .set({ image: null })
    .where(own(minutesSignatures.recordId, minutesSignatures.person));
  const papers = own(paperSignatures.recordId, paperSignatures.person);
  await store
    .update(paperSignatures)
    .set({ settledAt: Date.now(), confirmed: false })
    .where(and(papers, isNull(paperSignatures.settledAt)));
  await store.update(paperSignatures).set({ scan: new Uint8Array() }).where(papers);
  await store.update(minutesNames).set({ name: null, salt: null }).where(eq(minutesNames.personId, personId));
}
