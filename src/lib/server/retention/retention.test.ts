// What must be forgotten goes in time, once, by one of several processes; figures, chains and tallies stay whole.
import { eq, inArray, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { verify } from '#lib/domain/minutes/verify.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import {
  ballots,
  downloads,
  feedback,
  feedbackAuthors,
  guests,
  meetingWords,
  needAuthors,
  needs,
  paperSignatures,
  people,
  polls,
  questions,
  retentionRuns,
  seats,
  slips,
} from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { archivePapers, publishedBundle } from '#lib/server/minutes/complete.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { aGuest } from '#tests/support/world.ts';
import { asPerson, aSession, must } from '#tests/support/session.ts';
import { freezeAndSign } from '#tests/support/sign-minutes.ts';
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

test('[RT2] contacts under opinions, a former member’s telephone and scans that stand for nothing go, and the minutes verify as before', async () => {
  const { meetingId, secretary, chair, council } = await aSession({ members: 6 });
  const { communityId, members } = council;
  await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
  await freezeAndSign(
    meetingId,
    secretary,
    members.slice(0, 5).map(({ personId }) => asPerson(personId)),
  );
  const signed = await publishedBundle(meetingId);
  const recordId = signed?.recordId ?? '';
  const paper = { recordId, person: 2, statement: 'agree', text: '', mediaType: 'image/png', enteredAt: 1 } as const;
  const scan = new Uint8Array([1, 2, 3]);
  const settled = { settledBy: 'x', settledAt: Date.now(), enteredBy: 'y', scan };
  await db.insert(paperSignatures).values([
    { ...paper, ...settled, id: newId(), confirmed: false },
    { ...paper, ...settled, id: newId(), confirmed: true },
  ]);
  const [leaving, staying] = members.slice(2).map(({ personId }) => personId);
  for (const id of [leaving ?? '', staying ?? ''])
    await db.update(people).set({ phone: '10000000001' }).where(eq(people.id, id));
  await db
    .update(seats)
    .set({ endedAt: Date.now() })
    .where(eq(seats.personId, leaving ?? ''));
  const feedbackId = newId();
  const at = Date.now();
  const opinion = {
    communityId,
    code: 'Y01',
    kind: 'suggestion',
    text: '路灯',
    status: 'answered',
    dueOn: '2026-05-01',
  };
  await db
    .insert(feedback)
    .values({ ...opinion, id: feedbackId, submittedAt: at, answeredAt: at } as typeof feedback.$inferInsert);
  await db.insert(feedbackAuthors).values({ feedbackId, name: '王大妈', contact: '10000000002', lookupHash: newId() });

  const ours = ['feedback_contacts', 'signature_images', 'member_phones'] as const;
  const figures = async (now: number) =>
    (await retentionOf(communityId, now)).flatMap(({ matter, held, due }) =>
      ours.some((each) => each === matter) ? [`${matter} ${held} ${due}`] : [],
    );
  expect(await figures(Date.now())).toEqual(['feedback_contacts 1 0', 'signature_images 1 0', 'member_phones 1 0']);
  const soon = Date.now() + 100 * dayMs;
  await forgetDue(communityId, soon);
  expect(await figures(soon)).toEqual(['feedback_contacts 0 0', 'signature_images 0 0', 'member_phones 1 0']);
  await forgetDue(communityId, Date.now() + 370 * dayMs);
  const phones = await db
    .select({ phone: people.phone })
    .from(people)
    .where(inArray(people.id, [leaving ?? '', staying ?? '']));
  expect(phones.map(({ phone }) => phone).sort()).toEqual(['10000000001', null]);
  const [author] = await db.select().from(feedbackAuthors).where(eq(feedbackAuthors.feedbackId, feedbackId));
  expect(author).toMatchObject({ name: null, contact: null });
  const papers = await db.select().from(paperSignatures).where(eq(paperSignatures.recordId, recordId));
  expect(papers.map(({ confirmed, scan }) => [confirmed, scan.length]).sort()).toEqual([
    [false, 0],
    [true, 3],
  ]);
  expect(await checkChain(meetingId)).toMatchObject({ whole: true });
  const text = (bytes: Uint8Array = new Uint8Array()) => new TextDecoder().decode(bytes);
  const after = (await archivePapers(meetingId, 'archive')) ?? [];
  const of = (name: string) => text(after.find((each) => each.name === name)?.bytes);
  const verdict = verify({ bundle: of('bundle.json'), record: of('record.json'), log: of('log.json') });
  expect(verdict).toMatchObject({ ok: true, docHash: signed?.docHash });
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
