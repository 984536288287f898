// What publishing takes from a meeting's minutes: whether they are signed to completion, who signed how, and the papers made of the signed record.
// The one place where publications read minutes.
import { and, eq } from 'drizzle-orm';
import { canonical } from '#lib/domain/minutes/canonical.ts';
import type { People, SignedPaper } from '#lib/domain/minutes/record.ts';
import { utf8 } from '#lib/domain/sha256.ts';
import type { Lang } from '#lib/messages/lang.ts';
import type { SignerLine } from '#lib/protocol/publication.ts';
import { db } from '#lib/server/db/client.ts';
import { minutesNames, people } from '#lib/server/db/schema/index.ts';
import type { Printed } from '#lib/server/files/printed.ts';
import { homeOf } from '#lib/server/meetings/meeting-door.ts';
import { archivePapers, publishedBundle, type PublishedBundle } from '#lib/server/minutes/complete.ts';
import { sealPdf } from '#lib/server/minutes/sealed.ts';
import { namesOf } from '#lib/server/minutes/sign.ts';
import { verifyPage } from '#lib/server/minutes/verify-page.ts';
import { minutesPaper } from './minutes-paper.ts';
import { publicNames } from './public-names.ts';

export interface Signing extends Omit<SignerLine, 'name'> {
  readonly personId: string;
  /** As the signed record masks the person, for one whom nothing else names any more. */
  readonly mask: string;
}

export interface SignedMinutes {
  readonly docHash: string;
  readonly edition: number;
  readonly completedAt: number;
  /** Chair and secretary first. */
  readonly signings: readonly Signing[];
  /** Of the installation's key, for comparing. */
  readonly fingerprint: string;
}

const rank = ({ office }: Pick<Signing, 'office'>): number => (office === 'chair' ? 0 : office === 'secretary' ? 1 : 2);

async function personIds(recordId: string): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .select({ person: minutesNames.person, personId: minutesNames.personId })
    .from(minutesNames)
    .where(eq(minutesNames.recordId, recordId));
  return new Map(rows.map(({ person, personId }) => [person, personId]));
}

async function signingsOf({ record, bundle, recordId }: PublishedBundle): Promise<Signing[]> {
  const ids = await personIds(recordId);
  const sectors = new Map(record.attendance.seats.map(({ person, sector }) => [person, sector]));
  const { chair, secretary } = record.meeting;
  return bundle.bundle.signatures
    .map(({ kind, manifest: { signer, statement } }): Signing => ({
      personId: ids.get(signer) ?? '',
      mask: record.persons[signer]?.mask ?? '',
      office: signer === chair ? 'chair' : signer === secretary ? 'secretary' : null,
      sector: sectors.get(signer) ?? '',
      statement,
      way: kind === 'paper' || kind === 'session' ? kind : 'key',
    }))
    .sort((a, b) => rank(a) - rank(b));
}

/** Null while they are not signed as their rule asks. */
export async function signedMinutes(meetingId: string): Promise<SignedMinutes | null> {
  const found = await publishedBundle(meetingId);
  if (!found) return null;
  return {
    docHash: found.docHash,
    edition: found.record.edition,
    completedAt: found.bundle.bundle.completedAt,
    signings: await signingsOf(found),
    fingerprint: found.fingerprint,
  };
}

/** 会议记录, or the report of a hearing, as it is set for everybody, or for the archive with every name. Null before it is signed. */
export async function signedPaper(
  meetingId: string,
  kind: 'public' | 'archive',
  lang: Lang,
  of: SignedPaper = 'minutes',
): Promise<{ paper: Printed; at: number } | null> {
  const found = await publishedBundle(meetingId, db, of);
  if (!found) return null;
  const { record, recordId, docHash, fingerprint } = found;
  const { communityId } = await homeOf(meetingId);
  const [names, ids, whole, signings] = await Promise.all([
    publicNames(communityId),
    personIds(recordId),
    namesOf(recordId, record),
    signingsOf(found),
  ]);
  const masks = record.persons.map(({ mask }) => mask);
  const nameOf = (person: number): string =>
    kind === 'archive' ? (whole[person] ?? '') : names.of(ids.get(person) ?? '') || (masks[person] ?? '');
  const personOf = new Map([...ids].map(([person, personId]) => [personId, person]));
  const paper = minutesPaper(
    {
      record,
      docHash,
      fingerprint,
      signers: signings.map(({ personId, mask, ...signer }) => {
        const person = personOf.get(personId);
        return { ...signer, name: person === undefined ? mask : nameOf(person) };
      }),
      nameOf,
      text: (words) => (kind === 'archive' ? words : names.text(words)),
    },
    lang,
  );
  return { paper, at: found.bundle.bundle.completedAt };
}

/** One seal over a finished PDF, with what anybody needs to check it inside. Unsealed where nothing is signed. */
export async function sealed(meetingId: string, pdf: Uint8Array, of: SignedPaper = 'minutes'): Promise<Uint8Array> {
  const found = await publishedBundle(meetingId, db, of);
  if (!found) return pdf;
  return sealPdf(pdf, [
    { name: 'record.json', bytes: found.recordJson },
    { name: 'bundle.json', bytes: found.bundleJson },
    { name: 'verify.html', bytes: utf8(await verifyPage()) },
  ]);
}

/** people.json of a public copy holds only whom it may name today: a consent taken back after the freezing counts. */
async function consentingToday(file: Uint8Array, recordId: string): Promise<Uint8Array> {
  const rows = await db
    .select({ person: minutesNames.person })
    .from(minutesNames)
    .innerJoin(people, and(eq(people.id, minutesNames.personId), eq(people.consentPublishName, true)))
    .where(eq(minutesNames.recordId, recordId));
  const consenting = new Set(rows.map(({ person }) => person));
  const whole = JSON.parse(new TextDecoder().decode(file)) as People;
  return utf8(canonical({ ...whole, names: whole.names.filter(({ person }) => consenting.has(person)) }));
}

const whatOf = {
  'record.json': 'record',
  'bundle.json': 'bundle',
  'people.json': 'people',
  'ballots.json': 'ballots',
  'log.json': 'log',
  'council-log.json': 'checkpoint',
} as const;
type What = (typeof whatOf)[keyof typeof whatOf] | 'verify';

/** Record, bundle, names, ballots, log and verifier of a signed meeting, one after the other; nothing before it is signed. */
export async function* signedFiles(
  meetingId: string,
  kind: 'public' | 'archive',
): AsyncGenerator<{ what: What; name: string; bytes: Uint8Array }> {
  const found = await publishedBundle(meetingId);
  if (!found) return;
  for (const { name, bytes } of (await archivePapers(meetingId, kind)) ?? []) {
    const what = whatOf[name as keyof typeof whatOf];
    const isNames = name === 'people.json' && kind === 'public';
    yield { what, name, bytes: isNames ? await consentingToday(bytes, found.recordId) : bytes };
  }
  yield { what: 'verify', name: 'verify.html', bytes: utf8(await verifyPage()) };
}
