// Objections while something is public, a project or what was published of a meeting: raised by residents without an account, answered by the
// office once, looked up by their author's link. Who objected is never shown. Rules [J8], [PB6].
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { isOpenTo } from '#lib/domain/publication/publication.ts';
import { takesObjections } from '#lib/domain/projects/transitions.ts';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { idPattern, newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { countAttempt } from '#lib/server/auth/attempts.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { objections, projects, publications } from '#lib/server/db/schema/index.ts';
import { lookupCode, lookupDigest } from '#lib/server/lookup-codes.ts';
import { today } from '#lib/server/today.ts';

export type ObjectedTo = { readonly projectId: string } | { readonly publicationId: string };

const ruleOf = (to: ObjectedTo): string => ('projectId' in to ? 'J8' : 'PB6');
const dailyObjections = { kind: 'objection', most: 5, windowMs: 24 * 3600 * 1000 };

/** Whether it is open today, under its row, so that a period ending now either has the objection or refuses it; null where there is no such thing. */
async function isOpen(tx: Queryable, communityId: string, to: ObjectedTo): Promise<boolean | null> {
  if ('projectId' in to) {
    const [project] = await tx
      .select()
      .from(projects)
      .where(and(eq(projects.id, to.projectId), eq(projects.communityId, communityId)))
      .for('share');
    if (!project) return null;
    const { status, publicFrom: fromDay, publicUntil: untilDay } = project;
    return takesObjections(status) && fromDay !== null && untilDay !== null && isOpenTo({ fromDay, untilDay }, today());
  }
  const [published] = await tx
    .select()
    .from(publications)
    .where(and(eq(publications.id, to.publicationId), eq(publications.communityId, communityId)))
    .for('share');
  return published ? published.withdrawnAt === null && isOpenTo(published, today()) : null;
}

export async function raiseObjection(
  communityId: string,
  to: ObjectedTo,
  sent: { sentId: string; name: string; contact: string; text: string },
  author: Actor,
): Promise<{ lookup: string } | OfficeRefusal> {
  const hand = author.kind === 'guest' ? author.guestId : author.kind === 'person' ? author.personId : null;
  if (hand === null || !idPattern.test(sent.sentId)) return refuseOffice('not-there');
  const text = sent.text.trim();
  if (text === '' || Array.from(text).length > 1000) return refuseOffice('text-too-long', { most: 1000 });
  const [name, contact] = [sent.name.trim().slice(0, 40), sent.contact.trim().slice(0, 60)];
  if (name === '' || contact === '') return refuseOffice('contact-missing');
  const about = 'projectId' in to ? to.projectId : to.publicationId;
  const lookup = await lookupCode(`objection ${about} ${hand} ${sent.sentId}`);
  const known = await db
    .select()
    .from(objections)
    .where(eq(objections.lookupHash, lookupDigest(lookup)));
  if (known.length > 0) return { lookup };
  if ((await countAttempt(dailyObjections, hand)) !== null)
    return refuseService(ruleOf(to), 'too-many-needs', { most: dailyObjections.most });
  return db.transaction(async (tx) => {
    const open = await isOpen(tx, communityId, to);
    if (open === null) return refuseOffice('not-there');
    if (!open) return refuseService(ruleOf(to), 'objection-closed');
    await tx
      .insert(objections)
      .values({
        id: newId(),
        ...to,
        sentId: sent.sentId,
        name,
        contact,
        guestId: author.kind === 'guest' ? author.guestId : null,
        text,
        lookupHash: lookupDigest(lookup),
        raisedAt: Date.now(),
      })
      .onConflictDoNothing();
    return { lookup };
  });
}

export const answers = ['adopted', 'partly_adopted', 'not_adopted'] as const;

/** [J8] [PB6] Once; an answer is not changed. */
export async function answerObjection(
  communityId: string,
  objectionId: string,
  { answer, reason }: { answer: string; reason: string },
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  const given = answers.find((each) => each === answer);
  const said = reason.trim();
  if (!given || said === '' || Array.from(said).length > 1000)
    return refuseService('J8', 'project-why-missing', { most: 1000 });
  const ofProjects = db.select({ id: projects.id }).from(projects).where(eq(projects.communityId, communityId));
  const ofMeetings = db
    .select({ id: publications.id })
    .from(publications)
    .where(eq(publications.communityId, communityId));
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(objections)
      .where(
        and(
          eq(objections.id, objectionId),
          or(inArray(objections.projectId, ofProjects), inArray(objections.publicationId, ofMeetings)),
        ),
      )
      .for('update');
    if (!row) return refuseOffice('not-there');
    if (row.answer !== null) return refuseService('J8', 'objection-answered');
    await tx
      .update(objections)
      .set({ answer: given, answerReason: said, answeredBy: byPersonId, answeredAt: Date.now() })
      .where(eq(objections.id, objectionId));
    return null;
  });
}

export const objectionsTo = (to: ObjectedTo) =>
  db
    .select()
    .from(objections)
    .where('projectId' in to ? eq(objections.projectId, to.projectId) : eq(objections.publicationId, to.publicationId))
    .orderBy(asc(objections.raisedAt), asc(objections.id));

/** What became of an objection, for whoever holds its link, and what it was about: `path` below the community's address. */
export async function objectionByLookup(communityId: string, lookup: string) {
  const [row] = await db
    .select({ objection: objections, project: projects, published: publications })
    .from(objections)
    .leftJoin(projects, and(eq(projects.id, objections.projectId), eq(projects.communityId, communityId)))
    .leftJoin(
      publications,
      and(eq(publications.id, objections.publicationId), eq(publications.communityId, communityId)),
    )
    .where(eq(objections.lookupHash, lookupDigest(lookup)));
  if (!row || (!row.project && !row.published)) return null;
  const { text, raisedAt, answer, answerReason, answeredAt } = row.objection;
  const about = row.project
    ? { path: `projects/${row.project.id}`, title: `${row.project.code} ${row.project.name}` }
    : { path: `decisions/${row.published?.id ?? ''}`, title: row.published?.title ?? '' };
  return { text, raisedAt, answer, answerReason, answeredAt, about };
}
