// The residents' appraisal of a project in the office: drafted, opened, closed and counted, announced. Called by the desk's pages,
// which ask policies.ts first. What is announced moves the project and freezes its money in the same transaction.
import { randomInt } from 'node:crypto';
import { and, asc, count, desc, eq, ne, sql } from 'drizzle-orm';
import { countAppraisal, satisfactionPercent, type AppraisalRules } from '#lib/domain/appraisal/count.ts';
import { dayAfter, lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import type { Recorded } from '#lib/domain/projects/transitions.ts';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { OfficeRefused, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { publicityOf, takeStep } from '#lib/server/projects/steps.ts';
import { today } from '#lib/server/today.ts';
import { appraisalEntries, appraisalForms, appraisals, appraisalSlips, projects } from '#lib/server/db/schema/index.ts';
import { slipsOut } from './slips.ts';

export type Appraisal = typeof appraisals.$inferSelect;

export interface AppraisalTerms {
  readonly rules: AppraisalRules;
  readonly groups: readonly string[];
  readonly items: readonly string[];
}

const most = { groups: 30, items: 10, name: 30 } as const;

/** Names trimmed, empty ones left out; null when there are too many, too long ones, or one twice. */
function names(given: readonly string[], mostNames: number): string[] | null {
  const found = given.map((name) => name.trim()).filter((name) => name !== '');
  const fits = found.length <= mostNames && found.every((name) => Array.from(name).length <= most.name);
  return fits && new Set(found).size === found.length ? found : null;
}

/** One at a time for a project that is completed. */
export async function draftAppraisal(
  projectId: string,
  { rules, groups, items }: AppraisalTerms,
  byPersonId: string,
): Promise<{ appraisalId: string } | OfficeRefusal> {
  const [groupNames, itemNames] = [names(groups, most.groups), names(items, most.items)];
  const { numerator, denominator } = rules.passRatio;
  const whole = [numerator, denominator, rules.minValid].every((value) => Number.isSafeInteger(value) && value > 0);
  if (!groupNames || groupNames.length === 0 || !itemNames || !whole || numerator > denominator)
    return refuseService('AP4', 'appraisal-terms-unfit');
  return db.transaction(async (tx) => {
    const [project] = await tx.select().from(projects).where(eq(projects.id, projectId)).for('update');
    if (!project) return refuseOffice('not-there');
    if (project.status !== 'completed')
      return refuseService('J1', 'project-deed-out-of-turn', { status: project.status, deed: 'passAppraisal' });
    const earlier = await tx.select().from(appraisals).where(eq(appraisals.projectId, projectId));
    if (earlier.some(({ status }) => status !== 'announced')) return refuseService('AP7', 'appraisal-underway');
    const appraisalId = newId();
    await tx.insert(appraisals).values({
      id: appraisalId,
      projectId,
      round: earlier.length + 1,
      status: 'drafted',
      rules,
      groups: groupNames,
      items: itemNames,
      createdBy: byPersonId,
      createdAt: Date.now(),
    });
    return { appraisalId };
  });
}

export async function withdrawDraft(appraisalId: string): Promise<OfficeRefusal | null> {
  const gone = await db
    .delete(appraisals)
    .where(and(eq(appraisals.id, appraisalId), eq(appraisals.status, 'drafted')))
    .returning({ id: appraisals.id });
  return gone.length === 1 ? null : refuseService('AP7', 'appraisal-not-drafted');
}

export async function openAppraisal(appraisalId: string): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const appraisal = await locked(tx, appraisalId);
    if (!appraisal) return refuseOffice('not-there');
    if (appraisal.status !== 'drafted') return refuseService('AP7', 'appraisal-not-drafted');
    if ((await slipsOut(tx, appraisalId)) === 0) return refuseService('AP1', 'appraisal-no-slips');
    await tx.update(appraisals).set({ status: 'open', openedAt: Date.now() }).where(eq(appraisals.id, appraisalId));
    return null;
  });
}

/** [AP4] Takes nothing in any more, counts, and parts the forms from everything that could lead back to a slip. */
export async function closeAppraisal(appraisalId: string): Promise<OfficeRefusal | null> {
  const closed = await db.transaction(async (tx) => {
    const appraisal = await locked(tx, appraisalId);
    if (!appraisal) return refuseOffice('not-there');
    if (appraisal.status !== 'open') return refuseService('AP7', 'appraisal-not-open');
    const [half] = await tx
      .select({ entries: count() })
      .from(appraisalEntries)
      .where(eq(appraisalEntries.appraisalId, appraisalId));
    if (half && half.entries > 0) return refuseService('AP3', 'appraisal-entries-open', { open: half.entries });
    const forms = await formsOf(tx, appraisalId);
    for (let last = forms.length - 1; last > 0; last -= 1) {
      const other = randomInt(last + 1);
      const [here, there] = [forms[last], forms[other]];
      if (here && there) [forms[last], forms[other]] = [there, here];
    }
    await tx.delete(appraisalForms).where(eq(appraisalForms.appraisalId, appraisalId));
    if (forms.length > 0)
      await tx
        .insert(appraisalForms)
        .values(forms.map(({ group, channel, form }) => ({ id: newId(), appraisalId, group, channel, form })));
    // Written anew all at once: no row's age tells when its slip was used.
    await tx
      .update(appraisalSlips)
      .set({ status: sql`${appraisalSlips.status}` })
      .where(eq(appraisalSlips.appraisalId, appraisalId));
    const issued = await slipsOut(tx, appraisalId);
    const result = countAppraisal(forms, { issued, items: appraisal.items.length, rules: appraisal.rules });
    await tx
      .update(appraisals)
      .set({ status: 'closed', closedAt: Date.now(), result })
      .where(eq(appraisals.id, appraisalId));
    return null;
  });
  if (closed === null) await forgetOldPages();
  return closed;
}

/**
 * [AP4] Tells the result and moves the project: passed goes on, below the line must be put right and what is unpaid of it is held back, with too
 * few forms nothing moves and it is appraised again. All in one transaction.
 */
export async function announceAppraisal(
  appraisalId: string,
  { why, rectifyBy }: { readonly why: string; readonly rectifyBy: string },
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  try {
    await db.transaction(async (tx) => {
      const appraisal = await locked(tx, appraisalId);
      if (!appraisal) throw new OfficeRefused(refuseOffice('not-there'));
      const { result, projectId } = appraisal;
      if (appraisal.status !== 'closed' || !result)
        throw new OfficeRefused(refuseService('AP7', 'appraisal-not-closed'));
      const [project] = await tx.select().from(projects).where(eq(projects.id, projectId));
      const at = Date.now();
      await tx.update(appraisals).set({ status: 'announced', announcedAt: at }).where(eq(appraisals.id, appraisalId));
      if (result.verdict === 'too_few' || !project) return;
      const { issued, returned, valid, opinions, satisfied } = result;
      // [AP8]
      const { days, dayType } = await publicityOf(tx, project.communityId);
      const publicFrom = dayAfter(today(), 1);
      const shown: Recorded =
        days > 0 ? { publicFrom, publicUntil: lastDayOfPublicity(publicFrom, days, dayType) } : {};
      const figures = { issued, returned, valid, void: result.void, opinions, satisfied, ...shown };
      const failed = result.verdict === 'failed';
      const refused = await takeStep(
        tx,
        project.communityId,
        projectId,
        failed ? 'failAppraisal' : 'passAppraisal',
        { why, recorded: failed ? { ...figures, rectifyBy } : figures },
        byPersonId,
      );
      if (refused) throw new OfficeRefused(refused);
    });
    return null;
  } catch (error) {
    if (error instanceof OfficeRefused) return error.refusal;
    throw error;
  }
}

/** What earlier versions of the rows still hold on the pages of their files. Outside transactions. */
async function forgetOldPages(): Promise<void> {
  await db.execute(sql`vacuum (full) appraisal_forms`);
  await db.execute(sql`vacuum (full) appraisal_slips`);
  await db.execute(sql`vacuum (full) appraisal_entries`);
}

/** [AP4] The figures of the forms as they are now kept: whoever doubts the result compares. */
export async function recount(appraisal: Appraisal, store: Queryable = db) {
  const forms = await formsOf(store, appraisal.id);
  const issued = await slipsOut(store, appraisal.id);
  return countAppraisal(forms, { issued, items: appraisal.items.length, rules: appraisal.rules });
}

export interface Underway {
  readonly slips: readonly { readonly group: string; readonly issued: number; readonly used: number }[];
  readonly entriesOpen: number;
}

/** How far it has come: heads only, never an answer before the close. */
export async function progressOf(appraisalId: string, store: Queryable = db): Promise<Underway> {
  const slips = await store
    .select({
      group: appraisalSlips.group,
      issued: sql<number>`count(*)::int`,
      used: sql<number>`(count(*) filter (where ${appraisalSlips.status} = 'used'))::int`,
    })
    .from(appraisalSlips)
    .where(and(eq(appraisalSlips.appraisalId, appraisalId), ne(appraisalSlips.status, 'called_back')))
    .groupBy(appraisalSlips.group)
    .orderBy(asc(appraisalSlips.group));
  const [entries] = await store
    .select({ open: count() })
    .from(appraisalEntries)
    .where(eq(appraisalEntries.appraisalId, appraisalId));
  return { slips, entriesOpen: entries?.open ?? 0 };
}

/** A project for the desk: whose it is decides who may. */
export async function projectToAppraise(projectId: string) {
  const [row] = await db
    .select({
      projectId: projects.id,
      communityId: projects.communityId,
      code: projects.code,
      name: projects.name,
      status: projects.status,
    })
    .from(projects)
    .where(eq(projects.id, projectId));
  return row ?? null;
}

/** Projects that can be appraised now and those that were, with their latest appraisal. By code. */
export async function projectsToAppraise(communityId: string) {
  const rows = await db
    .select({ projectId: projects.id, code: projects.code, name: projects.name, completed: projects.status })
    .from(projects)
    .where(eq(projects.communityId, communityId))
    .orderBy(asc(projects.code));
  const rounds = await db
    .select({ projectId: appraisals.projectId, round: appraisals.round, status: appraisals.status })
    .from(appraisals)
    .innerJoin(projects, eq(projects.id, appraisals.projectId))
    .where(eq(projects.communityId, communityId))
    .orderBy(desc(appraisals.round));
  return rows.flatMap(({ completed, ...project }) => {
    const latest = rounds.find(({ projectId }) => projectId === project.projectId);
    return latest || completed === 'completed'
      ? [{ ...project, round: latest?.round ?? null, status: latest?.status ?? null }]
      : [];
  });
}

export const appraisalsOf = (projectId: string, store: Queryable = db): Promise<Appraisal[]> =>
  store.select().from(appraisals).where(eq(appraisals.projectId, projectId)).orderBy(desc(appraisals.round));

export async function readAppraisal(appraisalId: string, store: Queryable = db): Promise<Appraisal | null> {
  const [row] = await store.select().from(appraisals).where(eq(appraisals.id, appraisalId));
  return row ?? null;
}

async function locked(tx: Queryable, appraisalId: string): Promise<Appraisal | null> {
  const [row] = await tx.select().from(appraisals).where(eq(appraisals.id, appraisalId)).for('update');
  return row ?? null;
}

const formsOf = (store: Queryable, appraisalId: string) =>
  store
    .select({ group: appraisalForms.group, channel: appraisalForms.channel, form: appraisalForms.form })
    .from(appraisalForms)
    .where(eq(appraisalForms.appraisalId, appraisalId));

/** The figures a project's history records when the result is announced. */
export function figuresOf({ result }: Appraisal) {
  if (!result) return null;
  const { issued, returned, valid, opinions, satisfied } = result;
  return { issued, returned, valid, void: result.void, opinions, satisfied, percent: satisfactionPercent(result) };
}
