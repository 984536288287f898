// Seals a finished PDF: attaches the papers it was made from and puts one PAdES signature by the installation's certificate over the whole file.
// Called last by whatever renders minutes; a later save by any program breaks the seal, as it should.
import { sealNoteName, sealNoteText } from '#lib/domain/minutes/pdf-seal.ts';
import { sealOnThread } from '#lib/server/files/typeset.ts';
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
  const [{ certificate, key }, { note }] = await Promise.all([installationSeal(), noteSigner()]);
  const saying = new TextEncoder().encode(note(sealNoteText(certificate)));
  return sealOnThread({
    pdf,
    attachments: [...attachments, { name: sealNoteName, bytes: saying }].map((each) => ({
      ...each,
      mimeType: mediaTypes[each.name.replace(/^.*\./, '')] ?? 'application/octet-stream',
    })),
    certificate,
    key,
  });
}
