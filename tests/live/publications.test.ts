// Publishing a meeting's results on a real database: who may when, numbers, masks, objections, withdrawal, files, feeds.
import { eq } from 'drizzle-orm';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { RulePack } from '#lib/domain/meeting/rules.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { people, publicationFiles, publications } from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { answerObjection, objectionByLookup, objectionsTo, raiseObjection } from '#lib/server/objections.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { decisionsFeed, meetingsCalendar } from '#lib/server/publications/feeds.ts';
import { publicationFile } from '#lib/server/publications/files.ts';
import { publicationDesk, publish, readPublication, withdraw } from '#lib/server/publications/publications.ts';
import { trailOf } from '#lib/server/publications/trail.ts';
import { today } from '#lib/server/today.ts';
import { aGuest } from '#tests/support/world.ts';
import { asPerson, aSession, must } from '#tests/support/session.ts';

const early: Partial<RulePack> = { publicity: { days: 5, dayType: 'calendar', beforeSigning: true } };

/** Nine members, one motion passed 5 to 1, the third answers by a day, adjourned. */
async function adjourned(rules: Partial<RulePack> = early) {
  const session = await aSession({ rules });
  const { meetingId, chair, council } = session;
  await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'named', plannedMs: null }, chair);
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  for (const [at, { seatId, personId }] of council.members.entries())
    if (at < 6)
      await castBallot(
        { meetingId, pollId, seatId, castId: newId(), choice: at < 5 ? 'for' : 'against' },
        asPerson(personId),
      );
  await must(meetingId, { type: 'closePoll', pollId }, chair);
  await must(meetingId, { type: 'announceResult', pollId }, chair);
  const owner = { ownerPersonId: council.members[2]?.personId, ownerName: '', dueOn: '2099-05-01' };
  await must(meetingId, { type: 'setFollowUp', itemId: null, text: '十日内答复', ...owner }, chair);
  await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: false }, chair);
  return { ...session, communityId: council.communityId, by: council.members[1]?.personId ?? '' };
}

const asked = (more: object = {}) => ({
  kind: 'results' as const,
  title: '关于测试会议表决结果的公示',
  conclusions: '同意第一项。',
  contact: '居委会办公室，0512-6000000',
  from: today(),
  until: dayAfter(today(), 4),
  origin: 'http://192.168.1.2:3000',
  ...more,
});

test('[PB1] [PB3] results before signing only where the pack says so, and once', async () => {
  const strict = await adjourned({});
  expect(await publish(strict.meetingId, asked(), strict.by)).toMatchObject({ reason: 'publish-results-not-allowed' });
  expect(await publish(strict.meetingId, asked({ kind: 'decision' }), strict.by)).toMatchObject({
    reason: 'publish-unsigned',
  });

  const { meetingId, by, communityId } = await adjourned();
  expect((await publicationDesk(meetingId)).period).toEqual({ from: today(), until: dayAfter(today(), 4), days: 5 });
  const both = await Promise.all([publish(meetingId, asked(), by), publish(meetingId, asked(), by)]);
  expect(both.filter((one) => 'publicationId' in one)).toHaveLength(1);
  expect(both).toContainEqual(expect.objectContaining({ reason: 'publish-stands-already' }));
  const rows = await db.select().from(publications).where(eq(publications.communityId, communityId));
  expect(rows).toMatchObject([{ number: 1, year: Number(today().slice(0, 4)), docHash: null }]);
});

test('[PB4] nobody is named without consent, neither by hand nor by the program', async () => {
  const { meetingId, by, communityId, council } = await adjourned();
  const [first, second] = council.members;
  expect(await publish(meetingId, asked({ conclusions: `由${second?.name}负责。` }), by)).toMatchObject({
    reason: 'publish-names-somebody',
    params: { name: second?.name, what: 'name' },
  });
  await db
    .update(people)
    .set({ phone: '10000000007' })
    .where(eq(people.id, first?.personId ?? ''));
  expect(await publish(meetingId, asked({ contact: '100 0000 0007' }), by)).toMatchObject({
    params: { what: 'phone' },
  });
  await db
    .update(people)
    .set({ consentPublishName: true })
    .where(eq(people.id, second?.personId ?? ''));
  const { publicationId } = orThrow(await publish(meetingId, asked({ conclusions: `由${second?.name}负责。` }), by));
  const row = await readPublication(communityId, publicationId);
  if (!row) throw new Error('gone');
  expect((await decisionView(row)).conclusions).toEqual([`由${second?.name}负责。`]);
  // A consent taken back counts at once.
  await db
    .update(people)
    .set({ consentPublishName: false })
    .where(eq(people.id, second?.personId ?? ''));
  expect((await decisionView(row)).conclusions).toEqual(['由委**负责。']);
});

test('[PB6] residents object while it is public; each objection is answered once and nobody is shown', async () => {
  const { meetingId, by, communityId } = await adjourned();
  const { publicationId } = orThrow(await publish(meetingId, asked(), by));
  const guest = await aGuest({ communityId });
  const author = { kind: 'guest', guestId: guest.guestId, shownName: '' } as const;
  const sent = { sentId: newId(), name: '王大妈', contact: '10000000099', text: '数字是不是写错了？' };
  const { lookup } = orThrow(await raiseObjection(communityId, { publicationId }, sent, author));
  const row = await readPublication(communityId, publicationId);
  if (!row) throw new Error('gone');
  expect((await decisionView(row)).objections).toMatchObject([{ text: null, answer: null }]);
  const [raised] = await objectionsTo({ publicationId });
  const said = { answer: 'not_adopted', reason: '数字与计票记录一致。' };
  expect(await answerObjection(communityId, raised?.id ?? '', said, by)).toBeNull();
  expect(await answerObjection(communityId, raised?.id ?? '', said, by)).toMatchObject({
    reason: 'objection-answered',
  });
  const view = await decisionView(row);
  expect(view.objections).toMatchObject([{ text: sent.text, answer: 'not_adopted', answerReason: said.reason }]);
  expect(JSON.stringify(view)).not.toMatch(/王大妈|10000000099/);
  expect(await objectionByLookup(communityId, lookup)).toMatchObject({
    answer: 'not_adopted',
    about: { path: `decisions/${publicationId}`, title: row.title },
  });
  await db
    .update(publications)
    .set({ fromDay: dayAfter(today(), -9), untilDay: dayAfter(today(), -5) })
    .where(eq(publications.id, publicationId));
  expect(await raiseObjection(communityId, { publicationId }, { ...sent, sentId: newId() }, author)).toMatchObject({
    rule: 'PB6',
    reason: 'objection-closed',
  });
});

test('[PB5] withdrawing leaves a tombstone, takes the files and frees the meeting, not the number', async () => {
  const { meetingId, by, communityId } = await adjourned();
  const { publicationId } = orThrow(await publish(meetingId, asked(), by));
  const before = await readPublication(communityId, publicationId);
  if (!before) throw new Error('gone');
  expect(await publicationFile(await decisionView(before), 'notice.pdf', 'zh-CN')).not.toBeNull();
  expect(await withdraw(meetingId, publicationId, ' ', by)).toMatchObject({ reason: 'publish-why-missing' });
  expect(await withdraw(meetingId, publicationId, '金额有误，更正后重新公布', by)).toBeNull();
  expect(await withdraw(meetingId, publicationId, '再撤', by)).toMatchObject({ reason: 'publish-withdrawn' });
  const row = await readPublication(communityId, publicationId);
  if (!row) throw new Error('gone');
  const view = await decisionView(row);
  expect(view).toMatchObject({
    title: asked().title,
    number: 1,
    lines: [],
    conclusions: [],
    contact: '',
    open: false,
    withdrawn: { reason: '金额有误，更正后重新公布' },
  });
  expect(await publicationFile(view, 'notice.pdf', 'zh-CN')).toBeNull();
  expect(await db.select().from(publicationFiles).where(eq(publicationFiles.publicationId, publicationId))).toEqual([]);
  const again = orThrow(await publish(meetingId, asked(), by));
  expect(await readPublication(communityId, again.publicationId)).toMatchObject({ number: 2 });
});

test('page, papers, feed, calendar and open data tell the same figures', async () => {
  const { meetingId, by, communityId } = await adjourned();
  const { publicationId } = orThrow(await publish(meetingId, asked(), by));
  const row = await readPublication(communityId, publicationId);
  if (!row) throw new Error('gone');
  const view = await decisionView(row);
  expect(view.lines).toMatchObject([
    { title: '同意第一项', amountFen: 100, figures: { for: 5, against: 1, base: 9, threshold: 5, outcome: 'passed' } },
  ]);
  const trail = await trailOf(view, view.lines[0]?.motionId ?? '');
  expect(trail).toMatchObject({ project: null, plan: null, contract: null });
  expect(await trailOf(view, 'elsewhere')).toBeNull();

  const word = await publicationFile(view, 'notice.docx', 'zh-CN');
  const body = strFromU8(unzipSync(word?.content ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array());
  expect(body).toContain('5 / 1 / 0');
  expect(body).toContain('应到 9 人，实到 9 人');
  const json = await publicationFile(view, 'decision.json', 'en');
  expect(JSON.parse(strFromU8(json?.content ?? new Uint8Array()))).toMatchObject({
    motions: [
      { result: 'passed', vote_events: [{ counts: [{ option: 'yes', value: 5 }, { value: 1 }, { value: 0 }] }] },
    ],
    totals: { passed: 1, grantedFen: 100 },
    action_items: [{ text: '十日内答复', responsible: '委**', due_date: '2099-05-01' }],
  });
  expect(await publicationFile(view, 'nothing.pdf', 'zh-CN')).toBeNull();

  const community = { communityId, name: '甲<社区>' };
  const feed = await decisionsFeed(community, 'http://a.example', 'zh-CN');
  expect(feed).toContain('<title>甲&lt;社区&gt;的决议与公示</title>');
  expect(feed).toContain(`href="http://a.example/c/${communityId}/decisions/${publicationId}"`);
  expect(feed).toContain('通过 1 项');
  const calendar = await meetingsCalendar(community, 'http://a.example', 'zh-CN');
  expect(calendar).toContain(`UID:${meetingId}@yishi`);
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(1);
});
