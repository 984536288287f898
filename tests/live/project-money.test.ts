// A project and its money never part: each step with what it means for the books, at two desks, interrupted in the middle, and at random.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { deskDeedsFrom, projectDeeds } from '#lib/domain/projects/transitions.ts';
import { isOfficeRefusal, orThrow } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { awards, projectHistory, projects } from '#lib/server/db/schema/index.ts';
import {
  awardsOfProject,
  bookAward,
  commitAward,
  fileOwnersDecisionOnAward,
  payTranche,
  recordCondition,
  recoverPaid,
} from '#lib/server/ledger/awards.ts';
import { checkBooks } from '#lib/server/ledger/books.ts';
import { readFund } from '#lib/server/ledger/funds.ts';
import { atDeskOfFunds } from '#lib/server/projects/money.ts';
import { fileOwnersDecision, reduceProject } from '#lib/server/projects/steps.ts';
import { anApprovedProject, usualPlan } from '#tests/support/approved-project.ts';
import { aFund } from '#tests/support/fund.ts';
import { randomFrom } from '#tests/support/random.ts';

const occasion = { at: 1_800_000_000_000, actorId: 'system' };
type Made = Awaited<ReturnType<typeof anApprovedProject>>;

const projectOf = async ({ projectId }: Made) => {
  const [row] = await db.select().from(projects).where(eq(projects.id, projectId));
  return row!;
};
const awardOf = async ({ projectId }: Made) => (await awardsOfProject(projectId))[0]!;
const standings = async (made: Made) =>
  (await awardOf(made)).tranches.map(({ amountFen, status }) => [amountFen, status]);
const trancheOf = async (made: Made, at: number) => (await awardOf(made)).tranches[at]!.trancheId;

/** Both ledgers of the truth at once: where the project is, and where its money is. */
async function agree(made: Made): Promise<void> {
  const { status, approvedFen } = await projectOf(made);
  const own = await awardsOfProject(made.projectId);
  const sum = (of: 'reservedFen' | 'committedFen' | 'frozenFen') => own.reduce((total, award) => total + award[of], 0);
  const [reservedFen, committedFen, frozenFen] = [sum('reservedFen'), sum('committedFen'), sum('frozenFen')];
  const tranches = own.flatMap((award) => award.tranches);
  const told = `${status}: reserved ${reservedFen}, waiting ${committedFen}, frozen ${frozenFen}`;
  if (status === 'approved' || status === 'publicised') {
    expect(reservedFen, told).toBe(approvedFen);
    expect(tranches, told).toEqual([]);
  } else {
    expect(reservedFen, told).toBe(0);
    if (status === 'rectifying') expect(committedFen, told).toBe(0);
    if (status === 'terminated' || status === 'not_approved') expect(committedFen + frozenFen, told).toBe(0);
    if (!['terminated', 'not_approved'].includes(status))
      expect(
        tranches.reduce((sum, { amountFen }) => sum + amountFen, 0),
        told,
      ).toBe(approvedFen);
  }
  expect(await checkBooks(db, made.fundId)).toMatchObject({ whole: true });
}

describe('a project with its money', () => {
  test('[J14] [J15] [J16] contracts 50/40/10, is paid by its own steps, and closes', async () => {
    const made = await anApprovedProject();
    expect(await awardOf(made)).toMatchObject({ reservedFen: 9_000_000, payee: '银龄互助社', basis: '第2次会议' });
    expect(await made.step('publicise')).toBeNull();
    expect(await made.step('contract')).toBeNull();
    expect(await standings(made)).toEqual([
      [4_500_000, 'due'],
      [3_600_000, 'waiting'],
      [900_000, 'waiting'],
    ]);
    expect((await awardOf(made)).tranches[0]?.evidence).toBe('YJL-2026-01 · 按程序办理');
    expect(await payTranche(await trancheOf(made, 0), occasion)).toBeNull();
    await made.step('start');
    expect(await payTranche(await trancheOf(made, 1), occasion)).toMatchObject({ reason: 'tranche-not-due' });
    await made.step('passMidterm');
    expect(await payTranche(await trancheOf(made, 1), occasion)).toBeNull();
    await made.step('complete');
    await db.update(projects).set({ status: 'resident_appraised' }).where(eq(projects.id, made.projectId));
    expect(await payTranche(await trancheOf(made, 2), occasion)).toMatchObject({ reason: 'tranche-not-due' });
    await made.step('close');
    expect(await payTranche(await trancheOf(made, 2), occasion)).toBeNull();
    expect(await standings(made)).toEqual([
      [4_500_000, 'paid'],
      [3_600_000, 'paid'],
      [900_000, 'paid'],
    ]);
    await agree(made);
  });

  test('[J15] a failed mid-term holds back what is unpaid, money comes back, what was put right goes on, and an end gives back the rest', async () => {
    const made = await anApprovedProject();
    for (const deed of ['publicise', 'contract', 'start'] as const) expect(await made.step(deed)).toBeNull();
    await payTranche(await trancheOf(made, 0), occasion);
    expect(await made.step('failMidterm')).toBeNull();
    expect((await standings(made)).map(([, status]) => status)).toEqual(['paid', 'frozen', 'frozen']);
    await agree(made);
    expect(await recoverPaid(await trancheOf(made, 0), 1_000_000, occasion)).toBeNull();
    expect(await made.step('putRight')).toBeNull();
    expect((await standings(made)).map(([, status]) => status)).toEqual(['paid', 'waiting', 'waiting']);
    expect(await made.step('terminate')).toBeNull();
    expect((await standings(made)).map(([, status]) => status)).toEqual(['paid', 'released', 'released']);
    expect(await readFund(made.fundId)).toMatchObject({
      poolFen: 40_000_000 - 3_500_000,
      envelopes: [{ usedFen: 3_500_000 }],
    });
    await agree(made);
  });

  test('[J14] another split is as good, and one that cannot be split moves nothing', async () => {
    const made = await anApprovedProject({ amountFen: 2 });
    await made.step('publicise');
    expect(await made.step('contract')).toMatchObject({ reason: 'plan-unfit' });
    expect(await made.step('contract', {}, { plan: [] })).toMatchObject({ reason: 'plan-unfit' });
    expect((await projectOf(made)).status).toBe('publicised');
    await agree(made);
    const halves = [1, 2].map((n) => ({ name: `第${n}期`, share: 1, condition: '' }));
    expect(await made.step('contract', {}, { plan: halves })).toBeNull();
    expect(await standings(made)).toEqual([
      [1, 'waiting'],
      [1, 'waiting'],
    ]);
  });

  test('[J15] approved by hand books its award or nothing, and taken back gives it back', async () => {
    const made = await anApprovedProject({ capFen: 9_000_000 });
    expect(await made.step('notApprove', { meeting: '更正' })).toBeNull();
    expect((await readFund(made.fundId))?.envelopes[0]).toMatchObject({ usedFen: 0 });
    await agree(made);
    const { envelopeId } = made;
    const over = { approvedFen: 9_000_001, meeting: '第3次会议' };
    expect(await made.step('approve', over, { envelopeId })).toMatchObject({ reason: 'over-envelope' });
    expect(await made.step('approve', over, {})).toMatchObject({ reason: 'project-no-envelope' });
    const elsewhere = (await aFund({ capsFen: [90_000_000] })).envelopeIds[0] ?? '';
    expect(await made.step('approve', over, { envelopeId: elsewhere })).toMatchObject({ rule: 'J14' });
    expect(await projectOf(made)).toMatchObject({ status: 'not_approved', approvedFen: null });
  });

  test('[J17] [M6] is reduced with consent at project and books at once, never raised, never after the contract', async () => {
    const made = await anApprovedProject();
    const reduce = (toFen: number, why = '承接单位同意核减宣传物资') =>
      reduceProject(made.communityId, made.projectId, { toFen, why }, made.personId);
    for (const unfit of [9_000_000, 9_600_000, 0, -1, 0.5])
      expect(await reduce(unfit)).toMatchObject({ rule: 'J17', reason: 'reduction-unfit' });
    expect(await reduce(8_400_000, ' ')).toMatchObject({ rule: 'J2' });
    expect(await reduce(8_400_000)).toBeNull();
    expect(await projectOf(made)).toMatchObject({ approvedFen: 8_400_000 });
    await agree(made);
    await made.step('publicise');
    await made.step('contract');
    expect(await reduce(8_000_000)).toMatchObject({ reason: 'project-deed-out-of-turn' });
    await agree(made);
  });
});

describe('the desk of funds', () => {
  test('[J17] [J16] leaves contract, reduction, release and freeing to the project, and does the rest', async () => {
    const made = await anApprovedProject();
    await made.step('publicise');
    const award = await awardOf(made);
    const nothing = () => Promise.reject(new Error('not to be done'));
    for (const deed of ['contract', 'reduce', 'release'] as const)
      expect(await atDeskOfFunds(award, deed, nothing)).toMatchObject({ rule: 'J17', reason: 'award-of-project' });
    await made.step('contract');
    const last = await trancheOf(made, 2);
    expect(await atDeskOfFunds(award, 'meet', nothing, last)).toMatchObject({ rule: 'J16' });
    expect(await atDeskOfFunds(award, 'pay', (tx) => payTranche(award.awardId, occasion, tx))).toMatchObject({
      reason: 'not-there',
    });
    await made.step('start');
    await made.step('failMidterm');
    expect(await atDeskOfFunds(award, 'unfreeze', nothing, last)).toMatchObject({ reason: 'project-being-put-right' });
  });

  test("[M7] contracts an award about common parts only when the owners' decision is on file", async () => {
    const { envelopeIds } = await aFund({ capsFen: [10_000_000] });
    const wanted = { envelopeId: envelopeIds[0] ?? '', title: '车棚', amountFen: 7_000_000 };
    const { awardId } = orThrow(await bookAward({ ...wanted, ownersMatter: 'touches_common_parts' }, occasion));
    expect(await commitAward(awardId, usualPlan, occasion)).toMatchObject({ rule: 'M7', reason: 'owners-undecided' });
    expect(await fileOwnersDecisionOnAward(awardId, ' ', occasion)).toMatchObject({ reason: 'name-missing' });
    expect(await fileOwnersDecisionOnAward(awardId, '业主大会2026年第1号决定：同意', occasion)).toBeNull();
    expect(await fileOwnersDecisionOnAward(awardId, '再来一次', occasion)).toMatchObject({ reason: 'not-there' });
    orThrow(await commitAward(awardId, plan2, occasion));
  });

  test("[M7] [J9] asks a project's own file, whichever of the two was graded", async () => {
    for (const graded of ['project', 'award'] as const) {
      const made = await anApprovedProject();
      await made.step('publicise');
      const matter = { ownersMatter: 'touches_common_parts' as const };
      if (graded === 'project') await db.update(projects).set(matter).where(eq(projects.id, made.projectId));
      else await db.update(awards).set(matter).where(eq(awards.projectId, made.projectId));
      const { awardId } = await awardOf(made);
      expect(await commitAward(awardId, usualPlan, occasion)).toMatchObject({ rule: 'M7' });
      expect(await made.step('contract')).toMatchObject({ rule: 'J9', reason: 'project-owners-undecided' });
      await agree(made);
      await fileOwnersDecision(made.communityId, made.projectId, '业主大会决定：同意', made.personId);
      expect(await made.step('contract')).toBeNull();
    }
  });
});
const plan2 = usualPlan.map(({ name, share, condition }) => ({ name, share, condition }));

describe('interrupted', () => {
  test('[J15] a process killed between signing and committing leaves project and books as they were, and nobody waiting', async () => {
    const made = await anApprovedProject();
    await made.step('publicise');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'tests/support/other-contractor.ts', made.communityId, made.projectId],
      { env: process.env, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const said = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
    expect(said).toBe('signed, not committed');
    const waiting = made.step('contract');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    // It waited for the killed one's locks, found nothing signed, and signed itself.
    expect(await waiting).toBeNull();
    const signed = await db.select().from(projectHistory).where(eq(projectHistory.projectId, made.projectId));
    expect(signed.filter(({ deed }) => deed === 'contract')).toHaveLength(1);
    await agree(made);
  });

  test('[J15] a failure anywhere in the books undoes the step', async () => {
    await db.execute(sql`create function test_breaks() returns trigger language plpgsql as
      $$ begin raise exception 'broken on purpose'; end $$`);
    const table = { tranches: 'contract', ledger_entries: 'contract', project_history: 'contract' } as const;
    for (const [name, deed] of Object.entries(table)) {
      const made = await anApprovedProject();
      await made.step('publicise');
      await db.execute(sql.raw(`create trigger test_breaks before insert on ${name} execute function test_breaks()`));
      try {
        await expect(made.step(deed)).rejects.toThrow();
      } finally {
        await db.execute(sql.raw(`drop trigger test_breaks on ${name}`));
      }
      expect((await projectOf(made)).status).toBe('publicised');
      await agree(made);
    }
    await db.execute(sql`drop function test_breaks()`);
  });

  test('[J15] ten sign at once: one contract', async () => {
    const made = await anApprovedProject();
    await made.step('publicise');
    const answers = await Promise.all(Array.from({ length: 10 }, () => made.step('contract')));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    await agree(made);
  });
});

const approval = { approvedFen: 9_000_000, meeting: '会议' };

test.each([1, 2, 3])(
  '[J15] whatever is tried in whatever order, project and books agree (history %i)',
  async (seed) => {
    const made = await anApprovedProject();
    const { envelopeId, projectId } = made;
    const { below, pick } = randomFrom(seed);
    const trancheDeeds = [payTranche, (id: string) => recordCondition(id, '凭证', occasion)] as const;
    for (let turn = 0; turn < 30; turn += 1) {
      const tranches = (await awardsOfProject(projectId)).flatMap((award) => award.tranches);
      const tranche = tranches.length > 0 ? pick(tranches) : undefined;
      if (tranche && below(3) === 0) await pick(trancheDeeds)(tranche.trancheId, occasion);
      else if (tranche && below(8) === 0) await recoverPaid(tranche.trancheId, 1 + below(tranche.amountFen), occasion);
      else {
        const turns = deskDeedsFrom((await projectOf(made)).status).filter(
          (deed) => deed !== 'terminate' || below(4) === 0,
        );
        const deed = pick(below(5) === 0 || turns.length === 0 ? projectDeeds : turns);
        const recorded = deed === 'approve' || deed === 'notApprove' ? approval : {};
        const answer = await made.step(deed, recorded, { envelopeId });
        expect(answer === null || isOfficeRefusal(answer)).toBe(true);
      }
      await agree(made);
    }
  },
);
