// THE way a project changes: one deed, one transaction under the project's row, judged by the law's table with the facts read there, one row
// of history, and what it means for the money (money.ts). Lock order: meeting, poll, fund, project. Rooms ask `mayRunProjects` first; what a meeting decides comes through `decideProject`. Rules [J1], [J2], [J9].
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import { answersOf, sumOfChecks } from '#lib/domain/projects/checks.ts';
import { decideDeed, type ProjectDeed, type ProjectFacts, type Recorded } from '#lib/domain/projects/transitions.ts';
import { isServiceRefusal, refuseService } from '#lib/domain/service-refusal.ts';
import { OfficeRefused, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  documents,
  objections,
  planChecks,
  planVersions,
  projectHistory,
  projectNeeds,
  projects,
  reviewScores,
  rulePacks,
} from '#lib/server/db/schema/index.ts';
import { documentAccessChanged } from '#lib/server/documents/access.ts';
import { today } from '#lib/server/today.ts';
import { bookDeed, lockMoneyOf, moneyFacts, reduceApproved, type MoneyTerms } from './money.ts';

export type ProjectRow = typeof projects.$inferSelect;

export async function lockProject(tx: Queryable, communityId: string, projectId: string): Promise<ProjectRow | null> {
  const [row] = await tx
    .select()
    .from(projects)
    .where(and(eq(projects.id, projectId), eq(projects.communityId, communityId)))
    .for('update');
  return row ?? null;
}

/** What the community's own rules for its council ask of a publicity; nothing where it has no such rules. */
export async function publicityOf(store: Queryable, communityId: string): Promise<ProjectFacts['publicity']> {
  const packs = await store
    .select({ rules: rulePacks.rules })
    .from(rulePacks)
    .where(and(eq(rulePacks.communityId, communityId), isNull(rulePacks.retiredAt)))
    .orderBy(asc(rulePacks.position));
  const council = packs.find(({ rules }) => rules.format === 'council' && rules.binding) ?? packs[0];
  return council?.rules.publicity ?? { days: 0, dayType: 'calendar' };
}

export async function newestVersion(store: Queryable, projectId: string): Promise<number> {
  const [row] = await store
    .select({ version: sql<number>`coalesce(max(${planVersions.version}), 0)::int` })
    .from(planVersions)
    .where(eq(planVersions.projectId, projectId));
  return row?.version ?? 0;
}

export async function factsOf(store: Queryable, project: ProjectRow): Promise<ProjectFacts> {
  const version = await newestVersion(store, project.id);
  const [answered, scores, [served], [open], publicity, money] = await Promise.all([
    store
      .select()
      .from(planChecks)
      .where(and(eq(planChecks.projectId, project.id), eq(planChecks.version, version))),
    store
      .select({ side: reviewScores.side, many: count() })
      .from(reviewScores)
      .where(and(eq(reviewScores.projectId, project.id), eq(reviewScores.version, version)))
      .groupBy(reviewScores.side),
    store.select({ many: count() }).from(projectNeeds).where(eq(projectNeeds.projectId, project.id)),
    store
      .select({ many: count() })
      .from(objections)
      .where(and(eq(objections.projectId, project.id), isNull(objections.answer))),
    publicityOf(store, project.communityId),
    moneyFacts(store, project),
  ]);
  const marks = (side: 'expert' | 'resident') => scores.find((each) => each.side === side)?.many ?? 0;
  return {
    status: project.status,
    rectifyingFrom: project.rectifyingFrom,
    ...money,
    ownersDecided: project.ownersDecisionAt !== null,
    organisationName: project.organisationName,
    askedFen: project.askedFen,
    approvedFen: project.approvedFen,
    publicUntil: project.publicUntil,
    publicity,
    version,
    checks: sumOfChecks(answersOf({ ...project, needs: served?.many ?? 0 }, answered)),
    scores: { expert: marks('expert'), resident: marks('resident') },
    objectionsOpen: open?.many ?? 0,
  };
}

export async function recordProjectStep(
  tx: Queryable,
  step: Omit<typeof projectHistory.$inferInsert, 'seq' | 'at'>,
): Promise<void> {
  const [last] = await tx
    .select({ seq: sql<number>`coalesce(max(${projectHistory.seq}), 0)::int` })
    .from(projectHistory)
    .where(eq(projectHistory.projectId, step.projectId));
  await tx.insert(projectHistory).values({ ...step, seq: (last?.seq ?? 0) + 1, at: Date.now() });
}

/** What a deed writes into the project itself, beside its status. */
function written(deed: ProjectDeed, recorded: Recorded): Partial<typeof projects.$inferInsert> {
  switch (deed) {
    case 'approve':
      return { approvedFen: Number(recorded.approvedFen) };
    case 'notApprove':
      return { approvedFen: null };
    case 'publicise':
      return { publicFrom: String(recorded.publicFrom), publicUntil: String(recorded.publicUntil) };
    case 'failMidterm':
      return { rectifyBy: String(recorded.rectifyBy) };
    case 'failAppraisal':
      return { rectifyBy: String(recorded.rectifyBy), ...publicDays(recorded) };
    case 'passAppraisal':
      return publicDays(recorded);
    case 'putRight':
      return { rectifyBy: null };
    default:
      return {};
  }
}

const publicDays = ({ publicFrom, publicUntil }: Recorded) =>
  publicFrom === undefined ? {} : { publicFrom: String(publicFrom), publicUntil: String(publicUntil) };

export interface Said {
  readonly why: string;
  readonly recorded: Recorded;
}

/**
 * Inside somebody else's transaction, whole or not at all: what a meeting has decided is recorded with the meeting's own events and books, what
 * an appraisal found with its announcement.
 */
export async function takeStep(
  tx: Queryable,
  communityId: string,
  projectId: string,
  deed: ProjectDeed,
  said: Said,
  byPersonId: string | null,
  terms: MoneyTerms | 'in-session' = {},
): Promise<OfficeRefusal | null> {
  await lockMoneyOf(tx, projectId, terms === 'in-session' ? {} : terms);
  const project = await lockProject(tx, communityId, projectId);
  if (!project) return refuseOffice('not-there');
  const outcome = decideDeed(await factsOf(tx, project), deed, said, today());
  if (isServiceRefusal(outcome)) return outcome;
  const { status, rectifyingFrom, why, recorded } = outcome;
  return wholly(tx, async (step) => {
    await step
      .update(projects)
      .set({ status, rectifyingFrom, ...written(deed, recorded) })
      .where(eq(projects.id, projectId));
    await recordProjectStep(step, {
      projectId,
      byPersonId,
      deed,
      fromStatus: project.status,
      toStatus: status,
      why,
      recorded,
    });
    const occasion = { at: Date.now(), actorId: byPersonId ?? 'system', reason: why };
    await bookDeed(step, project, deed, outcome, terms, occasion);
    return null;
  });
}

/** All of it or nothing: a refusal thrown half way undoes what was done before it and is the answer. */
async function wholly(
  store: Queryable,
  doing: (tx: Queryable) => Promise<OfficeRefusal | null>,
): Promise<OfficeRefusal | null> {
  try {
    return await store.transaction(doing);
  } catch (error) {
    if (error instanceof OfficeRefused) return error.refusal;
    throw error;
  }
}

/** One deed of the office. */
export async function stepProject(
  communityId: string,
  projectId: string,
  deed: ProjectDeed,
  said: Said,
  byPersonId: string,
  terms: MoneyTerms = {},
): Promise<OfficeRefusal | null> {
  const refused = await db.transaction((tx) => takeStep(tx, communityId, projectId, deed, said, byPersonId, terms));
  if (refused === null) await tellPlan(projectId);
  return refused;
}

/** Whoever has the plan open is told that it may, or may no longer, be written. */
export async function tellPlan(projectId: string): Promise<void> {
  const [plan] = await db.select({ id: documents.id }).from(documents).where(eq(documents.projectId, projectId));
  if (plan) documentAccessChanged(plan.id);
}

/** [J9] Puts the owners' own decision on file, once; the contract is free of this from then on. */
export async function fileOwnersDecision(
  communityId: string,
  projectId: string,
  decision: string,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  const said = decision.trim();
  return db.transaction(async (tx) => {
    const project = await lockProject(tx, communityId, projectId);
    if (!project) return refuseOffice('not-there');
    if (said === '' || Array.from(said).length > 300) return refuseService('J2', 'project-why-missing', { most: 300 });
    if (project.ownersDecisionAt !== null || ['closed', 'terminated'].includes(project.status))
      return refuseService('J1', 'project-deed-out-of-turn');
    await tx
      .update(projects)
      .set({ ownersDecisionAt: Date.now(), ownersDecision: said })
      .where(eq(projects.id, projectId));
    await recordProjectStep(tx, {
      projectId,
      byPersonId,
      deed: 'fileOwnersDecision',
      fromStatus: project.status,
      toStatus: project.status,
      why: said,
    });
    return null;
  });
}

/** [J17] 核减 after the decision: a row of history and the books at once. */
export async function reduceProject(
  communityId: string,
  projectId: string,
  { toFen, why }: { readonly toFen: number; readonly why: string },
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  const said = why.trim();
  if (said === '' || Array.from(said).length > 500) return refuseService('J2', 'project-why-missing', { most: 500 });
  return wholly(db, async (tx) => {
    await lockMoneyOf(tx, projectId);
    const project = await lockProject(tx, communityId, projectId);
    if (!project) return refuseOffice('not-there');
    const refused = await reduceApproved(tx, project, toFen, { at: Date.now(), actorId: byPersonId, reason: said });
    if (refused) return refused;
    await recordProjectStep(tx, {
      projectId,
      byPersonId,
      deed: 'reduceApproved',
      fromStatus: project.status,
      toStatus: project.status,
      why: said,
      recorded: { approvedFen: toFen },
    });
    return null;
  });
}
