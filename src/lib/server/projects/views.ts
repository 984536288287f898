// A project as it is read: by everybody (the whole story with dates, no draft, no contact, no objector), by its writers, by the desk.
// What a reader may see is decided here and nowhere else. Rule [J12].
import { and, asc, desc, eq } from 'drizzle-orm';
import { answersOf } from '#lib/domain/projects/checks.ts';
import { summaryOf } from '#lib/domain/projects/scores.ts';
import { isPublic, planIsDraft } from '#lib/domain/projects/transitions.ts';
import { db } from '#lib/server/db/client.ts';
import {
  needs,
  people,
  planChecks,
  planWriters,
  projectHistory,
  projectNeeds,
  projects,
  projectSeatsTied,
  reviewScores,
  seats,
} from '#lib/server/db/schema/index.ts';
import { objectionsTo } from '#lib/server/objections.ts';
import { versionsOf } from './plans.ts';
import type { ProjectRow } from './steps.ts';

const bare = (row: ProjectRow) => ({
  projectId: row.id,
  code: row.code,
  name: row.name,
  organisationName: row.organisationName,
  askedFen: row.askedFen,
  approvedFen: row.approvedFen,
  status: row.status,
  rectifyBy: row.rectifyBy,
  ownersMatter: row.ownersMatter,
  ownersDecisionAt: row.ownersDecisionAt,
  ownersDecision: row.ownersDecision,
  listing: row.listing,
  beneficiaries: row.beneficiaries,
  publicFrom: row.publicFrom,
  publicUntil: row.publicUntil,
});

const readProject = async (communityId: string, projectId: string): Promise<ProjectRow | null> => {
  const [row] = await db
    .select()
    .from(projects)
    .where(and(eq(projects.id, projectId), eq(projects.communityId, communityId)));
  return row ?? null;
};

const needsOf = (projectId: string) =>
  db
    .select({ needId: needs.id, code: needs.code, title: needs.title, status: needs.status })
    .from(projectNeeds)
    .innerJoin(needs, eq(needs.id, projectNeeds.needId))
    .where(eq(projectNeeds.projectId, projectId))
    .orderBy(asc(needs.code));

const scoresOf = async (projectId: string, version: number) => {
  const rows = await db
    .select()
    .from(reviewScores)
    .where(and(eq(reviewScores.projectId, projectId), eq(reviewScores.version, version)))
    .orderBy(asc(reviewScores.side), asc(reviewScores.at));
  const side = (which: 'expert' | 'resident') =>
    summaryOf(rows.filter((row) => row.side === which).map(({ score }) => score));
  return { rows, expert: side('expert'), resident: side('resident') };
};

/** Projects everybody may read about, in the order of their codes. */
export const publicProjectsOf = async (communityId: string) =>
  (
    await db
      .select()
      .from(projects)
      .where(eq(projects.communityId, communityId))
      .orderBy(asc(projects.createdAt), asc(projects.code))
  )
    .filter(({ status }) => isPublic(status))
    .map(bare);

/** [J12] Null where there is none, or none yet for everybody. */
export async function publicProject(communityId: string, projectId: string) {
  const row = await readProject(communityId, projectId);
  if (!row || !isPublic(row.status)) return null;
  const [served, versions, history, raised] = await Promise.all([
    needsOf(projectId),
    versionsOf(projectId),
    db.select().from(projectHistory).where(eq(projectHistory.projectId, projectId)).orderBy(asc(projectHistory.seq)),
    objectionsTo({ projectId }),
  ]);
  const last = versions[versions.length - 1];
  const scores = await scoresOf(projectId, last?.version ?? 0);
  return {
    ...bare(row),
    needs: served.filter(({ status }) => status !== 'received' && status !== 'declined'),
    plan: last ? { version: last.version, submittedAt: last.submittedAt, askedFen: last.askedFen, ...last.plan } : null,
    scores: { expert: scores.expert, resident: scores.resident },
    history: history.map(({ at, deed, fromStatus, toStatus, why, recorded }) => ({
      at,
      deed,
      fromStatus,
      toStatus,
      why,
      recorded,
    })),
    // Told by what was said, never by whom.
    objections: raised.map(({ raisedAt, answer, answerReason, answeredAt, text }) => ({
      raisedAt,
      text: answer === null ? null : text,
      answer,
      answerReason,
      answeredAt,
    })),
  };
}

/** All projects of a community for its desk, newest first. */
export const projectsAtDesk = async (communityId: string) =>
  (
    await db
      .select()
      .from(projects)
      .where(eq(projects.communityId, communityId))
      .orderBy(desc(projects.createdAt), asc(projects.code))
  ).map(bare);

/** Everything about one project, for who runs projects. The plan's page hands its writers code, name and amount of it, no more. */
export async function projectAtDesk(communityId: string, projectId: string) {
  const row = await readProject(communityId, projectId);
  if (!row) return null;
  const versions = await versionsOf(projectId);
  const version = versions[versions.length - 1]?.version ?? 0;
  const [served, history, raised, scores, answered, writers, tied] = await Promise.all([
    needsOf(projectId),
    db
      .select({ step: projectHistory, by: people.name })
      .from(projectHistory)
      .leftJoin(people, eq(people.id, projectHistory.byPersonId))
      .where(eq(projectHistory.projectId, projectId))
      .orderBy(asc(projectHistory.seq)),
    objectionsTo({ projectId }),
    scoresOf(projectId, version),
    db
      .select()
      .from(planChecks)
      .where(and(eq(planChecks.projectId, projectId), eq(planChecks.version, version))),
    db
      .select({ personId: people.id, name: people.name })
      .from(planWriters)
      .innerJoin(people, eq(people.id, planWriters.personId))
      .where(eq(planWriters.projectId, projectId)),
    db
      .select({ seatId: seats.id, title: seats.title, name: people.name, reason: projectSeatsTied.reason })
      .from(projectSeatsTied)
      .innerJoin(seats, eq(seats.id, projectSeatsTied.seatId))
      .leftJoin(people, eq(people.id, seats.personId))
      .where(eq(projectSeatsTied.projectId, projectId)),
  ]);
  return {
    ...bare(row),
    applicantContact: row.applicantContact,
    envelopeId: row.envelopeId,
    isDraft: planIsDraft(row.status),
    isPublic: isPublic(row.status),
    needs: served,
    versions: versions.map(({ version, askedFen, note, by, submittedAt }) => ({
      version,
      askedFen,
      note,
      by,
      submittedAt,
    })),
    checks: answersOf({ ...row, needs: served.length }, answered),
    scores: {
      expert: scores.expert,
      resident: scores.resident,
      rows: scores.rows.map(({ side, reviewer, score, comment }) => ({ side, reviewer, score, comment })),
    },
    writers,
    tied,
    objections: raised.map((each) => ({
      objectionId: each.id,
      name: each.name,
      contact: each.contact,
      text: each.text,
      raisedAt: each.raisedAt,
      answer: each.answer,
      answerReason: each.answerReason,
      answeredAt: each.answeredAt,
    })),
    history: history.map(({ step, by }) => ({ ...step, by })),
  };
}
