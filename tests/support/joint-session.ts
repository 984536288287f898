// A session in memory that opens with what is overdue, settles it and sets something new. Played by tests that must see every event of the
// log: whatever a meeting says of follow-ups is here.
import { jointMeeting } from '#lib/domain/formats/joint-meeting.ts';
import type { ConsensusCommand, MatterFact, Outcome, Position } from '#lib/domain/meeting/consensus.ts';
import type { FollowUpFact } from '#lib/domain/meeting/follow-ups.ts';
import type { RosterFact } from '#lib/domain/meeting/lifecycle.ts';
import { agendaItem, LawWorld, personOf, roster, seatOf } from './law-world.ts';

export const openFollowUps: readonly FollowUpFact[] = [
  {
    followUpId: 'f2',
    text: '补齐三号楼楼道灯',
    ownerPersonId: personOf('M21'),
    owner: '袁经理',
    dueOn: '2026-04-30',
    overdue: false,
  },
  {
    followUpId: 'f1',
    text: '更新居务公开栏',
    ownerPersonId: null,
    owner: '社区居委会',
    dueOn: '2026-04-10',
    overdue: true,
  },
];

export function playFollowUps(): LawWorld {
  const world = new LawWorld({ items: [agendaItem('open')] });
  world.facts = { ...world.facts, followUps: openFollowUps };
  world.open();
  world.do('M01', { type: 'openItem', itemId: 'open' });
  world.do('M03', { type: 'settleFollowUp', followUpId: 'f1', outcome: 'done', dueOn: null, note: '公开栏已更新' });
  world.do('M03', {
    type: 'settleFollowUp',
    followUpId: 'f2',
    outcome: 'extended',
    dueOn: '2026-05-29',
    note: '灯具到货推迟',
  });
  world.do('M03', {
    type: 'setFollowUp',
    itemId: 'open',
    text: '向居民公布施工期停放办法',
    ownerPersonId: personOf('M02'),
    ownerName: '',
    dueOn: '2026-05-20',
  });
  world.do('M03', {
    type: 'setFollowUp',
    itemId: null,
    text: '增设临时停放点',
    ownerPersonId: null,
    ownerName: '物业公司',
    dueOn: '2026-05-20',
  });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  return world;
}

const parties = [
  ['party_org', '社区党组织', 'M01'],
  ['committee', '社区居委会', 'M02'],
  ['workstation', '社区工作站', 'M04'],
] as const;

/** The three parties of 云锦里 with one seat each, the workstation's second seat, and two invitees without a position. */
export const jointRoster: RosterFact = {
  sectors: parties.map(([sectorId, name]) => ({ sectorId, name, seats: 2 })),
  seats: [
    ...parties.map(([sectorId, , id]) => ({ id, sectorId, voting: true, title: '代表' })),
    { id: 'M03', sectorId: 'workstation', voting: true, title: '代表' },
    { id: 'M18', sectorId: 'committee', voting: false, title: '列席' },
    { id: 'M21', sectorId: 'committee', voting: false, title: '列席' },
  ].map(({ id, ...seat }) => ({ ...seat, seatId: seatOf(id), personId: personOf(id), hasSmartphone: true })),
  people: roster.people,
};

export const q1: Extract<MatterFact, { kind: 'task' }> = {
  kind: 'task',
  taskId: 't1',
  code: 'Q1',
  sentBy: '某业务部门',
  text: '要求社区下载并每日打卡某工作APP',
  basisClaimed: '',
  moneyFen: null,
  listing: 'off_list',
  reason: '未列入清单',
  listed: null,
};
export const q2: typeof q1 = {
  ...q1,
  taskId: 't2',
  code: 'Q2',
  sentBy: '街道民政办',
  text: '协助低保年审入户核查',
  listing: 'on_list',
  reason: '',
  listed: { list: 'assist', code: 'X-MZ-02', text: '协助开展最低生活保障入户核查' },
};

const items = ['q1', 'q2', 'needs', 'followUps', 'guide'];

/** A joint meeting in session, its agenda adopted: two tasks, needs, follow-ups, and an item that was only written. */
export function jointWorld(ids: readonly string[] = ['M01', 'M02', 'M03', 'M04', 'M18', 'M21']): LawWorld {
  const world = new LawWorld({
    format: 'joint_meeting',
    roster: jointRoster,
    rules: { quorum: jointMeeting.quorum, majority: null, binding: false },
    items: [
      agendaItem('open', { kind: 'opening' }),
      ...items.map((id) => agendaItem(id)),
      agendaItem('end', { kind: 'closing' }),
    ],
  });
  world.facts = { ...world.facts, followUps: openFollowUps };
  return world.open(ids);
}

/** Opens an item with what it is about. */
export function take(world: LawWorld, itemId: string, matter: MatterFact | null = null): LawWorld {
  world.facts = { ...world.facts, matter };
  world.do('M03', { type: 'openItem', itemId });
  return world;
}

export const say = (id: string, position: Position = 'agree', text = ''): ConsensusCommand => ({
  type: 'statePosition',
  seatId: seatOf(id),
  position,
  text,
});
export function allAgree(world: LawWorld): LawWorld {
  for (const id of ['M01', 'M02', 'M04']) world.do(id, say(id));
  return world;
}

export const conclude = (
  outcome: Outcome,
  more: Partial<Extract<ConsensusCommand, { type: 'concludeItem' }>> = {},
): ConsensusCommand => ({
  type: 'concludeItem',
  outcome,
  text: '',
  amountFen: null,
  ownerPersonId: personOf('M02'),
  ownerName: '',
  dueOn: '2026-05-09',
  ...more,
});

export const sign = (
  world: Pick<LawWorld, 'state'>,
  id: string,
  more: Partial<Extract<ConsensusCommand, { type: 'countersign' }>> = {},
): ConsensusCommand => ({
  type: 'countersign',
  seatId: seatOf(id),
  digest: world.state.consensus?.minutes?.digest ?? '',
  statement: 'agreed',
  text: '',
  way: 'phone',
  ...more,
});

/** Every item concluded, as the demo's meeting of 8 May ends. */
export function concludedWorld(): LawWorld {
  const world = jointWorld();
  allAgree(take(world, 'q1', q1)).do('M03', conclude('declined'));
  allAgree(take(world, 'q2', q2)).do(
    'M03',
    conclude('accepted', { ownerPersonId: personOf('M04'), dueOn: '2026-05-25' }),
  );
  take(world, 'needs', { kind: 'needs', needs: [{ code: 'N15', title: '停车位不够怎么分' }] });
  world.do('M01', say('M01'));
  world.do('M02', say('M02', 'reserve', '先问业主大会'));
  world.do('M04', say('M04', 'oppose', '没有场地'));
  world.do('M03', conclude('sent_up', { text: '场地由谁出，三方不一致', dueOn: '2026-05-12' }));
  take(world, 'followUps', { kind: 'follow_ups', followUpIds: ['f1', 'f2'] });
  world.do('M03', { type: 'settleFollowUp', followUpId: 'f1', outcome: 'done', dueOn: null, note: '已更新' });
  const later = { outcome: 'extended', dueOn: '2026-05-29', note: '灯具到货推迟' } as const;
  world.do('M03', { type: 'settleFollowUp', followUpId: 'f2', ...later });
  allAgree(world).do('M03', conclude('agreed', { ownerPersonId: personOf('M21'), dueOn: '2026-05-29' }));
  allAgree(take(world, 'guide')).do('M03', conclude('agreed', { ownerPersonId: null, ownerName: '物业公司' }));
  return world;
}

/** Every event parties can make: a conclusion withdrawn, the page taken back, a reserve, a party that did not sign. */
export function playJointMeeting(): LawWorld {
  const world = concludedWorld();
  world.do('M03', { type: 'withdrawConclusion', itemId: 'guide', reason: '责任单位写错了' });
  world.do('M03', conclude('agreed', { text: '划线分流，单日单号', dueOn: '2026-05-20' }));
  world.do('M03', { type: 'putMinutes' });
  world.do('M01', sign(world, 'M01'));
  world.do('M03', { type: 'takeMinutesBack', reason: '期限有误' });
  world.do('M03', { type: 'putMinutes' });
  world.do('M01', sign(world, 'M01'));
  world.do('M04', sign(world, 'M04', { statement: 'reserved', text: '场地另议' }));
  world.do('M01', { type: 'recordUnsigned', partyId: 'committee', reason: '代表提前离会' });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  return world;
}
