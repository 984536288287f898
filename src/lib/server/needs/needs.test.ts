// Needs in the office, on a real PostgreSQL: taking down, supporting, triage, merging, the author's link, wishes, photographs.
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { newId } from '#lib/protocol/ids.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { db } from '#lib/server/db/client.ts';
import { needAuthors, needHistory, needs } from '#lib/server/db/schema/index.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { today } from '#lib/server/today.ts';
import { erasePerson } from '#lib/server/people/erasure.ts';
import { aCommunity, aGuest, aPerson, signedIn } from '#tests/support/world.ts';
import { needAtDesk, needsAtDesk, showPhoto, triageNeed, undoTriage } from './desk.ts';
import { announceCollection, currentNotice } from './notices.ts';
import { forgetAuthor, needByLookup, needPhoto, publicNeeds, publicWishes } from './public.ts';
import { takeNeedDown, type NeedSent, type Taken } from './submit.ts';
import { handOf } from '#lib/server/residents-hand.ts';
import { supportNeed } from './supports.ts';
import { rateWish, stepWish } from './wishes.ts';

let communityId: string;
let noticeId: string;
let secretary: string;
const guest = async (): Promise<Actor> => actorFromCookie((await aGuest({ communityId })).cookie);

beforeEach(async () => {
  ({ communityId } = await aCommunity());
  secretary = (await aPerson({ communityId, staffRoles: ['secretary'] })).personId;
  const announced = await announceCollection(
    communityId,
    {
      title: '征集公告',
      fromDay: dayAfter(today(), -1),
      toDay: dayAfter(today(), 20),
      categories: ['环境', '为老'],
      postingPoints: ['单元门口'],
      contact: '服务台',
      formsIssued: 100,
      wishCapFen: 300_00,
    },
    secretary,
  );
  if ('refused' in announced) throw new Error(announced.reason);
  ({ noticeId } = announced);
});

const sent = (more: Partial<NeedSent> = {}): NeedSent => ({
  noticeId,
  sentId: newId(),
  title: '楼道灯坏了',
  detail: '三楼夜里看不见',
  category: '环境',
  name: '王阿姨',
  contact: '10000000001',
  zoneId: null,
  channel: 'phone',
  paperSupports: 0,
  photo: null,
  ...more,
});
async function take(more: Partial<NeedSent> = {}, author?: Actor): Promise<Taken> {
  const taken = await takeNeedDown(communityId, sent(more), { author: author ?? (await guest()), enteredBy: null });
  if ('refused' in taken) throw new Error(taken.reason);
  return taken;
}
const route = (needId: string, destination: 'workstation' | 'owners_assembly' | 'project' = 'workstation') =>
  triageNeed(communityId, needId, { deed: 'route', destination, reply: '已转工作站' }, secretary);

describe('taking needs down', () => {
  it('[N1] takes one from a phone without an account, numbered in turn', async () => {
    expect((await take()).code).toBe('N01');
    expect((await take()).code).toBe('N02');
    expect((await currentNotice(communityId))?.collected).toBe(2);
  });

  it('[N1] the same sending, ten times at once, is one need with one link', async () => {
    const author = await guest();
    const same = sent();
    const taken = await Promise.all(
      Array.from({ length: 10 }, () => takeNeedDown(communityId, same, { author, enteredBy: null })),
    );
    expect(new Set(taken.map((each) => ('refused' in each ? each.reason : each.lookup))).size).toBe(1);
    expect(await db.select().from(needs).where(eq(needs.communityId, communityId))).toHaveLength(1);
  });

  it('[N1] a hundred at once have a hundred numbers', async () => {
    const taken = await Promise.all(Array.from({ length: 100 }, () => take()));
    expect(new Set(taken.map(({ code }) => code)).size).toBe(100);
  });

  it('stops a device after ten in a day, but never who types paper in', async () => {
    const author = await guest();
    for (let at = 0; at < 10; at += 1) await take({}, author);
    const more = await takeNeedDown(communityId, sent(), { author, enteredBy: null });
    expect(more).toMatchObject({ reason: 'too-many-needs' });
    for (let at = 0; at < 12; at += 1)
      expect(
        await takeNeedDown(communityId, sent({ channel: 'paper' }), { author: null, enteredBy: secretary }),
      ).toHaveProperty('lookup');
    expect((await currentNotice(communityId))?.formsTyped).toBe(12);
  });

  it("[N9] takes nothing under another community's notice, nor in a category of its own", async () => {
    const elsewhere = await aCommunity();
    const asked = { author: await guest(), enteredBy: null };
    expect(await takeNeedDown(elsewhere.communityId, sent(), asked)).toMatchObject({ reason: 'not-there' });
    expect(await takeNeedDown(communityId, sent({ category: '没有' }), asked)).toMatchObject({ rule: 'N9' });
    expect(await takeNeedDown(communityId, sent({ paperSupports: -1 }), asked)).toMatchObject({
      reason: 'number-unfit',
    });
  });

  it('[N2] shows nobody what the office has not looked at, and never who brought it', async () => {
    const { needId, lookup } = await take();
    expect(await publicNeeds(communityId, null)).toEqual([]);
    expect(await needByLookup(communityId, lookup)).toMatchObject({ status: 'received', title: '楼道灯坏了' });
    await triageNeed(communityId, needId, { deed: 'publish' }, secretary);
    const everything = JSON.stringify([
      await publicNeeds(communityId, null),
      await needByLookup(communityId, lookup),
      await publicWishes(communityId),
    ]);
    expect(everything).toContain('楼道灯坏了');
    expect(everything).not.toMatch(/王阿姨|10000000001/);
    expect(await needsAtDesk(communityId)).toMatchObject([{ author: { name: '王阿姨', contact: '10000000001' } }]);
  });
});

describe('support', () => {
  it('[N3] counts a device once, also among needs that were merged, and paper beside it', async () => {
    const [one, other] = [await take({ paperSupports: 5 }), await take({ paperSupports: 2 })];
    for (const { needId } of [one, other]) await triageNeed(communityId, needId, { deed: 'publish' }, secretary);
    const hands = await Promise.all([guest(), guest(), guest()]);
    const [a, b, c] = hands.map((hand) => handOf(hand) ?? '');
    await Promise.all([a, a, a, b].map((hand) => supportNeed(communityId, one.needId, hand ?? '', true)));
    await Promise.all([a, c].map((hand) => supportNeed(communityId, other.needId, hand ?? '', true)));
    const count = async () => (await publicNeeds(communityId, a ?? '')).map(({ code, supports }) => [code, supports]);
    expect((await count()).sort()).toEqual([
      ['N01', 7],
      ['N02', 4],
    ]);
    await triageNeed(communityId, other.needId, { deed: 'merge', intoNeedId: one.needId }, secretary);
    // a, b, c and seven on paper.
    expect(await count()).toEqual([['N01', 10]]);
    await supportNeed(communityId, one.needId, b ?? '', false);
    expect(await count()).toEqual([['N01', 9]]);
    expect((await publicNeeds(communityId, b ?? ''))[0]?.supported).toBe(false);
  });

  it('[N3] takes none for what nobody may read', async () => {
    const { needId } = await take();
    expect(await supportNeed(communityId, needId, 'guest:x', true)).toMatchObject({ reason: 'need-not-open-here' });
  });
});

describe('triage', () => {
  it('[N4] merging keeps every author, and each link says where it goes on', async () => {
    const [one, two, three] = [await take(), await take({ title: '楼道没灯' }), await take({ title: '灯不亮' })];
    expect(
      await triageNeed(communityId, three.needId, { deed: 'merge', intoNeedId: two.needId }, secretary),
    ).toBeNull();
    expect(await triageNeed(communityId, two.needId, { deed: 'merge', intoNeedId: one.needId }, secretary)).toBeNull();
    await route(one.needId);
    for (const { lookup } of [two, three])
      expect(await needByLookup(communityId, lookup)).toMatchObject({
        status: 'merged',
        goesOnIn: { code: 'N01' },
        now: { status: 'routed', destination: 'workstation', reply: '已转工作站' },
      });
    expect(await db.select().from(needAuthors)).toHaveLength((await db.select().from(needs)).length);
    expect((await publicNeeds(communityId, null))[0]?.merged.map(({ code }) => code).sort()).toEqual(['N02', 'N03']);
  });

  it('[N4] two merges into each other at the same moment make no circle', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await take(), await take()];
      const answers = await Promise.all([
        triageNeed(communityId, one.needId, { deed: 'merge', intoNeedId: two.needId }, secretary),
        triageNeed(communityId, two.needId, { deed: 'merge', intoNeedId: one.needId }, secretary),
      ]);
      expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    }
  });

  it('[N6] keeps every step with who and why, and undoing is one more', async () => {
    const { needId, lookup } = await take();
    await route(needId);
    expect(await undoTriage(communityId, needId, secretary)).toBeNull();
    expect(await needByLookup(communityId, lookup)).toMatchObject({ status: 'received', now: { reply: null } });
    expect(await undoTriage(communityId, needId, secretary)).toMatchObject({ reason: 'need-nothing-to-undo' });
    const steps = await db.select().from(needHistory).where(eq(needHistory.needId, needId)).orderBy(needHistory.seq);
    expect(steps.map(({ deed, byPersonId }) => [deed, byPersonId === secretary])).toEqual([
      ['submitted', false],
      ['route', true],
      ['undone', true],
    ]);
    expect((await needAtDesk(communityId, needId))?.history).toHaveLength(3);
  });

  it('[N6] undoing a merge gives the need back to itself', async () => {
    const [one, two] = [await take(), await take()];
    await triageNeed(communityId, two.needId, { deed: 'merge', intoNeedId: one.needId }, secretary);
    expect(await undoTriage(communityId, two.needId, secretary)).toBeNull();
    expect(await needByLookup(communityId, two.lookup)).toMatchObject({ status: 'received', goesOnIn: null });
  });

  it("changes nothing of another community's needs", async () => {
    const { needId } = await take();
    const elsewhere = await aCommunity();
    expect(await triageNeed(elsewhere.communityId, needId, { deed: 'publish' }, secretary)).toMatchObject({
      reason: 'not-there',
    });
    expect(await undoTriage(elsewhere.communityId, needId, secretary)).toMatchObject({ reason: 'not-there' });
  });

  it('suggests those that say much the same', async () => {
    await take({ title: '楼道灯坏了' });
    await take({ title: '想学剪纸', detail: '' });
    const { needId } = await take({ title: '楼道的灯坏了', detail: '' });
    expect((await needAtDesk(communityId, needId))?.similar.map(({ code }) => code)).toEqual(['N01']);
  });
});

describe("an author's link", () => {
  it('[N7] tells what became of the need for ever, and to nobody without it', async () => {
    const { needId, lookup } = await take();
    await route(needId, 'owners_assembly');
    expect(await needByLookup(communityId, lookup)).toMatchObject({ now: { destination: 'owners_assembly' } });
    expect(await needByLookup(communityId, `${lookup.slice(0, -1)}x`)).toBeNull();
    expect(await needByLookup((await aCommunity()).communityId, lookup)).toBeNull();
    const stored = JSON.stringify(await db.select().from(needAuthors));
    expect(stored).not.toContain(lookup);
  });

  it('forgets name and contact when its author asks, and keeps the need', async () => {
    const { lookup } = await take();
    await forgetAuthor(communityId, lookup);
    expect(await needByLookup(communityId, lookup)).toMatchObject({ keepsContact: false, title: '楼道灯坏了' });
    expect((await needsAtDesk(communityId))[0]?.author).toMatchObject({ name: null, contact: null });
  });

  it('is emptied of name and contact when the person behind it is erased', async () => {
    const person = await aPerson({ communityId });
    await take({}, await actorFromCookie(await signedIn(person)));
    expect(await erasePerson(communityId, person.personId)).toBeNull();
    expect((await needsAtDesk(communityId))[0]?.author).toMatchObject({ name: null, contact: null });
  });
});

describe('micro-wishes', () => {
  const asWish = async (capFen: number) => {
    const taken = await take({ title: '一副老花镜' });
    const asked = { deed: 'route', destination: 'micro_wish', reply: '列入微心愿', capFen } as const;
    return { ...taken, answer: await triageNeed(communityId, taken.needId, asked, secretary) };
  };

  it('[W1] has a cap its notice allows', async () => {
    expect((await asWish(300_01)).answer).toMatchObject({ reason: 'wish-cap-unfit', params: { yuan: 300 } });
    const { answer } = await asWish(200_00);
    expect(answer).toBeNull();
    expect(await publicWishes(communityId)).toMatchObject([{ capFen: 200_00, status: 'open' }]);
  });

  it('[W2] of ten givers at once one has it, and the office alone reads how to reach them', async () => {
    const { needId } = await asWish(200_00);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        stepWish(communityId, needId, { deed: 'claim', by: `邻居${at}`, contact: '10000000002' }, null),
      ),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(JSON.stringify(await publicWishes(communityId))).not.toContain('10000000002');
    expect((await needAtDesk(communityId, needId))?.wish).toMatchObject({ claimContact: '10000000002' });
    expect(await stepWish(communityId, needId, { deed: 'release', reason: '没空' }, secretary)).toBeNull();
    expect(await publicWishes(communityId)).toMatchObject([{ status: 'open', claimedBy: null }]);
  });

  it('[W3] is kept within its cap, told to its author, and rated once by the link', async () => {
    const { needId, lookup } = await asWish(200_00);
    await stepWish(communityId, needId, { deed: 'claim', by: '爱心义仓', contact: '服务台' }, null);
    const fulfil = (spentFen: number) =>
      stepWish(communityId, needId, { deed: 'fulfil', spentFen, note: '眼镜已送到' }, secretary);
    expect(await fulfil(200_01)).toMatchObject({ reason: 'wish-over-cap' });
    expect(await fulfil(168_00)).toBeNull();
    expect(await needByLookup(communityId, lookup)).toMatchObject({ now: { status: 'done', reply: '眼镜已送到' } });
    expect(await rateWish(communityId, 'somebody-elses-code', 5)).toMatchObject({ reason: 'not-there' });
    expect(await rateWish(communityId, lookup, 5)).toBeNull();
    expect(await rateWish(communityId, lookup, 1)).toMatchObject({ reason: 'wish-not-fulfilled' });
  });

  it('is no wish any more once the step that made it one is taken back', async () => {
    const { needId } = await asWish(100_00);
    await undoTriage(communityId, needId, secretary);
    expect(await publicWishes(communityId)).toEqual([]);
  });
});

describe('photographs', () => {
  const jpeg = (secret: string) =>
    new Uint8Array([
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1],
      ...[0xff, 0xe1, 0, 2 + secret.length],
      ...Buffer.from(secret),
      ...[0xff, 0xda, 0, 2, 0x11, 0xff, 0, 0x22, 0xff, 0xd9],
      ...Buffer.from(secret),
    ]);

  it('[N9] keeps nothing but the picture, and shows it only when somebody has looked at it', async () => {
    const { needId } = await take({ photo: jpeg('GPS 31.3N 120.6E') });
    await triageNeed(communityId, needId, { deed: 'publish' }, secretary);
    expect(await needPhoto(communityId, needId, false)).toBeNull();
    const kept = await needPhoto(communityId, needId, true);
    expect(kept?.mediaType).toBe('image/jpeg');
    expect(Buffer.from(kept?.content ?? []).includes('GPS')).toBe(false);
    expect(kept?.content.byteLength).toBe(18);
    await showPhoto(communityId, needId, true);
    expect(await needPhoto(communityId, needId, false)).not.toBeNull();
    expect((await publicNeeds(communityId, null))[0]?.hasPhoto).toBe(true);
  });

  it.each([
    ['no picture at all', Buffer.from('<svg onload=alert(1)>')],
    ['a picture cut short', jpeg('x').subarray(0, 20)],
    ['nothing', new Uint8Array(0)],
  ])('[N9] takes %s for none', async (_, photo) => {
    const answer = await takeNeedDown(communityId, sent({ photo: new Uint8Array(photo) }), {
      author: await guest(),
      enteredBy: null,
    });
    expect(answer).toMatchObject({ reason: 'photo-unfit' });
  });
});
