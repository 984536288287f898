// The residents' appraisal in the office, on a real PostgreSQL: slips, phones, paper typed twice, the close, the demo's figures.
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { countAppraisal } from '#lib/domain/appraisal/count.ts';
import type { AppraisalAnswer } from '#lib/domain/appraisal/form.ts';
import { newId } from '#lib/protocol/ids.ts';
import { digestOf } from '#lib/server/auth/secrets.ts';
import { client, db } from '#lib/server/db/client.ts';
import { appraisalForms, appraisalSlips, objections, projects } from '#lib/server/db/schema/index.ts';
import { bookAward, commitAward, payTranche, readAward, recordCondition } from '#lib/server/ledger/awards.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { answerObjection, raiseObjection } from '#lib/server/objections.ts';
import { organisationsOf } from '#lib/server/projects/organisations.ts';
import { stepProject } from '#lib/server/projects/steps.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { today } from '#lib/server/today.ts';
import { aFund } from '#tests/support/fund.ts';
import { plainRules } from '#tests/support/session.ts';
import { aCommunity, aPerson } from '#tests/support/world.ts';
import {
  announceAppraisal,
  closeAppraisal,
  draftAppraisal,
  figuresOf,
  openAppraisal,
  progressOf,
  projectToAppraise,
  readAppraisal,
  recount,
  withdrawDraft,
} from './appraisals.ts';
import { answerBySlip, enterPaperForm, formForSlip, takeEntryBack } from './forms.ts';
import { callBackSlips, issueAppraisalSlips } from './slips.ts';

const rules = { passRatio: { numerator: 4, denominator: 5 }, minValid: 30 };
const items = ['工作态度', '服务内容', '服务方法', '实际效果', '资金使用'];
let communityId: string;
let teller: string;
let monitor: string;
let projectId: string;

beforeAll(async () => {
  ({ communityId } = await aCommunity());
  teller = (await aPerson({ communityId })).personId;
  monitor = (await aPerson({ communityId })).personId;
});
beforeEach(async () => {
  projectId = newId();
  await db.insert(projects).values({
    id: projectId,
    communityId,
    code: projectId,
    name: '银龄守护',
    status: 'completed',
    createdAt: Date.now(),
  });
});

async function drafted(groups = ['受益老人', '随机居民']): Promise<string> {
  const made = await draftAppraisal(projectId, { rules, groups, items }, teller);
  if ('refused' in made) throw new Error(made.reason);
  return made.appraisalId;
}

async function slips(appraisalId: string, howMany: number, group = '受益老人'): Promise<string[]> {
  const printed = await issueAppraisalSlips(appraisalId, group, howMany);
  if ('refused' in printed) throw new Error(printed.reason);
  return printed.map(({ code }) => code);
}

async function opened(howMany: number): Promise<{ appraisalId: string; codes: string[] }> {
  const appraisalId = await drafted();
  const codes = await slips(appraisalId, howMany);
  expect(await openAppraisal(appraisalId)).toBeNull();
  return { appraisalId, codes };
}

const form = (answer: AppraisalAnswer) => ({ answer, marks: [5, 4, 5, 4, null], comment: '' });
async function onPaper(appraisalId: string, code: string, value: unknown): Promise<void> {
  expect(await enterPaperForm(appraisalId, code, value, teller)).toBe('first');
  expect(await enterPaperForm(appraisalId, code, value, monitor)).toBe('counted');
}

describe('the figures of the demo', () => {
  it.each([
    ['P1', 120, { satisfied: 58, fairly_satisfied: 26, dissatisfied: 9, unknown: 3 }, 72, 2, 90.3, 'passed'],
    ['P7', 50, { satisfied: 17, fairly_satisfied: 13, dissatisfied: 10, unknown: 1 }, 25, 1, 75, 'failed'],
  ] as const)(
    '[AP4] %s: phones and paper come to one count',
    async (_id, issued, answers, phones, spoiled, percent, verdict) => {
      const { appraisalId, codes } = await opened(issued);
      const forms = Object.entries(answers).flatMap(([answer, times]) =>
        Array.from({ length: times }, () => answer as AppraisalAnswer),
      );
      for (const [at, answer] of forms.entries()) {
        const code = codes[at] ?? '';
        if (at < phones) expect(await answerBySlip(code, form(answer))).toBeNull();
        else await onPaper(appraisalId, code, form(answer));
      }
      for (let at = 0; at < spoiled; at += 1)
        await onPaper(appraisalId, codes[forms.length + at] ?? '', { void: 'several_answers' });
      expect(await closeAppraisal(appraisalId)).toBeNull();

      const appraisal = await readAppraisal(appraisalId);
      expect(appraisal && figuresOf(appraisal)).toMatchObject({
        issued,
        returned: forms.length + spoiled,
        valid: forms.length,
        void: spoiled,
        percent,
      });
      expect(appraisal?.result).toMatchObject({
        verdict,
        byAnswer: answers,
        byChannel: { phone: phones, paper: forms.length - phones },
        voidBy: { several_answers: spoiled },
      });
      expect(appraisal && (await recount(appraisal))).toEqual(appraisal?.result);
    },
  );
});

describe('a slip', () => {
  it('[AP1] is good for one form, whoever asks at once', async () => {
    const { codes } = await opened(1);
    const code = codes[0] ?? '';
    expect(await formForSlip(code)).toMatchObject({ projectName: '银龄守护', group: '受益老人', items });
    const answers = await Promise.all(Array.from({ length: 8 }, () => answerBySlip(code, form('satisfied'))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer?.reason === 'appraisal-slip-used')).toHaveLength(7);
    expect(await formForSlip(code)).toMatchObject({ reason: 'appraisal-slip-used' });
  });
  it('[AP1] is read as people type it, and only while it is out', async () => {
    const { appraisalId, codes } = await opened(2);
    const [one = '', two = ''] = codes;
    expect(await formForSlip(` ${one.slice(0, 4).toLowerCase()} - ${one.slice(4)}`)).toMatchObject({ appraisalId });
    expect(await formForSlip('ABCDEFGH')).toMatchObject({ rule: 'AP1', reason: 'appraisal-slip-unknown' });
    expect(await answerBySlip(two, form('unknown'))).toBeNull();
    expect(await callBackSlips(appraisalId, '受益老人')).toBe(1);
    expect(await answerBySlip(one, form('unknown'))).toMatchObject({ reason: 'appraisal-slip-unknown' });
    expect((await progressOf(appraisalId)).slips).toEqual([{ group: '受益老人', issued: 1, used: 1 }]);
  });
  it('[AP2] is not used up by a form that does not count', async () => {
    const { codes } = await opened(1);
    const code = codes[0] ?? '';
    expect(await answerBySlip(code, { void: 'no_answer' })).toMatchObject({ rule: 'AP2' });
    expect(await answerBySlip(code, { answer: 'satisfied', marks: [9] })).toMatchObject({
      reason: 'appraisal-mark-unfit',
    });
    expect(await answerBySlip(code, form('satisfied'))).toBeNull();
  });
});

describe('paper', () => {
  it('[AP3] counts when two people typed alike, and says where they differ', async () => {
    const { appraisalId, codes } = await opened(1);
    const code = codes[0] ?? '';
    expect(await enterPaperForm(appraisalId, code, form('satisfied'), teller)).toBe('first');
    expect(await enterPaperForm(appraisalId, code, form('satisfied'), teller)).toMatchObject({
      reason: 'appraisal-second-person',
    });
    expect(await enterPaperForm(appraisalId, code, form('unknown'), monitor)).toMatchObject({
      reason: 'appraisal-entries-differ',
      params: { n: 1, fields: 'answer' },
    });
    expect(await answerBySlip(code, form('satisfied'))).toMatchObject({ reason: 'appraisal-slip-used' });
    expect(await closeAppraisal(appraisalId)).toMatchObject({ reason: 'appraisal-entries-open', params: { open: 1 } });
    expect(await takeEntryBack(appraisalId, code)).toBeNull();
    await onPaper(appraisalId, code, form('unknown'));
    expect(await enterPaperForm(appraisalId, code, form('unknown'), teller)).toMatchObject({
      reason: 'appraisal-slip-used',
    });
  });
  it('[AP3] typed by both at the same moment counts once', async () => {
    const { appraisalId, codes } = await opened(1);
    const code = codes[0] ?? '';
    const outcomes = await Promise.all(
      [teller, monitor].map((person) => enterPaperForm(appraisalId, code, form('satisfied'), person)),
    );
    expect(outcomes.sort()).toEqual(['counted', 'first']);
    expect(await db.select().from(appraisalForms).where(eq(appraisalForms.appraisalId, appraisalId))).toHaveLength(1);
  });
  it('[AP1] of another appraisal is not taken', async () => {
    const { codes } = await opened(1);
    expect(await enterPaperForm(newId(), codes[0] ?? '', form('satisfied'), teller)).toMatchObject({
      reason: 'appraisal-slip-unknown',
    });
  });
});

describe('the close', () => {
  it('[AP7] takes what was accepted before it and nothing after', async () => {
    const { appraisalId, codes } = await opened(40);
    const sent = codes.map((code, at) =>
      (at === 20 ? closeAppraisal(appraisalId) : answerBySlip(code, form('satisfied'))).then((answer) => answer),
    );
    const accepted = (await Promise.all(sent)).filter((answer, at) => at !== 20 && answer === null).length;
    const appraisal = await readAppraisal(appraisalId);
    expect(appraisal?.status).toBe('closed');
    expect(appraisal?.result?.returned).toBe(accepted);
    expect(await answerBySlip(codes[20] ?? '', form('satisfied'))).toMatchObject({ reason: 'appraisal-not-open' });
  });
  it('[AP7] leaves nothing that leads from a slip to its form', async () => {
    const { appraisalId, codes } = await opened(12);
    for (const [at, code] of codes.entries())
      expect(await answerBySlip(code, form(at === 3 ? 'dissatisfied' : 'satisfied'))).toBeNull();
    const before = await db.select().from(appraisalForms).where(eq(appraisalForms.appraisalId, appraisalId));
    expect(await closeAppraisal(appraisalId)).toBeNull();
    const after = await db.select().from(appraisalForms).where(eq(appraisalForms.appraisalId, appraisalId));
    expect(after.map(({ id }) => id).filter((id) => before.some((form) => form.id === id))).toEqual([]);
    const ages = await client<{ age: string }[]>`
      select distinct xmin::text as age from appraisal_slips where appraisal_id = ${appraisalId}
      union select distinct xmin::text from appraisal_forms where appraisal_id = ${appraisalId}`;
    expect(ages).toHaveLength(1);
    const kept = JSON.stringify(
      await db.select().from(appraisalSlips).where(eq(appraisalSlips.appraisalId, appraisalId)),
    );
    expect(kept).toContain(digestOf(codes[3] ?? ''));
    expect(kept).not.toMatch(/satisfied/);
  });
});

describe('the announcement', () => {
  it.each([
    [{ satisfied: 24, dissatisfied: 6 }, 'resident_appraised'],
    [{ satisfied: 23, dissatisfied: 7 }, 'rectifying'],
    [{ satisfied: 10 }, 'completed'],
  ] as const)('[AP4] %o leads the project to %s', async (answers, status) => {
    const { appraisalId, codes } = await opened(30);
    const forms = Object.entries(answers).flatMap(([answer, times]) =>
      Array<AppraisalAnswer>(times).fill(answer as AppraisalAnswer),
    );
    for (const [at, answer] of forms.entries()) await answerBySlip(codes[at] ?? '', form(answer));
    const said = { why: '居民评估', rectifyBy: '2099-01-15' };
    expect(await announceAppraisal(appraisalId, said, teller)).toMatchObject({ reason: 'appraisal-not-closed' });
    expect(await closeAppraisal(appraisalId)).toBeNull();
    if (status === 'rectifying') {
      // Refused half way, nothing is announced.
      expect(await announceAppraisal(appraisalId, { ...said, rectifyBy: '' }, teller)).toMatchObject({ rule: 'J2' });
      expect((await readAppraisal(appraisalId))?.status).toBe('closed');
    }
    expect(await announceAppraisal(appraisalId, said, teller)).toBeNull();
    expect(await announceAppraisal(appraisalId, said, teller)).toMatchObject({ reason: 'appraisal-not-closed' });
    expect(await projectToAppraise(projectId)).toMatchObject({ status });
    expect((await readAppraisal(appraisalId))?.status).toBe('announced');
  });
  it('[B8] below the line, the last tranche is held back: P7 of the demo', async () => {
    const { envelopeIds } = await aFund({ capsFen: [8_800_000], communityId });
    const occasion = { at: Date.now(), actorId: 'system' };
    const booked = orThrow(
      await bookAward({ envelopeId: envelopeIds[0] ?? '', title: 'P7', amountFen: 2_800_000, projectId }, occasion),
    );
    const plan = [50, 40, 10].map((share, at) => ({ name: `第${at + 1}笔`, share, condition: '' }));
    const committed = orThrow(await commitAward(booked.awardId, plan, occasion));
    for (const trancheId of committed.trancheIds.slice(0, 2)) {
      expect(await recordCondition(trancheId, '已核对', occasion)).toBeNull();
      expect(await payTranche(trancheId, occasion)).toBeNull();
    }
    const { appraisalId, codes } = await opened(41);
    for (const [at, code] of codes.entries())
      await answerBySlip(code, form(at < 30 ? 'satisfied' : at < 40 ? 'dissatisfied' : 'unknown'));
    await closeAppraisal(appraisalId);
    expect(await announceAppraisal(appraisalId, { why: '整改', rectifyBy: '2099-01-15' }, teller)).toBeNull();
    const award = await readAward(booked.awardId);
    expect(award?.tranches.map(({ amountFen, status }) => [amountFen, status])).toEqual([
      [1_400_000, 'paid'],
      [1_120_000, 'paid'],
      [280_000, 'frozen'],
    ]);
  });
});

describe('what follows', () => {
  it('[AP8] is public for the days of the rules, may be objected to, closes only after, and stands in the record', async () => {
    const home = (await aCommunity()).communityId;
    orThrow(await addRulePack(home, plainRules));
    await db
      .update(projects)
      .set({ communityId: home, organisationName: '银龄互助社' })
      .where(eq(projects.id, projectId));
    const { appraisalId, codes } = await opened(30);
    for (const code of codes) await answerBySlip(code, form('satisfied'));
    await closeAppraisal(appraisalId);
    expect(await announceAppraisal(appraisalId, { why: '达标', rectifyBy: '' }, teller)).toBeNull();
    const [shown] = await db.select().from(projects).where(eq(projects.id, projectId));
    expect(shown).toMatchObject({ publicFrom: dayAfter(today(), 1), publicUntil: dayAfter(today(), 5) });
    const close = () => stepProject(home, projectId, 'close', { why: '达标', recorded: { closedOn: today() } }, teller);
    expect(await close()).toMatchObject({ rule: 'AP8', reason: 'project-in-publicity' });
    const resident = { kind: 'guest', guestId: newId() } as unknown as Actor;
    const sent = () => ({ sentId: newId(), name: '孙大妈', contact: '10000000033', text: '没有收到评估票' });
    expect(await raiseObjection(home, { projectId }, sent(), resident)).toMatchObject({ reason: 'objection-closed' });
    await db.update(projects).set({ publicFrom: today() }).where(eq(projects.id, projectId));
    expect(await raiseObjection(home, { projectId }, sent(), resident)).toHaveProperty('lookup');
    await db
      .update(projects)
      .set({ publicUntil: dayAfter(today(), -1) })
      .where(eq(projects.id, projectId));
    expect(await close()).toMatchObject({ rule: 'AP8', reason: 'project-objections-open' });
    const [objection] = await db.select().from(objections).where(eq(objections.projectId, projectId));
    const answer = { answer: 'not_adopted', reason: '名单按受益居民和随机抽取确定' };
    expect(await answerObjection(home, objection?.id ?? '', answer, teller)).toBeNull();
    expect(await close()).toBeNull();
    expect(await organisationsOf(home)).toMatchObject([
      {
        name: '银龄互助社',
        projects: [{ status: 'closed', satisfaction: [100], putRight: 0, midterm: null, paidFen: 0 }],
      },
    ]);
  });
});

describe('the order of things', () => {
  it('[AP4] asks for usable terms and a completed project', async () => {
    const terms = { rules, groups: ['甲'], items };
    for (const unfit of [
      { ...terms, groups: [' '] },
      { ...terms, groups: ['甲', '甲'] },
      { ...terms, items: ['长'.repeat(31)] },
      { ...terms, rules: { ...rules, minValid: 0 } },
      { ...terms, rules: { ...rules, passRatio: { numerator: 6, denominator: 5 } } },
    ])
      expect(await draftAppraisal(projectId, unfit, teller)).toMatchObject({ reason: 'appraisal-terms-unfit' });
    await db.update(projects).set({ status: 'in_progress' }).where(eq(projects.id, projectId));
    expect(await draftAppraisal(projectId, terms, teller)).toMatchObject({ reason: 'project-deed-out-of-turn' });
  });
  it('[AP7] has one appraisal of a project at a time', async () => {
    const appraisalId = await drafted();
    expect(await draftAppraisal(projectId, { rules, groups: ['甲'], items }, teller)).toMatchObject({
      reason: 'appraisal-underway',
    });
    expect(await openAppraisal(appraisalId)).toMatchObject({ reason: 'appraisal-no-slips' });
    expect(await withdrawDraft(appraisalId)).toBeNull();
    const again = await drafted();
    await slips(again, 1);
    expect(await openAppraisal(again)).toBeNull();
    expect(await withdrawDraft(again)).toMatchObject({ reason: 'appraisal-not-drafted' });
  });
  it.each([0, 1.5, 2_001])('[AP1] issues no %d slips', async (howMany) => {
    expect(await issueAppraisalSlips(await drafted(), '受益老人', howMany)).toMatchObject({ reason: 'number-unfit' });
  });
  it('[AP5] nothing was counted for nobody', () => {
    const none = countAppraisal([], { issued: 3, items: 0, rules });
    expect(none).toMatchObject({ returned: 0, verdict: 'too_few', groups: [] });
  });
});
