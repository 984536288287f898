// A project the council has approved, with its award in the books of a fund of its own: for tests of what comes after the decision. The review is
// skipped in the rows; everything later goes through the office.
import { eq } from 'drizzle-orm';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import type { OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import type { ProjectDeed, Recorded } from '#lib/domain/projects/transitions.ts';
import { orThrow, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';
import type { MoneyTerms } from '#lib/server/projects/money.ts';
import { foundProject } from '#lib/server/projects/projects.ts';
import { stepProject } from '#lib/server/projects/steps.ts';
import { today } from '#lib/server/today.ts';
import { aFund } from './fund.ts';
import { aPerson } from './world.ts';

export const usualPlan = [
  { name: '首款', share: 50, condition: '签约后', dueAfter: 'contract' },
  { name: '中期款', share: 40, condition: '中期评估合格', dueAfter: 'passMidterm' },
  { name: '尾款', share: 10, condition: '居民评估达标并结项', dueAfter: 'close' },
] as const;

/** What each step records, so that a test names only the step. */
export const usualRecords: Partial<Record<ProjectDeed, Recorded>> = {
  publicise: { publicFrom: dayAfter(today(), -9), publicUntil: dayAfter(today(), -1), channel: '居务公开栏' },
  contract: { contractNumber: 'YJL-2026-01', signedOn: today(), signedBy: '居委会、承接组织' },
  start: { startedOn: today() },
  passMidterm: { score: 86, reviewedOn: today() },
  failMidterm: { score: 55, reviewedOn: today(), rectifyBy: dayAfter(today(), 15) },
  putRight: { putRightOn: today() },
  complete: { completedOn: today(), result: '全部完成' },
  close: { closedOn: today() },
};

export async function anApprovedProject({
  amountFen = 9_000_000,
  ownersMatter = 'none' as OwnersMatter,
  capFen = 12_500_000,
} = {}) {
  const fund = await aFund({ capsFen: [capFen] });
  const { communityId, fundId } = fund;
  const envelopeId = fund.envelopeIds[0] ?? '';
  const { personId } = await aPerson({ communityId, staffRoles: ['secretary'] });
  const founded = await foundProject(
    communityId,
    {
      name: '银龄守护',
      organisationName: '银龄互助社',
      applicantContact: null,
      ownersMatter,
      listing: null,
      beneficiaries: 61,
      needIds: [],
      why: '居民需求集中',
    },
    personId,
  );
  const { projectId } = orThrow(founded);
  await db
    .update(projects)
    .set({ status: 'reviewed', askedFen: amountFen + 600_000 })
    .where(eq(projects.id, projectId));
  const step = (deed: ProjectDeed, recorded: Recorded = {}, terms: MoneyTerms = {}): Promise<OfficeRefusal | null> =>
    stepProject(
      communityId,
      projectId,
      deed,
      { why: '按程序办理', recorded: { ...usualRecords[deed], ...recorded } },
      personId,
      deed === 'contract' ? { plan: usualPlan, ...terms } : terms,
    );
  orThrow(await step('approve', { approvedFen: amountFen, meeting: '第2次会议' }, { envelopeId }));
  return { communityId, fundId, envelopeId, projectId, personId, step };
}
