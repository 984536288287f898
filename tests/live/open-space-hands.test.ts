// Many hands at an open space at the same moment, and hands that are suddenly gone: one cell wanted twice, one card held by two, two hundred who change
// tables, a recorder without a network for a whole round, a facilitator whose laptop closes. Every screen ends equal and nothing typed is lost.
import { beforeAll, describe, expect, test } from 'vitest';
import { headsOfRound } from '#lib/domain/meeting/open-space/space.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { seedDemoOpenSpace } from '#lib/server/demo/open-space.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { newsWall } from '#lib/server/open-space/notes.ts';
import { noteParts, type NotePart } from '#lib/protocol/notes-document.ts';
import { notesLink, OpenSpaceHall, openHallWithDocuments } from '#tests/support/open-space-hall.ts';
import { aGuest, theDemo } from '#tests/support/world.ts';

let url = '';
let ids: DemoIds;
beforeAll(async () => {
  url = await openHallWithDocuments();
  ids = await theDemo({ realm: 'practice' });
});

async function marketReady(): Promise<OpenSpaceHall> {
  const hall = await new OpenSpaceHall(url, await seedDemoOpenSpace(ids), ids).begin();
  await hall.comeIn();
  await hall.do(hall.chair, { type: 'openSession' });
  await hall.enter('topics');
  await hall.nameTopics();
  await hall.enter('market');
  return hall;
}

describe('many hands at once', () => {
  test('[OS5] two topics for one cell and one card in two hands: one of each is told why, and every screen ends equal', async () => {
    const hall = await marketReady();
    const [tableA = '', tableB = ''] = hall.open.space.tables.map(({ tableId }) => tableId);
    const put = (
      topic: string,
      tableId: string,
      round: number,
      from: { tableId: string; round: number } | null = null,
    ) => ({ type: 'placeTopic', topicId: hall.topics[topic] ?? '', tableId, round, from, swap: false }) as const;
    const cell = await Promise.all([hall.secretary.act(put('TP1', tableA, 1)), hall.helper.act(put('TP2', tableA, 1))]);
    expect(cell.map((refusal) => refusal?.reason ?? 'done').sort()).toEqual(['cell-taken', 'done']);
    const placed = cell[0] === null ? 'TP1' : 'TP2';
    const from = { tableId: tableA, round: 1 };
    const card = await Promise.all([
      hall.secretary.act(put(placed, tableB, 1, from)),
      hall.chair.act(put(placed, tableB, 2, from)),
      hall.helper.act({ type: 'takeDownTopic', topicId: hall.topics[placed] ?? '', from }),
    ]);
    expect(card.map((refusal) => refusal?.reason ?? 'done').sort()).toEqual(['card-moved', 'card-moved', 'done']);
    const { state } = await freshCopy(hall.meetingId);
    await hall.helper.until(() => hall.helper.state.seq === state.seq);
    expect(hall.helper.state.openSpace?.wall).toEqual(state.openSpace?.wall);
    hall.leave();
  });

  test('[OS7] 200 phones change tables at once: every screen ends equal and nobody sits twice', async () => {
    const hall = await marketReady();
    await hall.do(hall.secretary, { type: 'arrangeWall' });
    const here = Object.entries(hall.open.wall).flatMap(([topicId, { round }]) => (round === 1 ? [topicId] : []));
    const phones = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const guest = await aGuest({ communityId: ids.communityId, shownName: `居民${index}` });
        const phone = await hall.phone(guest.cookie);
        await hall.do(phone, {
          type: 'enterParticipant',
          name: `居民${index}`,
          zone: null,
          channel: 'remote',
          assisted: false,
        });
        return { phone, id: phone.state.participants.idOf[`guest:${guest.guestId}`] ?? '' };
      }),
    );
    for (const wave of [0, 1])
      await Promise.all(
        phones.map(({ phone, id }, index) =>
          hall.do(phone, {
            type: 'chooseTable',
            participantId: id,
            round: 1,
            topicId: here[(index + wave) % here.length] ?? '',
          }),
        ),
      );
    const { state } = await freshCopy(hall.meetingId);
    await Promise.all(phones.map(({ phone }) => phone.until(() => phone.state.seq === state.seq)));
    const heads = state.openSpace ? headsOfRound(state.openSpace, 1) : {};
    expect(Object.values(heads).reduce((sum, each) => sum + each, 0)).toBe(200);
    for (const { phone } of phones) expect(phone.state.openSpace?.tables).toEqual(state.openSpace?.tables);
    phones.forEach(({ phone }) => phone.leave());
    hall.leave();
  });
});

describe('hands that are suddenly gone', () => {
  test('[OS13] a table’s recorder without a network for the whole round writes on, and every copy ends equal', async () => {
    const hall = await marketReady();
    await hall.placeTopics();
    await hall.sitDown(1);
    await hall.enter('rounds');
    await hall.do(hall.secretary, { type: 'startRound', round: 1, allowedMs: 60_000 });
    const topicId = hall.topics.TP1 ?? '';
    const notesId = hall.open.topics[topicId]?.notesId ?? '';
    const recorder = hall.people[0];
    await hall.do(hall.hand(recorder ?? hall.convener('M12')), {
      type: 'takeRecord',
      participantId: recorder?.participantId ?? '',
      topicId,
    });
    const writers = hall.people.slice(0, 4).map(({ cookie }) => notesLink(url, notesId, cookie));
    const [lost, ...others] = writers;
    if (!lost) throw new Error('nobody records');
    await expect.poll(() => writers.every(({ link }) => link.state === 'saved' && link.mayWrite)).toBe(true);
    lost.drop();
    await expect.poll(() => lost.link.connected).toBe(false);

    // Everybody writes in every part, a line each in turn; what the recorder writes is only on his phone.
    const lines: Record<NotePart, string[]> = { points: [], conclusion: [], support: [], actions: [] };
    for (let turn = 0; turn < 8; turn += 1)
      for (const part of noteParts)
        for (const [index, writer] of writers.entries()) {
          const line = `〔${index}·${turn}〕`;
          writer.write(part, line);
          lines[part].push(line);
        }
    await expect.poll(() => others.every(({ link }) => link.state === 'saved')).toBe(true);
    const early = (await newsWall(hall.meetingId))[topicId];
    expect(early?.points).not.toContain('〔0·');
    await hall.do(hall.secretary, { type: 'endRound' });
    await hall.do(hall.secretary, { type: 'startRound', round: 2, allowedMs: 60_000 });
    expect(lost.link.state).toBe('unsaved');

    lost.back();
    await expect.poll(() => writers.every(({ link }) => link.state === 'saved')).toBe(true);
    for (const part of noteParts) {
      await expect.poll(() => new Set(writers.map((writer) => writer.read(part))).size).toBe(1);
      for (const line of lines[part]) expect(lost.read(part).split(line), line).toHaveLength(2);
    }
    // What the next page, the news wall and the booklet read is the same.
    const whole = Object.fromEntries(noteParts.map((part) => [part, lost.read(part)]));
    await expect.poll(async () => (await newsWall(hall.meetingId))[topicId], { timeout: 5_000 }).toEqual(whole);
    writers.forEach(({ link }) => link.destroy());
    hall.leave();
  });

  test('[E1] a facilitator’s laptop closes in the middle of a round: the clock goes on, and another moves cards, ends it and starts the next', async () => {
    const hall = await marketReady();
    await hall.do(hall.secretary, { type: 'arrangeWall' });
    await hall.sitDown(1);
    await hall.enter('rounds');
    await hall.do(hall.secretary, { type: 'startRound', round: 1, allowedMs: 20 * 60_000 });
    const clock = hall.secretary.state.stage?.timer;
    const ofRound2 = Object.entries(hall.chair.state.openSpace?.wall ?? {}).find(([, { round }]) => round === 2);
    if (!ofRound2) throw new Error('nothing stands in the second round');
    const [topicId, { tableId, round }] = ofRound2;
    // The card is in the hand of the one whose laptop closes; nobody learns what she meant to do with it.
    hall.secretary.leave();
    await expect.poll(() => hall.secretary.connected).toBe(false);

    expect(await hall.chair.act({ type: 'takeDownTopic', topicId, from: { tableId, round } })).toBeNull();
    expect(await hall.chair.act({ type: 'placeTopic', topicId, tableId, round, from: null, swap: false })).toBeNull();
    expect(hall.chair.state.stage?.timer).toEqual(clock);
    expect(await hall.chair.act({ type: 'extendStage', byMs: 60_000 })).toBeNull();
    expect(await hall.chair.act({ type: 'endRound' })).toBeNull();
    expect(await hall.chair.act({ type: 'startRound', round: 2, allowedMs: 60_000 })).toBeNull();

    // Back on another device, she stands where the meeting stands.
    const back = await hall.member('M03');
    const { state } = await freshCopy(hall.meetingId);
    await Promise.all([back, hall.helper].map((phone) => phone.until(() => phone.state.seq === state.seq)));
    expect(back.state.openSpace).toEqual(state.openSpace);
    expect(hall.helper.state.openSpace?.wall).toEqual(state.openSpace?.wall);
    expect(await back.act({ type: 'endRound' })).toBeNull();
    back.leave();
    hall.leave();
  });
});
