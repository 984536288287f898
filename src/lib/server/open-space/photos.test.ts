// Photographs of the tables' flip charts: who may take one, what is left in it, who sees it when, and that the booklet carries it.
import { beforeAll, describe, expect, test } from 'vitest';
import { openSpace as zhCN } from '#lib/messages/zh-CN/open-space.ts';
import { messages } from '#lib/messages/zh-CN.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { seedDemoOpenSpace } from '#lib/server/demo/open-space.ts';
import { withoutPictures } from '#lib/server/files/printed.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { wordFile } from '#lib/server/files/word-file.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { viewerAt } from '#lib/server/meetings/views.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { photoSize } from '#lib/server/needs/bare-photo.ts';
import { OpenSpaceHall, openHallWithDocuments } from '#tests/support/open-space-hall.ts';
import { asPerson } from '#tests/support/session.ts';
import { theDemo } from '#tests/support/world.ts';
import { bookletOf } from './booklet.ts';
import { addPhoto, givePhotoOut, photoFor, photosFor, photosGivenOut, removePhoto } from './photos.ts';

/** One grey pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let ids: DemoIds;
let hall: OpenSpaceHall;
beforeAll(async () => {
  const url = await openHallWithDocuments();
  ids = await theDemo({ realm: 'practice' });
  hall = await new OpenSpaceHall(url, await seedDemoOpenSpace(ids), ids).begin();
  await hall.comeIn();
  await hall.do(hall.chair, { type: 'openSession' });
  await hall.enter('topics');
  await hall.nameTopics();
  await hall.mergeTopics();
  await hall.enter('market');
  await hall.do(hall.chair, { type: 'arrangeWall' });
  await hall.enter('rounds');
  await hall.do(hall.chair, { type: 'startRound', round: 1, allowedMs: 60_000 });
  return () => hall.leave();
});

const stateNow = async () => (await freshCopy(hall.meetingId)).state;
const photoIdOf = (added: Awaited<ReturnType<typeof addPhoto>>): string => {
  if (isOfficeRefusal(added)) throw new Error(added.reason);
  return added.photoId;
};

test('its size is read from its own head', () => {
  const head = [0xff, 0xd8, 0xff, 0xc4, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0x04, 0xb0, 0x06, 0x40, 1, 1, 0x11, 0];
  expect(photoSize({ mediaType: 'image/jpeg', content: Uint8Array.from(head) })).toEqual({ width: 1600, height: 1200 });
  expect(photoSize({ mediaType: 'image/jpeg', content: Uint8Array.from(head.slice(0, 8)) })).toBeNull();
  expect(photoSize({ mediaType: 'image/png', content: png })).toEqual({ width: 1, height: 1 });
});

describe('[OS16] the photograph of a flip chart', () => {
  test('is taken by whoever takes part, three a table, seen inside at once and by everybody once a host gives it out', async () => {
    const state = await stateNow();
    const chair = viewerAt(state, asPerson(ids.people.M01 ?? ''));
    const visitor = viewerAt(state, { kind: 'nobody' });
    const somebody = Object.values(state.participants.byId).find(({ personId }) => personId !== null);
    const inside = viewerAt(state, asPerson(somebody?.personId ?? ''));
    const [topicId = '', waiting = ''] = ['running', 'none'].map(
      (which) =>
        Object.values(state.openSpace?.topics ?? {}).find(
          ({ notesId, mergedInto }) => mergedInto === null && (notesId !== null) === (which === 'running'),
        )?.topicId ?? '',
    );
    expect(await addPhoto(state, visitor, topicId, png)).toMatchObject({ reason: 'not-allowed' });
    expect(await addPhoto(state, inside, waiting, png)).toMatchObject({ reason: 'not-there' });
    expect(await addPhoto(state, inside, topicId, Buffer.from('<svg/>'))).toMatchObject({ reason: 'photo-unfit' });
    expect(await addPhoto(state, inside, topicId, Buffer.alloc(2 * 1024 * 1024 + 1))).toMatchObject({
      reason: 'photo-too-large',
    });
    const added = await Promise.all([1, 2, 3, 4, 5].map(() => addPhoto(state, inside, topicId, png)));
    expect(added.filter(isOfficeRefusal).map(({ reason }) => reason)).toEqual(['photos-enough', 'photos-enough']);
    const [first = '', second = ''] = added.flatMap((each) => (isOfficeRefusal(each) ? [] : [each.photoId]));

    expect(await photosFor(hall.meetingId, inside)).toHaveLength(3);
    expect(await photosFor(hall.meetingId, visitor)).toEqual([]);
    expect(await photoFor(hall.meetingId, first, visitor)).toBeNull();
    expect((await photoFor(hall.meetingId, first, chair))?.mediaType).toBe('image/png');
    await givePhotoOut(hall.meetingId, first, true);
    expect((await photosFor(hall.meetingId, visitor)).map(({ photoId }) => photoId)).toEqual([first]);
    expect(await photoFor('elsewhere', first, chair)).toBeNull();

    // Whoever took it takes it back until it is given out; another does not.
    const own = { host: false, participantId: inside.participantId };
    expect(await removePhoto(hall.meetingId, first, own)).toMatchObject({ reason: 'not-allowed' });
    expect(await removePhoto(hall.meetingId, second, { host: false, participantId: 'x' })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await removePhoto(hall.meetingId, second, own)).toBeNull();
    expect(await removePhoto(hall.meetingId, second, own)).toBeNull();
    expect(photoIdOf(await addPhoto(state, chair, topicId, png))).not.toBe('');
    expect(await photosFor(hall.meetingId, inside)).toHaveLength(3);
  });

  test('is in the booklet when it is given out; one that cannot be set costs the booklet nothing', async () => {
    const state = await stateNow();
    const given = await photosGivenOut(hall.meetingId);
    expect(given).toHaveLength(1);
    const plain = bookletOf(messages, zhCN, 'zh-CN', state, {});
    const paper = bookletOf(messages, zhCN, 'zh-CN', state, {}, given);
    if (!paper || !plain) throw new Error('no booklet');
    const [without, set] = [await typeset(plain, 0), await typeset(paper, 0)];
    expect(Buffer.from(set.pdf).includes('/Subtype/Image') || set.pdf.byteLength > without.pdf.byteLength).toBe(true);
    expect((await wordFile(paper)).byteLength).toBeGreaterThan((await wordFile(plain)).byteLength);
    const broken = {
      ...paper,
      blocks: paper.blocks.map((block) =>
        block.kind === 'picture' ? { ...block, content: png.subarray(0, 40) } : block,
      ),
    };
    await expect(typeset(broken, 0)).rejects.toThrow('typesetter');
    expect(withoutPictures(broken)).toEqual(plain);
    expect((await typeset(withoutPictures(broken), 0)).pages).toBe(without.pages);
  });
});
