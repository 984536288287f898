// SHA-256 against the one of the platform, around every length at which a block fills up.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { exampleRecord } from '#tests/support/minutes-record.ts';
import { canonical, paperDigest } from '#lib/domain/minutes/canonical.ts';
import { bytesOfHex, concat, hexOf, sha256, sha256Hex, utf8 } from '#lib/domain/sha256.ts';

it('gives the digest of the platform for every length up to three blocks, in one part or two', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, index) => (index * 31) & 255);
  for (let length = 0; length <= bytes.length; length++) {
    const message = bytes.slice(0, length);
    const expected = createHash('sha256').update(message).digest('hex');
    expect(hexOf(sha256(message))).toBe(expected);
    expect(hexOf(sha256(message.slice(0, length >> 1), message.slice(length >> 1)))).toBe(expected);
  }
});

it('takes texts in UTF-8', () => {
  expect(sha256Hex('议事 🏮 é')).toBe(createHash('sha256').update('议事 🏮 é', 'utf8').digest('hex'));
  expect(utf8('a\ud800')).toEqual(new TextEncoder().encode('a\ufffd'));
});

it('reads back the hex it writes', () => {
  const bytes = concat(Uint8Array.of(0, 1, 255), Uint8Array.of(16));
  expect(hexOf(bytes)).toBe('0001ff10');
  expect(bytesOfHex('0001ff10')).toEqual(bytes);
});

it('[T2] docHash is SHA-256 of the prefix, a zero byte and the canonical form', () => {
  const record = exampleRecord();
  const expected = createHash('sha256').update('yishi.minutes.v1\0').update(canonical(record)).digest('hex');
  expect(paperDigest('minutes', record)).toBe(expected);
  expect(paperDigest('bundle', record)).not.toBe(expected);
});
