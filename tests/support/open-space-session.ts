// An open-space meeting in memory, from check-in to the closing circle, in which every event of its slices happens at least once.
// Called by the log fixture and by tests of the words; the figures of script 6.2 are asserted elsewhere.
import { LawWorld } from './law-world.ts';

/** Convened without seats and without an agenda, check-in open. */
export function openSpaceWorld(): LawWorld {
  const world = new LawWorld({
    format: 'open_space',
    items: [],
    rules: { quorum: null, majority: null, binding: false },
  });
  return world.checkIn([]);
}

/** Comes in on a phone as `guest:<id>`; the new participant's id. */
export function joinAs(world: LawWorld, guest: string, name = `居民${guest}`): string {
  const [entered] = world.do(`guest:${guest}`, {
    type: 'enterParticipant',
    name,
    zone: '东片区',
    channel: 'hall',
    assisted: false,
  });
  return entered?.type === 'ParticipantEntered' ? entered.payload.participantId : '';
}

/** Written down by the helper A1. */
export function joinAssisted(world: LawWorld, name: string): string {
  const [entered] = world.do('A1', { type: 'enterParticipant', name, zone: null, channel: 'hall', assisted: true });
  return entered?.type === 'ParticipantEntered' ? entered.payload.participantId : '';
}

/** Three tables of twelve, two rounds of 35 minutes, three dots a person, two at most on one topic: the demo's R5. */
export const demoSpace = {
  type: 'setUpSpace',
  theme: '我们的云锦里，下一步先做哪几件事',
  principles: [
    '出席的人都是最适当的',
    '不管何时开始都是最适当的时间',
    '不管发生什么都是当时只能发生的事',
    '结束的时候就结束了',
  ],
  law: '双脚法则：既学不到也帮不上，就请换一组',
  tables: ['一号桌', '二号桌', '三号桌'].map((name) => ({ tableId: null, name, place: '', capacity: 20, link: null })),
  rounds: 2,
  roundMinutes: 35,
  way: 'all',
  dotsPerPerson: 3,
  dotsPerTopic: 2,
} as const;

export const enterStage = (stage: string, reason: string | null = null) =>
  ({ type: 'enterStage', stage, reason, allowedMs: null }) as const;

/** In session at `stage`, set up as the demo is. */
export function openSpaceAt(stage: string, change: Partial<Record<keyof typeof demoSpace, unknown>> = {}): LawWorld {
  const world = openSpaceWorld();
  world.do('M03', { ...demoSpace, ...change } as never);
  world.do('M01', { type: 'openSession' });
  if (stage !== 'opening') world.do('M03', enterStage(stage));
  return world;
}

/** Names a topic as the guest's or, through A1, an assisted participant's; its id. */
export function propose(world: LawWorld, participantId: string, title: string): string {
  const guestId = world.state.participants.byId[participantId]?.guestId;
  const [named] = world.do(guestId ? `guest:${guestId}` : 'A1', { type: 'proposeTopic', participantId, title });
  return named?.type === 'TopicProposed' ? named.payload.topicId : '';
}

export const tableId = (world: LawWorld, index: number): string =>
  world.state.openSpace?.space.tables[index]?.tableId ?? '';

export function place(world: LawWorld, topicId: string, table: number, round: number, swap = false): void {
  const from = world.state.openSpace?.wall[topicId];
  world.do('M03', {
    type: 'placeTopic',
    topicId,
    tableId: tableId(world, table),
    round,
    from: from ? { tableId: from.tableId, round: from.round } : null,
    swap,
  });
}

export function playOpenSpace(): LawWorld {
  const world = openSpaceAt('opening');
  const [p1, p2, p3] = [joinAs(world, 'g1'), joinAs(world, 'g2'), joinAs(world, 'g3')];
  const assisted = joinAssisted(world, '戴草帽的阿姨');
  const late = joinAssisted(world, '匿名');
  world.do('M03', { type: 'enterStage', stage: 'market', allowedMs: 20 * 60_000, reason: null });
  world.do('M03', { type: 'extendStage', byMs: 60_000 });
  world.do('M03', enterStage('topics', '还有人要提议题'));

  const [care, meals] = [propose(world, p1, '独居老人怎么照看'), propose(world, p2, '独居老人中午吃什么')];
  const [wires, gone] = [propose(world, assisted, '飞线充电怎么办'), propose(world, p3, '说错了')];
  world.do('guest:g3', { type: 'withdrawTopic', topicId: gone });
  world.do('guest:g3', { type: 'showInterest', participantId: p3, topicId: care, interested: true });
  world.do('guest:g3', { type: 'showInterest', participantId: p3, topicId: care, interested: false });
  const asked = () => Object.keys(world.state.openSpace?.merges ?? {})[0] ?? '';
  world.do('M03', { type: 'proposeMerge', topicId: meals, intoTopicId: wires });
  world.do('guest:g2', { type: 'answerMerge', mergeId: asked(), participantId: p2, consent: false });
  world.do('guest:g2', { type: 'proposeMerge', topicId: meals, intoTopicId: care });
  world.do('guest:g1', { type: 'answerMerge', mergeId: asked(), participantId: p1, consent: true });

  world.do('M03', { ...demoSpace, way: 'shortlist', tables: world.state.openSpace?.space.tables ?? [] });
  world.do('M03', { type: 'shortlistTopics', topicIds: [care, wires] });
  world.do('M03', enterStage('market'));
  world.do('M03', { type: 'arrangeWall' });
  world.do('M03', {
    type: 'takeDownTopic',
    topicId: wires,
    from: world.state.openSpace?.wall[wires] ?? { tableId: '', round: 1 },
  });
  place(world, wires, 1, 2);
  world.do('guest:g1', { type: 'chooseTable', participantId: p1, round: 1, topicId: care });
  world.do('A1', { type: 'chooseTable', participantId: assisted, round: 1, topicId: care });
  world.do('M03', enterStage('rounds'));
  world.do('M03', { type: 'startRound', round: 1, allowedMs: 35 * 60_000 });
  world.do('guest:g1', { type: 'takeRecord', participantId: p1, topicId: care });
  world.do('guest:g1', { type: 'chooseTable', participantId: p1, round: 1, topicId: null });
  world.do('M03', { type: 'endRound' });
  world.do('M03', { type: 'startRound', round: 2, allowedMs: 35 * 60_000 });
  world.do('M03', { type: 'endRound' });
  world.do('M03', enterStage('reports'));
  world.do('M03', { type: 'callReport', topicId: care });
  world.do('M03', { type: 'callReport', topicId: null });

  world.do('M03', enterStage('dots'));
  world.do('M03', { type: 'openDots' });
  for (const [guest, id] of [
    ['g1', p1],
    ['g2', p2],
    ['g3', p3],
  ] as const)
    world.do(`guest:${guest}`, { type: 'placeDots', participantId: id, dots: { [care]: 2, [wires]: 1 } });
  world.do('A1', { type: 'placeDots', participantId: assisted, dots: { [wires]: 2 } });
  const sheet = () => world.state.openSpace?.dots?.sheets[0]?.sheetId ?? '';
  world.do('A1', { type: 'enterPaperDots', people: 1, counts: { [care]: 2 }, unused: 1 });
  world.do('M03', { type: 'settlePaperDots', sheetId: sheet(), confirm: false });
  world.do('A1', { type: 'enterPaperDots', people: 1, counts: { [care]: 1, [wires]: 2 }, unused: 0 });
  world.do('M03', { type: 'settlePaperDots', sheetId: sheet(), confirm: true });
  world.do('M03', { type: 'closeDots' });
  world.do('M01', { type: 'reopenDots', reason: '有一位阿姨还没有贴' });
  world.do('M03', { type: 'closeDots' });

  world.do('M03', enterStage('commitments'));
  const commit = {
    type: 'commitTo',
    topicId: care,
    owner: '银龄守护队',
    action: '摸排独居老人并建档',
    dueDay: '2026-03-31',
  } as const;
  world.do('guest:g1', { ...commit, participantId: p1 });
  world.do('A1', { ...commit, participantId: assisted, action: '再想想' });
  const made = (index: number) => world.state.openSpace?.commitments[index]?.commitmentId ?? '';
  world.do('A1', { type: 'dropCommitment', commitmentId: made(1) });
  world.do('M03', enterStage('closing'));
  world.do('guest:g2', { type: 'sayWord', participantId: p2, word: '踏实' });
  world.do('A1', { type: 'leaveParticipant', participantId: late });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  world.do('M03', { type: 'followUpCommitment', commitmentId: made(0), done: false, note: '还差两个楼组' });
  world.do('M03', { type: 'followUpCommitment', commitmentId: made(0), done: true, note: '' });
  return world;
}
