// What must be forgotten goes in time, once, by one of several processes; figures, chains and tallies stay whole.
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { checkChain } from '#lib/server/meetings/log.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import {
  ballots,
  downloads,
  guests,
  meetingWords,
  needAuthors,
  needs,
  polls,
  questions,
  retentionRuns,
  slips,
} from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { aGuest } from '#tests/support/world.ts';
import { asPerson, aSession, must } from '#tests/support/session.ts';
import { forgetDue, retentionOf, setPeriods } from './retention.ts';

const dayMs = 86_400_000;

/** A meeting with a leave reason, named ballots and a need with its author, all of it over. */
async function aPast() {
  const session = await aSession();
  const { meetingId, chair, secretary, council } = session;
  const { communityId } = council;
  const leaver = council.members[8];
  await must(meetingId, { type: 'recordDeparture', seatId: leaver?.seatId }, secretary);
  await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'named', plannedMs: null }, chair);
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  for (const { seatId, personId } of council.members.slice(0, 6))
    await castBallot({ meetingId, pollId, seatId, castId: newId(), choice: 'for' }, asPerson(personId));
  await must(meetingId, { type: 'closePoll', pollId }, chair);
  await must(meetingId, { type: 'announceResult', pollId }, chair);
  await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
  const guest = await aGuest({ communityId, shownName: '王大妈' });
  const needId = newId();
  await db.insert(needs).values({
    id: needId,
    communityId,
    code: 'N01',
    title: '扶手',
    detail: '腿脚不便',
    category: 'safety',
    channel: 'phone',
    status: 'done',
    submittedAt: Date.now(),
  });
  await db.insert(needAuthors).values({
    needId,
    name: '王大妈',
    contact: '10000000001',
    guestId: guest.guestId,
    sentId: newId(),
    lookupHash: newId(),
  });
  await db.insert(questions).values({
    id: newId(),
    meetingId,
    sentId: newId(),
    guestId: guest.guestId,
    shownName: '王大妈',
    text: '何时修灯？',
    status: 'shown',
    lookupHash: newId(),
    askedAt: Date.now(),
  });
  await db.insert(downloads).values({ id: newId(), communityId, what: `votes ${meetingId}`, at: Date.now() });
  return { ...session, communityId, pollId, needId, guest };
}

test('[RT2] [RT3] what is past its day is forgotten once, and the log still verifies', async () => {
  const past = await aPast();
  const { communityId, meetingId, pollId } = past;
  const { state: before } = await freshCopy(meetingId);
  const listed = await retentionOf(communityId);
  const held = (matter: string) => listed.find((line) => line.matter === matter)?.held;
  expect([held('need_contacts'), held('ballot_links'), held('guests'), held('downloads')]).toEqual([1, 1, 1, 1]);
  expect(listed.every(({ due }) => due === 0)).toBe(true);
  expect(await forgetDue(communityId, Date.now() + dayMs)).toBe(0);

  const later = Date.now() + 400 * dayMs;
  expect((await retentionOf(communityId, later)).find(({ matter }) => matter === 'need_contacts')?.due).toBe(1);
  expect(await forgetDue(communityId, later)).toBeGreaterThan(4);

  const [author] = await db.select().from(needAuthors).where(eq(needAuthors.needId, past.needId));
  expect(author).toMatchObject({ name: null, contact: null, guestId: null });
  expect(await db.select().from(guests).where(eq(guests.id, past.guest.guestId))).toEqual([]);
  expect(await db.select().from(questions).where(eq(questions.meetingId, meetingId))).toMatchObject([
    { guestId: null, shownName: '', text: '何时修灯？' },
  ]);
  expect(await db.select().from(slips).where(eq(slips.meetingId, meetingId))).toEqual([]);
  const kept = await db.select().from(ballots).where(eq(ballots.pollId, pollId));
  expect(kept).toHaveLength(6);
  expect(
    kept.every(({ actingId, castIds, choice }) => actingId === '' && castIds.length === 0 && choice === 'for'),
  ).toBe(true);
  expect(await checkChain(meetingId)).toMatchObject({ whole: true });
  const { state: after } = await freshCopy(meetingId);
  expect(after.polls.byId[pollId]?.result).toEqual(before.polls.byId[pollId]?.result);
  // Downloads are kept three years; everything else is gone and stays so.
  expect((await retentionOf(communityId, later)).filter(({ held }) => held > 0).map(({ matter }) => matter)).toEqual([
    'downloads',
  ]);
  expect(await forgetDue(communityId, later + dayMs)).toBe(0);
});

test('[RT2] a reason for leave is forgotten on every screen, and the chain stays whole', async () => {
  const session = await aSession();
  const { meetingId, secretary, chair, council } = session;
  const seatId = council.members[7]?.seatId ?? '';
  await must(meetingId, { type: 'recordDeparture', seatId }, secretary);
  await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
  const wordsId = newId();
  await db
    .insert(meetingWords)
    .values({ id: wordsId, meetingId, seq: 1, scope: 'hosts', salt: new Uint8Array(16), text: '因病' });
  await forgetDue(council.communityId, Date.now() + 200 * dayMs);
  const [row] = await db.select().from(meetingWords).where(eq(meetingWords.id, wordsId));
  expect(row).toMatchObject({ text: null, salt: null });
  expect(row?.erasedAt).not.toBeNull();
  await db.delete(meetingWords).where(eq(meetingWords.id, wordsId));
  expect(await checkChain(meetingId)).toMatchObject({ whole: true });
});

test('[RT2] of several processes one forgets, and each day once', async () => {
  const { communityId } = await aPast();
  const later = Date.now() + 400 * dayMs;
  const sums = await Promise.all(Array.from({ length: 4 }, () => forgetDue(communityId, later)));
  const [written] = await db
    .select({ sum: sql<number>`sum(forgotten)::int` })
    .from(retentionRuns)
    .where(eq(retentionRuns.communityId, communityId));
  expect(sums.reduce((sum, one) => sum + one, 0)).toBe(written?.sum);
  expect(written?.sum).toBeGreaterThan(4);
});

test('[RT1] a community chooses its own periods within the bounds', async () => {
  const { communityId } = await aPast();
  expect(await setPeriods(communityId, { guests: 1 })).toMatchObject({
    reason: 'number-unfit',
    params: { least: 30, most: 730 },
  });
  expect(orThrow(await setPeriods(communityId, { guests: 30, slips: null }))).toBeNull();
  const line = (await retentionOf(communityId)).find(({ matter }) => matter === 'guests');
  expect(line).toMatchObject({ days: 30, held: 1, due: 0, soon: 1 });
  await forgetDue(communityId, Date.now() + 31 * dayMs);
  const [gone] = (await retentionOf(communityId)).filter(({ matter }) => matter === 'guests');
  expect(gone).toMatchObject({ held: 0, last: { forgotten: 1 } });
  expect(await db.select().from(polls).limit(1)).toHaveLength(1);
});
