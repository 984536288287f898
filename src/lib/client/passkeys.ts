// Passkeys in the browser: whether this page may use them, and the two ceremonies. Used by the sign-in and account pages. The library is
// fetched only when somebody asks for a passkey; nothing here decides anything, the server verifies every answer.

/** `insecure`: plain http, where browsers have no passkeys. `unsupported`: a browser without them. */
export type PasskeyAbility = 'able' | 'insecure' | 'unsupported';

export function passkeyAbility(): PasskeyAbility {
  if (!window.isSecureContext) return 'insecure';
  return typeof window.PublicKeyCredential === 'function' ? 'able' : 'unsupported';
}

type Answer = { readonly ok: true; readonly back?: string } | { readonly ok: false; readonly sentence: string };

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

const refusedIn = (value: unknown): { ok: false; sentence: string } | null =>
  typeof value === 'object' && value !== null && (value as { ok?: unknown }).ok === false
    ? (value as { ok: false; sentence: string })
    : null;

/** Signs in with a passkey of this device. Null when the person gave up or the device failed. */
export async function signInWithPasskey(back: string): Promise<Answer | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const options = await post('/sign-in/passkey/options', {});
  const refused = refusedIn(options);
  if (refused) return refused;
  const response = await startAuthentication({
    optionsJSON: options as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  }).catch(() => null);
  return response === null ? null : ((await post('/sign-in/passkey', { response, back })) as Answer);
}

/** Makes a passkey on this device and registers it under `label`. Null when the person gave up or the device failed. */
export async function registerPasskey(label: string): Promise<Answer | null> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const options = await post('/account/passkey/options', {});
  const refused = refusedIn(options);
  if (refused) return refused;
  const response = await startRegistration({
    optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
  }).catch(() => null);
  return response === null ? null : ((await post('/account/passkey', { response, label })) as Answer);
}
