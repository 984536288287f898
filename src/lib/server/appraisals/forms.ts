// Taking in the forms of an appraisal: by the bearer of a slip on a phone, or typed from paper by two people. Any number of processes at once:
// a slip is used up by the very statement that finds it unused, under the appraisal's shared lock, which closing takes exclusively.
import { and, eq } from 'drizzle-orm';
import { differences, isVoid, parseForm } from '#lib/domain/appraisal/form.ts';
import { isServiceRefusal, refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { appraisalEntries, appraisalForms, appraisals, appraisalSlips } from '#lib/server/db/schema/index.ts';
import { codeHashOf } from '#lib/server/slips/slip.ts';
import { appraisalSlipTyped } from './slips.ts';

type Refused = ServiceRefusal | OfficeRefusal;

export interface FormToFill {
  readonly appraisalId: string;
  readonly projectName: string;
  readonly group: string;
  readonly items: readonly string[];
}

/** [AP1] What the bearer of this code may fill in. Reading uses nothing up. */
export async function formForSlip(typed: string, store: Queryable = db): Promise<FormToFill | ServiceRefusal> {
  const found = await appraisalSlipTyped(store, typed);
  if (isServiceRefusal(found)) return found;
  const { appraisal, slip, project } = found;
  if (slip.status === 'used') return refuseService('AP1', 'appraisal-slip-used');
  if (appraisal.status !== 'open') return refuseService('AP7', 'appraisal-not-open');
  return { appraisalId: appraisal.id, projectName: project.name, group: slip.group, items: appraisal.items };
}

/** [AP1] One form for one slip, from a phone. A form from a phone is never void. */
export async function answerBySlip(typed: string, value: unknown): Promise<Refused | null> {
  return db.transaction(async (tx) => {
    const open = await openSlip(tx, typed);
    if (isServiceRefusal(open)) return open;
    const form = parseForm(value, open.items.length);
    if (isServiceRefusal(form)) return form;
    if (isVoid(form)) return refuseService('AP2', 'appraisal-answer-missing');
    // A paper form with this slip lies on the desk already.
    const [onPaper] = await tx.select().from(appraisalEntries).where(eq(appraisalEntries.codeHash, open.codeHash));
    return !onPaper && (await useUp(tx, open.codeHash)) ? store(tx, open, 'phone', form) : used();
  });
}

/** [AP3] `first`: kept until another person types it too. `counted`: both typed alike. */
export async function enterPaperForm(
  appraisalId: string,
  typed: string,
  value: unknown,
  byPersonId: string,
): Promise<'first' | 'counted' | Refused> {
  return db.transaction(async (tx) => {
    const open = await openSlip(tx, typed);
    if (isServiceRefusal(open)) return open;
    if (open.appraisalId !== appraisalId) return refuseService('AP1', 'appraisal-slip-unknown');
    const form = parseForm(value, open.items.length);
    if (isServiceRefusal(form)) return form;
    const { codeHash } = open;
    // One of two who type the same form at the same moment is first, the other is second.
    const [mine] = await tx
      .insert(appraisalEntries)
      .values({ appraisalId, codeHash, form, enteredBy: byPersonId })
      .onConflictDoNothing()
      .returning({ codeHash: appraisalEntries.codeHash });
    if (mine) return 'first';
    const [earlier] = await tx
      .select()
      .from(appraisalEntries)
      .where(eq(appraisalEntries.codeHash, codeHash))
      .for('update');
    if (!earlier) return used();
    if (earlier.enteredBy === byPersonId) return refuseService('AP3', 'appraisal-second-person');
    const differs = differences(earlier.form, form);
    if (differs.length > 0)
      return refuseService('AP3', 'appraisal-entries-differ', { n: differs.length, fields: differs.join(' ') });
    await tx.delete(appraisalEntries).where(eq(appraisalEntries.codeHash, codeHash));
    if (!(await useUp(tx, codeHash))) return used();
    await store(tx, open, 'paper', form);
    return 'counted';
  });
}

/** [AP3] Takes a first entry back, so that both type the form again. */
export async function takeEntryBack(appraisalId: string, typed: string): Promise<Refused | null> {
  const codeHash = codeHashOf(typed);
  const gone =
    codeHash === null
      ? []
      : await db
          .delete(appraisalEntries)
          .where(and(eq(appraisalEntries.codeHash, codeHash), eq(appraisalEntries.appraisalId, appraisalId)))
          .returning({ codeHash: appraisalEntries.codeHash });
  return gone.length === 1 ? null : refuseService('AP1', 'appraisal-slip-unknown');
}

const used = (): ServiceRefusal => refuseService('AP1', 'appraisal-slip-used');

/** The slip and its open appraisal, whose row is held against a close until the transaction ends. */
async function openSlip(tx: Queryable, typed: string) {
  const found = await appraisalSlipTyped(tx, typed);
  if (isServiceRefusal(found)) return found;
  const { codeHash, group, status, appraisalId } = found.slip;
  const [appraisal] = await tx.select().from(appraisals).where(eq(appraisals.id, appraisalId)).for('share');
  if (appraisal?.status !== 'open') return refuseService('AP7', 'appraisal-not-open');
  if (status === 'used') return used();
  return { appraisalId, codeHash, group, items: appraisal.items };
}

async function useUp(tx: Queryable, codeHash: string): Promise<boolean> {
  const rows = await tx
    .update(appraisalSlips)
    .set({ status: 'used' })
    .where(and(eq(appraisalSlips.codeHash, codeHash), eq(appraisalSlips.status, 'issued')))
    .returning({ codeHash: appraisalSlips.codeHash });
  return rows.length === 1;
}

async function store(
  tx: Queryable,
  { appraisalId, group }: { readonly appraisalId: string; readonly group: string },
  channel: 'phone' | 'paper',
  form: typeof appraisalForms.$inferInsert.form,
): Promise<null> {
  await tx.insert(appraisalForms).values({ id: newId(), appraisalId, group, channel, form });
  return null;
}
