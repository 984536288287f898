// The slips of an appraisal: good for one form each, whoever holds them, opened at /a/<code>. Nobody knows who holds one, nor when it was used. Rule [AP1].
import { and, count, eq, ne, sql } from 'drizzle-orm';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { appraisals, appraisalSlips, projects } from '#lib/server/db/schema/index.ts';
import { newSlips, slipTyped } from '#lib/server/slips/slip.ts';

const mostSlips = 2_000;

export interface PrintedSlip {
  readonly group: string;
  /** Print it now; it cannot be read back. */
  readonly code: string;
}

/** [AP1] New slips for a group, in a random order. */
export async function issueAppraisalSlips(
  appraisalId: string,
  group: string,
  howMany: number,
): Promise<PrintedSlip[] | OfficeRefusal> {
  return db.transaction(async (tx) => {
    const [appraisal] = await tx.select().from(appraisals).where(eq(appraisals.id, appraisalId)).for('update');
    if (!appraisal) return refuseOffice('not-there');
    if (appraisal.status !== 'drafted' && appraisal.status !== 'open')
      return refuseService('AP7', 'appraisal-not-open');
    const [already] = await tx
      .select({ slips: count() })
      .from(appraisalSlips)
      .where(eq(appraisalSlips.appraisalId, appraisalId));
    const left = mostSlips - (already?.slips ?? 0);
    if (!appraisal.groups.includes(group) || !Number.isSafeInteger(howMany) || howMany < 1 || howMany > left)
      return refuseOffice('number-unfit', { least: 1, most: left });
    const printed = newSlips(howMany);
    await tx
      .insert(appraisalSlips)
      .values(printed.map(({ codeHash }) => ({ codeHash, appraisalId, group, status: 'issued' as const })));
    return printed.map(({ code }) => ({ group, code }));
  });
}

/** [AP1] A group's slips that were not used are void. Returns how many; twice changes nothing. */
export async function callBackSlips(appraisalId: string, group: string): Promise<number> {
  const rows = await db
    .update(appraisalSlips)
    .set({ status: 'called_back' })
    .where(
      and(
        eq(appraisalSlips.appraisalId, appraisalId),
        eq(appraisalSlips.group, group),
        eq(appraisalSlips.status, 'issued'),
        sql`exists (select 1 from appraisals where appraisals.id = ${appraisalId} and appraisals.status in ('drafted', 'open'))`,
      ),
    )
    .returning({ group: appraisalSlips.group });
  return rows.length;
}

/** How many slips are good or used. */
export async function slipsOut(store: Queryable, appraisalId: string): Promise<number> {
  const [row] = await store
    .select({ slips: count() })
    .from(appraisalSlips)
    .where(and(eq(appraisalSlips.appraisalId, appraisalId), ne(appraisalSlips.status, 'called_back')));
  return row?.slips ?? 0;
}

/** The slip of a typed code with its appraisal and the project's name. */
export const appraisalSlipTyped = (store: Queryable, typed: string) =>
  slipTyped(typed, {
    find: (codeHash) =>
      store
        .select({ slip: appraisalSlips, appraisal: appraisals, project: { name: projects.name } })
        .from(appraisalSlips)
        .innerJoin(appraisals, eq(appraisals.id, appraisalSlips.appraisalId))
        .innerJoin(projects, eq(projects.id, appraisals.projectId))
        .where(eq(appraisalSlips.codeHash, codeHash)),
    isVoid: ({ slip }) => slip.status === 'called_back',
    refuse: (): ServiceRefusal => refuseService('AP1', 'appraisal-slip-unknown'),
  });
