// An open space from the topics to the closing circle: what each step allows, and what is never broken by many hands at once.
import { describe, expect, it } from 'vitest';
import { randomAmong } from '#tests/support/random-commands.ts';
import { randomFrom } from '#tests/support/random.ts';
import {
  demoSpace,
  enterStage,
  joinAs,
  joinAssisted,
  openSpaceAt,
  openSpaceWorld,
  place,
  playOpenSpace,
  propose,
  tableId,
} from '#tests/support/open-space-session.ts';
import type { LawWorld } from '#tests/support/law-world.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { remainingMs } from '#lib/domain/meeting/timer.ts';
import { audiences } from '#lib/domain/meeting/words.ts';
import { openSpace } from '#lib/domain/formats/open-space.ts';
import { arrange } from './arrange.ts';
import { policy } from '#lib/domain/meeting/policy.ts';
import { openSpaceDeciders } from './index.ts';
import { mergeWaitsFor, similarTopics } from './topics.ts';
import { headsOfRound, livingTopics, peopleAt, topicAt, unclaimedTopics, type OpenSpaceState } from './space.ts';

const space = (world: LawWorld): OpenSpaceState => {
  const open = world.state.openSpace;
  if (!open) throw new Error('no open space');
  return open;
};
const people = (world: LawWorld, count: number) =>
  Array.from({ length: count }, (_, index) => joinAs(world, `g${index + 1}`));
const placing = (world: LawWorld, topicId: string, table: number, round: number, from: unknown = null, swap = false) =>
  ({ type: 'placeTopic', topicId, tableId: tableId(world, table), round, from, swap }) as never;
const mergeOf = (world: LawWorld) => Object.values(space(world).merges)[0];

describe('setting up', () => {
  const setUp = (change: object) => ({ ...demoSpace, ...change }) as never;
  const table = (name: string, more: object = {}) => ({
    tableId: null,
    name,
    place: '',
    capacity: null,
    link: null,
    ...more,
  });

  it('[OS1] is a host’s, with sound numbers, names that differ and links a browser opens', () => {
    const world = openSpaceWorld();
    expect(world.why('A1', demoSpace)).toBe('P1 not-entitled');
    for (const change of [
      { rounds: 0 },
      { rounds: 7 },
      { roundMinutes: 1.5 },
      { dotsPerPerson: 0 },
      { dotsPerTopic: 4 },
      { tables: [] },
      { tables: [table('一号桌'), table('一号桌')] },
      { tables: [table('一号桌', { capacity: 0 })] },
      { tables: [table('线上', { link: 'javascript:alert(1)' })] },
    ])
      expect(world.why('M03', setUp(change))).toBe('OS1 space-unsound');
    expect(world.why('M03', setUp({ theme: ' ' }))).toBe('C2 text-missing');
    world.do('M03', demoSpace);
    expect(space(world).space.tables.map(({ name }) => name)).toEqual(['一号桌', '二号桌', '三号桌']);
  });

  it('[OS1] may be done anew; what is in use stays', () => {
    const world = openSpaceAt('topics');
    const [id = ''] = people(world, 1);
    const topic = propose(world, id, '独居老人怎么照看');
    place(world, topic, 2, 2);
    const { tables } = space(world).space;
    expect(world.why('M03', setUp({ tables: tables.slice(0, 2) }))).toBe('OS1 table-in-use');
    expect(world.why('M03', setUp({ tables, rounds: 1 }))).toBe('OS1 table-in-use');
    world.do('M03', setUp({ tables: [...tables, table('线上房间', { link: 'https://meeting.example.org/1' })] }));
    expect(space(world).space.tables).toHaveLength(4);
    world.do('M03', enterStage('dots'));
    world.do('M03', { type: 'openDots' });
    expect(world.why('M03', setUp({ tables, dotsPerPerson: 5 }))).toBe('OS1 dots-open');
  });

  it('[OS1] nothing can be named before it', () => {
    const world = openSpaceWorld();
    const id = joinAs(world, 'g1');
    world.do('M01', { type: 'openSession' });
    world.do('M03', enterStage('topics'));
    expect(world.why('guest:g1', { type: 'proposeTopic', participantId: id, title: '早到' })).toBe(
      'OS1 space-not-set-up',
    );
  });
});

describe('without a phone', () => {
  it.each(openSpace.commands.filter((type) => policy[type].includes('participant')))(
    '[A9] a helper may %s for somebody, as everybody may for himself',
    (type) => expect(policy[type]).toContain('helper'),
  );
});

describe('topics', () => {
  it('[OS3] a helper asks for a merge for a convener without a phone, who still has to agree', () => {
    const world = openSpaceAt('topics');
    const [one = ''] = people(world, 1);
    const assisted = joinAssisted(world, '戴草帽的阿姨');
    const [topicId, intoTopicId] = [propose(world, assisted, '电动车棚不够用'), propose(world, one, '飞线充电怎么办')];
    world.do('A1', { type: 'proposeMerge', topicId, intoTopicId });
    const mergeId = mergeOf(world)?.mergeId ?? '';
    world.do('guest:g1', { type: 'answerMerge', mergeId, participantId: one, consent: true });
    expect(livingTopics(space(world))).toHaveLength(2);
    world.do('A1', { type: 'answerMerge', mergeId, participantId: assisted, consent: true });
    expect(livingTopics(space(world)).map(({ authors }) => authors)).toEqual([[one, assisted]]);
  });

  it('[OS2] one sentence, by its convener or at the desk for somebody without a phone', () => {
    const world = openSpaceAt('topics');
    const [one = '', two = ''] = people(world, 2);
    const assisted = joinAssisted(world, '戴草帽的阿姨');
    const topic = propose(world, one, ' 飞线充电怎么办 ');
    expect(space(world).topics[topic]).toMatchObject({
      title: { text: '飞线充电怎么办' },
      convener: one,
      authors: [one],
    });
    propose(world, assisted, '楼道扶手和灯');
    expect(world.log[world.log.length - 1]).toMatchObject({ type: 'TopicProposed', payload: { assisted: true } });
    const say = (participantId: string, title: string) => ({ type: 'proposeTopic', participantId, title }) as const;
    expect(world.why('guest:g2', say(one, '替别人说'))).toBe('A9 not-your-part');
    expect(world.why('guest:g2', say(two, '飞线充电怎么办'))).toBe('OS2 topic-there-already');
    expect(world.why('guest:g2', say(two, '长'.repeat(41)))).toBe('C2 text-too-long');
    world.do('M03', enterStage('dots'));
    expect(world.why('guest:g2', say(two, '太晚了'))).toBe('L8 wrong-stage');
  });

  it('[OS2] anybody is interested or no longer, once; the convener and a host withdraw', () => {
    const world = openSpaceAt('topics');
    const [one = '', two = ''] = people(world, 2);
    const topic = propose(world, one, '飞线充电怎么办');
    const show = (interested: boolean) =>
      ({ type: 'showInterest', participantId: two, topicId: topic, interested }) as const;
    world.do('guest:g2', show(true));
    expect(world.why('guest:g2', show(true))).toBe('OS2 already-done');
    expect(space(world).topics[topic]?.interested).toEqual([one, two]);
    world.do('guest:g2', show(false));
    expect(world.why('guest:g2', { type: 'withdrawTopic', topicId: topic })).toBe('OS2 not-convener');
    place(world, topic, 0, 1);
    world.do('guest:g1', { type: 'withdrawTopic', topicId: topic });
    expect([livingTopics(space(world)), space(world).wall]).toEqual([[], {}]);
    expect(world.why('guest:g1', { type: 'withdrawTopic', topicId: topic })).toBe('OS2 unknown-topic');
  });

  it('[OS3] merge only when both conveners agree; every author and everybody interested stays', () => {
    const world = openSpaceAt('topics');
    const [one = '', two = '', three = ''] = people(world, 3);
    const care = propose(world, one, '独居老人怎么照看');
    const meals = propose(world, two, '独居老人中午吃什么');
    world.do('guest:g3', { type: 'showInterest', participantId: three, topicId: meals, interested: true });
    expect(similarTopics(space(world), space(world).topics[meals] as never).map(({ topicId }) => topicId)).toEqual([
      care,
    ]);
    expect(world.why('guest:g3', { type: 'proposeMerge', topicId: meals, intoTopicId: care })).toBe('OS3 not-convener');
    world.do('M03', { type: 'proposeMerge', topicId: meals, intoTopicId: care });
    expect(world.why('M03', { type: 'proposeMerge', topicId: care, intoTopicId: meals })).toBe('OS3 already-done');
    const answer = (participantId: string, consent = true) =>
      ({ type: 'answerMerge', mergeId: mergeOf(world)?.mergeId ?? '', participantId, consent }) as const;
    world.do('guest:g2', answer(two));
    expect(mergeWaitsFor(space(world), mergeOf(world) as never)).toEqual([one]);
    expect(livingTopics(space(world))).toHaveLength(2);
    expect(world.why('A1', answer(one))).toBe('OS3 not-your-part');
    expect(world.why('guest:g3', answer(three))).toBe('OS3 not-convener');
    world.do('guest:g1', answer(one));
    expect(livingTopics(space(world))).toMatchObject([
      { topicId: care, convener: one, authors: [one, two], interested: [one, two, three] },
    ]);
    expect(space(world).topics[meals]?.mergedInto).toBe(care);
    expect(world.why('guest:g1', answer(one))).toBe('OS3 unknown-merge');
  });

  it('[OS3] one no ends the question; the desk answers for a convener without a phone', () => {
    const world = openSpaceAt('topics');
    const [one = ''] = people(world, 1);
    const assisted = joinAssisted(world, '戴草帽的阿姨');
    const [left, right] = [propose(world, one, '飞线充电怎么办'), propose(world, assisted, '电动车棚不够用')];
    world.do('guest:g1', { type: 'proposeMerge', topicId: right, intoTopicId: left });
    const answer = (consent: boolean) =>
      ({ type: 'answerMerge', mergeId: mergeOf(world)?.mergeId ?? '', participantId: assisted, consent }) as const;
    world.do('A1', answer(false));
    expect([space(world).merges, livingTopics(space(world)).length]).toEqual([{}, 2]);
    world.do('M03', { type: 'proposeMerge', topicId: right, intoTopicId: left });
    world.do('guest:g1', { ...answer(true), participantId: one });
    world.do('A1', answer(true));
    expect(livingTopics(space(world)).map(({ authors }) => authors)).toEqual([[one, assisted]]);
  });

  it('[OS4] all topics run, or those on the shortlist', () => {
    const world = openSpaceAt('topics');
    const [one = '', two = ''] = people(world, 2);
    const [left, right] = [propose(world, one, '飞线充电怎么办'), propose(world, two, '楼道扶手和灯')];
    expect(world.why('M03', { type: 'shortlistTopics', topicIds: [left] })).toBe('OS4 all-topics-run');
    world.do('M03', { ...demoSpace, way: 'shortlist', tables: space(world).space.tables });
    expect(world.why('M03', placing(world, left, 0, 1))).toBe('OS4 topic-does-not-run');
    world.do('M03', { type: 'shortlistTopics', topicIds: [left] });
    place(world, left, 0, 1);
    expect(world.why('M03', placing(world, right, 1, 1))).toBe('OS4 topic-does-not-run');
    expect(world.why('M03', { type: 'shortlistTopics', topicIds: [right] })).toBe('OS4 table-in-use');
    expect(world.why('M03', { type: 'shortlistTopics', topicIds: [left, 'nothing'] })).toBe('OS2 unknown-topic');
  });
});

describe('the wall', () => {
  it('[OS5] one topic a cell, no convener twice a round, and who comes second is told why', () => {
    const world = openSpaceAt('market');
    const [one = '', two = ''] = people(world, 2);
    const [a, b, c] = [propose(world, one, '第一个'), propose(world, one, '第二个'), propose(world, two, '第三个')];
    place(world, a, 0, 1);
    const taken = world.refusal('M03', placing(world, c, 0, 1));
    expect([taken.reason, taken.params]).toEqual(['cell-taken', { table: '一号桌', round: 1 }]);
    expect(world.why('M03', placing(world, b, 1, 1))).toBe('OS5 convener-twice');
    expect(world.why('M03', placing(world, c, 0, 3))).toBe('OS5 unknown-table');
    expect(world.why('M03', placing(world, c, 9, 1))).toBe('OS5 unknown-table');
    place(world, c, 1, 1);
    // Both have picked up the card where it was; the first to let go has it.
    const from = { tableId: tableId(world, 1), round: 1 };
    world.do('M03', placing(world, c, 2, 1, from));
    expect(world.why('A1', placing(world, c, 2, 2, from))).toBe('OS5 card-moved');
    expect(world.why('A1', { type: 'takeDownTopic', topicId: c, from })).toBe('OS5 card-moved');
    expect(world.why('guest:g1', placing(world, b, 2, 2))).toBe('P1 not-entitled');
  });

  it('[OS5] exchanges two cards, or a card with one from the tray, and keeps conveners apart in both rounds', () => {
    const world = openSpaceAt('market');
    const [one = '', two = '', three = ''] = people(world, 3);
    const [a, b] = [propose(world, one, '第一个'), propose(world, two, '第二个')];
    const [c, d] = [propose(world, three, '第三个'), propose(world, one, '第四个')];
    place(world, a, 0, 1);
    place(world, b, 0, 2);
    place(world, a, 0, 2, true);
    expect(space(world).wall).toMatchObject({ [a]: { round: 2 }, [b]: { round: 1 } });
    place(world, c, 0, 2, true);
    expect(space(world).wall[a]).toBeUndefined();
    place(world, d, 1, 1);
    place(world, a, 1, 2);
    const at = space(world).wall[c];
    // The fourth would come to round 2, where its convener already has the first.
    expect(world.why('M03', placing(world, c, 1, 1, { tableId: at?.tableId, round: at?.round }, true))).toBe(
      'OS5 convener-twice',
    );
  });

  it('[OS5] what has begun does not move', () => {
    const world = openSpaceAt('market');
    const [one = '', two = ''] = people(world, 2);
    const [a, b] = [propose(world, one, '第一个'), propose(world, two, '第二个')];
    place(world, a, 0, 1);
    world.do('M03', enterStage('rounds'));
    world.do('M03', { type: 'startRound', round: 1, allowedMs: 60_000 });
    const from = { tableId: tableId(world, 0), round: 1 };
    expect(world.why('M03', placing(world, a, 0, 2, from))).toBe('OS5 round-over');
    expect(world.why('M03', placing(world, b, 1, 1))).toBe('OS5 round-over');
    expect(world.why('M03', { type: 'takeDownTopic', topicId: a, from })).toBe('OS5 round-over');
    place(world, b, 1, 2);
  });

  it('[OS6] arranging keeps what is there, gives big interest big tables, keeps conveners apart, and says why', () => {
    const world = openSpaceAt('market');
    world.do('M03', {
      ...demoSpace,
      tables: space(world).space.tables.map((table, index) => ({ ...table, capacity: [8, 30, 12][index] ?? null })),
    });
    const ids = people(world, 8);
    const [a, b] = [propose(world, ids[0] ?? '', '最多人的'), propose(world, ids[0] ?? '', '同一召集人')];
    const [c, d] = [propose(world, ids[1] ?? '', '手动放的'), propose(world, ids[2] ?? '', '没人关注的')];
    ids
      .slice(1)
      .forEach((id, index) =>
        world.do(`guest:g${index + 2}`, { type: 'showInterest', participantId: id, topicId: a, interested: true }),
      );
    place(world, c, 2, 1);
    world.do('A1', { type: 'arrangeWall' });
    const { wall } = space(world);
    expect(wall[c]).toEqual({ tableId: tableId(world, 2), round: 1, why: null });
    expect(wall[a]).toMatchObject({ tableId: tableId(world, 1), why: { interested: 8, size: 1, convenerBusy: true } });
    expect(wall[a]?.round).not.toBe(wall[b]?.round);
    expect(wall[d]?.why).toMatchObject({ interested: 1 });
    expect(world.why('A1', { type: 'arrangeWall' })).toBe('OS6 nothing-to-arrange');
  });

  it('[OS6] leaves as few people torn as it can, the same every time, and says what found no cell', () => {
    const world = openSpaceAt('market', { tables: demoSpace.tables.slice(0, 2) });
    const ids = people(world, 9);
    const topics = ['甲', '乙', '丙', '丁', '戊'].map((title, index) =>
      propose(world, ids[index] ?? '', `议题${title}`),
    );
    // 甲 and 乙 are wanted by the same people, so are 丙 and 丁: they must not stand in one round.
    const want = (guest: number, topic: number) =>
      world.do(`guest:g${guest + 1}`, {
        type: 'showInterest',
        participantId: ids[guest] ?? '',
        topicId: topics[topic] ?? '',
        interested: true,
      });
    for (const guest of [5, 6]) for (const topic of [0, 1]) want(guest, topic);
    for (const guest of [7, 8]) for (const topic of [2, 3]) want(guest, topic);
    const answer = arrange(space(world));
    const roundOf = (index: number) => answer.placements.find(({ topicId }) => topicId === topics[index])?.round;
    expect(roundOf(0)).not.toBe(roundOf(1));
    expect(roundOf(2)).not.toBe(roundOf(3));
    expect(answer.placements.every(({ why }) => why.overlap === 0)).toBe(true);
    expect(answer.left).toEqual([{ topicId: topics[4], because: 'no-cell' }]);
    expect(arrange(space(world))).toEqual(answer);
  });
});

describe('rounds', () => {
  const begun = (capacity: number | null = null) => {
    const world = openSpaceAt('market', { tables: demoSpace.tables.map((table) => ({ ...table, capacity })) });
    const ids = people(world, 4);
    const topics = ['第一个', '第二个', '第三个'].map((title, index) => propose(world, ids[index] ?? '', title));
    topics.forEach((topic, index) => place(world, topic, index % 2, index < 2 ? 1 : 2));
    return { world, ids, topics };
  };
  const go = (participantId: string, topicId: string | null, round = 1) =>
    ({ type: 'chooseTable', participantId, round, topicId }) as const;

  it('[OS7] a table is chosen and left at any time until its round is over; one is at one table', () => {
    const { world, ids, topics } = begun();
    const [one = ''] = ids;
    const [a = '', b = '', c = ''] = topics;
    world.do('guest:g1', go(one, a));
    world.do('guest:g1', go(one, b));
    expect([peopleAt(space(world), a), peopleAt(space(world), b)]).toEqual([[], [one]]);
    expect(world.why('guest:g1', go(one, b))).toBe('OS7 already-done');
    expect(world.why('guest:g1', go(one, c))).toBe('OS7 unknown-topic');
    world.do('guest:g1', go(one, c, 2));
    world.do('M03', enterStage('rounds'));
    world.do('M03', { type: 'startRound', round: 1, allowedMs: 60_000 });
    world.do('guest:g1', go(one, null));
    expect(space(world).tables[1]?.[one]).toBeNull();
    const assisted = joinAssisted(world, '戴草帽的阿姨');
    world.do('A1', go(assisted, a));
    expect(headsOfRound(space(world), 1)).toEqual({ [a]: 1 });
    expect(world.why('guest:g2', go(one, a))).toBe('A9 not-your-part');
    world.do('M03', { type: 'endRound' });
    expect(world.why('guest:g1', go(one, a))).toBe('OS7 round-over');
  });

  it('[OS7] takes no more than the table holds', () => {
    const { world, ids, topics } = begun(2);
    const [a = ''] = topics;
    ids.slice(0, 2).forEach((id, index) => world.do(`guest:g${index + 1}`, go(id, a)));
    expect(world.refusal('guest:g3', go(ids[2] ?? '', a))).toMatchObject({
      reason: 'table-full',
      params: { capacity: 2 },
    });
    world.do('guest:g1', go(ids[0] ?? '', null));
    world.do('guest:g3', go(ids[2] ?? '', a));
  });

  it('[OS8] rounds run one at a time and in order, by a clock that a recess stops; each table gets its notes', () => {
    const { world, topics } = begun();
    const start = (round: number) => ({ type: 'startRound', round, allowedMs: 600_000 }) as const;
    expect(world.why('M03', start(1))).toBe('L8 wrong-stage');
    world.do('M03', enterStage('rounds'));
    expect(world.why('M03', start(2))).toBe('OS8 round-out-of-order');
    expect(world.why('M03', { type: 'endRound' })).toBe('OS8 round-not-running');
    world.do('M03', start(1));
    expect(topicAt(space(world), { tableId: tableId(world, 0), round: 1 })?.notesId).toBeTypeOf('string');
    expect(space(world).topics[topics[2] ?? '']?.notesId).toBeNull();
    expect(world.why('M03', start(2))).toBe('OS8 round-running');
    expect(world.why('M03', enterStage('reports'))).toBe('OS8 round-running');
    world.wait(59_000).do('M01', { type: 'callRecess' });
    world.wait(900_000).do('M01', { type: 'resumeSession' });
    const timer = world.state.stage?.timer;
    expect(timer && remainingMs(timer, world.now)).toBe(540_000);
    world.do('M03', { type: 'endRound' });
    world.do('M03', start(2));
    world.do('M03', { type: 'endRound' });
    expect([space(world).roundsDone, world.state.stage?.timer]).toEqual([2, null]);
    expect(world.why('M03', start(3))).toBe('OS8 round-out-of-order');
    world.do('M03', enterStage('reports'));
    world.do('M03', { type: 'callReport', topicId: topics[0] ?? '' });
    expect(world.state.stage?.timer?.allowedMs).toBe(180_000);
    world.do('M03', { type: 'callReport', topicId: topics[1] ?? '' });
    world.do('M03', { type: 'callReport', topicId: null });
    expect(space(world).reported).toEqual(topics.slice(0, 2));
  });

  it('[OS8] a round without topics does not start', () => {
    const world = openSpaceAt('rounds');
    expect(world.why('M03', { type: 'startRound', round: 1, allowedMs: 60_000 })).toBe('OS8 round-empty');
  });
});

describe('dots', () => {
  const opened = (count = 3) => {
    const world = openSpaceAt('topics');
    const ids = people(world, count);
    const topics = ['第一个', '第二个', '第三个'].map((title) => propose(world, ids[0] ?? '', title));
    world.do('M03', enterStage('dots'));
    world.do('M03', { type: 'openDots' });
    return { world, ids, topics };
  };
  const hand = (participantId: string, dots: Readonly<Record<string, number>>) =>
    ({ type: 'placeDots', participantId, dots }) as const;

  it('[OS9] so many a person, so many on one topic; handing in again replaces', () => {
    const { world, ids, topics } = opened();
    const [one = ''] = ids;
    const [a = '', b = '', c = ''] = topics;
    expect(world.refusal('guest:g1', hand(one, { [a]: 3 }))).toMatchObject({ params: { most: 3, mostEach: 2 } });
    expect(world.why('guest:g1', hand(one, { [a]: 2, [b]: 2 }))).toBe('OS9 too-many-dots');
    expect(world.why('guest:g1', hand(one, { [a]: -1 }))).toBe('C1 command-malformed');
    expect(world.why('guest:g1', hand(one, { nothing: 1 }))).toBe('OS9 unknown-topic');
    world.do('guest:g1', hand(one, { [a]: 2, [b]: 1 }));
    world.do('guest:g1', hand(one, { [a]: 1, [b]: 1, [c]: 1 }));
    world.do('M03', { type: 'closeDots' });
    expect(space(world).dots?.result).toMatchObject({
      counts: { [a]: 1, [b]: 1, [c]: 1 },
      people: 1,
      dots: 3,
      unused: 0,
    });
    expect(world.why('guest:g1', hand(one, { [a]: 2 }))).toBe('OS9 dots-not-open');
    expect(world.why('M03', { type: 'openDots' })).toBe('OS9 dots-open');
  });

  it('[OS9] [E4] before the close only the hosts who count learn what was chosen', () => {
    const { world, ids, topics } = opened();
    world.do('guest:g1', hand(ids[0] ?? '', { [topics[0] ?? '']: 2 }));
    for (const audience of audiences) {
      const dots = world.fold(world.readAs(audience)).openSpace?.dots;
      expect(Object.keys(dots?.handedIn ?? {})).toEqual([ids[0]]);
      expect(Object.keys(dots?.choices ?? {})).toEqual(audience === 'hosts' ? [ids[0]] : []);
    }
    world.do('M03', { type: 'closeDots' });
    expect(world.fold(world.readAs('everyone')).openSpace?.dots?.result?.counts).toEqual(
      space(world).dots?.result?.counts,
    );
  });

  it('[OS10] paper is entered by one, confirmed by another, adds up and counts nobody twice', () => {
    const { world, ids, topics } = opened(3);
    const [a = '', b = ''] = topics;
    const paper = (count: number, counts: Readonly<Record<string, number>>, unused = 0) =>
      ({ type: 'enterPaperDots', people: count, counts, unused }) as const;
    expect(world.refusal('A1', paper(2, { [a]: 4, [b]: 1 }))).toMatchObject({
      reason: 'paper-dots-do-not-add-up',
      params: { counted: 5, expected: 6 },
    });
    expect(world.why('A1', paper(2, { [a]: 5, [b]: 1 }))).toBe('OS9 too-many-dots');
    expect(world.why('A1', paper(4, { [a]: 8, [b]: 4 }))).toBe('OS10 dots-do-not-reconcile');
    world.do('guest:g1', hand(ids[0] ?? '', { [b]: 2 }));
    world.do('A1', paper(2, { [a]: 4, [b]: 1 }, 1));
    expect(world.why('A1', paper(1, { [a]: 2 }, 1))).toBe('OS10 dots-do-not-reconcile');
    const sheetId = space(world).dots?.sheets[0]?.sheetId ?? '';
    const settle = (confirm: boolean) => ({ type: 'settlePaperDots', sheetId, confirm }) as const;
    expect(world.why('A1', settle(true))).toBe('OS10 second-person-needed');
    expect(world.refusal('M03', { type: 'closeDots' })).toMatchObject({
      reason: 'second-person-needed',
      params: { count: 1 },
    });
    world.do('M03', settle(true));
    expect(world.why('M03', settle(true))).toBe('OS10 sheet-already-settled');
    expect(world.why('guest:g2', hand(ids[1] ?? '', { [a]: 1 }))).toBe('OS10 dots-do-not-reconcile');
    world.do('guest:g1', hand(ids[0] ?? '', { [b]: 1 }));
    world.do('M03', { type: 'closeDots' });
    expect(space(world).dots?.result).toEqual({
      counts: { [a]: 4, [b]: 2, [topics[2] ?? '']: 0 },
      people: 3,
      byPhone: 1,
      byHelper: 0,
      onPaper: 2,
      dots: 6,
      unused: 3,
    });
  });

  it('[OS10] is opened again with a reason, and keeps what was handed in', () => {
    const { world, ids, topics } = opened();
    world.do('guest:g1', hand(ids[0] ?? '', { [topics[0] ?? '']: 2 }));
    expect(world.why('M03', enterStage('commitments'))).toBe('OS9 dots-open');
    world.do('M03', { type: 'closeDots' });
    expect(world.why('M01', { type: 'reopenDots', reason: '' })).toBe('C2 text-missing');
    world.do('M01', { type: 'reopenDots', reason: '漏了一桌' });
    expect(space(world).dots).toMatchObject({ status: 'open', result: null, handedIn: { [ids[0] ?? '']: {} } });
    expect(world.refusal('M01', { type: 'adjournMeeting', leaveUnfinished: false }).reason).toBe('unanswered-business');
  });
});

describe('commitments', () => {
  it('[OS11] have an owner, a first step and a day; unclaimed topics are named; what became of them is recorded later', () => {
    const world = openSpaceAt('topics');
    const [one = ''] = people(world, 2);
    const [a, b] = [propose(world, one, '第一个'), propose(world, one, '第二个')];
    world.do('M03', enterStage('commitments'));
    const commit = {
      type: 'commitTo',
      participantId: one,
      topicId: a,
      owner: '银龄守护队',
      action: '摸排',
      dueDay: '2026-03-31',
    } as const;
    expect(world.why('guest:g1', { ...commit, owner: '' })).toBe('C2 text-missing');
    expect(world.why('guest:g1', { ...commit, action: ' ' })).toBe('C2 text-missing');
    expect(world.why('guest:g1', { ...commit, dueDay: '2026-02-30' })).toBe('OS11 day-unfit');
    world.do('guest:g1', commit);
    expect(unclaimedTopics(space(world)).map(({ topicId }) => topicId)).toEqual([b]);
    const commitmentId = space(world).commitments[0]?.commitmentId ?? '';
    expect(world.why('guest:g2', { type: 'dropCommitment', commitmentId })).toBe('OS11 not-your-part');
    world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
    expect(world.why('guest:g1', { type: 'dropCommitment', commitmentId })).toBe('L8 wrong-phase');
    world.do('M03', { type: 'followUpCommitment', commitmentId, done: true, note: '已建档 43 户' });
    expect(space(world).commitments[0]?.followUp).toMatchObject({ done: true, note: { text: '已建档 43 户' } });
    expect(world.why('M03', { type: 'followUpCommitment', commitmentId: 'x', done: true, note: '' })).toBe(
      'OS11 unknown-commitment',
    );
  });

  it('[OS12] one closing word each; said anew, the last one stands', () => {
    const world = openSpaceAt('closing');
    const [one = ''] = people(world, 1);
    const say = (word: string) => ({ type: 'sayWord', participantId: one, word }) as const;
    expect(world.why('guest:g1', say('长'.repeat(13)))).toBe('C2 text-too-long');
    world.do('guest:g1', say('期待'));
    world.do('guest:g1', say('踏实'));
    expect(Object.values(space(world).words).map(({ text }) => text)).toEqual(['踏实']);
  });
});

describe('the whole', () => {
  it('[E1] folds the same from what was stored, and a meeting of another format has nothing of it', () => {
    const world = playOpenSpace();
    expect(world.fold(JSON.parse(JSON.stringify(world.log)) as never)).toEqual(world.state);
    expect('openSpace' in openSpaceWorld().state).toBe(false);
  });

  it.each([1, 2, 3])('[OS5] [OS7] [OS10] 1,500 commands of seed %i break nothing', (seed) => {
    const random = randomFrom(seed);
    const world = openSpaceAt('market', { tables: demoSpace.tables.map((table) => ({ ...table, capacity: 2 })) });
    people(world, 6);
    const types = openSpace.commands.filter((type) => type in openSpaceDeciders && type !== 'setUpSpace');
    const stages = ['market', 'rounds', 'reports', 'dots', 'commitments', 'closing'];
    let accepted = 0;
    for (let step = 0; step < 1_500; step += 1) {
      if (step % 250 === 249) {
        const next = stages[Math.floor(step / 250)] ?? 'closing';
        if (!isRefusal(world.ask('M03', enterStage(next)))) world.do('M03', enterStage(next));
      }
      const { who, command } = randomAmong(types, random, world);
      if (isRefusal(world.ask(who, command))) continue;
      world.do(who, command);
      accepted += 1;
      const open = space(world);
      const placed = Object.entries(open.wall);
      const cells = placed.map(([, { tableId: at, round }]) => `${at} ${round}`);
      const held = placed.map(([id, { round }]) => `${open.topics[id]?.convener} ${round}`);
      expect(new Set(cells).size).toBe(cells.length);
      expect(new Set(held).size).toBe(held.length);
      for (const round of [1, 2])
        for (const heads of Object.values(headsOfRound(open, round))) expect(heads).toBeLessThanOrEqual(2);
      const result = open.dots?.result;
      if (result) expect(result.dots + result.unused).toBe(result.people * 3);
    }
    expect(accepted).toBeGreaterThan(40);
    expect(world.fold(JSON.parse(JSON.stringify(world.log)) as never)).toEqual(world.state);
  });
});
