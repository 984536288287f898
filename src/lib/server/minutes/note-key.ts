// The installation's own keys: Ed25519 for checkpoints and lists of digests, made at first use and kept in the database, so that every process
// and every backup has the one. What is shown of it is its fingerprint. Called by the council's log and by what writes archives.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { digestLines } from '#lib/domain/minutes/archive.ts';
import { fingerprintOf, signedNote, verifierKey, type NoteKey } from '#lib/domain/minutes/signed-note.ts';
import { hexOf, sha256 } from '#lib/domain/sha256.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { installation } from '#lib/server/db/schema/index.ts';

/** A secret of the installation, made by whoever asks first and the same for everybody after. */
export async function installationSecret(key: string, make: () => string, store: Queryable = db): Promise<string> {
  const [known] = await store.select().from(installation).where(eq(installation.key, key));
  if (known) return known.value;
  await store.insert(installation).values({ key, value: make() }).onConflictDoNothing();
  const [row] = await store.select().from(installation).where(eq(installation.key, key));
  return row?.value ?? '';
}

const newKey = (): string =>
  generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  }).privateKey;

export interface NoteSigner {
  readonly key: NoteKey;
  /** The verifier key as it is published. */
  readonly published: string;
  readonly fingerprint: string;
  note(text: string): string;
}

export async function noteSigner(store: Queryable = db): Promise<NoteSigner> {
  const privateKey = createPrivateKey(await installationSecret('log-key', newKey, store));
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'));
  const key = { name: `yishi-${hexOf(sha256(publicKey)).slice(0, 8)}`, publicKey };
  return {
    key,
    published: verifierKey(key),
    fingerprint: fingerprintOf(publicKey),
    note: (text) => signedNote(text, key, new Uint8Array(sign(null, Buffer.from(text), privateKey))),
  };
}

/** digests.txt of an archive: every other file's SHA-256 (hex) under the installation's signature. */
export async function signedDigests(
  files: readonly { readonly name: string; readonly digest: string }[],
): Promise<string> {
  const { note } = await noteSigner();
  return note(digestLines(files));
}
