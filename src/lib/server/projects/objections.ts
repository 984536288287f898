// Objections while a publicity lasts: raised by residents without an account, answered by the office once, looked up by their author's
// link. Who objected is never shown. Rule [J8].
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { idPattern, newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { countAttempt } from '#lib/server/auth/attempts.ts';
import { db } from '#lib/server/db/client.ts';
import { objections, projects } from '#lib/server/db/schema/index.ts';
import { lookupCode, lookupDigest } from '#lib/server/lookup-codes.ts';
import { today } from '#lib/server/today.ts';

const dailyObjections = { kind: 'objection', most: 5, windowMs: 24 * 3600 * 1000 };

export async function raiseObjection(
  communityId: string,
  projectId: string,
  sent: { sentId: string; name: string; contact: string; text: string },
  author: Actor,
): Promise<{ lookup: string } | OfficeRefusal> {
  const hand = author.kind === 'guest' ? author.guestId : author.kind === 'person' ? author.personId : null;
  if (hand === null || !idPattern.test(sent.sentId)) return refuseOffice('not-there');
  const text = sent.text.trim();
  if (text === '' || Array.from(text).length > 1000) return refuseOffice('text-too-long', { most: 1000 });
  const [name, contact] = [sent.name.trim().slice(0, 40), sent.contact.trim().slice(0, 60)];
  if (name === '' || contact === '') return refuseOffice('contact-missing');
  const lookup = await lookupCode(`objection ${projectId} ${hand} ${sent.sentId}`);
  const known = await db
    .select()
    .from(objections)
    .where(eq(objections.lookupHash, lookupDigest(lookup)));
  if (known.length > 0) return { lookup };
  if ((await countAttempt(dailyObjections, hand)) !== null)
    return refuseService('J8', 'too-many-needs', { most: dailyObjections.most });
  return db.transaction(async (tx) => {
    // A publicity that ends at this moment either has the objection or refuses it; a contract waits for this.
    const [project] = await tx
      .select()
      .from(projects)
      .where(and(eq(projects.id, projectId), eq(projects.communityId, communityId)))
      .for('share');
    if (!project) return refuseOffice('not-there');
    const day = today();
    const open =
      project.status === 'publicised' &&
      (project.publicFrom ?? '') <= day &&
      project.publicUntil !== null &&
      day <= project.publicUntil;
    if (!open) return refuseService('J8', 'objection-closed');
    await tx
      .insert(objections)
      .values({
        id: newId(),
        projectId,
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

/** [J8] Once; an answer is not changed. Name and contact have served their purpose and go with it. */
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
  const ours = db.select({ id: projects.id }).from(projects).where(eq(projects.communityId, communityId));
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(objections)
      .where(and(eq(objections.id, objectionId), inArray(objections.projectId, ours)))
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

export const objectionsOf = (projectId: string) =>
  db.select().from(objections).where(eq(objections.projectId, projectId)).orderBy(asc(objections.raisedAt));

/** What became of an objection, for whoever holds its link. */
export async function objectionByLookup(communityId: string, lookup: string) {
  const [row] = await db
    .select({ objection: objections, code: projects.code, name: projects.name, projectId: projects.id })
    .from(objections)
    .innerJoin(projects, and(eq(projects.id, objections.projectId), eq(projects.communityId, communityId)))
    .where(eq(objections.lookupHash, lookupDigest(lookup)));
  if (!row) return null;
  const { text, raisedAt, answer, answerReason, answeredAt } = row.objection;
  return { text, raisedAt, answer, answerReason, answeredAt, code: row.code, name: row.name, projectId: row.projectId };
}
