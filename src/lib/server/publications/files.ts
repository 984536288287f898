// The files of a publication by their names in its address. What is sealed is kept, so that everybody gets the same bytes, and made anew only when
// what it is made of has changed: a consent taken back, a corrected count.
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Lang } from '#lib/messages/lang.ts';
import type { DecisionView } from '#lib/protocol/publication.ts';
import { db } from '#lib/server/db/client.ts';
import { publicationFiles } from '#lib/server/db/schema/index.ts';
import type { Printed } from '#lib/server/files/printed.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { wordFile } from '#lib/server/files/word-file.ts';
import { noticePaper, summaryPaper } from './papers.ts';
import { decisionJson } from './popolo.ts';
import { sealed, signedPaper } from './signed-minutes.ts';

export const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json; charset=utf-8',
  zip: 'application/zip',
};

/** A paper as PDF, kept under its name until what it says changes. */
export async function keptPdf(
  publicationId: string,
  name: string,
  paper: Printed,
  at: number,
  finish: (pdf: Uint8Array) => Promise<Uint8Array> = (pdf) => Promise.resolve(pdf),
): Promise<Uint8Array> {
  const madeFrom = createHash('sha256').update(JSON.stringify(paper)).digest('hex');
  const kept = and(eq(publicationFiles.publicationId, publicationId), eq(publicationFiles.name, name));
  const [known] = await db.select().from(publicationFiles).where(kept);
  if (known?.madeFrom === madeFrom) return known.content;
  const content = await finish((await typeset(paper, at)).pdf);
  const row = { madeFrom, content, madeAt: Date.now() };
  await db
    .insert(publicationFiles)
    .values({ publicationId, name, ...row })
    .onConflictDoUpdate({ target: [publicationFiles.publicationId, publicationFiles.name], set: row });
  return content;
}

/** Null where there is no such file, or none any more. */
export async function publicationFile(
  view: DecisionView,
  name: string,
  lang: Lang,
): Promise<{ content: Uint8Array; type: string } | null> {
  if (view.withdrawn) return null;
  const type = mediaTypes[name.split('.').pop() ?? ''] ?? '';
  const seal = (pdf: Uint8Array) =>
    view.kind === 'decision' ? sealed(view.meeting.meetingId, pdf) : Promise.resolve(pdf);
  const send = (content: Uint8Array) => ({ content, type });
  switch (name) {
    case 'notice.pdf':
      return send(
        await keptPdf(view.publicationId, `${lang} ${name}`, noticePaper(view, lang), view.publishedAt, seal),
      );
    case 'notice.docx':
      return send(await wordFile(noticePaper(view, lang)));
    case 'summary.pdf':
      return send(await keptPdf(view.publicationId, `${lang} ${name}`, summaryPaper(view, lang), view.publishedAt));
    case 'summary.docx':
      return send(await wordFile(summaryPaper(view, lang)));
    case 'minutes.pdf':
    case 'minutes.docx': {
      const minutes = view.kind === 'decision' ? await signedPaper(view.meeting.meetingId, 'public', lang) : null;
      if (!minutes) return null;
      return send(
        name === 'minutes.docx'
          ? await wordFile(minutes.paper)
          : await keptPdf(view.publicationId, `${lang} ${name}`, minutes.paper, minutes.at, seal),
      );
    }
    case 'decision.json':
      return send(new TextEncoder().encode(JSON.stringify(decisionJson(view), null, 1)));
    default:
      return null;
  }
}
