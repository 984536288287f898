// Verifies completed minutes from the papers alone: no network, no clock, no trust in whoever handed them over. One check a line; a change says
// what changed. Run by `npm run verify`, by the page /verify and by verify.html from the same code. Rules [T5] to [T14].
import { fromBase64url, toBase64url } from '#lib/domain/base64.ts';
import { bytesOfHex, hexOf, sha256, utf8 } from '#lib/domain/sha256.ts';
import { verifiesEd25519 } from '#lib/domain/signatures/ed25519.ts';
import { fromDer, verifiesP256 } from '#lib/domain/signatures/p256.ts';
import { verifiesRsa } from '#lib/domain/signatures/rsa.ts';
import { ballotsDigest, ballotsFile, digestLines, headOfLog, logFile } from './archive.ts';
import type { BallotsFile, LogFile } from './archive.ts';
import { bundleDigest, bundleFileFault, changedParts, councilLog, manifestDigest, partDigests } from './bundle.ts';
import type { Bundle, BundleFile, CouncilLog, Enrolment, Signature, Statement } from './bundle.ts';
import { canonical, paperDigest, personDigest } from './canonical.ts';
import { consistencyPath, isConsistent, isIncluded, leafHash, rootOf } from './merkle.ts';
import { people, type MinutesRecord, type People } from './record.ts';
import type { Shape } from './shape.ts';
import { fingerprintOf, hashesOf, openNote, readCheckpoint, readVerifierKey } from './signed-note.ts';
import type { Checkpoint, NoteKey } from './signed-note.ts';
import { requirementOf, standingOf } from './signing.ts';

export const checkNames = [
  'readable',
  'record',
  'signature',
  'signers',
  'rule',
  'checkpoint',
  'included',
  'key',
  'record-file',
  'people',
  'ballots',
  'meeting-log',
  'council-log',
  'older-checkpoint',
  'files',
  'seal',
] as const;
export type CheckName = (typeof checkNames)[number];

export const faults = [
  'not-json',
  'not-strict',
  'not-canonical',
  'parts-changed',
  'other-record',
  'other-text-signed',
  'unknown-key',
  'key-of-another',
  'wrong-site',
  'not-verified-user',
  'signature-broken',
  'signed-twice',
  'nonce-twice',
  'not-a-signer',
  'rule-not-met',
  'checkpoint-broken',
  'not-in-log',
  'other-key',
  'name-changed',
  'ballots-changed',
  'log-changed',
  'not-countersigned',
  'log-cut',
  'log-forked',
  'log-too-short',
  'file-changed',
  'file-missing',
  'file-added',
  'seal-broken',
  'seal-not-whole',
  'seal-missing',
  'bundle-missing',
] as const;
export type Fault = (typeof faults)[number];

export interface Check {
  readonly what: CheckName;
  /** Null where it holds. */
  readonly fault: Fault | null;
  /** Where: paths of the record, names of files, of polls. */
  readonly at: readonly string[];
  /** The signature it is about. */
  readonly signature?: Signature;
}

export interface Verdict {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** What is to be compared with what the council publishes. */
  readonly fingerprint: string | null;
  readonly docHash: string | null;
  readonly record: MinutesRecord | null;
}

/** The texts of the papers; what is not there is not checked. */
export interface Material {
  readonly bundle: string | null;
  readonly record?: string | null;
  readonly people?: string | null;
  readonly ballots?: string | null;
  readonly log?: string | null;
  readonly councilLog?: string | null;
  /** The signed list of digests, and what was really there (the list itself left out). */
  readonly digests?: { readonly note: string; readonly files: readonly { name: string; digest: string }[] } | null;
  /** Checks of the PDF that carried the papers. */
  readonly carrier?: readonly Check[];
  /** An earlier or later checkpoint somebody kept. */
  readonly kept?: string | null;
  /** The fingerprint somebody kept. */
  readonly fingerprint?: string | null;
}

const check = (what: CheckName, fault: Fault | null = null, at: readonly string[] = []): Check => ({ what, fault, at });

/** A paper read strictly: its value, or the one check that says why not. */
function read<T>(text: string, what: CheckName, faultOf: (value: unknown) => string | null): T | Check {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return check(what, 'not-json');
  }
  const at = faultOf(value);
  if (at !== null) return check(what, 'not-strict', [at]);
  return canonical(value) === text ? (value as T) : check(what, 'not-canonical');
}
const shaped = (shape: Shape<unknown>) => (value: unknown) => shape.fault(value, '');
const isCheck = (value: object): value is Check => 'what' in value && 'fault' in value;

/** Verifies a signature's mathematics. Handed in so that tests may remember answers. */
export type Mathematics = (
  algorithm: Enrolment['algorithm'],
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;

export const mathematics: Mathematics = (algorithm, key, message, signature) =>
  algorithm === 'p256'
    ? verifiesP256(key, message, signature)
    : algorithm === 'rsa'
      ? verifiesRsa(key, message, signature)
      : verifiesEd25519(key, message, signature);

/** Origin and host of an address like `https://name:8443`; the host is what passkeys are bound to. */
export const hostOf = (origin: string): string => origin.replace(/^[a-z]+:\/\//, '').replace(/:\d+$/, '');

/** [T6] Why a passkey's assertion is not this manifest signed on this site by a verified person; null where it is. */
export function assertionFault(
  site: string,
  signature: Extract<Signature, { kind: 'passkey' }>,
  key: Enrolment,
  holds: Mathematics = mathematics,
): Fault | null {
  const authenticator = fromBase64url(signature.authenticatorData) ?? new Uint8Array();
  const clientBytes = fromBase64url(signature.clientData) ?? new Uint8Array();
  let client: { type?: unknown; challenge?: unknown; origin?: unknown; crossOrigin?: unknown };
  try {
    client = JSON.parse(utf8Text(clientBytes)) as typeof client;
  } catch {
    return 'signature-broken';
  }
  if (client.type !== 'webauthn.get') return 'signature-broken';
  if (client.challenge !== toBase64url(manifestDigest(signature.manifest))) return 'other-text-signed';
  if (client.origin !== site || client.crossOrigin === true) return 'wrong-site';
  if (authenticator.length < 37 || hexOf(authenticator.subarray(0, 32)) !== hexOf(sha256(utf8(hostOf(site)))))
    return 'wrong-site';
  const userPresentAndVerified = 0x05;
  if (((authenticator[32] ?? 0) & userPresentAndVerified) !== userPresentAndVerified) return 'not-verified-user';
  const raw = fromBase64url(signature.signature) ?? new Uint8Array();
  const bytes = key.algorithm === 'p256' ? fromDer(raw) : raw;
  const signed = new Uint8Array([...authenticator, ...sha256(clientBytes)]);
  return bytes && holds(key.algorithm, fromBase64url(key.publicKey) ?? new Uint8Array(), signed, bytes)
    ? null
    : 'signature-broken';
}

/** JSON's bytes as text. Client data is ASCII but for what a page's own address may hold. */
function utf8Text(bytes: Uint8Array): string {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  return decodeURIComponent(escaped);
}

/** [T5] [T6] [T7] Why one signature does not count. */
function signatureFault(bundle: Bundle, docHash: string, signature: Signature, holds: Mathematics): Fault | null {
  const { manifest } = signature;
  if (manifest.docHash !== docHash) return 'other-text-signed';
  if (requirementOf(bundle.record.signing, manifest.signer)?.key !== manifest.key) return 'not-a-signer';
  if (signature.kind === 'paper') {
    const [one, other] = [signature.enteredBy, signature.confirmedBy];
    return one === other || Math.max(one, other) >= bundle.record.persons.length ? 'not-a-signer' : null;
  }
  if (signature.kind === 'session') {
    const fits = manifest.key.startsWith('party:') && signature.seq > 0 && signature.seq <= bundle.record.log.seq;
    return fits ? null : 'not-a-signer';
  }
  const key = bundle.enrolments.find(({ enrolmentId }) => enrolmentId === signature.enrolmentId);
  if (!key || key.kind !== signature.kind) return 'unknown-key';
  if (key.person !== manifest.signer) return 'key-of-another';
  if (signature.kind === 'passkey') return assertionFault(bundle.record.site, signature, key, holds);
  const bytes = fromBase64url(signature.signature) ?? new Uint8Array();
  const publicKey = fromBase64url(key.publicKey) ?? new Uint8Array();
  return key.algorithm === 'p256' && holds('p256', publicKey, manifestDigest(manifest), bytes)
    ? null
    : 'signature-broken';
}

const twice = (values: readonly (string | number)[]): boolean => new Set(values).size !== values.length;

function checksOfBundle({ bundle, proof }: BundleFile, docHash: string, holds: Mathematics): Check[] {
  const changed = changedParts(bundle.record, bundle.parts);
  const checks = [changed.length > 0 ? check('record', 'parts-changed', changed) : check('record')];
  for (const signature of bundle.signatures)
    checks.push({ ...check('signature', signatureFault(bundle, docHash, signature, holds)), signature });
  const manifests = bundle.signatures.map(({ manifest }) => manifest);
  checks.push(
    twice(manifests.map(({ signer }) => signer)) || twice(bundle.enrolments.map(({ enrolmentId }) => enrolmentId))
      ? check('signers', 'signed-twice')
      : twice(manifests.map(({ nonce }) => nonce))
        ? check('signers', 'nonce-twice')
        : check('signers'),
  );
  const counted = bundle.signatures.filter((_, index) => checks[index + 1]?.fault === null);
  const { complete, conditions } = standingOf(
    bundle.record.signing,
    counted.map(({ manifest }) => manifest),
  );
  const unmet = conditions.filter(({ met }) => !met).map(({ key, label }) => label || key);
  checks.push(complete ? check('rule') : check('rule', 'rule-not-met', unmet));

  const key = readVerifierKey(proof.key);
  const checkpoint = checkpointOf(proof.checkpoint, key, holds);
  checks.push(checkpoint ? check('checkpoint') : check('checkpoint', 'checkpoint-broken'));
  const leaf = leafHash(bytesOfHex(bundleDigest(bundle)));
  const isThere =
    checkpoint !== null && isIncluded(leaf, proof.index, checkpoint.size, hashesOf(proof.path), checkpoint.root);
  checks.push(isThere ? check('included') : check('included', 'not-in-log'));
  return checks;
}

const opened = (note: string, key: NoteKey, holds: Mathematics): string | null =>
  openNote(note, key, (publicKey, message, signature) => holds('ed25519', publicKey, message, signature));

function checkpointOf(note: string, key: NoteKey | null, holds: Mathematics): Checkpoint | null {
  const text = key && opened(note, key, holds);
  return text === null ? null : readCheckpoint(text);
}

/** [T3] */
function checkPeople({ docHash, names }: People, record: MinutesRecord): Check {
  if (docHash !== paperDigest('minutes', record)) return check('people', 'other-record');
  const wrong = names.filter(({ person, name, salt }) => {
    const digest = personDigest(fromBase64url(salt) ?? new Uint8Array(), name);
    return record.persons[person]?.digest !== digest;
  });
  if (wrong.length > 0)
    return check(
      'people',
      'name-changed',
      wrong.map(({ person }) => String(person)),
    );
  return check('people');
}

/** [T11] */
function checkBallots({ polls }: BallotsFile, { results }: MinutesRecord): Check {
  const there = new Map(polls.map((poll) => [poll.pollId, ballotsDigest(poll)]));
  const wrong = results.filter(({ pollId, ballots }) => there.get(pollId) !== ballots).map(({ pollId }) => pollId);
  const added = polls.filter(({ pollId }) => !results.some((result) => result.pollId === pollId));
  const at = [...wrong, ...added.map(({ pollId }) => pollId)];
  return at.length > 0 ? check('ballots', 'ballots-changed', at) : check('ballots');
}

const inSession: Readonly<Record<Statement, string>> = { agree: 'agreed', reserve: 'reserved', refuse: '' };

type Entry = { readonly type?: string; readonly payload?: Readonly<Record<string, unknown>> };

/** An event as its stored bytes say it; nothing of one that is not for everybody. */
function entryIn({ body = '{}' }: LogFile['events'][number]): Entry {
  try {
    return (JSON.parse(body) ?? {}) as Entry;
  } catch {
    return {};
  }
}

/** [T15] Whether the log's entry is this party's countersignature of this page, and the page was not taken back after it. */
function isCountersigned(
  { events }: LogFile,
  { seq, page, way, manifest }: Extract<Signature, { kind: 'session' }>,
): boolean {
  const entries = events.slice(seq - 1).map(entryIn);
  const { type, payload } = entries[0] ?? {};
  return (
    type === 'MinutesCountersigned' &&
    `party:${String(payload?.['partyId'])}` === manifest.key &&
    payload?.['digest'] === page &&
    payload['way'] === way &&
    payload['statement'] === inSession[manifest.statement] &&
    !entries.some((entry) => entry.type === 'MinutesTakenBack')
  );
}

function checkMeetingLog(log: LogFile, { record, signatures }: Bundle): Check {
  const { meeting, log: head } = record;
  if (log.meetingId !== meeting.meetingId) return check('meeting-log', 'other-record');
  if (log.events.length !== head.seq)
    return check('meeting-log', 'log-cut', [String(log.events.length), String(head.seq)]);
  if (headOfLog(log) !== head.head) return check('meeting-log', 'log-changed');
  const missing = signatures.flatMap((each) =>
    each.kind === 'session' && !isCountersigned(log, each) ? [each.manifest.key] : [],
  );
  return missing.length === 0 ? check('meeting-log') : check('meeting-log', 'not-countersigned', missing);
}

/** [T12] The council's list of leaves against its own checkpoint, and against another one of the same log. */
function againstLog(leaves: readonly Uint8Array[], other: Checkpoint | null): Fault | null {
  if (!other) return 'checkpoint-broken';
  if (other.size > leaves.length) return 'log-too-short';
  if (other.size === 0) return null;
  const whole = { size: leaves.length, root: rootOf(leaves) };
  return isConsistent(other, whole, consistencyPath(leaves, other.size)) ? null : 'log-forked';
}

function checksOfCouncilLog(
  log: CouncilLog,
  inBundle: BundleFile | null,
  kept: string | null,
  holds: Mathematics,
): Check[] {
  const key = readVerifierKey(log.key);
  const own = checkpointOf(log.checkpoint, key, holds);
  const leaves = log.bundles.map((digest) => leafHash(bytesOfHex(digest)));
  const fault = own && own.size !== leaves.length ? 'log-cut' : againstLog(leaves, own);
  if (fault !== null) return [check('council-log', fault)];
  const checks = [check('council-log')];
  if (inBundle) {
    const { bundle, proof } = inBundle;
    const other = proof.key === log.key ? againstLog(leaves, checkpointOf(proof.checkpoint, key, holds)) : 'other-key';
    const listed = log.bundles[proof.index] === bundleDigest(bundle);
    checks[0] =
      other !== null ? check('council-log', other) : listed ? check('council-log') : check('council-log', 'not-in-log');
  }
  if (kept !== null) {
    const old = checkpointOf(kept, key, holds);
    const wrong = old && old.origin !== own?.origin ? 'log-forked' : againstLog(leaves, old);
    // Fewer leaves than a checkpoint that was once signed: its end was cut off.
    checks.push(check('older-checkpoint', wrong === 'log-too-short' ? 'log-cut' : wrong));
  }
  return checks;
}

/** [T12] Without the council's list only a checkpoint of the same size can be compared. */
function checkKept(kept: string, { proof }: BundleFile, holds: Mathematics): Check {
  const key = readVerifierKey(proof.key);
  const [old, own] = [checkpointOf(kept, key, holds), checkpointOf(proof.checkpoint, key, holds)];
  if (!old || !own) return check('older-checkpoint', 'checkpoint-broken');
  if (old.origin !== own.origin) return check('older-checkpoint', 'log-forked');
  if (old.size !== own.size) return check('older-checkpoint', old.size > own.size ? 'log-cut' : 'log-too-short');
  return check('older-checkpoint', isConsistent(old, own, []) ? null : 'log-forked');
}

/** [T14] */
function checkFiles({ note, files }: NonNullable<Material['digests']>, key: NoteKey | null, holds: Mathematics): Check {
  const text = key && opened(note, key, holds);
  if (text === null) return check('files', 'checkpoint-broken');
  const listed = new Map(
    text
      .split('\n')
      .slice(1, -1)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  const missing = [...listed.keys()].filter((name) => !files.some((file) => file.name === name));
  if (missing.length > 0) return check('files', 'file-missing', missing);
  const added = files.filter(({ name }) => !listed.has(name));
  if (added.length > 0)
    return check(
      'files',
      'file-added',
      added.map(({ name }) => name),
    );
  const changed = files.filter(({ name, digest }) => listed.get(name) !== digest);
  if (changed.length > 0)
    return check(
      'files',
      'file-changed',
      changed.map(({ name }) => name),
    );
  return check('files', digestLines(files) === text ? null : 'file-changed');
}

/** The council's list of a material, read: null where there is none, the failed check where it cannot be. */
const councilOf = ({ councilLog: text }: Material): CouncilLog | Check | null =>
  text == null ? null : read<CouncilLog>(text, 'council-log', shaped(councilLog));

/** What lies beside a bundle, against the bundle. */
export function checksBeside(
  material: Omit<Material, 'bundle'>,
  file: BundleFile,
  council: CouncilLog | Check | null = councilOf({ ...material, bundle: null }),
  holds: Mathematics = mathematics,
): Check[] {
  const { record } = file.bundle;
  const checks: Check[] = [];
  if (material.record != null && material.record !== canonical(record))
    checks.push(check('record-file', 'other-record', differences(material.record, record)));
  else if (material.record != null) checks.push(check('record-file'));
  const beside = <T>(
    text: string | null | undefined,
    what: CheckName,
    shape: Shape<unknown>,
    judge: (value: T) => Check,
  ) => {
    if (text == null) return;
    const value = read<T & object>(text, what, shaped(shape));
    checks.push(isCheck(value) ? value : judge(value));
  };
  beside<People>(material.people, 'people', people, (value) => checkPeople(value, record));
  beside<BallotsFile>(material.ballots, 'ballots', ballotsFile, (value) => checkBallots(value, record));
  beside<LogFile>(material.log, 'meeting-log', logFile, (value) => checkMeetingLog(value, file.bundle));
  const kept = material.kept ?? null;
  if (council !== null) checks.push(...(isCheck(council) ? [council] : checksOfCouncilLog(council, file, kept, holds)));
  else if (kept !== null) checks.push(checkKept(kept, file, holds));
  if (material.digests) checks.push(checkFiles(material.digests, readVerifierKey(file.proof.key), holds));
  return checks;
}

export function verify(material: Material, holds: Mathematics = mathematics): Verdict {
  const checks: Check[] = [...(material.carrier ?? [])];
  const kept = material.kept ?? null;
  const council = councilOf(material);
  const file = material.bundle === null ? null : read<BundleFile>(material.bundle, 'readable', bundleFileFault);
  const done = (key: NoteKey | null, docHash: string | null, record: MinutesRecord | null): Verdict => {
    const fingerprint = key && fingerprintOf(key.publicKey);
    if (fingerprint !== null || material.fingerprint)
      checks.push(check('key', keyFault(material.fingerprint, fingerprint)));
    return {
      ok: checks.length > 0 && checks.every(({ fault }) => fault === null),
      checks,
      fingerprint,
      docHash,
      record,
    };
  };
  if (file === null && council !== null) {
    if (isCheck(council)) checks.push(council);
    else checks.push(...checksOfCouncilLog(council, null, kept, holds));
    return done(isCheck(council) ? null : readVerifierKey(council.key), null, null);
  }
  if (file === null)
    return {
      ok: false,
      checks: [...checks, check('readable', 'bundle-missing')],
      fingerprint: null,
      docHash: null,
      record: null,
    };
  if (isCheck(file)) {
    checks.push(file);
    return done(null, null, null);
  }
  const { record } = file.bundle;
  const docHash = paperDigest('minutes', record);
  checks.push(
    check('readable'),
    ...checksOfBundle(file, docHash, holds),
    ...checksBeside(material, file, council, holds),
  );
  return done(readVerifierKey(file.proof.key), docHash, record);
}

const bare = (text: string): string => text.toLowerCase().replace(/[^0-9a-f]/g, '');
const keyFault = (expected: string | null | undefined, found: string | null): Fault | null =>
  !expected || bare(expected) === bare(found ?? '') ? null : 'other-key';

/** The parts in which a record beside the bundle differs from the one in it. */
function differences(text: string, record: MinutesRecord): string[] {
  try {
    return changedParts(JSON.parse(text) as MinutesRecord, partDigests(record));
  } catch {
    return [];
  }
}
