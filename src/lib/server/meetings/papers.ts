// The papers attached to a meeting's items: listing, keeping, reading, taking away. Whoever may watch the meeting may read its papers; hosts
// attach them while the agenda is drafted, and from the notice on they are what was sent out. Taking a paper off an item is a change of the
// shared agenda, which an undo may take back: its row stays until the notice, when what no item names is deleted.
// A file is what its bytes say: its name and what the browser called it are never trusted.
import { createHash } from 'node:crypto';
import { and, asc, count, eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { newId } from '#lib/protocol/ids.ts';
import { largestPaper, type PaperLine, type PaperRefusal } from '#lib/protocol/papers.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { meetings, papers } from '#lib/server/db/schema/index.ts';
import { freshCopy } from './copies.ts';
import { draftedAgenda, dropOtherPapers } from './drafted-agenda.ts';
import { mayWatch, viewerAt } from './views.ts';

const mostPapers = 100;
/** A paper younger than this may be on its way into the agenda, or taken off by mistake. */
const settledMs = 3_600_000;

export const papersOf = (meetingId: string): Promise<PaperLine[]> =>
  db
    .select({ paperId: papers.id, name: papers.name, size: papers.size })
    .from(papers)
    .where(eq(papers.meetingId, meetingId))
    .orderBy(asc(papers.uploadedAt), asc(papers.id));

const startsWith = (content: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, index) => content[at + index] === byte);

const officeFolders: readonly [folder: string, extension: string, mediaType: string][] = [
  ['word/', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
];

/** What the bytes are, of the kinds that may be attached; null for anything else, macros included. */
export function kindOfPaper(content: Uint8Array): { mediaType: string; extension: string } | null {
  if (startsWith(content, [0x25, 0x50, 0x44, 0x46, 0x2d])) return { mediaType: 'application/pdf', extension: 'pdf' };
  if (startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return { mediaType: 'image/png', extension: 'png' };
  if (startsWith(content, [0xff, 0xd8, 0xff])) return { mediaType: 'image/jpeg', extension: 'jpg' };
  if (startsWith(content, [0x52, 0x49, 0x46, 0x46]) && startsWith(content, [0x57, 0x45, 0x42, 0x50], 8))
    return { mediaType: 'image/webp', extension: 'webp' };
  if (!startsWith(content, [0x50, 0x4b, 0x03, 0x04])) return null;
  // The names of a ZIP's entries stand in it as they are.
  const names = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (!names.includes('[Content_Types].xml') || names.includes('vbaProject.bin')) return null;
  const office = officeFolders.find(([folder]) => names.includes(folder));
  return office ? { extension: office[1], mediaType: office[2] } : null;
}

/** The name as it is shown and saved: no folders, no control characters, the ending its bytes call for. */
export function paperName(named: string, extension: string): string {
  const own = (named.split(/[/\\]/).pop() ?? '').replace(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"<>|:*?]/g,
    '',
  );
  const base = own.trim().replace(/\.[A-Za-z0-9]{1,5}$/, '') || 'paper';
  return `${Array.from(base).slice(0, 80).join('')}.${extension}`;
}

/** Keeps a paper; which item it belongs to is written in the drafted agenda. Only while the meeting is a draft. */
export async function attachPaper(meetingId: string, file: File, actor: Actor): Promise<PaperLine | PaperRefusal> {
  const { state } = await freshCopy(meetingId);
  if (!mayDo(viewerAt(state, actor).doers, 'attachPaper')) return 'not-entitled';
  if (state.phase !== 'draft') return 'wrong-phase';
  if (file.size === 0) return 'empty';
  if (file.size > largestPaper) return 'too-large';
  const content = new Uint8Array(await file.arrayBuffer());
  const kind = kindOfPaper(content);
  if (!kind) return 'kind-unfit';
  return db.transaction(async (tx) => {
    // The meeting's row first, so that a hundred at once do not pass the limit, nor one the notice.
    const [meeting] = await tx
      .select({ phase: meetings.phase })
      .from(meetings)
      .where(eq(meetings.id, meetingId))
      .for('update');
    if (meeting?.phase !== 'draft') return 'wrong-phase';
    if ((await keptPapers(tx, meetingId)) >= mostPapers) {
      const named = (await draftedAgenda(tx, meetingId)).flatMap(({ paperIds }) => paperIds);
      await dropOtherPapers(tx, meetingId, named, Date.now() - settledMs);
      if ((await keptPapers(tx, meetingId)) >= mostPapers) return 'too-many';
    }
    const paper = { paperId: newId(), name: paperName(file.name, kind.extension), size: content.byteLength };
    await tx.insert(papers).values({
      id: paper.paperId,
      meetingId,
      name: paper.name,
      mediaType: kind.mediaType,
      size: paper.size,
      sha256: createHash('sha256').update(content).digest('hex'),
      content,
      uploadedBy: personAt(actor, meetingId),
      uploadedAt: Date.now(),
    });
    return paper;
  });
}

async function keptPapers(tx: Queryable, meetingId: string): Promise<number> {
  const [kept] = await tx.select({ many: count() }).from(papers).where(eq(papers.meetingId, meetingId));
  return kept?.many ?? 0;
}

/** The paper with its bytes, for those who may watch the meeting or draft its agenda; null for everybody else. */
export async function readPaper(meetingId: string, paperId: string, actor: Actor) {
  const { state } = await freshCopy(meetingId);
  const viewer = viewerAt(state, actor);
  if (!mayWatch(state, viewer) && !mayDo(viewer.doers, 'editAgendaDraft')) return null;
  const [paper] = await db
    .select({ name: papers.name, mediaType: papers.mediaType, sha256: papers.sha256, content: papers.content })
    .from(papers)
    .where(and(eq(papers.id, paperId), eq(papers.meetingId, meetingId)));
  return paper ?? null;
}
