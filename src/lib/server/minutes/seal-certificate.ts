// The installation's certificate for sealing PDF files: RSA, self-signed, made at first use and kept beside its key in the database. Readers show
// it as valid but unknown; that it is this installation's is said by a note under the log's key, which the PDF carries. Called by sealed.ts.
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { installationSecret } from './note-key.ts';

/** DER: tag, length, content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128
      ? Buffer.of(length)
      : length < 256
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, length >> 8, length & 255);
  return Buffer.concat([Buffer.of(tag), size, content]);
}
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));
const time = (at: Date): Buffer => der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));

const sha256WithRsa = sequence(oid('2a864886f70d01010b'), der(0x05));
const years = 30;

/** X.509 version 3, for signing and non-repudiation only. */
function selfSigned(publicKey: KeyObject, privateKey: KeyObject, name: string, from: Date): Buffer {
  const until = new Date(from);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  const subject = sequence(der(0x31, sequence(oid('550403'), utf8(name))));
  // digitalSignature and nonRepudiation; no certificate authority.
  const usage = sequence(oid('551d0f'), der(0x01, Buffer.of(0xff)), der(0x04, der(0x03, Buffer.of(6, 0xc0))));
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    sha256WithRsa,
    subject,
    sequence(time(from), time(until)),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(usage)),
  );
  return sequence(body, sha256WithRsa, der(0x03, Buffer.of(0), sign('sha256', body, privateKey)));
}

function newSeal(): string {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  // An hour back, so that a reader whose clock is a little behind does not call it not yet valid.
  const certificate = selfSigned(publicKey, privateKey, 'Yishi', new Date(Date.now() - 3_600_000));
  const key = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  return JSON.stringify({ key, certificate: certificate.toString('base64') });
}

export interface Seal {
  readonly certificate: Uint8Array;
  /** PKCS #8, DER. */
  readonly key: Uint8Array;
}

export async function installationSeal(): Promise<Seal> {
  const { key, certificate } = JSON.parse(await installationSecret('pdf-seal', newSeal)) as Record<keyof Seal, string>;
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  return { certificate: bytes(certificate), key: bytes(key) };
}
