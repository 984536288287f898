// Seals a finished PDF: attaches the papers it was made from and puts one PAdES signature by the installation's certificate over the whole file.
// Called last by whatever renders minutes; a later save by any program breaks the seal, as it should.
import { PDF, type Signer } from '@libpdf/core';
import { sealNoteName, sealNoteText } from '#lib/domain/minutes/pdf-seal.ts';
import { noteSigner } from './note-key.ts';
import { installationSeal } from './seal-certificate.ts';

export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const mediaTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html',
  txt: 'text/plain',
};

export async function sealPdf(pdf: Uint8Array, attachments: readonly Attachment[]): Promise<Uint8Array> {
  const [seal, { note }] = await Promise.all([installationSeal(), noteSigner()]);
  const saying = new TextEncoder().encode(note(sealNoteText(seal.certificate)));
  const document = await PDF.load(pdf);
  for (const { name, bytes } of [...attachments, { name: sealNoteName, bytes: saying }])
    document.addAttachment(name, bytes, {
      mimeType: mediaTypes[name.replace(/^.*\./, '')] ?? 'application/octet-stream',
    });
  const whole = await PDF.load(await document.save());
  const signer: Signer = {
    certificate: seal.certificate,
    keyType: 'RSA',
    signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
    sign: (data) => Promise.resolve(seal.sign(data)),
  };
  const { bytes } = await whole.sign({ signer, reason: 'Yishi', fieldName: 'Yishi' });
  return bytes;
}
