// Founding a project and what is written beside its plan: the applicant, the needs it serves, its writers, the seats tied to it, checks and
// marks. Called by the desk; each change is bounded to the community it is named for. Rules [J4], [J5], [J6].
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Listing, OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import { askedChecks } from '#lib/domain/projects/checks.ts';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  councils,
  needs,
  people,
  planChecks,
  planWriters,
  projectNeeds,
  projects,
  projectSeatsTied,
  reviewScores,
  seats,
} from '#lib/server/db/schema/index.ts';
import { faultOfName } from '#lib/server/people/communities.ts';
import { lockProject, newestVersion, recordProjectStep, tellPlan } from './steps.ts';

export interface ProjectAsked {
  readonly name: string;
  readonly organisationName: string;
  readonly applicantContact: string | null;
  readonly ownersMatter: OwnersMatter;
  readonly listing: Listing | null;
  readonly beneficiaries: number | null;
}

function faultOf({ name, organisationName, applicantContact, beneficiaries }: ProjectAsked): OfficeRefusal | null {
  const fault = faultOfName(name) ?? (organisationName === '' ? null : faultOfName(organisationName));
  if (fault) return fault;
  if (applicantContact !== null && applicantContact.length > 100) return refuseOffice('text-too-long', { most: 100 });
  return beneficiaries !== null && (beneficiaries < 0 || beneficiaries > 10_000_000)
    ? refuseOffice('number-unfit', { least: 0, most: 10_000_000 })
    : null;
}

export async function foundProject(
  communityId: string,
  asked: ProjectAsked & { readonly needIds: readonly string[]; readonly why: string },
  byPersonId: string,
): Promise<{ projectId: string; code: string } | OfficeRefusal> {
  const { needIds, why, ...facts } = asked;
  const fault = faultOf(facts);
  if (fault) return fault;
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`yishi.projects ${communityId}`}))`);
    const [last] = await tx
      .select({ number: sql<number>`coalesce(max(substring(${projects.code} from 2)::int), 0)::int` })
      .from(projects)
      .where(and(eq(projects.communityId, communityId), sql`${projects.code} ~ '^P[0-9]{1,8}$'`));
    const projectId = newId();
    const code = `P${(last?.number ?? 0) + 1}`;
    await tx.insert(projects).values({
      id: projectId,
      communityId,
      code,
      ...facts,
      status: 'collecting',
      createdBy: byPersonId,
      createdAt: Date.now(),
    });
    await linkNeeds(tx, communityId, projectId, needIds);
    await recordProjectStep(tx, {
      projectId,
      byPersonId,
      deed: 'begin',
      fromStatus: null,
      toStatus: 'collecting',
      why: why.trim().slice(0, 500),
    });
    return { projectId, code };
  });
}

async function linkNeeds(tx: Queryable, communityId: string, projectId: string, needIds: readonly string[]) {
  const ours =
    needIds.length === 0
      ? []
      : await tx
          .select({ id: needs.id })
          .from(needs)
          .where(and(eq(needs.communityId, communityId), inArray(needs.id, [...needIds])));
  await tx.delete(projectNeeds).where(eq(projectNeeds.projectId, projectId));
  if (ours.length > 0) await tx.insert(projectNeeds).values(ours.map(({ id }) => ({ projectId, needId: id })));
}

/** Facts beside the plan. The grade of an owners' matter is never loosened once the council has had it before it. */
export async function updateProject(
  communityId: string,
  projectId: string,
  { needIds, ...facts }: ProjectAsked & { readonly needIds: readonly string[] },
): Promise<OfficeRefusal | null> {
  const fault = faultOf(facts);
  if (fault) return fault;
  return db.transaction(async (tx) => {
    const project = await lockProject(tx, communityId, projectId);
    if (!project) return refuseOffice('not-there');
    if (['closed', 'terminated'].includes(project.status)) return refuseService('J1', 'project-deed-out-of-turn');
    const decided = project.approvedFen !== null;
    await tx
      .update(projects)
      .set({ ...facts, ...(decided ? { ownersMatter: project.ownersMatter } : {}) })
      .where(eq(projects.id, projectId));
    await linkNeeds(tx, communityId, projectId, needIds);
    return null;
  });
}

/** Lets a person of the community write the plan, or no longer; open pages are told at once. */
export async function setWriter(
  communityId: string,
  projectId: string,
  personId: string,
  mayWrite: boolean,
): Promise<OfficeRefusal | null> {
  const [[project], [person]] = await Promise.all([
    db
      .select({ id: projects.id })
      .from(projects)
      .where(and(eq(projects.id, projectId), eq(projects.communityId, communityId))),
    db
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, personId), eq(people.communityId, communityId), isNull(people.erasedAt))),
  ]);
  if (!project || !person) return refuseOffice('not-there');
  if (mayWrite) await db.insert(planWriters).values({ projectId, personId, addedAt: Date.now() }).onConflictDoNothing();
  else
    await db.delete(planWriters).where(and(eq(planWriters.projectId, projectId), eq(planWriters.personId, personId)));
  await tellPlan(projectId);
  return null;
}

/** [J6] Ties a seat to a project, with the reason it will be recused for; without one it is untied. */
export async function tieSeat(
  communityId: string,
  projectId: string,
  seatId: string,
  reason: string | null,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const project = await lockProject(tx, communityId, projectId);
    const [seat] = await tx
      .select({ id: seats.id })
      .from(seats)
      .innerJoin(councils, and(eq(councils.id, seats.councilId), eq(councils.communityId, communityId)))
      .where(eq(seats.id, seatId));
    if (!project || !seat) return refuseOffice('not-there');
    if (reason === null) {
      await tx
        .delete(projectSeatsTied)
        .where(and(eq(projectSeatsTied.projectId, projectId), eq(projectSeatsTied.seatId, seatId)));
      return null;
    }
    const said = reason.trim();
    if (said === '' || Array.from(said).length > 300) return refuseService('J2', 'project-why-missing', { most: 300 });
    await tx
      .insert(projectSeatsTied)
      .values({ projectId, seatId, reason: said, addedBy: byPersonId, addedAt: Date.now() })
      .onConflictDoUpdate({
        target: [projectSeatsTied.projectId, projectSeatsTied.seatId],
        set: { reason: said, addedBy: byPersonId },
      });
    return null;
  });
}

/** States in which a submitted plan is judged. */
const judged = ['plan_published', 'not_approved'];

/** [J5] One question of the pre-check about the newest version. A no says why. */
export async function answerCheck(
  communityId: string,
  projectId: string,
  { question, passed, reason }: { question: string; passed: boolean; reason: string },
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const project = await lockProject(tx, communityId, projectId);
    if (!project || !askedChecks.some((each) => each === question)) return refuseOffice('not-there');
    if (!judged.includes(project.status)) return refuseService('J1', 'project-deed-out-of-turn');
    const version = await newestVersion(tx, projectId);
    if (version === 0) return refuseService('J4', 'project-no-version');
    const said = reason.trim().slice(0, 300);
    if (!passed && said === '') return refuseService('J5', 'project-why-missing', { most: 300 });
    const answer = { passed, reason: said, byPersonId, at: Date.now() };
    await tx
      .insert(planChecks)
      .values({ projectId, version, question, ...answer })
      .onConflictDoUpdate({ target: [planChecks.projectId, planChecks.version, planChecks.question], set: answer });
    return null;
  });
}

/** [J5] One reviewer's mark for the newest version; the same reviewer's next one replaces it until the review is over. */
export async function giveMark(
  communityId: string,
  projectId: string,
  mark: { side: 'expert' | 'resident'; reviewer: string; score: number; comment: string },
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const project = await lockProject(tx, communityId, projectId);
    if (!project) return refuseOffice('not-there');
    if (!judged.includes(project.status)) return refuseService('J1', 'project-deed-out-of-turn');
    const version = await newestVersion(tx, projectId);
    if (version === 0) return refuseService('J4', 'project-no-version');
    const reviewer = mark.reviewer.trim().slice(0, 40);
    const { score } = mark;
    if (reviewer === '' || !Number.isSafeInteger(score) || score < 0 || score > 100)
      return refuseService('J5', 'score-unfit');
    const given = { score, comment: mark.comment.trim().slice(0, 300), enteredBy: byPersonId, at: Date.now() };
    await tx
      .insert(reviewScores)
      .values({ projectId, version, side: mark.side, reviewer, ...given })
      .onConflictDoUpdate({
        target: [reviewScores.projectId, reviewScores.version, reviewScores.side, reviewScores.reviewer],
        set: given,
      });
    return null;
  });
}
