// Needs and micro-wishes as everybody may read them, and an author's own by the private link. Who brought a need, and any contact, never
// leaves through here. Rules [N2], [N7].
import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm';
import { isPublic } from '#lib/domain/projects/transitions.ts';
import { db } from '#lib/server/db/client.ts';
import {
  microWishes,
  needAuthors,
  needHistory,
  needPhotos,
  needs,
  projectNeeds,
  projects,
  zones,
} from '#lib/server/db/schema/index.ts';
import { lookupDigest } from '#lib/server/lookup-codes.ts';
import { rootsOf, supportedBy, supportsOf } from './supports.ts';

/** States everybody reads. A declined need is answered to its author alone. */
const shown = ['open', 'routed', 'done'] as const;

const publicProjects = (communityId: string) =>
  db
    .select({
      needId: projectNeeds.needId,
      projectId: projects.id,
      code: projects.code,
      name: projects.name,
      status: projects.status,
    })
    .from(projectNeeds)
    .innerJoin(projects, eq(projects.id, projectNeeds.projectId))
    .where(eq(projects.communityId, communityId))
    .orderBy(asc(projects.code));

export async function publicNeeds(communityId: string, hand: string | null) {
  const rows = await db
    .select({ need: needs, zone: zones.name })
    .from(needs)
    .leftJoin(zones, eq(zones.id, needs.zoneId))
    .where(and(eq(needs.communityId, communityId), inArray(needs.status, [...shown, 'merged'])))
    .orderBy(desc(needs.submittedAt), asc(needs.code));
  const all = rows.map(({ need }) => need);
  const [supports, mine, served, photos] = await Promise.all([
    supportsOf(communityId, all),
    supportedBy(
      hand,
      all.map(({ id }) => id),
    ),
    publicProjects(communityId),
    db
      .select({ needId: needPhotos.needId })
      .from(needPhotos)
      .innerJoin(needs, and(eq(needs.id, needPhotos.needId), eq(needs.communityId, communityId)))
      .where(eq(needPhotos.shown, true)),
  ]);
  const roots = rootsOf(all);
  return rows
    .filter(({ need }) => need.status !== 'merged')
    .map(({ need, zone }) => ({
      needId: need.id,
      code: need.code,
      title: need.title,
      detail: need.detail,
      category: need.category,
      zone,
      status: need.status,
      destination: need.destination,
      reply: need.reply,
      submittedAt: need.submittedAt,
      supports: supports.get(need.id) ?? 0,
      supported: mine.has(need.id),
      hasPhoto: photos.some(({ needId }) => needId === need.id),
      merged: all
        .filter((each) => each.id !== need.id && roots.get(each.id) === need.id)
        .map(({ code, title }) => ({ code, title })),
      projects: served
        .filter(({ needId, status }) => needId === need.id && isPublic(status))
        .map(({ projectId, code, name, status }) => ({ projectId, code, name, status })),
    }));
}

/** Wishes that are open or were kept; who wished is told by zone alone. */
export const publicWishes = async (communityId: string) =>
  (
    await db
      .select({ need: needs, wish: microWishes, zone: zones.name })
      .from(microWishes)
      .innerJoin(needs, and(eq(needs.id, microWishes.needId), eq(needs.communityId, communityId)))
      .leftJoin(zones, eq(zones.id, needs.zoneId))
      .where(ne(microWishes.status, 'withdrawn'))
      .orderBy(asc(needs.submittedAt), asc(needs.code))
  ).map(({ need, wish, zone }) => ({
    needId: need.id,
    code: need.code,
    text: need.title,
    zone,
    capFen: wish.capFen,
    status: wish.status,
    claimedBy: wish.claimedBy,
    rating: wish.rating,
  }));

/** [N7] What became of a need, for whoever holds its link. Null where there is none. */
export async function needByLookup(communityId: string, lookup: string) {
  const [row] = await db
    .select({ need: needs, author: needAuthors, zone: zones.name })
    .from(needAuthors)
    .innerJoin(needs, and(eq(needs.id, needAuthors.needId), eq(needs.communityId, communityId)))
    .leftJoin(zones, eq(zones.id, needs.zoneId))
    .where(eq(needAuthors.lookupHash, lookupDigest(lookup)));
  if (!row) return null;
  const all = await db.select().from(needs).where(eq(needs.communityId, communityId));
  const rootId = rootsOf(all).get(row.need.id) ?? row.need.id;
  const root = all.find(({ id }) => id === rootId) ?? row.need;
  const [history, served, supports, wish] = await Promise.all([
    db
      .select({ at: needHistory.at, deed: needHistory.deed, why: needHistory.why, needId: needHistory.needId })
      .from(needHistory)
      .where(inArray(needHistory.needId, [...new Set([row.need.id, rootId])]))
      .orderBy(asc(needHistory.at), asc(needHistory.seq)),
    publicProjects(communityId),
    supportsOf(communityId, all),
    db.select().from(microWishes).where(eq(microWishes.needId, rootId)),
  ]);
  return {
    needId: row.need.id,
    code: row.need.code,
    title: row.need.title,
    detail: row.need.detail,
    category: row.need.category,
    zone: row.zone,
    submittedAt: row.need.submittedAt,
    status: row.need.status,
    supports: supports.get(rootId) ?? 0,
    /** Whether a name or contact is kept, so that it can be taken back. */
    keepsContact: row.author.name !== null || row.author.contact !== null,
    /** Where it goes on; null where it is its own. A need not shown yet is told by its code alone. */
    goesOnIn: rootId === row.need.id ? null : { code: root.code, title: root.status === 'received' ? '' : root.title },
    now: { status: root.status, destination: root.destination, reply: root.reply },
    wish: wish[0] ? { status: wish[0].status, claimedBy: wish[0].claimedBy, rating: wish[0].rating } : null,
    projects: served
      .filter(({ needId }) => needId === rootId || needId === row.need.id)
      .map(({ projectId, code, name, status }) => ({ projectId, code, name, status, public: isPublic(status) })),
    history: history.map(({ at, deed, why, needId }) => ({ at, deed, why, here: needId === row.need.id })),
  };
}

/** An author takes name and contact back; the need and its link stay. Twice changes nothing. */
export async function forgetAuthor(communityId: string, lookup: string): Promise<void> {
  const ours = db.select({ id: needs.id }).from(needs).where(eq(needs.communityId, communityId));
  await db
    .update(needAuthors)
    .set({ name: null, contact: null, erasedAt: Date.now() })
    .where(and(eq(needAuthors.lookupHash, lookupDigest(lookup)), inArray(needAuthors.needId, ours)));
}

/** A photograph the office shows to everybody; any for the desk. Null where there is none to show. */
export async function needPhoto(communityId: string, needId: string, atDesk: boolean) {
  const [row] = await db
    .select({ photo: needPhotos, status: needs.status })
    .from(needPhotos)
    .innerJoin(needs, and(eq(needs.id, needPhotos.needId), eq(needs.communityId, communityId)))
    .where(eq(needPhotos.needId, needId));
  if (!row) return null;
  return atDesk || (row.photo.shown && shown.some((status) => status === row.status)) ? row.photo : null;
}
