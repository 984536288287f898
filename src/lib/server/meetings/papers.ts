// The papers attached to a meeting: what there is, without the bytes. Whoever may watch the meeting may read its papers.
import { asc, eq } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { papers } from '#lib/server/db/schema/index.ts';

export interface PaperLine {
  readonly paperId: string;
  readonly name: string;
  /** bytes */
  readonly size: number;
}

export const papersOf = (meetingId: string): Promise<PaperLine[]> =>
  db
    .select({ paperId: papers.id, name: papers.name, size: papers.size })
    .from(papers)
    .where(eq(papers.meetingId, meetingId))
    .orderBy(asc(papers.uploadedAt), asc(papers.id));
