// Feedback in the office, on a real PostgreSQL: sending, limits, the desk, the author's link, what is forgotten.
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { newId } from '#lib/protocol/ids.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { db } from '#lib/server/db/client.ts';
import { feedback, feedbackAuthors } from '#lib/server/db/schema/index.ts';
import { today } from '#lib/server/today.ts';
import { aCommunity, aGuest, aPerson } from '#tests/support/world.ts';
import {
  feedbackAtDesk,
  feedbackByLookup,
  forgetFeedbackAuthor,
  seeToFeedback,
  takeFeedbackDown,
  type FeedbackTaken,
} from './feedback.ts';

let communityId: string;
let secretary: string;
const guest = async (): Promise<Actor> => actorFromCookie((await aGuest({ communityId })).cookie);
const sent = (more: object = {}) => ({
  sentId: newId(),
  kind: 'service',
  text: '服务台中午没人值班',
  name: '孙大妈',
  contact: '10000000001',
  ...more,
});
async function take(more: object = {}, author?: Actor): Promise<FeedbackTaken> {
  const taken = await takeFeedbackDown(communityId, sent(more), author ?? (await guest()));
  if ('refused' in taken) throw new Error(taken.reason);
  return taken;
}
const desk = async (code: string) => {
  const found = (await feedbackAtDesk(communityId)).find((each) => each.code === code);
  if (!found) throw new Error(`no ${code} at the desk`);
  return found;
};

beforeEach(async () => {
  ({ communityId } = await aCommunity());
  secretary = (await aPerson({ communityId, staffRoles: ['secretary'] })).personId;
});

describe('leaving feedback', () => {
  it('[FB1] the same sending, ten times at once, is one with one link', async () => {
    const author = await guest();
    const same = sent();
    const all = await Promise.all(Array.from({ length: 10 }, () => takeFeedbackDown(communityId, same, author)));
    expect(new Set(all.map((each) => ('refused' in each ? each.reason : each.lookup))).size).toBe(1);
    expect(await feedbackAtDesk(communityId)).toHaveLength(1);
  });

  it('[FB2] a device leaves five in a day; its neighbour at the same address goes on', async () => {
    const author = await guest();
    for (let at = 0; at < 5; at += 1) await take({}, author);
    expect(await takeFeedbackDown(communityId, sent(), author)).toMatchObject({ reason: 'too-much-feedback' });
    expect((await take()).code).toBe('Y06');
  });

  it('[FB1] bad words are refused and nobody in particular is turned away', async () => {
    expect(await takeFeedbackDown(communityId, sent({ text: '' }), await guest())).toMatchObject({ rule: 'FB1' });
    expect(await takeFeedbackDown(communityId, sent(), { kind: 'nobody' })).toMatchObject({
      reason: 'session-expired',
    });
    expect(await takeFeedbackDown(communityId, sent({ sentId: 'x' }), await guest())).toHaveProperty('refused');
  });
});

describe('seeing to it', () => {
  it('[FB3] [FB4] received, handed to somebody by a day, answered: its author reads each, nobody else does', async () => {
    const { code, lookup } = await take();
    expect(await feedbackByLookup(communityId, lookup)).toMatchObject({ status: 'received', keepsContact: true });
    expect(await feedbackByLookup((await aCommunity()).communityId, lookup)).toBeNull();
    expect(await feedbackByLookup(communityId, 'guessed')).toBeNull();
    const { feedbackId } = await desk(code);
    const due = dayAfter(today(), 7);
    expect(
      await seeToFeedback(communityId, feedbackId, { deed: 'hand', to: '工作站', dueOn: due }, secretary),
    ).toBeNull();
    expect(await feedbackByLookup(communityId, lookup)).toMatchObject({
      status: 'handed',
      handedTo: '工作站',
      dueOn: due,
    });
    expect(
      await seeToFeedback(communityId, feedbackId, { deed: 'answer', answer: '已安排中午轮班' }, secretary),
    ).toBeNull();
    const own = await feedbackByLookup(communityId, lookup);
    expect(own).toMatchObject({ status: 'answered', answer: '已安排中午轮班' });
    expect(own?.steps.map(({ deed }) => deed)).toEqual(['answer', 'hand', 'submitted']);
    expect(JSON.stringify(own)).not.toContain('孙大妈');
    const elsewhere = (await aCommunity()).communityId;
    expect(await seeToFeedback(elsewhere, feedbackId, { deed: 'answer', answer: '好' }, secretary)).toMatchObject({
      reason: 'not-there',
    });
  });

  it('[FB3] what is past its day stands first and is counted', async () => {
    await take();
    const { code } = await take();
    await db
      .update(feedback)
      .set({ dueOn: dayAfter(today(), -1) })
      .where(eq(feedback.code, code));
    expect((await feedbackAtDesk(communityId))[0]).toMatchObject({ code, late: true });
  });

  it('[FB5] name and contact go when the author says so, and ninety days after the answer', async () => {
    const first = await take();
    await forgetFeedbackAuthor(communityId, first.lookup);
    expect((await desk(first.code)).author).toEqual({ name: null, contact: null });
    const second = await take();
    const { feedbackId } = await desk(second.code);
    await seeToFeedback(communityId, feedbackId, { deed: 'answer', answer: '好' }, secretary);
    const age = (days: number) =>
      db
        .update(feedback)
        .set({ answeredAt: Date.now() - days * 24 * 3600 * 1000 })
        .where(eq(feedback.id, feedbackId));
    await age(89);
    expect((await desk(second.code)).author.name).toBe('孙大妈');
    await age(91);
    expect((await desk(second.code)).author.name).toBeNull();
    const [kept] = await db.select().from(feedbackAuthors).where(eq(feedbackAuthors.feedbackId, feedbackId));
    expect(kept?.erasedAt).not.toBeNull();
    expect(await feedbackByLookup(communityId, second.lookup)).toMatchObject({ answer: '好' });
  });
});
