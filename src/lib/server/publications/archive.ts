// 档案: everything of one meeting as one ZIP with an index, made while it is sent. The public copy names people as they consent; the archive copy names
// everybody and is for chair and secretary alone, each download written down by the route that sends it.
import { digestLines } from '#lib/domain/minutes/archive.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { formatNumber } from '#lib/messages/format.ts';
import type { PublicationMessages } from '#lib/messages/zh-CN/publication.ts';
import { fileLine, zipStream, type ZipEntry, type ZippedFile } from '#lib/server/files/zip-stream.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { wordFile } from '#lib/server/files/word-file.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { attendanceFile, votesFile } from '#lib/server/meetings/result-files.ts';
import { noteSigner } from '#lib/server/minutes/note-key.ts';
import { publicationMessagesFor } from '#lib/server/publication-messages-for.ts';
import { decisionView } from './decision.ts';
import { publicationFile } from './files.ts';
import { namedForAll } from './named-state.ts';
import { decisionJson } from './popolo.ts';
import { noticePaper, sheetPaper, signPagePaper, summaryPaper } from './papers.ts';
import { publicNames } from './public-names.ts';
import type { PublicationRow } from './publications.ts';
import { sealed, signedFiles, signedMinutes, signedPaper } from './signed-minutes.ts';

export type CopyKind = 'public' | 'archive';
type What = keyof PublicationMessages['archive']['kinds'];

interface Part extends ZipEntry {
  readonly what: What;
}

/** Every file but the index. `row` is what stands of the meeting; null where nothing is published, for the archive only. */
async function* partsOf(
  meetingId: string,
  row: PublicationRow | null,
  kind: CopyKind,
  lang: Lang,
): AsyncGenerator<Part> {
  const copy = await freshCopy(meetingId);
  const whole = copy.stateFor(kind === 'archive' ? 'hosts' : 'everyone');
  const view = row ? await decisionView(row) : null;
  const communityId = view?.communityId ?? row?.communityId ?? null;
  const state = kind === 'archive' || communityId === null ? whole : namedForAll(whole, await publicNames(communityId));
  const at = whole.adjournedAt ?? whole.startsAt;
  const signed = await signedMinutes(meetingId);
  const minutes = await signedPaper(meetingId, kind, lang);
  // A sealed paper that was published is taken as it was given out.
  const kept = async (name: 'minutes.pdf' | 'notice.pdf') =>
    view?.kind === 'decision' ? (await publicationFile(view, name, lang))?.content : undefined;
  if (minutes) {
    const own = kind === 'public' ? await kept('minutes.pdf') : undefined;
    const bytes = own ?? (await sealed(meetingId, (await typeset(minutes.paper, minutes.at)).pdf));
    yield { what: 'minutesPdf', name: 'documents/minutes.pdf', bytes };
    yield { what: 'minutesWord', name: 'documents/minutes.docx', bytes: await wordFile(minutes.paper) };
  }
  // A hearing's report carries its own record and bundle under its seal, so that the file alone verifies.
  const mayHaveReport = kind === 'archive' || whole.hearing?.report.published != null;
  const report = mayHaveReport ? await signedPaper(meetingId, kind, lang, 'report') : null;
  if (report) {
    const bytes = await sealed(meetingId, (await typeset(report.paper, report.at)).pdf, 'report');
    yield { what: 'reportPdf', name: 'documents/report.pdf', bytes };
    yield { what: 'reportWord', name: 'documents/report.docx', bytes: await wordFile(report.paper) };
  }
  yield* signedFiles(meetingId, kind);
  if (view && !view.withdrawn) {
    const [summary, notice] = [summaryPaper(view, lang), noticePaper(view, lang)];
    yield { what: 'summaryPdf', name: 'documents/summary.pdf', bytes: (await typeset(summary, at)).pdf };
    yield { what: 'summaryWord', name: 'documents/summary.docx', bytes: await wordFile(summary) };
    const bytes = (await kept('notice.pdf')) ?? (await typeset(notice, view.publishedAt)).pdf;
    yield { what: 'noticePdf', name: 'documents/notice.pdf', bytes };
    yield { what: 'noticeWord', name: 'documents/notice.docx', bytes: await wordFile(notice) };
    const json = JSON.stringify(decisionJson(view), null, 1);
    yield { what: 'popolo', name: 'decision.json', bytes: new TextEncoder().encode(json) };
  }
  const page = signPagePaper(state, lang, signed?.docHash ?? null);
  if (kind === 'archive') {
    yield { what: 'signPage', name: 'documents/signature-page.pdf', bytes: (await typeset(page, at)).pdf };
    yield {
      what: 'sheet',
      name: 'documents/sign-in-sheet.pdf',
      bytes: (await typeset(sheetPaper(state, lang), at)).pdf,
    };
  }
  yield { what: 'votes', name: 'documents/votes.xlsx', bytes: new Uint8Array(await votesFile(state, lang)) };
  if (kind === 'archive')
    yield {
      what: 'attendance',
      name: 'documents/attendance.xlsx',
      bytes: new Uint8Array(await attendanceFile(state, lang)),
    };
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** 档案目录 as a page of its own: opened from the unpacked folder, without a network. */
function indexPage(
  p: PublicationMessages,
  lang: Lang,
  title: string,
  files: readonly (ZippedFile & { what: What })[],
): string {
  const a = p.archive;
  const row = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(`${a.index} · ${title}`)}</title>
<style>body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.7 serif;color:#1c2320;background:#faf9f5}h1{text-align:center}table{width:100%;border-collapse:collapse;font:14px/1.6 sans-serif}th,td{padding:6px 4px;border-bottom:1px solid #e2ded2;text-align:left;vertical-align:top}td:nth-child(4){text-align:right}td:last-child{font:12px/1.5 monospace;overflow-wrap:anywhere}a{color:#0a4c41}</style>
<h1>${escaped(a.index)}</h1><p>${escaped(a.indexIntro({ title }))}</p>
<table><thead>${row([a.n, a.what, a.file, a.size, a.sha], 'th')}</thead><tbody>
${files
  .map(({ name, size, sha256, what }, at) =>
    row(
      [
        String(at + 1),
        escaped(a.kinds[what]),
        `<a href="${escaped(name)}">${escaped(name)}</a>`,
        formatNumber(size),
        sha256,
      ],
      'td',
    ),
  )
  .join('\n')}
</tbody></table></html>
`;
}

/** Index and, of signed minutes, the signed digests of everything before them: the last file, so that any other may be checked by it. */
async function* withIndex(
  parts: AsyncGenerator<Part>,
  lang: Lang,
  title: string,
  isSigned: boolean,
): AsyncGenerator<ZipEntry> {
  const files: (ZippedFile & { what: What })[] = [];
  for await (const part of parts) {
    files.push({ ...fileLine(part), what: part.what });
    yield part;
  }
  const index = indexPage(publicationMessagesFor(lang), lang, title, files);
  const page: ZipEntry = { name: 'index.html', bytes: new TextEncoder().encode(index) };
  yield page;
  if (!isSigned) return;
  const { note } = await noteSigner();
  const digests = [...files, fileLine(page)].map(({ name, sha256 }) => ({ name, digest: sha256 }));
  yield { name: 'digests.txt', bytes: new TextEncoder().encode(note(digestLines(digests))) };
}

/** The ZIP as it is made. The caller has asked who may have which copy. */
export async function meetingArchive(
  meetingId: string,
  row: PublicationRow | null,
  kind: CopyKind,
  lang: Lang,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { state } = await freshCopy(meetingId);
  const names = row && kind === 'public' ? await publicNames(row.communityId) : null;
  const title = names ? names.text(state.title?.text ?? '') : (state.title?.text ?? '');
  const isSigned = (await signedMinutes(meetingId)) !== null;
  const entries = withIndex(partsOf(meetingId, row, kind, lang), lang, title, isSigned);
  return zipStream(entries, state.adjournedAt ?? state.startsAt);
}
