// Signing frozen minutes: what a signer is given to sign, the answer of a passkey or of a key the browser made, and how far the signing rule is.
// What is signed is judged by the very law the verifier runs. A nonce serves one signature and expires. Rules [T5] to [T9].
import { randomBytes } from 'node:crypto';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { personAt, type Actor } from '#lib/domain/actor.ts';
import {
  manifestDigest,
  statements,
  type Enrolment,
  type Manifest,
  type Signature,
  type Statement,
} from '#lib/domain/minutes/bundle.ts';
import { domainDigest } from '#lib/domain/minutes/canonical.ts';
import { plainText, type MinutesRecord, type SignedPaper } from '#lib/domain/minutes/record.ts';
import { requirementOf, standingOf } from '#lib/domain/minutes/signing.ts';
import { assertionFault } from '#lib/domain/minutes/verify.ts';
import { namesSomebody, personalNumbersIn } from '#lib/domain/personal-numbers.ts';
import { hexOf } from '#lib/domain/sha256.ts';
import { verifiesP256 } from '#lib/domain/signatures/p256.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  accounts,
  minutesNames,
  minutesRecords,
  minutesSignatures,
  passkeys,
  signingAsks,
  signingKeys,
} from '#lib/server/db/schema/index.ts';
import { completeIfAllSaid } from './complete.ts';
import { orRefused, recordIn, Refused, standingRecord } from './freeze.ts';

export const askLifetimeMs = 10 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
const mostWords = 1000;
const mostImage = 200 * 1024;

export interface SigningWish {
  readonly statement: string;
  readonly text: string;
  /** A drawn signature as PNG, or null. */
  readonly image: Uint8Array | null;
}

export interface Ask {
  readonly nonce: string;
  /** base64url of the 32 bytes to be signed: a passkey's challenge, or what a device key signs. */
  readonly challenge: string;
  readonly rpId: string;
  /** Passkeys and device keys this person has. */
  readonly passkeys: readonly string[];
  readonly deviceKeys: readonly string[];
}

/** The index of a person in a record; null for somebody who is not in it. */
export async function personInRecord(store: Queryable, recordId: string, personId: string): Promise<number | null> {
  const [row] = await store
    .select({ person: minutesNames.person })
    .from(minutesNames)
    .where(and(eq(minutesNames.recordId, recordId), eq(minutesNames.personId, personId)));
  return row?.person ?? null;
}

/** [T5] What was said and why, checked: a reservation and a refusal need their words. */
export function checkedStatement(
  statement: string,
  text: string,
): { statement: Statement; text: string } | OfficeRefusal {
  const words = text.trim().replace(/\p{Surrogate}/gu, '');
  const known = statements.find((each) => each === statement);
  if (!known || (known !== 'agree' && words === '')) return refuseOffice('signing-text-missing');
  if (words.length > mostWords) return refuseOffice('text-too-long', { most: mostWords });
  return { statement: known, text: known === 'agree' ? '' : words };
}

/** [T3] What a signer writes goes into the bundle, which holds no names: refused with what stands in it. */
export async function refusePersonalIn(tx: Queryable, recordId: string, text: string): Promise<void> {
  const number = personalNumbersIn(text).find(namesSomebody);
  if (number) throw new Refused(refuseOffice('signing-personal', { what: number.kind, found: number.typed }));
  const rows = await tx
    .select({ name: minutesNames.name })
    .from(minutesNames)
    .where(eq(minutesNames.recordId, recordId));
  const found = rows.find(({ name }) => name !== null && Array.from(name).length > 1 && text.includes(name))?.name;
  if (found) throw new Refused(refuseOffice('signing-personal', { what: 'name', found }));
}

/** The standing record with this person as one of its silent signers, or why not. */
async function signerOf(tx: Queryable, meetingId: string, paper: SignedPaper, personId: string | null) {
  const row = await standingRecord(tx, meetingId, paper);
  if (!row) throw new Refused(refuseOffice('minutes-not-frozen'));
  if (row.completedAt !== null) throw new Refused(refuseOffice('minutes-complete'));
  const record = recordIn(row);
  const person = personId === null ? null : await personInRecord(tx, row.id, personId);
  const requirement = person === null ? undefined : requirementOf(record.signing, person);
  if (person === null || personId === null || !requirement) throw new Refused(refuseOffice('signing-not-yours'));
  const [before] = await tx
    .select({ person: minutesSignatures.person })
    .from(minutesSignatures)
    .where(and(eq(minutesSignatures.recordId, row.id), eq(minutesSignatures.person, person)));
  if (before) throw new Refused(refuseOffice('signing-done'));
  return { row, record, person, personId, key: requirement.key };
}

/** The PNG in a data address; null for none, nothing for what is no PNG, which is refused then. */
export function imageOf(address: string): Uint8Array | null {
  if (address === '') return null;
  const [, base64 = ''] = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(address) ?? [];
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** How this copy names each person of a record: by name where it is held, else masked. */
export async function namesOf(recordId: string, { persons }: MinutesRecord): Promise<string[]> {
  const rows = await db
    .select({ person: minutesNames.person, name: minutesNames.name })
    .from(minutesNames)
    .where(eq(minutesNames.recordId, recordId));
  const named = new Map(rows.map(({ person, name }) => [person, name]));
  return persons.map(({ mask }, index) => named.get(index) ?? mask);
}

const isPng = (bytes: Uint8Array): boolean => hexOf(bytes.subarray(0, 8)) === '89504e470d0a1a0a';

/** Gives a signer the manifest's digest to sign. `origin` is the page's: a passkey answers only where the record says. */
export async function askToSign(
  meetingId: string,
  actor: Actor,
  origin: string,
  wish: SigningWish,
  paper: SignedPaper = 'minutes',
): Promise<Ask | OfficeRefusal> {
  return orRefused(async (tx) => {
    const { row, record, person, personId, key } = await signerOf(tx, meetingId, paper, personAt(actor, meetingId));
    if (record.site !== origin) throw new Refused(refuseOffice('signing-elsewhere', { site: record.site }));
    const said = checkedStatement(wish.statement, wish.text);
    if ('refused' in said) throw new Refused(said);
    await refusePersonalIn(tx, row.id, said.text);
    if (wish.image && (wish.image.length > mostImage || !isPng(wish.image)))
      throw new Refused(refuseOffice('signing-image-unfit'));
    const now = Date.now();
    const manifest: Manifest = {
      format: 'yishi.manifest',
      version: 1,
      docHash: row.docHash,
      signer: person,
      key,
      ...said,
      nonce: randomBytes(24).toString('base64url'),
      at: now,
      ...(wish.image ? { image: hexOf(domainDigest('image', wish.image)) } : {}),
    };
    const { nonce } = manifest;
    await tx
      .insert(signingAsks)
      .values({ nonce, recordId: row.id, personId, manifest, image: wish.image, expiresAt: now + askLifetimeMs });
    const held = await tx
      .select({ id: passkeys.id })
      .from(passkeys)
      .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
      .where(eq(accounts.personId, personId));
    const made = await tx.select({ id: signingKeys.id }).from(signingKeys).where(eq(signingKeys.personId, personId));
    return {
      nonce,
      challenge: Buffer.from(manifestDigest(manifest)).toString('base64url'),
      rpId: new URL(record.site).hostname,
      passkeys: held.map(({ id }) => id),
      deviceKeys: made.map(({ id }) => id),
    };
  });
}

/** Keeps a key this browser has made. Somebody without an account was let in by the desk: it is the desk's word then. */
export async function enrolDeviceKey(
  meetingId: string,
  actor: Actor,
  publicKey: string,
  device: string,
): Promise<{ readonly keyId: string } | OfficeRefusal> {
  const personId = personAt(actor, meetingId);
  const point = Buffer.from(publicKey, 'base64url');
  if (personId === null) return refuseOffice('signing-not-yours');
  if (point.length !== 65 || point[0] !== 4) return refuseOffice('signing-key-unfit');
  const keyId = newId();
  const by = actor.kind === 'person' && actor.accountId !== null ? 'self' : 'desk';
  await db.insert(signingKeys).values({
    id: keyId,
    personId,
    publicKey: new Uint8Array(point),
    by,
    device: device.slice(0, 60),
    createdAt: Date.now(),
  });
  return { keyId };
}

export interface SigningAnswer {
  readonly nonce: string;
  /** The passkey's credential id or the device key's id. */
  readonly keyId: string;
  readonly signature: string;
  /** Only of a passkey. */
  readonly authenticatorData?: string;
  readonly clientData?: string;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** A passkey's COSE key as the bundle carries it; null for a kind the verifier does not know. */
function fromCose(cose: Uint8Array): Pick<Enrolment, 'algorithm' | 'publicKey'> | null {
  const key = decodeCredentialPublicKey(new Uint8Array(cose)) as unknown as Map<number, unknown>;
  const part = (label: number): Uint8Array =>
    key.get(label) instanceof Uint8Array ? (key.get(label) as Uint8Array) : new Uint8Array();
  const type = key.get(1);
  if (type === 2) return { algorithm: 'p256', publicKey: base64url(Buffer.concat([Buffer.of(4), part(-2), part(-3)])) };
  if (type === 1) return { algorithm: 'ed25519', publicKey: base64url(part(-2)) };
  return type === 3 ? { algorithm: 'rsa', publicKey: base64url(part(-1)) } : null;
}

/** [T6] The key an answer names, as the bundle will carry it; null unless it is this person's. */
async function enrolmentOf(
  tx: Queryable,
  person: number,
  personId: string,
  answer: SigningAnswer,
): Promise<Enrolment | null> {
  if (answer.clientData === undefined) {
    const [key] = await tx
      .select()
      .from(signingKeys)
      .where(and(eq(signingKeys.id, answer.keyId), eq(signingKeys.personId, personId)));
    if (!key) return null;
    const { id: enrolmentId, publicKey, by, createdAt: at } = key;
    return { enrolmentId, person, kind: 'device', algorithm: 'p256', publicKey: base64url(publicKey), by, at };
  }
  const [known] = await tx
    .select({ passkey: passkeys })
    .from(passkeys)
    .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
    .where(and(eq(passkeys.id, answer.keyId), eq(accounts.personId, personId)));
  const key = known && fromCose(known.passkey.publicKey);
  if (!key) return null;
  return { enrolmentId: known.passkey.id, person, kind: 'passkey', ...key, by: 'self', at: known.passkey.createdAt };
}

function signatureOf(manifest: Manifest, answer: SigningAnswer): Signature {
  const { keyId: enrolmentId, signature, authenticatorData = '', clientData } = answer;
  return clientData === undefined
    ? { kind: 'device', manifest, enrolmentId, signature }
    : { kind: 'passkey', manifest, enrolmentId, authenticatorData, clientData, signature };
}

/** Takes the answer to an ask. The ask is consumed by being answered, right or wrong. */
export async function answerAsk(
  meetingId: string,
  actor: Actor,
  answer: SigningAnswer,
  paper: SignedPaper = 'minutes',
): Promise<{ readonly complete: boolean } | OfficeRefusal> {
  const now = Date.now();
  const personId = personAt(actor, meetingId);
  const [ask] = await db
    .update(signingAsks)
    .set({ usedAt: now })
    .where(and(eq(signingAsks.nonce, answer.nonce), isNull(signingAsks.usedAt), gt(signingAsks.expiresAt, now)))
    .returning();
  if (!ask || ask.personId !== personId) return refuseOffice('signing-stale');
  return orRefused(async (tx) => {
    await tx.select().from(minutesRecords).where(eq(minutesRecords.id, ask.recordId)).for('update');
    const signer = await signerOf(tx, meetingId, paper, personId);
    const manifest = ask.manifest as Manifest;
    if (signer.row.id !== ask.recordId) throw new Refused(refuseOffice('signing-stale'));
    const enrolment = await enrolmentOf(tx, signer.person, signer.personId, answer);
    if (!enrolment) throw new Refused(refuseOffice('signing-key-unfit'));
    const signature = signatureOf(manifest, answer);
    const key = new Uint8Array(Buffer.from(enrolment.publicKey, 'base64url'));
    const holds =
      signature.kind === 'passkey'
        ? assertionFault(signer.record.site, signature, enrolment) === null
        : verifiesP256(key, manifestDigest(manifest), new Uint8Array(Buffer.from(answer.signature, 'base64url')));
    if (!holds) throw new Refused(refuseOffice('signing-broken'));
    await tx
      .insert(minutesSignatures)
      .values({ recordId: ask.recordId, person: signer.person, signature, enrolment, image: ask.image, signedAt: now });
    return { complete: await completeIfAllSaid(tx, ask.recordId) };
  });
}

export interface SignerView {
  readonly person: number;
  readonly name: string;
  readonly statement: Statement | null;
  readonly text: string;
  readonly kind: Signature['kind'] | null;
  readonly at: number | null;
}

export interface SigningView {
  readonly recordId: string;
  readonly docHash: string;
  readonly edition: number;
  readonly frozenAt: number;
  readonly completedAt: number | null;
  readonly site: string;
  readonly complete: boolean;
  readonly conditions: readonly {
    readonly key: string;
    readonly label: string;
    readonly least: number;
    readonly met: boolean;
    readonly signers: readonly SignerView[];
  }[];
}

/** How the signing stands, with names as the members read them. Null where nothing is frozen. */
export async function signingView(meetingId: string, paper: SignedPaper = 'minutes'): Promise<SigningView | null> {
  const row = await standingRecord(db, meetingId, paper);
  if (!row) return null;
  const record = recordIn(row);
  const [signed, named] = await Promise.all([
    db.select().from(minutesSignatures).where(eq(minutesSignatures.recordId, row.id)),
    db.select().from(minutesNames).where(eq(minutesNames.recordId, row.id)),
  ]);
  const said = new Map(signed.map(({ person, signature }) => [person, signature]));
  const nameOf = new Map(named.map(({ person, name }) => [person, name]));
  const { conditions, complete } = standingOf(
    record.signing,
    signed.map(({ signature }) => signature.manifest),
  );
  return {
    recordId: row.id,
    docHash: row.docHash,
    edition: row.edition,
    frozenAt: row.frozenAt,
    completedAt: row.completedAt,
    site: record.site,
    complete,
    conditions: conditions.map(({ key, label, least, met, eligible }) => ({
      ...{ key, label, least, met },
      signers: eligible.map((person): SignerView => {
        const signature = said.get(person);
        return {
          person,
          name: nameOf.get(person) ?? record.persons[person]?.mask ?? '',
          statement: signature?.manifest.statement ?? null,
          text: signature?.manifest.text ?? '',
          kind: signature?.kind ?? null,
          at: signature?.manifest.at ?? null,
        };
      }),
    })),
  };
}

export interface WaitingSignature {
  readonly meetingId: string;
  readonly paper: SignedPaper;
  readonly title: string;
  /** Whole days since the text was frozen. */
  readonly days: number;
}

/** [T9] Frozen minutes and reports that wait for this person's signature, the longest waiting first: for their start page. Where their party has signed, none. */
export async function waitingForSignature(personId: string): Promise<WaitingSignature[]> {
  const rows = await db
    .select({ row: minutesRecords, person: minutesNames.person })
    .from(minutesNames)
    .innerJoin(minutesRecords, eq(minutesRecords.id, minutesNames.recordId))
    .where(
      and(eq(minutesNames.personId, personId), isNull(minutesRecords.voidedAt), isNull(minutesRecords.completedAt)),
    )
    .orderBy(asc(minutesRecords.frozenAt))
    .limit(20);
  const waiting: WaitingSignature[] = [];
  for (const { row, person } of rows) {
    const record = recordIn(row);
    const key = requirementOf(record.signing, person)?.key;
    const signed = await db
      .select({ signature: minutesSignatures.signature })
      .from(minutesSignatures)
      .where(eq(minutesSignatures.recordId, row.id));
    const { conditions } = standingOf(
      record.signing,
      signed.map(({ signature }) => signature.manifest),
    );
    const condition = conditions.find((each) => each.key === key);
    if (!condition?.waiting.includes(person) || (record.signing.kind === 'joint' && condition.met)) continue;
    waiting.push({
      meetingId: row.meetingId,
      paper: row.paper,
      title: plainText(record.meeting.title, (index) => record.persons[index]?.mask ?? ''),
      days: Math.floor((Date.now() - row.frozenAt) / dayMs),
    });
  }
  return waiting;
}
