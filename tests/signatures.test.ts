// The law's own verification of signatures against the platform's signing: every kind, good and with any byte changed.
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifiesEd25519 } from '#lib/domain/signatures/ed25519.ts';
import { fromDer, verifiesP256 } from '#lib/domain/signatures/p256.ts';
import { verifiesRsa } from '#lib/domain/signatures/rsa.ts';
import { sha512 } from '#lib/domain/signatures/sha512.ts';

const bytesOf = (field: string | undefined): Buffer => Buffer.from(field ?? '', 'base64url');
const flipped = (bytes: Uint8Array, at: number, by = 1): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
};

it('hashes with SHA-512 as the platform does', () => {
  for (const length of [0, 1, 111, 112, 127, 128, 129, 300]) {
    const message = randomBytes(length);
    expect(Buffer.from(sha512(message)).toString('hex')).toBe(createHash('sha512').update(message).digest('hex'));
  }
});

const kinds: Record<
  string,
  {
    pair: () => { privateKey: KeyObject; publicKey: KeyObject };
    key: (publicKey: KeyObject) => Uint8Array;
    sign: (message: Buffer, key: KeyObject) => Buffer;
    verifies: typeof verifiesP256;
    rounds: number;
  }
> = {
  'P-256': {
    pair: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    key: (publicKey) => {
      const { x, y } = publicKey.export({ format: 'jwk' });
      return Buffer.concat([Buffer.from([4]), bytesOf(x), bytesOf(y)]);
    },
    sign: (message, key) => sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }),
    verifies: verifiesP256,
    rounds: 20,
  },
  Ed25519: {
    pair: () => generateKeyPairSync('ed25519'),
    key: (publicKey) => bytesOf(publicKey.export({ format: 'jwk' }).x),
    sign: (message, key) => sign(null, message, key),
    verifies: verifiesEd25519,
    rounds: 20,
  },
  RSA: {
    pair: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    key: (publicKey) => bytesOf(publicKey.export({ format: 'jwk' }).n),
    sign: (message, key) => sign('sha256', message, key),
    verifies: verifiesRsa,
    rounds: 3,
  },
};

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  it('holds for what was signed and for nothing else', () => {
    for (let round = 0; round < kind.rounds; round++) {
      const { privateKey, publicKey } = kind.pair();
      const message = randomBytes(round * 7);
      const key = kind.key(publicKey);
      const signature = kind.sign(message, privateKey);
      expect(kind.verifies(key, message, signature)).toBe(true);
      expect(kind.verifies(key, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false);
      const at = (round * 37) % signature.length;
      expect(kind.verifies(key, message, flipped(signature, at, 1 << (round % 8)))).toBe(false);
      expect(kind.verifies(flipped(key, 1 + (round % (key.length - 1))), message, signature)).toBe(false);
    }
  });

  it('refuses keys and signatures of no sense without throwing', () => {
    const { privateKey, publicKey } = kind.pair();
    const [key, message] = [kind.key(publicKey), Buffer.from('m')];
    const signature = kind.sign(message, privateKey);
    for (const other of [
      new Uint8Array(),
      new Uint8Array(signature.length),
      new Uint8Array(signature.length).fill(255),
    ])
      expect(kind.verifies(key, message, other)).toBe(false);
    for (const other of [new Uint8Array(), new Uint8Array(key.length), new Uint8Array(key.length).fill(255)])
      expect(kind.verifies(other, message, signature)).toBe(false);
  });
});

it('takes a P-256 signature out of its one DER spelling', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (let round = 0; round < 40; round++) {
    const message = randomBytes(8);
    const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const der = sign('sha256', message, { key, dsaEncoding: 'der' });
    expect(fromDer(der)).toHaveLength(64);
    expect(fromDer(Buffer.concat([der, Buffer.of(0)]))).toBeNull();
    for (const at of [0, 1, 2, 3]) expect(fromDer(flipped(der, at, 4))).toBeNull();
  }
});

it('verifies the first vectors of RFC 8032', () => {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const key = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(verifiesEd25519(key, hex('72'), signature)).toBe(true);
  expect(verifiesEd25519(key, hex('73'), signature)).toBe(false);
});
