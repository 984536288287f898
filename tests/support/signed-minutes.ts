// Completed minutes made by software alone: devices that sign as phones do, an installation's key and a council's log. For tests of the
// verifier and of whatever carries its papers. Keys are made anew in each run.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { ballotsDigest, headOfLog, type BallotsFile, type LogFile } from '#lib/domain/minutes/archive.ts';
import { bundleDigest, manifestDigest, partDigests } from '#lib/domain/minutes/bundle.ts';
import type {
  Bundle,
  BundleFile,
  CouncilLog,
  Enrolment,
  Manifest,
  Signature,
  Statement,
} from '#lib/domain/minutes/bundle.ts';
import { canonical, paperDigest } from '#lib/domain/minutes/canonical.ts';
import { inclusionPath, leafHash, rootOf } from '#lib/domain/minutes/merkle.ts';
import type { MinutesRecord, People } from '#lib/domain/minutes/record.ts';
import { checkpointText, signedNote, verifierKey, type NoteKey } from '#lib/domain/minutes/signed-note.ts';
import { bytesOfHex } from '#lib/domain/sha256.ts';
import { exampleNames, exampleRecord, exampleSalts } from './minutes-record.ts';

export const site = 'https://yishi.test';
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
export const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');
const pointOf = (key: KeyObject): Buffer => {
  const { x, y } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
};

/** A phone with a passkey, or a browser with a key of its own. */
export function aSigner(person: number, kind: 'passkey' | 'device' = 'passkey') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const enrolment: Enrolment = {
    enrolmentId: b64(randomBytes(16)),
    person,
    kind,
    algorithm: 'p256',
    publicKey: b64(pointOf(publicKey)),
    by: 'self',
    at: 1_779_000_000_000,
  };
  return {
    enrolment,
    signs(manifest: Manifest, { origin = site, flags = 0x05, type = 'webauthn.get' } = {}): Signature {
      const challenge = manifestDigest(manifest);
      const { enrolmentId } = enrolment;
      if (kind === 'device') {
        const signature = sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' });
        return { kind, manifest, enrolmentId, signature: b64(signature) };
      }
      const client = JSON.stringify({ type, challenge: b64(challenge), origin, crossOrigin: false });
      const host = new URL(origin).hostname;
      const authenticatorData = Buffer.concat([sha256(host), Buffer.of(flags, 0, 0, 0, 1)]);
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(client)]), privateKey);
      return {
        kind,
        manifest,
        enrolmentId,
        authenticatorData: b64(authenticatorData),
        clientData: b64(client),
        signature: b64(signature),
      };
    },
  };
}

export const aManifest = (
  record: MinutesRecord,
  signer: number,
  statement: Statement = 'agree',
  text = '',
): Manifest => ({
  format: 'yishi.manifest',
  version: 1,
  docHash: paperDigest('minutes', record),
  signer,
  key: record.signing.requirements.find(({ eligible }) => eligible.includes(signer))?.key ?? '',
  statement,
  text,
  nonce: b64(randomBytes(16)),
  at: 1_779_000_100_000 + signer,
});

/** An installation's key that signs notes. */
export function aNoteKey(name = 'yishi.test') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key: NoteKey = { name, publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url') };
  return { key, note: (text: string) => signedNote(text, key, sign(null, Buffer.from(text), privateKey)) };
}

export const aCheckpoint = (
  installation: ReturnType<typeof aNoteKey>,
  bundles: readonly string[],
  origin = 'yishi.test/council',
): string => {
  const leaves = bundles.map((digest) => leafHash(bytesOfHex(digest)));
  return installation.note(checkpointText({ origin, size: leaves.length, root: rootOf(leaves) }));
};

export const logOf = (installation: ReturnType<typeof aNoteKey>, bundles: readonly string[]): CouncilLog => ({
  format: 'yishi.council-log',
  version: 1,
  key: verifierKey(installation.key),
  checkpoint: aCheckpoint(installation, bundles),
  bundles,
});

/** A bundle as the last of a council's log of `before` + 1. */
export function filed(bundle: Bundle, installation = aNoteKey(), before = 4): { file: BundleFile; log: CouncilLog } {
  const bundles = [
    ...Array.from({ length: before }, (_, index) => sha256(`${index}`).toString('hex')),
    bundleDigest(bundle),
  ];
  const log = logOf(installation, bundles);
  const leaves = bundles.map((digest) => leafHash(bytesOfHex(digest)));
  const path = inclusionPath(leaves, before).map((hash) => Buffer.from(hash).toString('hex'));
  const proof = { key: log.key, checkpoint: log.checkpoint, index: before, path };
  return { file: { format: 'yishi.bundle', version: 1, bundle, proof }, log };
}

export const exampleBallots: BallotsFile = {
  format: 'yishi.ballots',
  version: 1,
  polls: [
    {
      pollId: 'poll-1',
      named: [0, 1, 2, 3].map((person) => ({
        person,
        channel: person === 3 ? 'paper' : 'phone',
        choice: person === 3 ? '"against"' : '"for"',
      })),
      hidden: [],
      bundles: [],
    },
  ],
};

export const exampleLog: LogFile = {
  format: 'yishi.log',
  version: 1,
  meetingId: 'm0000000000000000000000001',
  events: [{ body: '{"seq":1}' }, { digest: sha256('{"seq":2}').toString('hex') }, { body: '{"seq":3}' }],
};

/** The example record with ballots and log, signed: chair and one member agree, the secretary by device key, one reserves, one on paper. */
export function aBundle(changed: Partial<MinutesRecord> = {}) {
  const example = exampleRecord();
  const record: MinutesRecord = {
    ...example,
    log: { seq: exampleLog.events.length, head: headOfLog(exampleLog) },
    results: example.results.map((result, index) => {
      const poll = exampleBallots.polls[index];
      return poll ? { ...result, ballots: ballotsDigest(poll) } : result;
    }),
    ...changed,
  };
  const signers = [aSigner(0), aSigner(1, 'device'), aSigner(2), aSigner(3)];
  const [chair, secretary, member, doubting] = signers as [
    (typeof signers)[0],
    (typeof signers)[0],
    (typeof signers)[0],
    (typeof signers)[0],
  ];
  const bundle: Bundle = {
    record,
    parts: partDigests(record),
    enrolments: signers.map(({ enrolment }) => enrolment),
    signatures: [
      chair.signs(aManifest(record, 0)),
      secretary.signs(aManifest(record, 1)),
      member.signs(aManifest(record, 2)),
      doubting.signs(aManifest(record, 3, 'reserve', '预算应当再核')),
      {
        kind: 'paper',
        manifest: aManifest(record, 4),
        scan: sha256('scan').toString('hex'),
        enteredBy: 1,
        confirmedBy: 0,
        confirmedAt: 1_779_000_200_000,
      },
    ],
    completedAt: 1_779_000_300_000,
  };
  return { bundle, signers };
}

export const examplePeople = (record: MinutesRecord): People => ({
  format: 'yishi.people',
  version: 1,
  docHash: paperDigest('minutes', record),
  names: exampleNames.map((name, person) => ({ person, name, salt: b64(exampleSalts[person] ?? new Uint8Array()) })),
});

/** Every paper of a meeting's archive as text. */
export function thePapers() {
  const { bundle, signers } = aBundle();
  const installation = aNoteKey();
  const { file, log } = filed(bundle, installation);
  return {
    bundle,
    signers,
    installation,
    texts: {
      bundle: canonical(file),
      record: canonical(bundle.record),
      people: canonical(examplePeople(bundle.record)),
      ballots: canonical(exampleBallots),
      log: canonical(exampleLog),
      councilLog: canonical(log),
    },
  };
}
