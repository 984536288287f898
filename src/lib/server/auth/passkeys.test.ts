// Passkeys against a software authenticator: a P-256 key that answers as a device would, and every way of answering wrongly.
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { db } from '#lib/server/db/client.ts';
import { passkeyChallenges } from '#lib/server/db/schema/index.ts';
import { anAccount, aPerson } from '#tests/support/world.ts';
import { actorFromCookie } from './actor-from-cookie.ts';
import { createAccount, readAccount } from './accounts.ts';
import { addPasskey, askForPasskey, offerPasskey, removePasskey, signInWithPasskey } from './passkeys.ts';

const site = { origin: 'https://yishi.test', hostname: 'yishi.test' };
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** The few CBOR items an attestation needs: text, bytes, small integers, maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, length: number): Buffer =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, item]) => [cbor(key), cbor(item)])]);
}

/** A device with one passkey. `counter` is what it says of its own use; `verified` false stands for a device that did not ask who it was. */
function aDevice({ verified = true, counts = true }: { verified?: boolean; counts?: boolean } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const flags = 0x01 | (verified ? 0x04 : 0);
  let counter = 0;
  const counterBytes = () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(counter);
    return bytes;
  };
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  return {
    register(challenge: string, origin = site.origin, host = site.hostname): RegistrationResponseJSON {
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(jwk.x ?? '', 'base64url')],
        [-3, Buffer.from(jwk.y ?? '', 'base64url')],
      ]);
      const length = Buffer.from([0, id.length]);
      const authData = Buffer.concat([
        sha256(host),
        Buffer.from([flags | 0x40]),
        counterBytes(),
        Buffer.alloc(16),
        length,
        id,
        cbor(key),
      ]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(clientData('webauthn.create', challenge, origin)),
          attestationObject: b64(cbor(attestation)),
          transports: ['internal'],
        },
      };
    },
    answer(challenge: string, origin = site.origin, host = site.hostname): AuthenticationResponseJSON {
      if (counts) counter += 1;
      const authData = Buffer.concat([sha256(host), Buffer.from([flags]), counterBytes()]);
      const client = clientData('webauthn.get', challenge, origin);
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, sha256(client)]))
        .sign(privateKey);
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(authData),
          signature: b64(signature),
        },
      };
    },
    rewind: () => {
      counter = 0;
    },
  };
}

const challengeOf = (options: unknown): string => (options as { challenge: string }).challenge;

async function registered(device = aDevice()) {
  const { personId } = await aPerson();
  const { accountId } = await anAccount(personId);
  const challenge = challengeOf(await offerPasskey(accountId, site));
  expect(await addPasskey(accountId, device.register(challenge), '我的手机', site)).toBeNull();
  return { device, personId, accountId };
}

describe('passkeys', () => {
  it('sign in whoever registered one, again and again', async () => {
    const { device, personId, accountId } = await registered();
    for (let at = 0; at < 2; at += 1) {
      const signedIn = await signInWithPasskey(device.answer(challengeOf(await askForPasskey(site))), site, 'test');
      if ('refused' in signedIn) throw new Error(signedIn.reason);
      expect(await actorFromCookie(`yishi_session=${signedIn.sessionId}`)).toMatchObject({
        kind: 'person',
        personId,
        accountId,
        meetingId: null,
      });
    }
    expect((await readAccount(accountId))?.passkeys).toMatchObject([{ label: '我的手机', counter: 2 }]);
  });

  it.each([
    [
      'another site',
      (challenge: string, device: ReturnType<typeof aDevice>) => device.answer(challenge, 'https://evil.test'),
    ],
    [
      'a key for another host',
      (challenge: string, device: ReturnType<typeof aDevice>) => device.answer(challenge, site.origin, 'evil.test'),
    ],
    ['a challenge nobody gave', (_: string, device: ReturnType<typeof aDevice>) => device.answer(b64(randomBytes(32)))],
    ['an unknown device', (challenge: string) => aDevice().answer(challenge)],
    [
      'a broken signature',
      (challenge: string, device: ReturnType<typeof aDevice>) => {
        const answer = device.answer(challenge);
        return { ...answer, response: { ...answer.response, signature: b64(randomBytes(70)) } };
      },
    ],
    ['nothing of the kind', () => ({ id: 7 }) as unknown as AuthenticationResponseJSON],
  ])('refuse %s', async (_name, answerOf) => {
    const { device } = await registered();
    const challenge = challengeOf(await askForPasskey(site));
    expect(await signInWithPasskey(answerOf(challenge, device), site, '')).toMatchObject({
      reason: 'passkey-not-recognised',
    });
  });

  it('answer a challenge once: the same answer again is refused', async () => {
    // Most phones keep no count of their own, so only the challenge tells a copy.
    const { device } = await registered(aDevice({ counts: false }));
    const answer = device.answer(challengeOf(await askForPasskey(site)));
    expect(await signInWithPasskey(answer, site, '')).toHaveProperty('sessionId');
    expect(await signInWithPasskey(answer, site, '')).toMatchObject({ reason: 'passkey-not-recognised' });
  });

  it('refuse a challenge that is too old', async () => {
    const { device } = await registered();
    const challenge = challengeOf(await askForPasskey(site));
    await db.update(passkeyChallenges).set({ expiresAt: 1 }).where(eq(passkeyChallenges.challenge, challenge));
    expect(await signInWithPasskey(device.answer(challenge), site, '')).toMatchObject({
      reason: 'passkey-not-recognised',
    });
  });

  it('refuse a copied device whose counter goes back', async () => {
    const { device } = await registered();
    for (let at = 0; at < 3; at += 1)
      await signInWithPasskey(device.answer(challengeOf(await askForPasskey(site))), site, '');
    device.rewind();
    const answer = device.answer(challengeOf(await askForPasskey(site)));
    expect(await signInWithPasskey(answer, site, '')).toMatchObject({ reason: 'passkey-not-recognised' });
  });

  it('are not registered without the device asking who it is, for another account, or twice', async () => {
    const { personId } = await aPerson();
    const { accountId } = await anAccount(personId);
    const other = await anAccount((await aPerson()).personId);
    const careless = aDevice({ verified: false });
    const challenge = async () => challengeOf(await offerPasskey(accountId, site));
    expect(await addPasskey(accountId, careless.register(await challenge()), 'x', site)).toMatchObject({
      reason: 'passkey-not-recognised',
    });
    const device = aDevice();
    expect(await addPasskey(other.accountId, device.register(await challenge()), 'x', site)).toMatchObject({
      reason: 'passkey-not-recognised',
    });
    expect(await addPasskey(accountId, device.register(await challenge()), 'x', site)).toBeNull();
    expect(await addPasskey(accountId, device.register(await challenge()), 'x', site)).toMatchObject({
      reason: 'passkey-known-already',
    });
  });

  it('are removed by their owner only, and not where nothing else is left to sign in with', async () => {
    const { device, accountId } = await registered();
    const passkeyId = (await readAccount(accountId))?.passkeys[0]?.id ?? '';
    const other = await anAccount((await aPerson()).personId);
    expect(await removePasskey(other.accountId, passkeyId)).toMatchObject({ reason: 'not-there' });
    expect(await removePasskey(accountId, passkeyId)).toBeNull();
    const answer = device.answer(challengeOf(await askForPasskey(site)));
    expect(await signInWithPasskey(answer, site, '')).toMatchObject({ reason: 'passkey-not-recognised' });

    const { personId } = await aPerson();
    const bare = await createAccount({ personId, loginName: 'onlypasskeys', password: null });
    if ('refused' in bare) throw new Error('opened');
    const only = aDevice();
    const challenge = challengeOf(await offerPasskey(bare.accountId, site));
    await addPasskey(bare.accountId, only.register(challenge), 'x', site);
    const onlyId = (await readAccount(bare.accountId))?.passkeys[0]?.id ?? '';
    expect(await removePasskey(bare.accountId, onlyId)).toMatchObject({ reason: 'last-way-in' });
  });
});
