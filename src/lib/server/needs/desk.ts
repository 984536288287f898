// The triage desk: everything about a community's needs for its office, and the steps it takes with them. Each step is one transaction
// under the need's row with its history row. Rooms ask `mayTriageNeeds` first. Rules [N4]-[N8].
import { and, asc, eq, inArray } from 'drizzle-orm';
import { similarTo } from '#lib/domain/needs/similar.ts';
import { triage, undone, type NeedStanding, type TriageDeed } from '#lib/domain/needs/triage.ts';
import { newWish } from '#lib/domain/needs/wishes.ts';
import { isServiceRefusal } from '#lib/domain/service-refusal.ts';
import { OfficeRefused, orThrow, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  collectionNotices,
  microWishes,
  needAuthors,
  needHistory,
  needPhotos,
  needs,
  people,
  projectNeeds,
  projects,
  zones,
} from '#lib/server/db/schema/index.ts';
import { recordNeedStep, standingOfNeed } from './history.ts';
import { supportsOf } from './supports.ts';

/** What the desk asks; the law reads merging targets and the office reads where they are. */
export type DeskDeed =
  | Exclude<TriageDeed, { deed: 'merge' } | { deed: 'route' }>
  | (Extract<TriageDeed, { deed: 'route' }> & {
      /** For a micro-wish: the most it may cost. */
      readonly capFen?: number;
      /** For a project: which one serves it. */
      readonly projectId?: string | null;
    })
  | { readonly deed: 'merge'; readonly intoNeedId: string };

const lockNeed = async (tx: Queryable, communityId: string, needId: string) => {
  const [row] = await tx
    .select()
    .from(needs)
    .where(and(eq(needs.id, needId), eq(needs.communityId, communityId)))
    .for('update');
  return row ?? null;
};

/** The chain of needs a need goes on in, itself excluded, nearest first. */
async function wayUp(tx: Queryable, needId: string): Promise<string[]> {
  const way: string[] = [];
  for (let at: string | null = needId; at !== null;) {
    const [row] = await tx.select({ up: needs.mergedIntoId }).from(needs).where(eq(needs.id, at));
    at = row?.up ?? null;
    if (at === null || way.includes(at)) break;
    way.push(at);
  }
  return way;
}

async function inOneStep(step: (tx: Queryable) => Promise<void>): Promise<OfficeRefusal | null> {
  try {
    await db.transaction(step);
    return null;
  } catch (error) {
    if (error instanceof OfficeRefused) return error.refusal;
    throw error;
  }
}

export async function triageNeed(
  communityId: string,
  needId: string,
  asked: DeskDeed,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  return inOneStep(async (tx) => {
    // Two merges that would bite each other's tail wait for one another: always the smaller id first.
    const touched = asked.deed === 'merge' ? [needId, asked.intoNeedId].sort() : [needId];
    const rows = new Map<string, typeof needs.$inferSelect>();
    for (const id of touched) {
      const row = await lockNeed(tx, communityId, id);
      if (row) rows.set(id, row);
    }
    const need = rows.get(needId);
    if (!need) throw new OfficeRefused(refuseOffice('not-there'));
    const target = asked.deed === 'merge' ? rows.get(asked.intoNeedId) : undefined;
    const deed: TriageDeed =
      asked.deed === 'merge'
        ? {
            deed: 'merge',
            into: target ? { needId: target.id, status: target.status, wayUp: await wayUp(tx, target.id) } : null,
          }
        : asked;
    const before = standingOfNeed(need);
    const after = orThrow(triage(needId, before, deed));
    if (isServiceRefusal(after)) throw new OfficeRefused(after);
    await tx.update(needs).set(after).where(eq(needs.id, needId));
    if (asked.deed === 'route') await settle(tx, communityId, need, asked);
    const why = 'reply' in asked ? asked.reply.trim() : (target?.code ?? '');
    await recordNeedStep(tx, needId, { deed: asked.deed, byPersonId, why, before, after });
  });
}

/** What a destination brings with it: a micro-wish its cap, a project its link. */
async function settle(
  tx: Queryable,
  communityId: string,
  need: typeof needs.$inferSelect,
  asked: Extract<DeskDeed, { deed: 'route' }>,
): Promise<void> {
  if (asked.destination !== 'micro_wish') {
    const [wish] = await tx.select().from(microWishes).where(eq(microWishes.needId, need.id)).for('update');
    if (wish?.status === 'open')
      await tx.update(microWishes).set({ status: 'withdrawn' }).where(eq(microWishes.needId, need.id));
  } else {
    const [notice] = await tx
      .select({ cap: collectionNotices.wishCapFen })
      .from(collectionNotices)
      .where(eq(collectionNotices.id, need.noticeId ?? ''));
    const wish = newWish(asked.capFen ?? 0, notice?.cap ?? 30_000);
    if (isServiceRefusal(wish)) throw new OfficeRefused(wish);
    await tx
      .insert(microWishes)
      .values({ needId: need.id, ...wish })
      .onConflictDoUpdate({ target: microWishes.needId, set: { capFen: wish.capFen, status: 'open' } });
  }
  if (asked.destination !== 'project' || !asked.projectId) return;
  const [project] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.id, asked.projectId), eq(projects.communityId, communityId)));
  if (!project) throw new OfficeRefused(refuseOffice('not-there'));
  await tx.insert(projectNeeds).values({ projectId: project.id, needId: need.id }).onConflictDoNothing();
}

/** [N6] Takes the last step back, by one more step. */
export async function undoTriage(
  communityId: string,
  needId: string,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  return inOneStep(async (tx) => {
    const need = await lockNeed(tx, communityId, needId);
    if (!need) throw new OfficeRefused(refuseOffice('not-there'));
    const history = await tx
      .select()
      .from(needHistory)
      .where(eq(needHistory.needId, needId))
      .orderBy(asc(needHistory.seq));
    const before = standingOfNeed(need);
    const after = undone(history.map((row) => ({ deed: row.deed, before: row.before as unknown as NeedStanding })));
    if (isServiceRefusal(after)) throw new OfficeRefused(after);
    await tx.update(needs).set(after).where(eq(needs.id, needId));
    if (before.destination === 'micro_wish' && after.destination !== 'micro_wish')
      await tx
        .update(microWishes)
        .set({ status: 'withdrawn' })
        .where(and(eq(microWishes.needId, needId), eq(microWishes.status, 'open')));
    if (before.destination === 'project' && after.destination !== 'project')
      await tx.delete(projectNeeds).where(eq(projectNeeds.needId, needId));
    await recordNeedStep(tx, needId, { deed: 'undone', byPersonId, before, after });
  });
}

/** Everything the desk works with, newest need first; those that wait for it before all others. */
export async function needsAtDesk(communityId: string) {
  const [rows, projectRows, photos, wishes] = await Promise.all([
    db
      .select({ need: needs, author: needAuthors, zone: zones.name, enteredBy: people.name })
      .from(needs)
      .innerJoin(needAuthors, eq(needAuthors.needId, needs.id))
      .leftJoin(zones, eq(zones.id, needs.zoneId))
      .leftJoin(people, eq(people.id, needAuthors.enteredBy))
      .where(eq(needs.communityId, communityId))
      .orderBy(asc(needs.submittedAt), asc(needs.code)),
    db
      .select({ needId: projectNeeds.needId, projectId: projects.id, code: projects.code, name: projects.name })
      .from(projectNeeds)
      .innerJoin(projects, eq(projects.id, projectNeeds.projectId))
      .where(eq(projects.communityId, communityId)),
    db
      .select({ needId: needPhotos.needId, shown: needPhotos.shown })
      .from(needPhotos)
      .innerJoin(needs, and(eq(needs.id, needPhotos.needId), eq(needs.communityId, communityId))),
    db
      .select({ wish: microWishes })
      .from(microWishes)
      .innerJoin(needs, and(eq(needs.id, microWishes.needId), eq(needs.communityId, communityId))),
  ]);
  const supports = await supportsOf(
    communityId,
    rows.map(({ need }) => need),
  );
  const living = rows.map(({ need }) => need).filter(({ status }) => ['received', 'open', 'routed'].includes(status));
  const comparable = living.map(({ id, title, detail }) => ({ needId: id, title, detail }));
  const codes = new Map(rows.map(({ need }) => [need.id, need.code]));
  return rows.map(({ need, author, zone, enteredBy }) => ({
    needId: need.id,
    code: need.code,
    title: need.title,
    detail: need.detail,
    category: need.category,
    zone,
    channel: need.channel,
    status: need.status,
    destination: need.destination,
    reply: need.reply,
    submittedAt: need.submittedAt,
    supports: supports.get(need.id) ?? 0,
    mergedInto: need.mergedIntoId === null ? null : (codes.get(need.mergedIntoId) ?? null),
    merged: rows.filter((row) => row.need.mergedIntoId === need.id).map((row) => row.need.code),
    author: { name: author.name, contact: author.contact, enteredBy },
    photo: photos.find(({ needId }) => needId === need.id)?.shown ?? null,
    projects: projectRows.filter(({ needId }) => needId === need.id),
    wish: wishes.find(({ wish }) => wish.needId === need.id)?.wish ?? null,
    similar: ['received', 'open'].includes(need.status)
      ? similarTo({ needId: need.id, title: need.title, detail: need.detail }, comparable).map(({ needId }) => ({
          needId,
          code: codes.get(needId) ?? '',
          title: comparable.find((each) => each.needId === needId)?.title ?? '',
        }))
      : [],
  }));
}

/** One need with its history, for its own page and the letter of referral. */
export async function needAtDesk(communityId: string, needId: string) {
  const all = await needsAtDesk(communityId);
  const need = all.find((each) => each.needId === needId);
  if (!need) return null;
  const history = await db
    .select({ step: needHistory, by: people.name })
    .from(needHistory)
    .leftJoin(people, eq(people.id, needHistory.byPersonId))
    .where(eq(needHistory.needId, needId))
    .orderBy(asc(needHistory.seq));
  return { ...need, history: history.map(({ step, by }) => ({ ...step, by })) };
}

/** Shows a photograph to everybody, or no longer. Somebody has looked at it before. */
export async function showPhoto(communityId: string, needId: string, shown: boolean): Promise<OfficeRefusal | null> {
  const ours = db.select({ id: needs.id }).from(needs).where(eq(needs.communityId, communityId));
  const changed = await db
    .update(needPhotos)
    .set({ shown })
    .where(and(eq(needPhotos.needId, needId), inArray(needPhotos.needId, ours)))
    .returning({ needId: needPhotos.needId });
  return changed.length === 1 ? null : refuseOffice('not-there');
}
