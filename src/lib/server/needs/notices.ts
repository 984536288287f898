// Collection notices (征集公告): writing one, hanging it up point by point, the one that is open today. Called by the desk and the public page.
// A notice is public from the moment it is written; what was collected under it stays with it.
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';
import { checkedNotice, type NoticeAsked } from '#lib/domain/needs/submission.ts';
import { isServiceRefusal } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { collectionNotices, needs, postingPoints } from '#lib/server/db/schema/index.ts';
import { today } from '#lib/server/today.ts';

export interface NewNotice extends NoticeAsked {
  readonly contact: string;
  readonly formsIssued: number;
  /** The most a micro-wish collected under it may cost. */
  readonly wishCapFen: number;
}

export async function announceCollection(
  communityId: string,
  asked: NewNotice,
  byPersonId: string,
): Promise<{ noticeId: string } | OfficeRefusal> {
  const checked = checkedNotice(asked);
  if (isServiceRefusal(checked)) return checked;
  if (checked.formsIssued < 0 || checked.formsIssued > 100_000)
    return refuseOffice('number-unfit', { least: 0, most: 100_000 });
  if (checked.wishCapFen < 0 || checked.wishCapFen > 1_000_000)
    return refuseOffice('number-unfit', { least: 0, most: 10_000 });
  const noticeId = newId();
  const { postingPoints: points, ...notice } = checked;
  const at = Date.now();
  await db.transaction(async (tx) => {
    await tx
      .insert(collectionNotices)
      .values({ id: noticeId, communityId, ...notice, createdBy: byPersonId, createdAt: at, publishedAt: at });
    if (points.length > 0)
      await tx
        .insert(postingPoints)
        .values(points.map((name, position) => ({ id: newId(), noticeId, name, position })));
  });
  return { noticeId };
}

/** Ticks a posting point: hung up, or taken down again. */
export async function tickPostingPoint(
  communityId: string,
  pointId: string,
  step: 'hung' | 'taken-down' | 'not-hung',
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  const ours = db
    .select({ id: collectionNotices.id })
    .from(collectionNotices)
    .where(eq(collectionNotices.communityId, communityId));
  const change = {
    hung: { postedAt: Date.now(), postedBy: byPersonId, takenDownAt: null },
    'taken-down': { takenDownAt: Date.now() },
    'not-hung': { postedAt: null, postedBy: null, takenDownAt: null },
  }[step];
  const changed = await db
    .update(postingPoints)
    .set(change)
    .where(and(eq(postingPoints.id, pointId), inArray(postingPoints.noticeId, ours)))
    .returning({ id: postingPoints.id });
  return changed.length === 1 ? null : refuseOffice('not-there');
}

export type Notice = typeof collectionNotices.$inferSelect;

/** Newest first. */
export async function listNotices(communityId: string) {
  const notices = await db
    .select()
    .from(collectionNotices)
    .where(eq(collectionNotices.communityId, communityId))
    .orderBy(desc(collectionNotices.fromDay), desc(collectionNotices.createdAt));
  const ids = notices.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [points, taken] = await Promise.all([
    db.select().from(postingPoints).where(inArray(postingPoints.noticeId, ids)).orderBy(asc(postingPoints.position)),
    db
      .select({ noticeId: needs.noticeId, channel: needs.channel, many: count() })
      .from(needs)
      .where(inArray(needs.noticeId, ids))
      .groupBy(needs.noticeId, needs.channel),
  ]);
  return notices.map((notice) => {
    const own = taken.filter(({ noticeId }) => noticeId === notice.id);
    return {
      ...notice,
      open: isOpen(notice),
      points: points.filter(({ noticeId }) => noticeId === notice.id),
      collected: own.reduce((sum, { many }) => sum + many, 0),
      formsTyped: own.find(({ channel }) => channel === 'paper')?.many ?? 0,
    };
  });
}

const isOpen = ({ fromDay, toDay }: { fromDay: string; toDay: string }): boolean =>
  fromDay <= today() && today() <= toDay;

/** The notice one may answer today; between two collections the newest, so that a need can always be left. Null before the first. */
export async function currentNotice(communityId: string) {
  const notices = await listNotices(communityId);
  return notices.find(({ open }) => open) ?? notices[0] ?? null;
}

/** Blank paper forms, so that those handed out and those that came back can be reconciled. */
export async function countBlankForms(
  communityId: string,
  noticeId: string,
  blank: number,
): Promise<OfficeRefusal | null> {
  if (blank < 0 || blank > 100_000) return refuseOffice('number-unfit', { least: 0, most: 100_000 });
  const changed = await db
    .update(collectionNotices)
    .set({ formsBlank: blank })
    .where(and(eq(collectionNotices.id, noticeId), eq(collectionNotices.communityId, communityId)))
    .returning({ id: collectionNotices.id });
  return changed.length === 1 ? null : refuseOffice('not-there');
}
