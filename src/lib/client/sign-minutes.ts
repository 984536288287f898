// Signing frozen minutes in the browser: with a passkey, or with a key the browser makes for this one purpose, whose private part never leaves it.
// Both need a secure context; `signingAbility` says so and the page offers paper then. It decides nothing: the office judges every answer.

export type SigningAbility = 'able' | 'insecure' | 'no-passkeys';

export function signingAbility(): SigningAbility {
  if (!window.isSecureContext || typeof indexedDB === 'undefined') return 'insecure';
  return typeof window.PublicKeyCredential === 'function' ? 'able' : 'no-passkeys';
}

export interface SigningWords {
  readonly statement: string;
  readonly text: string;
  /** A drawn signature as a PNG data address, or null. */
  readonly image: string | null;
}

export type Signed = { readonly ok: true } | { readonly ok: false; readonly sentence: string };

interface Asked {
  readonly nonce: string;
  readonly challenge: string;
  readonly rpId: string;
  readonly passkeys: readonly string[];
  readonly deviceKeys: readonly string[];
}

async function post<T>(path: string, body: unknown): Promise<T | { ok: false; sentence: string }> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

const isRefused = (value: object): value is { ok: false; sentence: string } => 'ok' in value && value.ok === false;

const toBase64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

/** Null when the person gave up or the device failed. */
export async function signWithPasskey(at: string, words: SigningWords): Promise<Signed | null> {
  const asked = await post<Asked>(`${at}/ask`, words);
  if (isRefused(asked)) return asked;
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const given = await startAuthentication({
    optionsJSON: {
      challenge: asked.challenge,
      rpId: asked.rpId,
      userVerification: 'required',
      allowCredentials: asked.passkeys.map((id) => ({ id, type: 'public-key' })),
    },
  }).catch(() => null);
  if (!given) return null;
  const { signature, authenticatorData, clientDataJSON } = given.response;
  return post<Signed>(`${at}/answer`, {
    ...{ nonce: asked.nonce, keyId: given.id, signature, authenticatorData },
    clientData: clientDataJSON,
  });
}

// ── keys of this browser ────────────────────────────────────────────────────────────────────────

interface KeptKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
}

const storeName = 'keys';

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('yishi-signing', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(storeName, { keyPath: 'keyId' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('no store'));
  });
}

function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return opened().then(
    (database) =>
      new Promise<T>((resolve, reject) => {
        const request = work(database.transaction(storeName, mode).objectStore(storeName));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no store'));
      }),
  );
}

/** A key of this browser that the office knows for this person, made and enrolled if there is none. */
async function keyFor(at: string, known: readonly string[]): Promise<KeptKey | { ok: false; sentence: string }> {
  const kept = (await inStore<KeptKey[]>('readonly', (store) => store.getAll() as IDBRequest<KeptKey[]>)).find(
    ({ keyId }) => known.includes(keyId),
  );
  if (kept) return kept;
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const publicKey = toBase64url(await crypto.subtle.exportKey('raw', pair.publicKey));
  const enrolled = await post<{ keyId: string }>(`${at}/key`, { publicKey });
  if (isRefused(enrolled)) return enrolled;
  const key = { keyId: enrolled.keyId, privateKey: pair.privateKey };
  await inStore('readwrite', (store) => store.put(key));
  return key;
}

/** Null when the browser cannot keep a key (some do not in a private window). */
export async function signWithDeviceKey(at: string, words: SigningWords): Promise<Signed | null> {
  const asked = await post<Asked>(`${at}/ask`, words);
  if (isRefused(asked)) return asked;
  try {
    const key = await keyFor(at, asked.deviceKeys);
    if ('ok' in key) return key;
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = toBase64url(await crypto.subtle.sign(algorithm, key.privateKey, fromBase64url(asked.challenge)));
    return await post<Signed>(`${at}/answer`, { nonce: asked.nonce, keyId: key.keyId, signature });
  } catch {
    return null;
  }
}
