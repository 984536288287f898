// Script 6.2 from check-in to the needs: 46 people over real sockets, 33 with a phone and 13 without, every figure as in the dataset; and what must
// hold when many hands do the same thing at once or the network goes.
import { beforeAll, describe, expect, test } from 'vitest';
import { remainingMs } from '#lib/domain/meeting/timer.ts';
import { participantsHere } from '#lib/domain/meeting/participants.ts';
import { headsOfRound, livingTopics, unclaimedTopics } from '#lib/domain/meeting/open-space/space.ts';
import { openSpace as zhCN } from '#lib/messages/zh-CN/open-space.ts';
import { followUpsIn } from '#lib/domain/meeting/follow-ups.ts';
import { messages } from '#lib/messages/zh-CN.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import { seedDemoOpenSpace } from '#lib/server/demo/open-space.ts';
import { followUpsAtDesk, owedBy } from '#lib/server/follow-ups/follow-ups.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { wordFile } from '#lib/server/files/word-file.ts';
import { wordsOf } from '#lib/server/files/printed.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { needsAtDesk } from '#lib/server/needs/desk.ts';
import { db } from '#lib/server/db/client.ts';
import { ensureMinutes, minutesBlocks } from '#lib/server/minutes/document.ts';
import { freezeMinutes, recordIn, standingRecord } from '#lib/server/minutes/freeze.ts';
import { bookletOf } from '#lib/server/open-space/booklet.ts';
import {
  collectionFor,
  fatesOf,
  joinNeeds,
  makeNeed,
  makePlan,
  needsOfTopics,
  plansOfTopics,
} from '#lib/server/open-space/onward.ts';
import { proposerBy, proposersOf, topicLookup } from '#lib/server/open-space/own-topics.ts';
import { draftedPlan } from '#lib/server/projects/plans.ts';
import { readAllNotes } from '#lib/server/open-space/notes.ts';
import { play } from '#lib/server/practice/player.ts';
import { isOfficeRefusal, orThrow } from '#lib/protocol/office-refusals.ts';
import { openSpace } from '#lib/server/practice/scripts/open-space.ts';
import { demoMeeting, notesLink, OpenSpaceHall, openHallWithDocuments } from '#tests/support/open-space-hall.ts';
import { asPerson } from '#tests/support/session.ts';
import { enteredBySlip, theDemo } from '#tests/support/world.ts';

let url = '';
let ids: DemoIds;
beforeAll(async () => {
  url = await openHallWithDocuments();
  ids = await theDemo({ realm: 'practice' });
});

const opened = async (): Promise<OpenSpaceHall> => new OpenSpaceHall(url, await seedDemoOpenSpace(ids), ids).begin();

describe('an open space, live from end to end', () => {
  test('[OS13] script 6.2: 46 people, 11 topics to 6 by consent, two rounds on three tables, 138 dots, commitments, booklet, needs', async () => {
    const hall = await opened();
    await hall.comeIn();
    expect(participantsHere(hall.helper.state)).toHaveLength(demoMeeting.participants);
    expect(participantsHere(hall.helper.state).filter(({ assistedBy }) => assistedBy !== null)).toHaveLength(
      demoMeeting.assisted,
    );
    await hall.do(hall.chair, { type: 'openSession' });
    expect(hall.chair.state.stage?.stage).toBe('opening');

    await hall.enter('topics');
    await hall.nameTopics();
    await hall.mergeTopics();
    expect(livingTopics(hall.open)).toHaveLength(demoMeeting.topics_after_merge);
    for (const { id, title } of demoMeeting.topics) {
      const topic = hall.open.topics[hall.topics[id] ?? ''];
      const joined = demoMeeting.topics_posted_list.filter((each) => each.id === id || each.merged_into === id);
      expect(topic?.title.text).toBe(title);
      expect([...(topic?.authors ?? [])].sort(), `${id} keeps its authors`).toEqual(
        joined.map(({ convener }) => hall.convener(convener).participantId).sort(),
      );
    }

    await hall.enter('market');
    await hall.placeTopics();
    for (const round of [1, 2]) await hall.sitDown(round);
    await hall.secretary.until(() => Object.keys(hall.open.tables[2] ?? {}).length === 46);
    expect(Object.values(headsOfRound(hall.open, 1)).sort()).toEqual([15, 15, 16]);

    await hall.enter('rounds');
    await hall.do(hall.secretary, { type: 'startRound', round: 1, allowedMs: 35 * 60_000 });
    const timer = hall.secretary.state.stage?.timer;
    expect(timer && remainingMs(timer, Date.now())).toBeGreaterThan(34 * 60_000);
    // Somebody with a phone and somebody without wander and sit down elsewhere.
    const [walker, butterfly] = [hall.people[0], hall.people[45]];
    if (!walker || !butterfly) throw new Error('nobody there');
    const walk = (topicId: string | null, person = walker) =>
      hall.do(hall.hand(person), { type: 'chooseTable', participantId: person.participantId, round: 1, topicId });
    await walk(null, butterfly);
    await walk(hall.topics.TP3 ?? '');
    await hall.secretary.until(() => headsOfRound(hall.open, 1)[hall.topics.TP3 ?? ''] === 16);

    // Three at one table write at once, one of them without a network for the whole round: nothing typed is lost.
    const notesId = hall.open.topics[hall.topics.TP1 ?? '']?.notesId ?? '';
    const writers = hall.people.slice(10, 13).map(({ cookie }) => notesLink(url, notesId, cookie));
    const [one, two, lost] = writers;
    if (!one || !two || !lost) throw new Error('nobody writes');
    await expect.poll(() => writers.every(({ link }) => link.state === 'saved' && link.mayWrite)).toBe(true);
    lost.drop();
    await expect.poll(() => lost.link.connected).toBe(false);
    one.write('points', '43 户独居，先摸底。');
    two.write('support', '需要网格员带路。');
    lost.write('conclusion', '每周探访两次。');
    await hall.do(hall.hand(walker), {
      type: 'takeRecord',
      participantId: walker.participantId,
      topicId: hall.topics.TP1 ?? '',
    });
    await hall.do(hall.secretary, { type: 'endRound' });
    lost.back();
    await expect.poll(() => writers.every((each) => each.read('conclusion') === '每周探访两次。')).toBe(true);
    await expect.poll(() => writers.every(({ link }) => link.state === 'saved')).toBe(true);

    await hall.do(hall.secretary, { type: 'startRound', round: 2, allowedMs: 35 * 60_000 });
    await hall.do(hall.secretary, { type: 'endRound' });
    await hall.enter('reports');
    for (const { id } of demoMeeting.topics)
      await hall.do(hall.secretary, { type: 'callReport', topicId: hall.topics[id] ?? '' });
    await hall.do(hall.secretary, { type: 'callReport', topicId: null });
    expect(hall.open.reported).toHaveLength(6);

    await hall.enter('dots');
    await hall.do(hall.secretary, { type: 'openDots' });
    const paper: Record<string, number> = {};
    await Promise.all(
      hall.people.map((person, index) => {
        const dots = hall.dotsOf(index);
        // Eight of those without a phone stick paper; five tell the helper.
        if (person.phone === null && index >= 38) {
          for (const [topicId, count] of Object.entries(dots)) paper[topicId] = (paper[topicId] ?? 0) + count;
          return Promise.resolve();
        }
        return hall.do(hall.hand(person), { type: 'placeDots', participantId: person.participantId, dots });
      }),
    );
    await hall.do(hall.helper, { type: 'enterPaperDots', people: 8, counts: paper, unused: 0 });
    await hall.secretary.until(() => hall.open.dots?.sheets.length === 1);
    expect(await hall.secretary.act({ type: 'closeDots' })).toMatchObject({ reason: 'second-person-needed' });
    const sheetId = hall.open.dots?.sheets[0]?.sheetId ?? '';
    expect(await hall.helper.act({ type: 'settlePaperDots', sheetId, confirm: true })).toMatchObject({ rule: 'OS10' });
    await hall.do(hall.secretary, { type: 'settlePaperDots', sheetId, confirm: true });
    await hall.do(hall.secretary, { type: 'closeDots' });
    const result = hall.open.dots?.result;
    expect(demoMeeting.topics.map(({ id }) => result?.counts[hall.topics[id] ?? ''])).toEqual([34, 29, 25, 21, 17, 12]);
    expect(result).toMatchObject({
      dots: demoMeeting.dots_total,
      unused: 0,
      people: demoMeeting.participants,
      byPhone: demoMeeting.with_phone,
      byHelper: 5,
      onPaper: 8,
    });

    await hall.enter('commitments');
    for (const { topic, action, owner, due } of demoMeeting.commitments) {
      const ref = demoMeeting.topics.find(({ id }) => id === topic)?.convener ?? '';
      const person = hall.convener(ref);
      const name = dataset.organizations.find(({ id }) => id === owner)?.name ?? owner;
      await hall.do(hall.hand(person), {
        type: 'commitTo',
        participantId: person.participantId,
        topicId: hall.topics[topic] ?? '',
        owner: name,
        action,
        dueDay: due,
      });
    }
    await hall.secretary.until(() => hall.open.commitments.length === demoMeeting.commitments.length);
    expect(new Set(unclaimedTopics(hall.open).map(({ title }) => title.text))).toEqual(
      new Set(demoMeeting.topics.slice(3).map(({ title }) => title)),
    );
    await hall.enter('closing');
    await hall.do(hall.hand(walker), { type: 'sayWord', participantId: walker.participantId, word: '踏实' });
    await hall.do(hall.chair, { type: 'adjournMeeting', leaveUnfinished: false });

    // [OS13] The notes are final now, and everybody's screen ends equal.
    await expect.poll(() => writers.every(({ link }) => link.state === 'frozen')).toBe(true);
    const copy = await freshCopy(hall.meetingId);
    const { state } = copy;
    await Promise.all(hall.people.map(({ phone }) => phone?.until(() => phone.state.seq === state.seq)));
    for (const { phone } of hall.people)
      if (phone) expect(phone.state.openSpace).toEqual(copy.stateFor(phone.viewer.audience).openSpace);
    expect(await checkChain(hall.meetingId)).toMatchObject({ whole: true, events: state.seq });

    const notes = await readAllNotes(hall.open);
    const booklet = bookletOf(messages, zhCN, 'zh-CN', state, notes);
    if (!booklet) throw new Error('no booklet');
    const text = wordsOf(booklet).join('\n');
    for (const { title, dots } of demoMeeting.topics) expect(text).toMatch(new RegExp(`${title}\n${dots}`));
    for (const part of ['43 户独居，先摸底。', '每周探访两次。', '摸排独居老人并建档', '还没有人认领', '踏实', '138'])
      expect(text).toContain(part);
    expect((await typeset(booklet, state.adjournedAt ?? 0)).pages).toBeGreaterThan(1);
    expect((await wordFile(booklet)).byteLength).toBeGreaterThan(5_000);

    // [K2] The minutes are there whole, with the notes as prose; frozen, a convener's name stands nowhere in the public text.
    await ensureMinutes(hall.meetingId);
    const minutes = JSON.stringify(await minutesBlocks(db, hall.meetingId, 'zh-CN'));
    for (const part of ['43 户独居，先摸底。', '每周探访两次。', '摸排独居老人并建档', '没有人认领的议题', '踏实'])
      expect(minutes).toContain(part);
    for (const { title } of demoMeeting.topics) expect(minutes).toContain(title);
    orThrow(await freezeMinutes(hall.meetingId, asPerson(ids.people.M03 ?? ''), 'https://yishi.test'));
    const record = await standingRecord(db, hall.meetingId);
    if (!record) throw new Error('no record');
    const { persons, text: recorded } = recordIn(record);
    expect(persons.map(({ role }) => role)).toContain('participant');
    const conveners = hall.open.topicOrder.map((id) => hall.open.topics[id]?.convener ?? '');
    const called = conveners
      .map((id) => state.participants.byId[id]?.name.text ?? '')
      .filter((name) => name.length > 2);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => JSON.stringify([recorded, persons]).includes(name))).toEqual([]);

    // Needs that are there are joined as they are; what is new keeps its notes and authors, once.
    const before = await needsAtDesk(ids.communityId);
    for (const [topic, codes] of Object.entries(demoMeeting.topic_to_need))
      expect(await joinNeeds(ids.communityId, state, hall.topics[topic] ?? '', codes)).toEqual({ unknown: null });
    const joined = await needsOfTopics(hall.meetingId);
    for (const [topic, codes] of Object.entries(demoMeeting.topic_to_need))
      expect(joined.filter(({ topicId }) => topicId === hall.topics[topic]).map(({ code }) => code)).toEqual(codes);
    const after = await needsAtDesk(ids.communityId);
    expect(after.map(({ code, channel }) => [code, channel])).toEqual(
      before.map(({ code, channel }) => [code, channel]),
    );
    expect(after.find(({ code }) => code === 'N07')?.channel).toBe('hotline');
    writers.forEach(({ link }) => link.destroy());
    hall.leave();
  });

  test('[OS14] a topic becomes one need with its notes and everybody who named it, however often it is asked', async () => {
    const hall = await opened();
    await hall.comeIn();
    await hall.do(hall.chair, { type: 'openSession' });
    await hall.enter('topics');
    await hall.nameTopics();
    await hall.mergeTopics();
    const { state } = await freshCopy(hall.meetingId);
    const category = (await collectionFor(ids.communityId))?.categories[0] ?? '';
    const asked = { topicId: hall.topics.TP5 ?? '', category };
    const made = await Promise.all(
      [1, 2, 3].map(() => makeNeed(ids.communityId, state, asked, ids.people.M03 ?? '', zhCN)),
    );
    const codes = made.map((each) => (isOfficeRefusal(each) ? each.reason : each.code));
    expect(new Set(codes).size).toBe(1);
    const need = (await needsAtDesk(ids.communityId)).find(({ code }) => code === codes[0]);
    expect(need).toMatchObject({ title: '邻里纠纷谁来管', channel: 'open_space', status: 'received' });
    expect(need?.detail).toContain('提出人：M16');
    expect(await needsOfTopics(hall.meetingId)).toMatchObject([{ topicId: asked.topicId, code: codes[0], made: true }]);
    expect(await joinNeeds(ids.communityId, state, asked.topicId, ['N01', 'N99'])).toEqual({ unknown: 'N99' });

    // A plan of a topic that has a need, and of one that has none yet: once each, whoever presses.
    for (const topicId of [asked.topicId, hall.topics.TP6 ?? '']) {
      const plans = await Promise.all(
        [1, 2, 3].map(() => makePlan(ids.communityId, state, { topicId, category }, ids.people.M03 ?? '', zhCN)),
      );
      const projectIds = new Set(plans.map((each) => (isOfficeRefusal(each) ? each.reason : each.projectId)));
      expect(projectIds.size).toBe(1);
      const [projectId = ''] = [...projectIds];
      expect((await draftedPlan(projectId)).need).toContain('提出人：');
      expect((await plansOfTopics(hall.meetingId)).filter((plan) => plan.topicId === topicId)).toMatchObject([
        { projectId, name: state.openSpace?.topics[topicId]?.title.text, status: 'collecting' },
      ]);
    }
    hall.leave();
  });

  test('[OS15] everybody who named a topic has an address of their own; what everybody reads names nobody', async () => {
    const hall = await opened();
    await hall.comeIn();
    await hall.do(hall.chair, { type: 'openSession' });
    await hall.enter('topics');
    await hall.nameTopics();
    await hall.mergeTopics();
    const { state } = await freshCopy(hall.meetingId);
    const proposers = proposersOf(state);
    const topics = livingTopics(hall.open);
    expect(new Set(proposers)).toEqual(new Set(topics.flatMap(({ authors }) => authors)));
    const lookups = await Promise.all(proposers.map((id) => topicLookup(hall.meetingId, id)));
    expect(new Set(lookups).size).toBe(proposers.length);
    for (const [index, lookup] of lookups.entries()) expect(await proposerBy(state, lookup)).toBe(proposers[index]);
    expect(await proposerBy(state, '')).toBeNull();
    expect(await proposerBy(state, `${lookups[0]}x`)).toBeNull();
    // The same person at another meeting has another.
    expect(await topicLookup('elsewhere', proposers[0] ?? '')).not.toBe(lookups[0]);

    const names = proposers.map((id) => state.participants.byId[id]?.name.text ?? '');
    const category = (await collectionFor(ids.communityId))?.categories[0] ?? '';
    const asked = { topicId: hall.topics.TP4 ?? '', category };
    await makeNeed(ids.communityId, state, asked, ids.people.M03 ?? '', zhCN);
    const shown = await fatesOf(state, () => false);
    expect(shown.flatMap(({ authors, commitments }) => [...authors, ...commitments.map(({ owner }) => owner)])).toEqual(
      [],
    );
    // A need nobody has published yet is its code alone.
    expect(shown.find(({ topicId }) => topicId === asked.topicId)?.needs).toMatchObject([{ title: '' }]);
    const whole = await fatesOf(state, () => true);
    expect(new Set(whole.flatMap(({ authors }) => authors))).toEqual(new Set(names));
    expect(whole.find(({ topicId }) => topicId === asked.topicId)?.needs[0]?.title).not.toBe('');
    hall.leave();
  });
});

describe('[OS11] [FU4] what was taken on', () => {
  test('is a follow-up: on its owner’s own page, gone when it is dropped, settled when it is done, brought when the council next opens', async () => {
    const { councilId, communityId } = ids;
    const hall = await opened();
    await hall.comeIn();
    await hall.do(hall.chair, { type: 'openSession' });
    await hall.enter('topics');
    await hall.nameTopics();
    await hall.mergeTopics();
    await hall.enter('commitments');
    const { state } = await freshCopy(hall.meetingId);
    const self = Object.values(state.participants.byId).find(({ personId }) => personId !== null);
    if (!self?.personId) throw new Error('nobody of the community is here');
    const commit = (action: string, owner: string) =>
      hall.do(hall.chair, {
        type: 'commitTo',
        participantId: self.participantId,
        topicId: hall.topics.TP1 ?? '',
        owner,
        action,
        dueDay: '2026-01-05',
      });
    await commit('写好名册', self.name.text ?? '');
    await commit('买两把梯子', '银发巡逻队');
    await commit('说错了的事', '银发巡逻队');
    await commit('当天办好的事', '银发巡逻队');
    const idOf = (action: string) =>
      hall.open.commitments.find((each) => each.action.text === action)?.commitmentId ?? '';
    await hall.secretary.until(() => idOf('当天办好的事') !== '');
    await hall.do(hall.chair, { type: 'dropCommitment', commitmentId: idOf('说错了的事') });
    await hall.do(hall.chair, {
      type: 'followUpCommitment',
      commitmentId: idOf('当天办好的事'),
      done: true,
      note: '',
    });
    // Another open space of this file may have left the same person something.
    const owed = (await owedBy(self.personId)).filter(({ meetingId }) => meetingId === hall.meetingId);
    expect(owed).toMatchObject([{ text: '写好名册', overdue: true, ownerPersonId: self.personId }]);
    const ours = ['写好名册', '买两把梯子', '说错了的事', '当天办好的事'];
    const rows = (await followUpsAtDesk(communityId)).filter(({ text }) => ours.includes(text));
    expect(Object.fromEntries(rows.map(({ text, status, owner }) => [text, [status, owner]]))).toEqual({
      写好名册: ['open', state.people[self.personId]?.name.text],
      买两把梯子: ['open', '银发巡逻队'],
      说错了的事: ['dropped', '银发巡逻队'],
      当天办好的事: ['done', '银发巡逻队'],
    });
    expect(rows.every((row) => row.meetingId === hall.meetingId && row.councilId === councilId)).toBe(true);
    await hall.do(hall.chair, { type: 'adjournMeeting', leaveUnfinished: true });
    hall.leave();

    const next = await opened();
    await next.comeIn();
    await next.do(next.chair, { type: 'openSession' });
    const { brought } = followUpsIn(next.chair.state);
    expect(brought.filter(({ text }) => ours.includes(text.text ?? '')).map(({ overdue }) => overdue)).toEqual([
      true,
      true,
    ]);
    const [ladders] = brought.filter(({ text }) => text.text === '买两把梯子');
    const settle = { type: 'settleFollowUp', followUpId: ladders?.followUpId ?? '', note: '买到了' } as const;
    await next.do(next.chair, { ...settle, outcome: 'done', dueOn: null });
    expect((await followUpsAtDesk(communityId)).find(({ text }) => text === '买两把梯子')?.status).toBe('done');
    next.leave();
  });
});

describe('practice', () => {
  test('the script of the practice page plays an open space to its end', async () => {
    const meetingId = await seedDemoOpenSpace(ids);
    const cookies = Object.fromEntries(
      await Promise.all(
        openSpace
          .players(ids)
          .map(async (ref) => [ref, await enteredBySlip(ids.people[ref] ?? '', meetingId)] as const),
      ),
    );
    await play({ url, meetingId, cast: ids, cookies, script: openSpace.steps(ids), speed: () => Infinity });
    const { state } = await freshCopy(meetingId);
    expect(state.phase).toBe('adjourned');
    expect(state.openSpace && livingTopics(state.openSpace)).toHaveLength(6);
    expect(state.openSpace?.dots?.result).toMatchObject({ people: 11, dots: 33, byHelper: 1 });
    expect(state.openSpace?.commitments).toHaveLength(3);
  });
});
