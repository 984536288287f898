// A project's plan: the shared draft, who may write it, and the versions it is submitted as. Loaded with the doors, because the document
// server asks its access rule. Rules [J3], [J4].
import { and, asc, eq } from 'drizzle-orm';
import { checkedPlan, sumOfBudget, type Plan } from '#lib/domain/projects/plan.ts';
import { planIsDraft } from '#lib/domain/projects/transitions.ts';
import { mayWritePlan } from '#lib/domain/policies.ts';
import { isServiceRefusal, refuseService } from '#lib/domain/service-refusal.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { planOf, readPlan, writePlan, type DraftedPlan } from '#lib/protocol/plan-document.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { documents, people, planVersions, planWriters, projects } from '#lib/server/db/schema/index.ts';
import { registerDocumentAccess } from '#lib/server/documents/access.ts';
import { foundDocument } from '#lib/server/documents/found-and-freeze.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { lockProject, newestVersion, recordProjectStep } from './steps.ts';

/** Written by its writers and the office while it is a draft, read by them afterwards; closed to everybody else, council members too. */
registerDocumentAccess('plan', async ({ documentId }, actor) => {
  const [row] = await db
    .select({ projectId: projects.id, communityId: projects.communityId, status: projects.status })
    .from(documents)
    .innerJoin(projects, eq(projects.id, documents.projectId))
    .where(eq(documents.id, documentId));
  if (!row) return 'none';
  const project = { communityId: row.communityId, writers: await writersOf(row.projectId) };
  if (!mayWritePlan(await standingOf(actor), project)) return 'none';
  return planIsDraft(row.status) ? 'write' : 'read';
});

export const writersOf = async (projectId: string, store: Queryable = db): Promise<string[]> =>
  (
    await store.select({ personId: planWriters.personId }).from(planWriters).where(eq(planWriters.projectId, projectId))
  ).map(({ personId }) => personId);

const documentOf = async (store: Queryable, projectId: string): Promise<string | null> => {
  const [row] = await store
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.projectId, projectId), eq(documents.kind, 'plan')));
  return row?.id ?? null;
};

export const versionsOf = async (projectId: string, store: Queryable = db) =>
  (
    await store
      .select({ row: planVersions, by: people.name })
      .from(planVersions)
      .leftJoin(people, eq(people.id, planVersions.submittedBy))
      .where(eq(planVersions.projectId, projectId))
      .orderBy(asc(planVersions.version))
  ).map(({ row, by }) => ({
    version: row.version,
    plan: row.plan as unknown as Plan,
    askedFen: row.askedFen,
    note: row.note,
    by,
    submittedAt: row.submittedAt,
  }));

/** The shared draft's id. A project that has none yet gets one, beginning with its newest version; two at once get the same. */
export async function planDocument(projectId: string): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for('update');
    const known = await documentOf(tx, projectId);
    if (known !== null) return known;
    const versions = await versionsOf(projectId, tx);
    const last = versions[versions.length - 1]?.plan;
    return foundDocument(tx, {
      kind: 'plan',
      meetingId: null,
      projectId,
      at: Date.now(),
      ...(last ? { seed: (doc) => writePlan(doc, last) } : {}),
    });
  });
}

const empty: DraftedPlan = { need: '', goals: [], schedule: [], budget: [] };

/** The draft as it is stored at this moment. */
export async function draftedPlan(projectId: string, store: Queryable = db): Promise<DraftedPlan> {
  const documentId = await documentOf(store, projectId);
  const doc = documentId === null ? null : await readDocument(store, documentId);
  if (!doc) return empty;
  const draft = readPlan(doc);
  doc.destroy();
  return draft;
}

/** [J3] [J4] Freezes the draft as the next version; what is asked for becomes its sum. */
export async function submitPlan(
  communityId: string,
  projectId: string,
  note: string,
  byPersonId: string,
): Promise<{ version: number } | OfficeRefusal> {
  return db.transaction(async (tx) => {
    const project = await lockProject(tx, communityId, projectId);
    if (!project) return refuseOffice('not-there');
    if (!planIsDraft(project.status)) return refuseService('J4', 'plan-frozen');
    const plan = checkedPlan(planOf(await draftedPlan(projectId, tx)));
    if (isServiceRefusal(plan)) return plan;
    const versions = await versionsOf(projectId, tx);
    const last = versions[versions.length - 1];
    if (last && samePlan(last.plan, plan)) return refuseService('J4', 'plan-unchanged');
    const version = (await newestVersion(tx, projectId)) + 1;
    const askedFen = sumOfBudget(plan.budget);
    await tx.insert(planVersions).values({
      projectId,
      version,
      plan: plan as unknown as Record<string, unknown>,
      askedFen,
      note: note.trim().slice(0, 300),
      submittedBy: byPersonId,
      submittedAt: Date.now(),
    });
    await tx.update(projects).set({ askedFen }).where(eq(projects.id, projectId));
    await recordProjectStep(tx, {
      projectId,
      byPersonId,
      deed: 'submitPlan',
      fromStatus: project.status,
      toStatus: project.status,
      why: note.trim().slice(0, 300),
      recorded: { version, askedFen },
    });
    return { version };
  });
}

/** Whatever order the database gives its keys in. */
const samePlan = (left: Plan, right: Plan): boolean => {
  const whole = ({ need, goals, schedule, budget }: Plan) =>
    JSON.stringify([
      need,
      goals,
      schedule.map(({ phase, fromDay, toDay, deliverable }) => [phase, fromDay, toDay, deliverable]),
      budget.map(({ item, amountFen, basis }) => [item, amountFen, basis]),
    ]);
  return whole(left) === whole(right);
};
