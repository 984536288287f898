// The session of 18 April 2026 as the demo data has it, played through the law: 25 seats, 21 present, eight projects, P3 moved anew.
// Called by the tests of the law, of its log and of its words. The figures are copied from the demo community and asserted by
// funding-session.test.ts; nothing else may change them.
import type { AgendaItemSaid } from '#lib/domain/meeting/agenda.ts';
import { official } from '#lib/domain/meeting/words.ts';
import { agendaItem, LawWorld, others, seatOf, sessionAt, votingItem } from './law-world.ts';

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
  world.do('M03', {
    type: 'describeMeeting',
    title: '共治协商委员会 2026 年第 2 次会议（项目资金议决）',
    place: '社区活动中心二楼',
    startsAt: sessionAt,
    plannedMinutes: 150,
    callLink: 'https://meeting.example.org/738204',
  });
  world.convene();
  world.do('M19', { type: 'recordLeave', seatId: seatOf('M19'), reason: '出差' });
  world.do('M09', { type: 'recordLeave', seatId: seatOf('M09'), reason: '家中有事' });
  world.do('M09', { type: 'withdrawLeave', seatId: seatOf('M09') });
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
  openingBusiness(world);
  world.do('M01', { type: 'openItem', itemId: 'pool' });
  for (const project of projects) playProject(world, project);
  world.do('M01', { type: 'openItem', itemId: 'closing' });
  otherMotions(world);
  world.do('M01', { type: 'closeItem' });
  world.leave('M11');
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  world.facts = { ...world.facts, questionsSummary: { asked: 3, shown: 2, hidden: 1, answered: 2 } };
  world.do('M03', { type: 'sumQuestions' });
  return world;
}

/** Changes to the agenda, a straw poll on the order of things, and a resident's question. */
function openingBusiness(world: LawWorld): void {
  const decideLast = (adopt: boolean) => {
    const last = world.state.agenda.proposals.slice(-1)[0]?.proposalId ?? '';
    world.do('M01', { type: 'decideAgendaChange', proposalId: last, adopt });
  };
  world.do('M20', {
    type: 'proposeAgendaChange',
    change: { kind: 'add', title: '电动车停放引导', itemKind: 'deliberation', minutes: 5, afterItemId: 'P8' },
  });
  const added = world.state.agenda.proposals[0]?.change;
  decideLast(true);
  world.do('M05', { type: 'proposeAgendaChange', change: { kind: 'move', itemId: 'P8', afterItemId: null } });
  decideLast(false);
  const extra = added?.kind === 'add' ? added.item.itemId : '';
  world.do('M20', { type: 'proposeAgendaChange', change: { kind: 'remove', itemId: extra } });
  decideLast(true);
  world.do('M01', {
    type: 'openPoll',
    subject: { kind: 'question', question: '下半场从几点开始', options: ['三点', '三点一刻'] },
    secrecy: 'hidden',
    plannedMs: null,
  });
  world.castCounts({ A: 12, B: 9 }).closeVote().announce();
  world.facts = { ...world.facts, question: { questionId: 'question-1', text: '楼道灯几时修？', status: 'shown' } };
  world.do('M06', { type: 'bringQuestion', questionId: 'question-1', seatId: seatOf('M06') });
  world.do('M03', { type: 'answerQuestion', questionId: 'question-1', answer: '见项目四，六月起逐单元更换' });
}

/** One amendment withdrawn, one voted down. */
function amendmentsToP2(world: LawWorld): void {
  const pending = () => world.state.motions.byId[world.motionId()]?.amendments.slice(-1)[0]?.amendmentId ?? '';
  world.do('M18', { type: 'moveAmendment', seatId: seatOf('M18'), text: '只办暑期营', amountFen: 2_400_000 });
  world.do('M18', { type: 'withdrawAmendment', amendmentId: pending() });
  world.do('M20', { type: 'moveAmendment', seatId: seatOf('M20'), text: '减少一期暑期营', amountFen: 5_000_000 });
  world.do('M18', { type: 'secondAmendment', amendmentId: pending(), seatId: seatOf('M18') });
  world.vote({ for: 6, against: 12, abstain: 2 }, 'amendment');
}

/** A clock stopped by hand, a recess, a recusal set by mistake, somebody going home to follow from there, a vote opened too early. */
function takeBreak(world: LawWorld): void {
  world.do('M01', { type: 'pauseItem' });
  world.do('M01', { type: 'callRecess' });
  world.wait(600_000).do('M01', { type: 'resumeSession' });
  world.do('M01', { type: 'resumeItem' });
  world.do('M01', { type: 'extendItem', byMs: 300_000 });
  world.do('M23', { type: 'changeMode', seatId: seatOf('M23'), mode: 'hall' });
  world.do('M23', { type: 'changeMode', seatId: seatOf('M23'), mode: 'remote' });
  const mistaken = { motionId: world.motionId(), seatId: seatOf('M15') };
  world.do('M03', { type: 'declareRecusal', ...mistaken, reason: '误认为合作单位' });
  world.do('M03', { type: 'liftRecusal', ...mistaken });
  world.openVote();
  world.cast('M01', 'for');
  world.do('M01', { type: 'voidPoll', pollId: world.lastPollId(), reason: '有委员尚未看到材料' });
}

/** Matters of the floor under the last item: one withdrawn by its mover, one that belongs elsewhere. */
function otherMotions(world: LawWorld): void {
  const move = (id: string, title: string, ownersMatter: 'none' | 'owners_assembly') =>
    world.do(id, {
      type: 'moveMotion',
      seatId: seatOf(id),
      title,
      text: '',
      amountFen: null,
      ownersMatter,
      listing: 'unclear',
      renewsMotionId: null,
    });
  move('M17', '绿色锦里并入街道垃圾分类经费', 'none');
  world.do('M17', { type: 'withdrawMotion', motionId: world.motionId(), reason: '另行书面报街道' });
  move('M18', '动用维修资金更换东里大门', 'owners_assembly');
  world.do('M01', { type: 'referMotion', motionId: world.motionId(), reason: '须由业主大会决定' });
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
  if (project.id === 'P2') amendmentsToP2(world);
  if (project.id === 'P5') takeBreak(world);
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

/** A meeting that was convened, with a proxy given and taken back, and then called off. */
export function playCancelledMeeting(): LawWorld {
  const world = new LawWorld({ rules: { proxies: true } });
  world.now = sessionAt - 86_400_000;
  world.do('M03', { type: 'conveneMeeting', rulePackId: 'R1', shortNoticeReason: '汛期临时调整' });
  world.do('M12', { type: 'grantProxy', seatId: seatOf('M12'), holderSeatId: seatOf('M05') });
  world.do('M12', { type: 'withdrawProxy', seatId: seatOf('M12') });
  world.do('M03', { type: 'cancelMeeting', reason: '场地停电，改期另行通知' });
  return world;
}
