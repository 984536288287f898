// The law of service projects: the table of their life, plans, marks, days of publicity.
import { describe, expect, it } from 'vitest';
import { dayAfter, isDay, lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import { trancheCues } from '#lib/domain/ledger/tranches.ts';
import { checkedPlan, comparePlans, sumOfBudget, type Plan } from './plan.ts';
import { summaryOf } from './scores.ts';
import { allProjectStates, projectStates, type ProjectState } from './states.ts';
import {
  decideDeed,
  deedsFrom,
  isPublic,
  planIsDraft,
  projectDeeds,
  transitions,
  type ProjectDeed,
  type ProjectFacts,
  type Recorded,
} from './transitions.ts';

const today = '2026-04-27';
const facts: ProjectFacts = {
  status: 'collecting',
  rectifyingFrom: null,
  ownersMatter: 'none',
  ownersDecided: false,
  organisationName: '银龄互助社',
  askedFen: 96_000_00,
  approvedFen: 90_000_00,
  publicUntil: '2026-04-24',
  publicity: { days: 5, dayType: 'calendar' },
  version: 1,
  checks: { open: 0, failed: 0 },
  scores: { expert: 3, resident: 5 },
  objectionsOpen: 0,
  reservedFen: 90_000_00,
};
const records: Readonly<Record<ProjectDeed, Recorded>> = {
  analyse: {},
  deliberate: { deliberatedOn: '2026-03-14', where: '开放空间议事会' },
  publishPlan: {},
  review: {},
  approve: { approvedFen: 90_000_00, meeting: '第2次会议' },
  notApprove: { meeting: '第2次会议' },
  publicise: { publicFrom: '2026-04-20', publicUntil: '2026-04-24', channel: '居务公开栏' },
  contract: { contractNumber: 'YJL-2026-01', signedOn: '2026-05-06', signedBy: '居委会、银龄互助社' },
  start: { startedOn: '2026-05-06' },
  passMidterm: { score: 86, reviewedOn: '2026-08-20' },
  failMidterm: { score: 55, reviewedOn: '2026-08-20', rectifyBy: '2026-09-04' },
  complete: { completedOn: '2026-11-15', result: '61户建档' },
  passAppraisal: { issued: 120, returned: 98, valid: 96, void: 2, opinions: 93, satisfied: 84 },
  failAppraisal: { issued: 50, returned: 42, valid: 41, void: 1, opinions: 40, satisfied: 30, rectifyBy: '2026-12-20' },
  putRight: { putRightOn: '2026-09-01' },
  close: { closedOn: '2026-12-20' },
  terminate: {},
};
const deed = (deed: ProjectDeed, more: Partial<ProjectFacts> = {}, recorded: Recorded = records[deed], why = '理由') =>
  decideDeed({ ...facts, status: transitions[deed].from[0] ?? 'closed', ...more }, deed, { why, recorded }, today);

describe('the life of a project', () => {
  it('[J1] leads from collecting to closed, deed by deed', () => {
    const way: ProjectDeed[] = [
      ...(['analyse', 'deliberate', 'publishPlan', 'review', 'approve', 'publicise', 'contract', 'start'] as const),
      ...(['passMidterm', 'complete', 'passAppraisal', 'close'] as const),
    ];
    let status: ProjectState = 'collecting';
    const passed: ProjectState[] = [status];
    for (const step of way) {
      const outcome = deed(step, { status });
      if ('refused' in outcome) throw new Error(outcome.reason);
      passed.push((status = outcome.status));
    }
    expect(passed).toEqual(projectStates);
  });

  it('[J1] refuses every deed out of its turn', () => {
    for (const each of projectDeeds)
      for (const status of allProjectStates)
        expect('refused' in deed(each, { status }), `${each} from ${status}`).toBe(
          !transitions[each].from.includes(status),
        );
  });

  it('[J1] ends where it is closed or terminated', () => {
    expect(deedsFrom('closed')).toEqual([]);
    expect(deedsFrom('terminated')).toEqual([]);
    expect(deedsFrom('reviewed')).toEqual(['approve', 'notApprove', 'terminate']);
  });

  it('[J2] takes no transition without a reason, and none without what it must record', () => {
    for (const each of projectDeeds) {
      expect(deed(each, {}, records[each], '  ')).toMatchObject({ reason: 'project-why-missing' });
      const { mayLack = [] } = transitions[each];
      for (const name of Object.keys(transitions[each].records).filter((name) => !mayLack.includes(name))) {
        const { [name]: _left, ...rest } = records[each];
        expect(deed(each, {}, rest), `${each} without ${name}`).toMatchObject({
          rule: 'J2',
          reason: 'project-record-missing',
          params: { field: name },
        });
      }
    }
  });
  it.each([
    ['a day that is none', 'start', { startedOn: '2026-02-30' }],
    ['a mark above 100', 'passMidterm', { score: 101, reviewedOn: '2026-08-20' }],
    ['half a fen', 'approve', { approvedFen: 0.5, meeting: '会议' }],
    ['a negative amount', 'approve', { approvedFen: -1, meeting: '会议' }],
  ] as const)('[J2] records no %s', (_, each, recorded) =>
    expect(deed(each, {}, recorded)).toMatchObject({ rule: 'J2', reason: 'project-record-unfit' }),
  );
  it('[J2] records nothing the table does not ask for', () =>
    expect(deed('start', {}, { startedOn: '2026-05-06', secret: 'x' })).toMatchObject({
      recorded: { startedOn: '2026-05-06' },
    }));

  it('[J4] publishes no plan that was not submitted', () =>
    expect(deed('publishPlan', { version: 0 })).toMatchObject({ reason: 'project-no-version' }));

  it.each([
    [{ checks: { open: 2, failed: 0 } }, 'project-checks-open'],
    [{ checks: { open: 0, failed: 1 } }, 'project-checks-failed'],
    [{ scores: { expert: 0, resident: 4 } }, 'project-scores-missing'],
    [{ scores: { expert: 3, resident: 0 } }, 'project-scores-missing'],
  ])('[J5] is reviewed only with all checks passed and marks from both sides: %o', (lacking, reason) =>
    expect(deed('review', lacking)).toMatchObject({ rule: 'J5', reason }),
  );

  it('[J13] is approved for at most what it asked', () => {
    expect(deed('approve', {}, { approvedFen: 96_000_00, meeting: '会议' })).toMatchObject({ status: 'approved' });
    for (const approvedFen of [96_000_01, 0])
      expect(deed('approve', {}, { approvedFen, meeting: '会议' })).toMatchObject({ rule: 'J13' });
  });
  it('[J1] may be approved after all, as P3 was after its amount came down', () =>
    expect(deed('approve', { status: 'not_approved' })).toMatchObject({ status: 'approved' }));

  it('[J7] [J8] is contracted only after the publicity, with every objection answered', () => {
    expect(deed('contract')).toMatchObject({ status: 'contracted' });
    expect(deed('contract', { publicUntil: today })).toMatchObject({ rule: 'J7', reason: 'project-in-publicity' });
    expect(deed('contract', { objectionsOpen: 1 })).toMatchObject({ rule: 'J8', params: { open: 1 } });
    expect(deed('contract', { organisationName: ' ' })).toMatchObject({ reason: 'project-no-organisation' });
  });
  it('[J7] is shown for at least as many days as the rules ask', () => {
    const shown = (publicUntil: string) => ({ ...records.publicise, publicUntil });
    expect(deed('publicise', {}, shown('2026-04-23'))).toMatchObject({ rule: 'J7', params: { least: '2026-04-24' } });
    expect(deed('publicise', {}, shown('2026-05-04'))).toMatchObject({ status: 'publicised' });
    const working = { publicity: { days: 5, dayType: 'working' } } as const;
    expect(deed('publicise', working, { ...shown('2026-04-26'), publicFrom: '2026-04-22' })).toMatchObject({
      rule: 'J7',
    });
  });
  it("[J9] keeps the contract of P3 locked until the owners' decision is on file, and never approves what is theirs alone", () => {
    const touching = { ownersMatter: 'touches_common_parts' } as const;
    expect(deed('contract', touching)).toMatchObject({ rule: 'J9', reason: 'project-owners-undecided' });
    expect(deed('contract', { ...touching, ownersDecided: true })).toMatchObject({ status: 'contracted' });
    const theirs = { ownersMatter: 'owners_assembly', ownersDecided: true } as const;
    expect(deed('approve', theirs)).toMatchObject({ reason: 'project-owners-assembly' });
    expect(deed('contract', theirs)).toMatchObject({ reason: 'project-owners-assembly' });
  });

  it('[J14] contracts exactly what was approved and is in the books', () => {
    expect(deed('contract', { reservedFen: 0 })).toMatchObject({ rule: 'J14', reason: 'project-no-award' });
    for (const reservedFen of [89_999_99, 90_000_01])
      expect(deed('contract', { reservedFen })).toMatchObject({ rule: 'J14', params: { reservedFen } });
  });
  it('[J15] moves money only with the steps that say so', () => {
    expect(projectDeeds.flatMap((each) => (transitions[each].money ? [[each, transitions[each].money]] : []))).toEqual([
      ['approve', 'award'],
      ['notApprove', 'giveBack'],
      ['contract', 'commit'],
      ['failMidterm', 'freeze'],
      ['failAppraisal', 'freeze'],
      ['putRight', 'unfreeze'],
      ['terminate', 'release'],
    ]);
    // Every step a tranche can wait for is one of the project's.
    for (const cue of trancheCues) expect(projectDeeds).toContain(cue);
  });

  it('[J10] puts right what failed by a day to come, and goes on from where it was', () => {
    const failed = deed('failMidterm');
    expect(failed).toMatchObject({ status: 'rectifying', rectifyingFrom: 'in_progress' });
    expect(deed('putRight', { rectifyingFrom: 'in_progress' })).toMatchObject({
      status: 'in_progress',
      rectifyingFrom: null,
    });
    expect(deed('failAppraisal')).toMatchObject({ status: 'rectifying', rectifyingFrom: 'completed' });
    expect(deed('putRight', { rectifyingFrom: 'completed' })).toMatchObject({ status: 'completed' });
    const past = { ...records.failMidterm, rectifyBy: '2026-04-26' };
    expect(deed('failMidterm', {}, past)).toMatchObject({ rule: 'J10', params: { field: 'rectifyBy' } });
  });
  it('[J10] may end early from every state before closure', () => {
    const ends = allProjectStates.filter((status) => !('refused' in deed('terminate', { status })));
    expect(ends.sort()).toEqual(allProjectStates.filter((status) => !['closed', 'terminated'].includes(status)).sort());
  });

  it.each<Recorded>([{ valid: 97 }, { returned: 121, valid: 119 }, { satisfied: 94 }, { opinions: 97 }])(
    '[J11] takes no appraisal that does not reconcile: %o',
    (wrong) => expect(deed('passAppraisal', {}, { ...records.passAppraisal, ...wrong })).toMatchObject({ rule: 'J11' }),
  );

  it('[J12] is nobody else’s business before its plan is published', () => {
    expect(allProjectStates.filter((status) => !isPublic(status))).toEqual(['collecting', 'analysed', 'deliberated']);
  });
  it('[J4] closes the draft once the council has it before it', () => {
    expect(allProjectStates.filter(planIsDraft)).toEqual([
      'collecting',
      'analysed',
      'deliberated',
      'plan_published',
      'not_approved',
    ]);
  });
});

const plan: Plan = {
  need: '独居老人缺少定期探访',
  goals: ['每周上门1次'],
  schedule: [{ phase: '启动', fromDay: '2026-05-06', toDay: '2026-05-31', deliverable: '建档' }],
  budget: [
    { item: '助餐补贴', amountFen: 43_200_00, basis: '40份×6元×180天' },
    { item: '培训', amountFen: 14_400_50, basis: '' },
  ],
};

describe('a plan', () => {
  it('[J3] asks for the sum of its lines', () => expect(sumOfBudget(plan.budget)).toBe(57_600_50));
  it('[J3] leaves out rows nobody filled in', () => {
    const draft: Plan = {
      ...plan,
      goals: ['', ...plan.goals, '  '],
      schedule: [...plan.schedule, { phase: '', fromDay: '', toDay: '', deliverable: ' ' }],
      budget: [...plan.budget, { item: ' ', amountFen: 0, basis: '' }],
    };
    expect(checkedPlan(draft)).toEqual(plan);
  });
  it.each(['need', 'goals', 'schedule', 'budget'] as const)('[J3] is not one without its %s', (part) =>
    expect(checkedPlan({ ...plan, [part]: part === 'need' ? ' ' : [] })).toMatchObject({
      reason: 'plan-part-missing',
      params: { part },
    }),
  );
  it.each([
    ['schedule', [{ phase: '启动', fromDay: '2026-06-01', toDay: '2026-05-31', deliverable: '' }], 'plan-phase-days'],
    ['schedule', [{ phase: '', fromDay: '2026-05-01', toDay: '2026-05-31', deliverable: '' }], 'plan-phase-days'],
    ['schedule', [{ phase: '启动', fromDay: '五月', toDay: '2026-05-31', deliverable: '' }], 'plan-phase-days'],
    ['budget', [{ item: '培训', amountFen: 0, basis: '' }], 'plan-amount-unfit'],
    ['budget', [{ item: '培训', amountFen: -100, basis: '' }], 'plan-amount-unfit'],
    ['budget', [{ item: '培训', amountFen: 10.5, basis: '' }], 'plan-amount-unfit'],
    ['budget', [{ item: '', amountFen: 100, basis: '' }], 'plan-amount-unfit'],
    ['goals', ['长'.repeat(201)], 'plan-too-long'],
  ])('[J3] has no %s like %o', (part, rows, reason) =>
    expect(checkedPlan({ ...plan, [part]: rows })).toMatchObject({ rule: 'J3', reason }),
  );
  it('[J4] shows what changed from one version to the next, and nothing else', () => {
    const next: Plan = {
      ...plan,
      budget: [plan.budget[0]!, { ...plan.budget[1]!, amountFen: 10_000_00 }],
      goals: [...plan.goals, '日均助餐40份'],
    };
    expect(comparePlans(plan, next)).toEqual([
      { part: 'goals', before: null, after: '日均助餐40份' },
      { part: 'budget', before: '培训 ¥14400.50 ', after: '培训 ¥10000.00 ' },
    ]);
    expect(comparePlans(plan, plan)).toEqual([]);
  });
});

describe('marks', () => {
  it('[J5] are summed up with their mean and their spread', () => {
    expect(summaryOf([80, 90, 85, 65])).toEqual({ count: 4, mean: 80, least: 65, most: 90, deviation: 9.4 });
    expect(summaryOf([77])).toEqual({ count: 1, mean: 77, least: 77, most: 77, deviation: 0 });
    expect(summaryOf([])).toBeNull();
  });
});

describe('days of publicity', () => {
  it('[J7] 20 April and five calendar days end on 24 April, as the dataset has it', () =>
    expect(lastDayOfPublicity('2026-04-20', 5, 'calendar')).toBe('2026-04-24'));
  it('[J7] working days pass over weekends, also when it begins on one', () => {
    expect(lastDayOfPublicity('2026-04-22', 5, 'working')).toBe('2026-04-28');
    expect(lastDayOfPublicity('2026-04-25', 1, 'working')).toBe('2026-04-27');
    expect(lastDayOfPublicity('2026-04-20', 0, 'working')).toBe('2026-04-20');
  });
  it('knows days from what only looks like one', () => {
    expect(isDay('2028-02-29')).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '26-04-20', 'today', '']) expect(isDay(text)).toBe(false);
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  });
});
