// Who signs minutes in end-to-end tests: people with passkeys in a browser, phones with a key of their own over the three addresses a
// browser uses, and the command that verifies what they signed.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Page } from '@playwright/test';
import { awake, expect, signIn, type Hall } from './fixtures.ts';

/** A phone or laptop whose authenticator always says yes, with a passkey in the account. */
export async function withPasskey(page: Page, loginName: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signIn(page, loginName, '/account');
  await awake(page);
  await page.getByLabel('给这台设备起个名字').fill('签署');
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await expect(page.getByRole('status').filter({ hasText: '通行密钥已添加' })).toBeVisible();
}

/** A member's phone, entered by slip, that makes a key of its own and signs with it. */
export async function signsOnPhone(hall: Hall, cookie: string, at: string, reservation: string | null): Promise<void> {
  const post = async (to: string, body: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${hall.localUrl}${at}/${to}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', origin: hall.localUrl },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const { keyId } = await post('key', { publicKey: point.toString('base64url') });
  const asked = await post('ask', {
    statement: reservation === null ? 'agree' : 'reserve',
    text: reservation ?? '',
    image: null,
  });
  const challenge = Buffer.from(asked['challenge'] ?? '', 'base64url');
  const signature = sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  expect(await post('answer', { nonce: asked['nonce'], keyId, signature })).toMatchObject({ ok: true });
}

/** What `npm run verify` prints of a file, and its exit code. */
export function verifies(file: string): { said: string; code: number } {
  try {
    return {
      said: execFileSync(process.execPath, ['server/verify.js', file], { encoding: 'utf8', stdio: 'pipe' }),
      code: 0,
    };
  } catch (error) {
    const { stdout, status } = error as { stdout: string; status: number };
    return { said: stdout, code: status };
  }
}
