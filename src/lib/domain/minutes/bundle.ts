// The bundle of completed minutes: the record, what each signer signed, the signatures and the keys, and the proof that its digest stands in the
// council's log. Strict like the record and without names: the public copy and the archive copy are the same bytes. Rules [T5] to [T8].
import { utf8 } from '#lib/domain/sha256.ts';
import { canonical, domainDigest, paperDigest } from './canonical.ts';
import { minutesRecord, recordFault, type MinutesRecord } from './record.ts';
import { base64url, count, digest, fields, list, oneOf, table, tagged, text, type Of } from './shape.ts';

export const statements = ['agree', 'reserve', 'refuse'] as const;
export type Statement = (typeof statements)[number];

/** What one signer signs. `text` is the reservation or the reason of a refusal. */
export const manifest = fields(
  {
    format: oneOf('yishi.manifest'),
    version: oneOf(1),
    docHash: digest,
    signer: count,
    /** Under which condition of the signing rule. */
    key: text,
    statement: oneOf(...statements),
    text,
    /** Made by the office for this one signature. */
    nonce: base64url,
    at: count,
  },
  /** SHA-256 of a hand-drawn signature's image: appearance only. */
  { image: digest },
);
export type Manifest = Of<typeof manifest>;

/** The bytes a device signs, and the challenge of a passkey's assertion: 32 bytes. */
export const manifestDigest = (value: Manifest): Uint8Array => domainDigest('manifest', utf8(canonical(value)));

/** A key a person signs with. `desk`: enrolled in front of somebody at the desk, for who has no account. */
export const enrolment = fields({
  enrolmentId: text,
  person: count,
  kind: oneOf('passkey', 'device'),
  algorithm: oneOf('p256', 'ed25519', 'rsa'),
  /** P-256: 0x04 ‖ x ‖ y; Ed25519: 32 bytes; RSA: the modulus. */
  publicKey: base64url,
  by: oneOf('self', 'desk'),
  at: count,
});
export type Enrolment = Of<typeof enrolment>;

const passkey = fields({
  kind: oneOf('passkey'),
  manifest,
  enrolmentId: text,
  authenticatorData: base64url,
  clientData: base64url,
  signature: base64url,
});
/** A key of the browser itself: shown as the weaker kind. */
const device = fields({ kind: oneOf('device'), manifest, enrolmentId: text, signature: base64url });
/** Signed by hand: entered by one, confirmed by another; nothing a machine could verify but that the scan is this one. */
const paper = fields({
  kind: oneOf('paper'),
  manifest,
  scan: digest,
  enteredBy: count,
  confirmedBy: count,
  confirmedAt: count,
});
/** [T15] A party's countersignature, given in the session to the page put before the parties: entry `seq` of the meeting's log. No key signed it. */
const session = fields({
  kind: oneOf('session'),
  manifest,
  seq: count,
  /** Of the page: its items, positions and conclusions. */
  page: digest,
  way: oneOf('phone', 'paper'),
});

export const signature = tagged('kind', { passkey, device, paper, session });
export type Signature = Of<typeof signature>;

export const bundle = fields({
  record: minutesRecord,
  /** A digest of each part of the record, so that a change can be named. */
  parts: table(digest),
  enrolments: list(enrolment),
  signatures: list(signature),
  completedAt: count,
});
export type Bundle = Of<typeof bundle>;

/** Where the bundle stands in the council's log. */
export const proof = fields({
  /** The installation's verifier key. */
  key: text,
  checkpoint: text,
  index: count,
  path: list(digest),
});
export type Proof = Of<typeof proof>;

export const bundleFile = fields({ format: oneOf('yishi.bundle'), version: oneOf(1), bundle, proof });
export type BundleFile = Of<typeof bundleFile>;

/** The leaves of a council's log: digests of bundles, in their order, under its newest checkpoint. */
export const councilLog = fields({
  format: oneOf('yishi.council-log'),
  version: oneOf(1),
  key: text,
  checkpoint: text,
  bundles: list(digest),
});
export type CouncilLog = Of<typeof councilLog>;

export const bundleDigest = (value: Bundle): string => paperDigest('bundle', value);

/** The digest of each part: a list's items one by one, everything else whole. */
export function partDigests(record: MinutesRecord): Record<string, string> {
  const parts: Record<string, string> = {};
  const put = (key: string, value: unknown) => (parts[key] = paperDigest('minutes', [key, value]));
  for (const [key, value] of Object.entries(record) as [string, unknown][])
    if (Array.isArray(value)) value.forEach((item, index) => put(`${key}.${index}`, item));
    else put(key, value);
  return parts;
}

/** The parts in which a record is not what its bundle says, in the record's order. */
export function changedParts(record: MinutesRecord, parts: Readonly<Record<string, string>>): string[] {
  const now = partDigests(record);
  return [...new Set([...Object.keys(now), ...Object.keys(parts)])].filter((key) => now[key] !== parts[key]);
}

export function bundleFileFault(value: unknown): string | null {
  const fault = bundleFile.fault(value, '');
  if (fault !== null) return fault;
  const { record } = (value as BundleFile).bundle;
  const inRecord = recordFault(record);
  return inRecord === null ? null : `bundle.record.${inRecord}`;
}
