// Projects in the office, on a real PostgreSQL: the plan written together and submitted, judged, decided by a meeting, publicised, contracted;
// and who may read what on the way.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { documentsDoor } from '#server/documents/documents-door.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { askedChecks } from '#lib/domain/projects/checks.ts';
import type { ProjectDeed, Recorded } from '#lib/domain/projects/transitions.ts';
import { closeCode } from '#lib/protocol/documents.ts';
import { newId } from '#lib/protocol/ids.ts';
import { addRow, needText, readPlan, setRowValue } from '#lib/protocol/plan-document.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { db } from '#lib/server/db/client.ts';
import { planVersions, projectHistory, projects } from '#lib/server/db/schema/index.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { accessTo } from '#lib/server/documents/access.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { DocumentStore } from '#lib/server/documents/store.ts';
import { client } from '#lib/server/db/client.ts';
import { awardsOfProject, bookAward } from '#lib/server/ledger/awards.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { today } from '#lib/server/today.ts';
import * as Y from 'yjs';
import { aGuest, aPerson, enteredBySlip, signedIn, theDemo } from '#tests/support/world.ts';
import { answerObjection, objectionByLookup, raiseObjection } from '#lib/server/objections.ts';
import { draftedPlan, planDocument, submitPlan, versionsOf } from '#lib/server/projects/plans.ts';
import {
  answerCheck,
  foundProject,
  giveMark,
  setWriter,
  tieSeat,
  updateProject,
} from '#lib/server/projects/projects.ts';
import { fileOwnersDecision, stepProject } from '#lib/server/projects/steps.ts';
import { projectAtDesk, publicProject, publicProjectsOf } from '#lib/server/projects/views.ts';

let ids: DemoIds;
let secretary: string;
let projectId: string;
const plan = [{ name: '首款', share: 1, condition: '', dueAfter: 'contract' as const }];
const asked = {
  name: '楼道灯维修',
  organisationName: '楼道美化志愿服务队',
  applicantContact: '10000000020',
  ownersMatter: 'none',
  listing: 'off_list',
  beneficiaries: 120,
} as const;

beforeAll(async () => {
  ids = await theDemo();
  secretary = ids.people.M03 ?? '';
});
beforeEach(async () => {
  const founded = await foundProject(
    ids.communityId,
    { ...asked, needIds: [ids.needs.N09 ?? ''], why: '居民反映集中' },
    secretary,
  );
  if ('refused' in founded) throw new Error(founded.reason);
  ({ projectId } = founded);
});

const step = (deed: ProjectDeed, recorded: Recorded = {}, id = projectId) => {
  const terms = deed === 'contract' ? { plan } : { envelopeId: ids.envelopes.E3 ?? '' };
  return stepProject(ids.communityId, id, deed, { why: '按程序办理', recorded }, secretary, terms);
};

/** What several people would type, stored as one accepted change. */
async function write(change: (doc: Y.Doc) => void): Promise<void> {
  const documentId = await planDocument(projectId);
  const store = new DocumentStore(client);
  const { doc, head } = (await store.load(documentId))!;
  const before = Y.encodeStateVector(doc);
  change(doc);
  const bytes = Y.encodeStateAsUpdate(doc, before);
  await store.append(documentId, head.seq, () => [
    { bytes, personId: secretary, clientId: doc.clientID, claims: [doc.clientID] },
  ]);
  doc.destroy();
}
const fill = (amountFen = 12_000_00) =>
  write((doc) => {
    needText(doc).insert(0, '楼道照明损坏');
    addRow(doc, 'goals', { goal: '更换感应灯60盏' });
    addRow(doc, 'schedule', { phase: '实施', fromDay: '2026-06-01', toDay: '2026-06-30', deliverable: '完工' });
    addRow(doc, 'budget', { item: '感应灯', amountFen, basis: '60盏' });
  });
async function reviewed(): Promise<void> {
  await fill();
  expect(await submitPlan(ids.communityId, projectId, '初稿', secretary)).toEqual({ version: 1 });
  expect(await step('analyse')).toBeNull();
  expect(await step('deliberate', { deliberatedOn: '2026-03-14', where: '议事厅' })).toBeNull();
  expect(await step('publishPlan')).toBeNull();
  for (const question of askedChecks)
    await answerCheck(ids.communityId, projectId, { question, passed: true, reason: '' }, secretary);
  for (const side of ['expert', 'resident'] as const)
    await giveMark(ids.communityId, projectId, { side, reviewer: '评审一', score: 86, comment: '' }, secretary);
  expect(await step('review')).toBeNull();
}
async function publicised(from = dayAfter(today(), -10), until = dayAfter(today(), -3)): Promise<void> {
  await reviewed();
  expect(await step('approve', { approvedFen: 10_000_00, meeting: '第2次会议' })).toBeNull();
  expect(await step('publicise', { publicFrom: from, publicUntil: until, channel: '居务公开栏' })).toBeNull();
}
const contract = { contractNumber: 'YJL-01', signedOn: today(), signedBy: '居委会、服务队' };

describe('a plan', () => {
  it('[J4] is submitted as versions that never change, and only when something did', async () => {
    await fill();
    expect(await submitPlan(ids.communityId, projectId, '初稿', secretary)).toEqual({ version: 1 });
    expect(await submitPlan(ids.communityId, projectId, '', secretary)).toMatchObject({ reason: 'plan-unchanged' });
    const [line] = (await draftedPlan(projectId)).budget;
    await write((doc) => setRowValue(doc, 'budget', line!.rowId, 'amountFen', 9_500_00));
    expect(await submitPlan(ids.communityId, projectId, '核减', secretary)).toEqual({ version: 2 });
    expect((await versionsOf(projectId)).map(({ version, askedFen, note }) => [version, askedFen, note])).toEqual([
      [1, 12_000_00, '初稿'],
      [2, 9_500_00, '核减'],
    ]);
    expect((await projectAtDesk(ids.communityId, projectId))?.askedFen).toBe(9_500_00);
  });

  it('[J3] is not submitted while a part is missing', async () => {
    expect(await submitPlan(ids.communityId, projectId, '', secretary)).toMatchObject({ reason: 'plan-part-missing' });
    expect(await db.select().from(planVersions).where(eq(planVersions.projectId, projectId))).toEqual([]);
  });

  it('[J4] begins with the version before it where the demo has no draft, once for everybody', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => planDocument(ids.projects.P1 ?? '')));
    expect(new Set(opened).size).toBe(1);
    const doc = await readDocument(db, opened[0]!);
    expect(readPlan(doc!).budget).toHaveLength(4);
    doc!.destroy();
  });

  it('[J4] is closed once the council has it before it', async () => {
    await reviewed();
    await write((doc) => void addRow(doc, 'goals', { goal: '更多' }));
    expect(await submitPlan(ids.communityId, projectId, '', secretary)).toMatchObject({ reason: 'plan-frozen' });
  });
});

describe('[J4] [J12] who reads and writes the draft', () => {
  it('its writers and the office write, nobody else reads, on the document server too', async () => {
    const documentId = await planDocument(projectId);
    const { communityId } = ids;
    const writer = await aPerson({ communityId });
    const cookies: Record<string, string | null> = {
      nobody: null,
      guest: (await aGuest({ communityId })).cookie,
      slip: await enteredBySlip(secretary, await seedDemoMeeting(ids)),
      resident: await signedIn(await aPerson({ communityId })),
      member: await signedIn({ personId: ids.people.M06 ?? '' }),
      helper: await signedIn(await aPerson({ communityId, staffRoles: ['helper'] })),
      'office elsewhere': await signedIn(await aPerson({ staffRoles: ['secretary'] })),
      writer: await signedIn(writer),
      secretary: await signedIn(await aPerson({ communityId, staffRoles: ['secretary'] })),
    };
    expect(await setWriter(communityId, projectId, writer.personId, true)).toBeNull();
    const address = { documentId, kind: 'plan', meetingId: null } as const;
    const seen = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(cookies).map(async ([who, cookie]) => [
            who,
            await accessTo(address, await actorFromCookie(cookie)),
          ]),
        ),
      ) as Record<string, string>;
    const closed = { nobody: 'none', guest: 'none', slip: 'none', resident: 'none', member: 'none', helper: 'none' };
    expect(await seen()).toEqual({ ...closed, 'office elsewhere': 'none', writer: 'write', secretary: 'write' });

    const server = createServer();
    const door = await documentsDoor(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const knock = (cookie: string | null) =>
      new Promise<number | 'in'>((resolve) => {
        const headers = cookie === null ? {} : { cookie };
        const socket = new WebSocket(`ws://127.0.0.1:${port}/documents/${documentId}`, { headers });
        socket.on('close', (code) => resolve(code));
        socket.on('message', () => (resolve('in'), socket.close()));
      });
    expect(await knock(cookies.nobody ?? null)).toBe(closeCode.signIn);
    expect(await knock(cookies.guest ?? null)).toBe(closeCode.forbidden);
    expect(await knock(cookies.member ?? null)).toBe(closeCode.forbidden);
    expect(await knock(cookies.writer ?? null)).toBe('in');
    await door.close();
    server.close();

    await db.update(projects).set({ status: 'reviewed' }).where(eq(projects.id, projectId));
    expect(await seen()).toMatchObject({ ...closed, writer: 'read', secretary: 'read' });
    await setWriter(communityId, projectId, writer.personId, false);
    expect(await seen()).toMatchObject({ writer: 'none' });
  });

  it('[J12] nobody reads of a project before its plan is published, and never a contact', async () => {
    await fill();
    await submitPlan(ids.communityId, projectId, '', secretary);
    expect(await publicProject(ids.communityId, projectId)).toBeNull();
    expect((await publicProjectsOf(ids.communityId)).map(({ code }) => code)).not.toContain(
      (await projectAtDesk(ids.communityId, projectId))?.code,
    );
    await db.update(projects).set({ status: 'plan_published' }).where(eq(projects.id, projectId));
    const told = JSON.stringify(await publicProject(ids.communityId, projectId));
    expect(told).toContain('楼道照明损坏');
    expect(told).not.toMatch(/10000000020|评审一|吴社工/);
    expect((await projectAtDesk(ids.communityId, projectId))?.applicantContact).toBe('10000000020');
  });
});

describe('the pre-check and the marks', () => {
  it('[J5] a no says why and holds the review; marks come from both sides', async () => {
    await fill();
    await submitPlan(ids.communityId, projectId, '', secretary);
    await step('analyse');
    await step('deliberate', { deliberatedOn: '2026-03-14', where: '议事厅' });
    expect(
      await answerCheck(ids.communityId, projectId, { question: 'feasible', passed: true, reason: '' }, secretary),
    ).toMatchObject({
      reason: 'project-deed-out-of-turn',
    });
    await step('publishPlan');
    expect(await step('review')).toMatchObject({ reason: 'project-checks-open', params: { open: 5 } });
    const no = { question: 'no-wages', passed: false, reason: '' };
    expect(await answerCheck(ids.communityId, projectId, no, secretary)).toMatchObject({ rule: 'J5' });
    for (const question of askedChecks)
      await answerCheck(
        ids.communityId,
        projectId,
        { question, passed: question !== 'no-wages', reason: '含工资' },
        secretary,
      );
    expect(await step('review')).toMatchObject({ reason: 'project-checks-failed', params: { failed: 1 } });
    await answerCheck(ids.communityId, projectId, { question: 'no-wages', passed: true, reason: '' }, secretary);
    expect(await step('review')).toMatchObject({ reason: 'project-scores-missing' });
    const mark = { reviewer: '评审一', comment: '' };
    const give = (side: 'expert' | 'resident', score: number, reviewer = mark.reviewer) =>
      giveMark(ids.communityId, projectId, { side, score, reviewer, comment: '' }, secretary);
    expect(await give('expert', 101)).toMatchObject({ reason: 'score-unfit' });
    expect(await give('expert', 80)).toBeNull();
    expect(await give('expert', 90, '评审二')).toBeNull();
    expect(await give('expert', 70)).toBeNull();
    expect(await give('resident', 60)).toBeNull();
    const scores = (await projectAtDesk(ids.communityId, projectId))?.scores;
    expect(scores?.expert).toEqual({ count: 2, mean: 80, least: 70, most: 90, deviation: 10 });
    expect(await step('review')).toBeNull();
  });

  it('[J5] a new version is checked anew', async () => {
    await fill();
    await submitPlan(ids.communityId, projectId, '', secretary);
    await step('analyse');
    await step('deliberate', { deliberatedOn: '2026-03-14', where: '议事厅' });
    await step('publishPlan');
    for (const question of askedChecks)
      await answerCheck(ids.communityId, projectId, { question, passed: true, reason: '' }, secretary);
    await write((doc) => void addRow(doc, 'goals', { goal: '再加一条' }));
    await submitPlan(ids.communityId, projectId, '', secretary);
    expect(await step('review')).toMatchObject({ reason: 'project-checks-open' });
  });
});

describe('before the council', () => {
  it('[J6] recuses tied seats by itself with the reason on file, and the announced vote decides the project', async () => {
    const fresh = await theDemo({ realm: 'practice' });
    const meetingId = await seedDemoMeeting(fresh);
    const as = (ref: string): Actor => ({
      kind: 'person',
      personId: fresh.people[ref] ?? '',
      accountId: null,
      meetingId: null,
    });
    const doing = async (ref: string, command: unknown) =>
      expect(await act(meetingId, { commandId: newId(), command }, as(ref))).toMatchObject({ ok: true });
    const state = async () => (await freshCopy(meetingId)).state;
    await tieSeat(fresh.communityId, fresh.projects.P1 ?? '', fresh.seats.M08 ?? '', '亲属在承接组织任职', secretary);
    await doing('M03', { type: 'openCheckIn' });
    const here = Object.keys(fresh.seats).slice(0, 21);
    for (const ref of here) await doing(ref, { type: 'takeSeat', seatId: fresh.seats[ref], mode: 'hall', way: 'slip' });
    await doing('M01', { type: 'openSession' });
    await doing('M01', { type: 'adoptAgenda' });
    const items = (await state()).agenda.items.filter(({ decides }) => decides !== null);
    const vote = async (at: number, choices: (ref: string) => string, meanwhile = () => Promise.resolve()) => {
      await doing('M03', { type: 'openItem', itemId: items[at]?.itemId });
      await doing('M03', { type: 'putItemMotion' });
      const { motions } = await state();
      const motion = motions.byId[motions.currentId ?? ''];
      await doing('M03', { type: 'openDebate' });
      await doing('M03', { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null });
      const { polls } = await state();
      const pollId = polls.openId ?? '';
      for (const ref of here)
        await castBallot(
          { meetingId, pollId, seatId: fresh.seats[ref] ?? '', castId: newId(), choice: choices(ref) },
          as(ref),
        );
      await meanwhile();
      await doing('M03', { type: 'closePoll', pollId });
      await doing('M01', { type: 'announceResult', pollId });
      return { motion, result: (await state()).polls.byId[pollId]?.result };
    };
    const yes = await vote(0, () => 'for');
    const recused = Object.entries(yes.motion?.recusals ?? {}).map(([seatId, { reason, declaredByMember }]) => [
      Object.keys(fresh.seats).find((ref) => fresh.seats[ref] === seatId),
      reason.text,
      declaredByMember,
    ]);
    expect(recused.sort()).toEqual([
      ['M08', '亲属在承接组织任职', false],
      ['M14', '本人任职于承接单位', false],
    ]);
    // Two of 21 are out of the base, whatever they sent.
    expect(yes.result).toMatchObject({ base: 19, voted: 19 });
    const p1 = await projectAtDesk(fresh.communityId, fresh.projects.P1 ?? '');
    expect(p1).toMatchObject({ status: 'approved', approvedFen: 96_000_00 });
    const [last] = p1?.history.slice(-1) ?? [];
    expect(last).toMatchObject({ deed: 'approve', recorded: { for: 19, against: 0, approvedFen: 96_000_00 } });

    await vote(1, () => 'against');
    expect(await projectAtDesk(fresh.communityId, fresh.projects.P2 ?? '')).toMatchObject({
      status: 'not_approved',
      approvedFen: null,
    });
    // The others still wait.
    expect(await projectAtDesk(fresh.communityId, fresh.projects.P3 ?? '')).toMatchObject({ status: 'reviewed' });

    // [B12] What another desk has awarded meanwhile is not voted on a second time, put already or not.
    const refusedTo = async (command: unknown) => {
      const answer = await act(meetingId, { commandId: newId(), command }, as('M03'));
      return answer.ok ? null : `${answer.refusal.rule} ${answer.refusal.reason}`;
    };
    const awarded = (ref: string) =>
      bookAward(
        { envelopeId: fresh.envelopes.E1 ?? '', title: ref, projectId: fresh.projects[ref] ?? '', amountFen: 1_000_00 },
        { at: Date.now(), actorId: 'system', reason: '会前已定' },
      );
    // Awarded while the vote was open: the announcement stands, books nothing again, and leaves the project to whoever decided it.
    const late = await vote(
      4,
      () => 'for',
      async () => expect(await awarded('P5')).toHaveProperty('awardId'),
    );
    expect((await state()).motions.byId[late.motion?.motionId ?? '']).toMatchObject({
      outcome: 'passed',
      award: { status: 'not_booked', short: 'awarded' },
    });
    expect((await awardsOfProject(fresh.projects.P5 ?? '')).map(({ amountFen }) => amountFen)).toEqual([1_000_00]);
    expect(await projectAtDesk(fresh.communityId, fresh.projects.P5 ?? '')).toMatchObject({ status: 'reviewed' });
    await doing('M03', { type: 'openItem', itemId: items[2]?.itemId });
    await doing('M03', { type: 'putItemMotion' });
    await doing('M03', { type: 'openDebate' });
    expect(await awarded('P3')).toHaveProperty('awardId');
    const openPoll = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null };
    expect(await refusedTo(openPoll)).toBe('B12 project-awarded');
    await doing('M01', { type: 'withdrawMotion', motionId: (await state()).motions.currentId, reason: '已另行立项' });
    expect(await awarded('P4')).toHaveProperty('awardId');
    await doing('M03', { type: 'openItem', itemId: items[3]?.itemId });
    expect(await refusedTo({ type: 'putItemMotion' })).toBe('B12 project-awarded');
    expect((await awardsOfProject(fresh.projects.P4 ?? '')).map(({ amountFen }) => amountFen)).toEqual([1_000_00]);
  });
});

describe('after the decision', () => {
  it('[J7] [J8] objections are taken while the publicity lasts, answered once, and hold the contract', async () => {
    await publicised(today(), dayAfter(today(), 6));
    const author = await actorFromCookie((await aGuest({ communityId: ids.communityId })).cookie);
    const sent = { sentId: newId(), name: '孙大妈', contact: '10000000033', text: '报价偏高' };
    const raised = await raiseObjection(ids.communityId, { projectId }, sent, author);
    if ('refused' in raised) throw new Error(raised.reason);
    expect(await raiseObjection(ids.communityId, { projectId }, sent, author)).toEqual(raised);
    expect(await step('contract', contract)).toMatchObject({ reason: 'project-in-publicity' });

    await db
      .update(projects)
      .set({ publicUntil: dayAfter(today(), -1) })
      .where(eq(projects.id, projectId));
    expect(await raiseObjection(ids.communityId, { projectId }, { ...sent, sentId: newId() }, author)).toMatchObject({
      reason: 'objection-closed',
    });
    expect(await step('contract', contract)).toMatchObject({ reason: 'project-objections-open', params: { open: 1 } });
    const open = await publicProject(ids.communityId, projectId);
    expect(JSON.stringify(open)).not.toMatch(/孙大妈|10000000033|报价偏高/);

    const [objection] = (await projectAtDesk(ids.communityId, projectId))?.objections ?? [];
    const id = objection?.objectionId ?? '';
    const answer = { answer: 'partly_adopted', reason: '已请承接组织补充三家询价' };
    expect(await answerObjection(ids.communityId, id, { ...answer, reason: ' ' }, secretary)).toMatchObject({
      rule: 'J8',
    });
    expect(await answerObjection(ids.communityId, id, answer, secretary)).toBeNull();
    expect(await answerObjection(ids.communityId, id, answer, secretary)).toMatchObject({
      reason: 'objection-answered',
    });
    expect(await objectionByLookup(ids.communityId, raised.lookup)).toMatchObject({
      ...{ answer: 'partly_adopted' },
      text: '报价偏高',
    });
    expect(await objectionByLookup(ids.communityId, 'x')).toBeNull();
    expect(await step('contract', contract)).toBeNull();
  });

  it("[J9] keeps P3's contract locked until the owners' decision is on file", async () => {
    await updateProject(ids.communityId, projectId, {
      ...asked,
      ownersMatter: 'touches_common_parts',
      needIds: [ids.needs.N07 ?? ''],
    });
    await publicised();
    // The grade is not loosened after the decision.
    await updateProject(ids.communityId, projectId, { ...asked, needIds: [] });
    expect(await step('contract', contract)).toMatchObject({ rule: 'J9', reason: 'project-owners-undecided' });
    expect(await fileOwnersDecision(ids.communityId, projectId, '业主大会2026年第1号决定：同意', secretary)).toBeNull();
    expect(await step('contract', contract)).toBeNull();
  });

  it('[J2] [J10] keeps who, when and why of every step, through a failed mid-term to the end', async () => {
    await publicised();
    await step('contract', contract);
    await step('start', { startedOn: today() });
    const failed = { score: 50, reviewedOn: today(), rectifyBy: dayAfter(today(), 15) };
    expect(await step('failMidterm', failed)).toBeNull();
    expect(await projectAtDesk(ids.communityId, projectId)).toMatchObject({
      status: 'rectifying',
      rectifyBy: failed.rectifyBy,
    });
    expect(await step('putRight', { putRightOn: today() })).toBeNull();
    expect(await projectAtDesk(ids.communityId, projectId)).toMatchObject({ status: 'in_progress', rectifyBy: null });
    expect(await step('terminate')).toBeNull();
    expect(await step('start', { startedOn: today() })).toMatchObject({ reason: 'project-deed-out-of-turn' });
    const history = await db
      .select()
      .from(projectHistory)
      .where(eq(projectHistory.projectId, projectId))
      .orderBy(projectHistory.seq);
    expect(history.map(({ deed }) => deed)).toEqual(
      [
        'begin',
        'submitPlan',
        'analyse',
        'deliberate',
        'publishPlan',
        'review',
        'approve',
        'publicise',
        'contract',
        'start',
      ].concat(['failMidterm', 'putRight', 'terminate']),
    );
    expect(history.every(({ byPersonId, why, at }) => byPersonId === secretary && why !== '' && at > 0)).toBe(true);
  });

  it('[J1] of ten who take the same step at once one does', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => step('analyse')));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  });

  it("changes nothing of another community's projects", async () => {
    const elsewhere = (await theDemo({ realm: 'practice' })).communityId;
    const said = { why: '理由', recorded: {} };
    expect(await stepProject(elsewhere, projectId, 'analyse', said, secretary)).toMatchObject({ reason: 'not-there' });
    expect(await tieSeat(elsewhere, projectId, ids.seats.M01 ?? '', '理由', secretary)).toMatchObject({
      reason: 'not-there',
    });
    expect(await setWriter(elsewhere, projectId, secretary, true)).toMatchObject({ reason: 'not-there' });
    expect(await projectAtDesk(elsewhere, projectId)).toBeNull();
    expect(await publicProject(elsewhere, ids.projects.P1 ?? '')).toBeNull();
  });
});
