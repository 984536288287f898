// The session of 18 April 2026 as the demo data has it, played through the law: 25 seats, 21 present, eight projects, P3 moved anew.
// Called by the tests of the law, of its log and of its words. The figures are copied from the demo community and asserted by
// funding-session.test.ts; nothing else may change them.
import type { AgendaItemSaid } from '#lib/domain/meeting/agenda.ts';
import { official } from '#lib/domain/meeting/words.ts';
import { agendaItem, LawWorld, others, seatOf, votingItem } from './law-world.ts';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly requestedFen: number;
  readonly approvedFen: number;
  readonly recused: readonly string[];
  readonly votes: { readonly for: number; readonly against: number; readonly abstain: number };
  readonly base: number;
  readonly threshold: number;
  readonly passed: boolean;
  readonly reduceToFen?: number;
  readonly ownersMatter?: 'touches_common_parts';
}

const votes = (yes: number, no: number, abstain: number) => ({ for: yes, against: no, abstain });

export const projects: readonly Project[] = [
  {
    id: 'P1',
    name: '银龄守护·独居老人探访与助餐',
    requestedFen: 9_600_000,
    approvedFen: 9_000_000,
    recused: ['M14'],
    votes: votes(18, 1, 1),
    base: 20,
    threshold: 11,
    passed: true,
    reduceToFen: 9_000_000,
  },
  {
    id: 'P2',
    name: '青苗课堂·四点半托管与暑期营',
    requestedFen: 5_800_000,
    approvedFen: 5_800_000,
    recused: ['M15'],
    votes: votes(17, 1, 2),
    base: 20,
    threshold: 11,
    passed: true,
  },
  {
    id: 'P3',
    name: '平安充电·非机动车棚与充电桩整治',
    requestedFen: 9_200_000,
    approvedFen: 7_000_000,
    recused: ['M21', 'M22'],
    votes: votes(14, 4, 1),
    base: 19,
    threshold: 10,
    passed: true,
    ownersMatter: 'touches_common_parts',
  },
  {
    id: 'P4',
    name: '楼道微更新·适老扶手与照明',
    requestedFen: 8_500_000,
    approvedFen: 8_000_000,
    recused: [],
    votes: votes(19, 1, 1),
    base: 21,
    threshold: 11,
    passed: true,
    reduceToFen: 8_000_000,
    ownersMatter: 'touches_common_parts',
  },
  {
    id: 'P5',
    name: '邻里调解室·居民调解协会能力建设',
    requestedFen: 3_600_000,
    approvedFen: 3_600_000,
    recused: ['M16'],
    votes: votes(15, 2, 3),
    base: 20,
    threshold: 11,
    passed: true,
  },
  {
    id: 'P6',
    name: '绿色锦里·分类督导与小小督导员',
    requestedFen: 4_200_000,
    approvedFen: 0,
    recused: ['M17'],
    votes: votes(9, 8, 3),
    base: 20,
    threshold: 11,
    passed: false,
  },
  {
    id: 'P7',
    name: '剪纸与非遗手作坊',
    requestedFen: 2_800_000,
    approvedFen: 2_800_000,
    recused: ['M05'],
    votes: votes(12, 5, 3),
    base: 20,
    threshold: 11,
    passed: true,
  },
  {
    id: 'P8',
    name: '数字助老·手机课堂与议事员培训',
    requestedFen: 3_300_000,
    approvedFen: 3_300_000,
    recused: [],
    votes: votes(16, 2, 3),
    base: 21,
    threshold: 11,
    passed: true,
  },
];

/** P3 as first put, before it was moved anew. */
export const firstVoteOnP3 = votes(8, 9, 2);

const items: readonly AgendaItemSaid[] = [
  agendaItem('opening', { kind: 'opening', title: official('宣布到会人数与规则'), minutes: 5 }),
  agendaItem('pool', { kind: 'report', title: official('通报资金池与类别上限'), minutes: 5 }),
  ...projects.map(({ id, name, requestedFen, ownersMatter }) =>
    votingItem(id, requestedFen, {
      title: official(name),
      decides: { title: official(name), amountFen: requestedFen },
      minutes: 15,
      ownersMatter: ownersMatter ?? 'none',
      listing: 'on_list',
    }),
  ),
  agendaItem('closing', { kind: 'closing', title: official('确认记录、签字'), minutes: 10 }),
];

/** Steps 5 to 15 of the script, adjourned at the end. Every project leaves its votes and its outcome in the state. */
export function playFundingSession(world = new LawWorld({ items })): LawWorld {
  world.convene();
  world.do('M19', { type: 'recordLeave', seatId: seatOf('M19'), reason: '出差' });
  world.do('M03', { type: 'recordLeave', seatId: seatOf('M12'), reason: '因病' });
  world.checkIn([]);
  // One without an account picks a name and is let in at the desk; another picked the wrong one.
  world.do('guest:g1', { type: 'requestSeat', seatId: seatOf('M11'), mode: 'hall' });
  world.do('guest:g2', { type: 'requestSeat', seatId: seatOf('M06'), mode: 'hall' });
  const [admit, decline] = Object.values(world.state.attendance.requests);
  world.do(others.helper, { type: 'admitSeat', requestId: admit?.requestId ?? '' });
  world.do('M03', { type: 'declineSeat', requestId: decline?.requestId ?? '', reason: '请到签到台核对姓名' });
  world.checkIn(world.state.seatOrder.map((id) => id.replace('seat-', '')).filter(arrivesHimself));
  world.do('M01', { type: 'openSession' });
  world.do('M01', { type: 'adoptAgenda' });
  world.do('M01', { type: 'openItem', itemId: 'opening' });
  world.do('M01', { type: 'openItem', itemId: 'pool' });
  for (const project of projects) playProject(world, project);
  world.do('M01', { type: 'openItem', itemId: 'closing' });
  world.do('M01', { type: 'closeItem' });
  world.leave('M11');
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  world.facts = { ...world.facts, questionsSummary: { asked: 3, shown: 2, hidden: 1, answered: 2 } };
  world.do('M03', { type: 'sumQuestions' });
  return world;
}

const stayAway = ['M11', 'M12', 'M19', 'M24', 'M25', 'N1'];
const arrivesHimself = (id: string): boolean => !stayAway.includes(id);

function playProject(world: LawWorld, project: Project): void {
  world.do('M01', { type: 'openItem', itemId: project.id });
  world.do('M01', { type: 'putItemMotion' });
  world.recuse(...project.recused);
  world.do('M01', { type: 'callPresenter', seatId: seatOf(project.recused[0] ?? 'M04') });
  world.wait(150_000);
  world.do('M01', { type: 'endSpeech' });
  world.do('M01', { type: 'openDebate' });
  if (project.reduceToFen)
    world.do('M03', { type: 'reduceAmount', amountFen: project.reduceToFen, reason: '承接单位同意核减' });
  if (project.id === 'P1') debateP1(world);
  if (project.id === 'P3') {
    world.vote(firstVoteOnP3);
    world.do('M20', {
      type: 'moveMotion',
      seatId: seatOf('M20'),
      title: '平安充电·非机动车棚与充电桩整治（重新提出）',
      text: '资助 70,000 元，物业自筹 22,000 元',
      amountFen: 7_000_000,
      ownersMatter: 'touches_common_parts',
      listing: 'on_list',
      renewsMotionId: world.motionId(),
    });
    world.do('M18', { type: 'secondMotion', motionId: world.motionId(), seatId: seatOf('M18') });
    world.do('M01', { type: 'stateMotion', motionId: world.motionId() });
    const known = world.state.motions.byId[world.motionId()]?.recusals ?? {};
    world.recuse(...project.recused.filter((id) => !known[seatOf(id)]));
    world.do('M01', { type: 'openDebate' });
  }
  if (project.id === 'P7') dropAndReturn(world);
  world.vote(project.votes);
  if (project.id === 'P8') correctPaper(world);
}

function debateP1(world: LawWorld): void {
  world.do('M05', { type: 'askToSpeak', seatId: seatOf('M05'), stance: 'for' });
  world.do('M06', { type: 'askToSpeak', seatId: seatOf('M06'), stance: 'for' });
  world.do('M18', { type: 'askToSpeak', seatId: seatOf('M18'), stance: 'against' });
  world.do('M23', { type: 'askToSpeak', seatId: seatOf('M23'), stance: 'question' });
  const give = (id: string, overrideReason: string | null = null) => {
    const request = world.state.floor.requests.find(({ seatId }) => seatId === seatOf(id));
    world.do('M01', { type: 'giveFloor', requestId: request?.requestId ?? '', overrideReason });
  };
  give('M05');
  world.wait(30_000).do('M02', { type: 'pauseSpeech' });
  world.wait(10_000).do('M02', { type: 'resumeSpeech' });
  world.do('M01', { type: 'extendSpeech', byMs: 30_000 });
  world.do('M05', { type: 'endSpeech' });
  give('M23');
  world.wait(60_000).do('M23', { type: 'endSpeech' });
  give('M06', '要提前去接孩子，请先发言');
  world.wait(20_000);
  world.do('M17', { type: 'raisePointOfOrder', seatId: seatOf('M17') });
  give('M17');
  world.wait(5_000).do('M17', { type: 'endSpeech' });
  if (world.state.floor.speech) world.do('M01', { type: 'endSpeech' });
  const last = world.state.floor.requests.find(({ seatId }) => seatId === seatOf('M18'));
  world.do('M18', { type: 'withdrawRequest', requestId: last?.requestId ?? '' });
}

/** A remote seat loses its connection, is away, and is back before the vote. */
function dropAndReturn(world: LawWorld): void {
  world.do('system', { type: 'loseConnection', seatId: seatOf('M08') });
  world.wait(90_000).do('system', { type: 'regainConnection', seatId: seatOf('M08') });
}

/** The paper of M07 was read wrongly, then put right by a second sheet that says the same in sum. */
function correctPaper(world: LawWorld): void {
  const pollId = world.lastPollId();
  world.facts = {
    ...world.facts,
    sheet: { sheetId: 'sheet-2', pollId, confirmed: true, reason: '纸质票录入有误，监票人已核对' },
  };
  world.do('M03', { type: 'supersedeResult', pollId, sheetId: 'sheet-2' });
}

/** Motion of a project as it ended: for P3 the one moved anew. */
export const finalMotion = (world: LawWorld, projectId: string) => {
  const ofItem = world.state.motions.order
    .map((id) => world.state.motions.byId[id])
    .filter((motion) => motion?.itemId === projectId);
  return ofItem[ofItem.length - 1];
};
