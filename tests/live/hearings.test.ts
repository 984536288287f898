// Enrolment, the straw poll's box and written opinions against a real PostgreSQL: what is private stays private, what was said twice is once, and races end one way.
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitmentOf } from '#lib/domain/hearings/draw.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db } from '#lib/server/db/client.ts';
import { enrolments, hearings, meetingWords, residentAnswers } from '#lib/server/db/schema/index.ts';
import { seedDemoHearing, type DemoHearing } from '#lib/server/demo/hearing.ts';
import { announceHearing, drawPublicly, sealIsDue } from '#lib/server/hearings/announce.ts';
import {
  attendHearing,
  enrol,
  enrolmentByLookup,
  enrolmentsOf,
  withdrawEnrolment,
} from '#lib/server/hearings/enrol.ts';
import { answerGroup, openGroup } from '#lib/server/hearings/opinions.ts';
import { hearingSeatsOf } from '#lib/server/hearings/roster.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { askQuestion, moderateQuestion, questionByLookup } from '#lib/server/questions/questions.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { asPerson, must } from '#tests/support/session.ts';
import { forgetDue, retentionOf } from '#lib/server/retention/retention.ts';
import { aCouncil, aGuest, theDemo } from '#tests/support/world.ts';

const hourMs = 3_600_000;

/** Announced, with enrolment open for another hour. */
async function announced(seats = 2) {
  const council = await aCouncil({ members: 3 });
  const secretary = asPerson(council.members[1]?.personId ?? '');
  const made = await createMeeting(
    {
      councilId: council.councilId,
      format: 'hearing',
      title: '听证会',
      place: '',
      startsAt: Date.now() + 20 * 24 * hourMs,
      plannedMinutes: 60,
      callLink: null,
      agenda: [{ itemId: newId(), kind: 'deliberation', title: '听证事项', minutes: 60 }],
    },
    { kind: 'system' },
  );
  if (isRefusal(made)) throw new Error(made.reason);
  const enrolBy = Date.now() + hourMs;
  const said = {
    matter: '放在哪里',
    how: '',
    places: [{ key: 'p1', name: '居民', seats }],
    enrolBy,
    publicSource: '某期开奖号码',
    publicKnownAt: enrolBy + hourMs,
    contactDays: 30,
  };
  expect(await announceHearing(made.meetingId, said, secretary)).toBeNull();
  return { ...council, meetingId: made.meetingId, secretary, enrolBy, said };
}

const sent = (change: Record<string, unknown> = {}) => ({
  sentId: newId(),
  placeKey: 'p1',
  name: '陈阿姨',
  contact: '10000000001',
  zone: null,
  channel: 'phone' as const,
  ...change,
});

describe('enrolling', () => {
  test('[H2] the same sending twice is one enrolment with one link; what is wrong is said', async () => {
    const { meetingId, communityId } = await announced();
    const guest = await aGuest({ communityId });
    const author = { kind: 'guest', guestId: guest.guestId, shownName: '' } as const;
    const form = sent();
    const [first, second] = await Promise.all([
      enrol(meetingId, form, { author, enteredBy: null }),
      enrol(meetingId, form, { author, enteredBy: null }),
    ]);
    expect(first).toEqual(second);
    expect(await enrolmentsOf(meetingId)).toHaveLength(1);
    expect(await enrol(meetingId, sent({ contact: '' }), { author, enteredBy: null })).toMatchObject({
      reason: 'contact-unfit',
    });
    expect(await enrol(meetingId, sent({ name: ' ' }), { author, enteredBy: null })).toMatchObject({
      reason: 'text-missing',
    });
    expect(await enrol(meetingId, sent({ placeKey: 'p9' }), { author, enteredBy: null })).toMatchObject({
      reason: 'hearing-unfit',
    });
  });

  test('[H2] nobody reads a contact or a link: neither in what is published, nor in the log, nor in any page of the meeting', async () => {
    const { meetingId, communityId, secretary } = await announced();
    const contact = '10012345678';
    const taken = await enrol(meetingId, sent({ contact, name: '秘密姓名' }), { author: null, enteredBy: null });
    if (isRefusal(taken)) throw new Error(taken.reason);
    const guest = await aGuest({ communityId });
    const views = await Promise.all([
      meetingView(meetingId, secretary),
      meetingView(meetingId, { kind: 'guest', guestId: guest.guestId, shownName: '' }),
    ]);
    const words = await db.select().from(meetingWords).where(eq(meetingWords.meetingId, meetingId));
    const everything = JSON.stringify([views, words.map(({ text }) => text)]);
    expect(everything).not.toContain(contact);
    expect(everything).not.toContain('秘密姓名');
    // The code itself is nowhere: only its digest is stored.
    const [row] = await db.select().from(enrolments).where(eq(enrolments.meetingId, meetingId));
    expect(JSON.stringify(row)).not.toContain(taken.lookup);
    expect(await enrolmentByLookup(meetingId, 'guessed-code-000000')).toBeNull();
  });

  test('[H2] contacts are deleted when their time is over', async () => {
    const { meetingId, communityId } = await announced();
    await enrol(meetingId, sent(), { author: null, enteredBy: null });
    const held = async () => (await retentionOf(communityId)).find(({ matter }) => matter === 'hearing_contacts')?.held;
    expect(await held()).toBe(1);
    await forgetDue(communityId, Date.now() + 49 * 24 * hourMs);
    expect((await enrolmentsOf(meetingId))[0]?.contact).toBe('10000000001');
    await forgetDue(communityId, Date.now() + 51 * 24 * hourMs);
    expect((await enrolmentsOf(meetingId))[0]?.contact).toBeNull();
    expect(await held()).toBe(0);
  });

  test('[H4] fifty enrolling while it is sealed: every one is in the sealed list or refused', async () => {
    const { meetingId, enrolBy } = await announced();
    const asked = Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        enrol(meetingId, sent(), { author: null, enteredBy: null, at: enrolBy - 25 + at }),
      ),
    );
    await sealIsDue(meetingId, enrolBy);
    const answers = await asked;
    const late = answers.filter((answer) => isRefusal(answer));
    expect(late.map((answer) => isRefusal(answer) && answer.reason)).toEqual(late.map(() => 'enrolment-closed'));
    // Whoever was late to the lock but in time by the clock is in the list too, or the draw would refuse: it compares the digests.
    const { hearing } = (await freshCopy(meetingId)).state;
    const accepted = answers.length - late.length;
    expect(hearing?.sealed).not.toBeNull();
    expect(await enrolmentsOf(meetingId)).toHaveLength(accepted);
    expect(hearing?.sealed?.entries).toBe(accepted);
  });

  test('[H5] an entry smuggled in after the sealing, or another secret, stops the draw', async () => {
    const { meetingId, secretary, enrolBy, said } = await announced();
    for (let at = 0; at < 5; at += 1) await enrol(meetingId, sent(), { author: null, enteredBy: null });
    await sealIsDue(meetingId, enrolBy);
    expect(await enrol(meetingId, sent(), { author: null, enteredBy: null, at: enrolBy })).toMatchObject({
      reason: 'enrolment-closed',
    });
    const [row] = await db.select().from(enrolments).where(eq(enrolments.meetingId, meetingId));
    const smuggled = { ...(row as typeof enrolments.$inferInsert), id: newId(), number: 99, lookupHash: newId() };
    await db.insert(enrolments).values(smuggled);
    expect(await drawPublicly(meetingId, '03 09', secretary, said.publicKnownAt)).toMatchObject({
      rule: 'H5',
      reason: 'draw-broken',
    });
    await db.delete(enrolments).where(eq(enrolments.id, smuggled.id));
    const [kept] = await db.select().from(hearings).where(eq(hearings.meetingId, meetingId));
    await db
      .update(hearings)
      .set({ secret: 'f'.repeat(64) })
      .where(eq(hearings.meetingId, meetingId));
    expect(await drawPublicly(meetingId, '03 09', secretary, said.publicKnownAt)).toMatchObject({ rule: 'H5' });
    await db
      .update(hearings)
      .set({ secret: kept?.secret ?? '' })
      .where(eq(hearings.meetingId, meetingId));
    expect((await freshCopy(meetingId)).state.hearing?.commitment).toBe(commitmentOf(kept?.secret ?? ''));
    expect(await drawPublicly(meetingId, '03 09', secretary, said.publicKnownAt)).toBeNull();
    expect(await hearingSeatsOf(meetingId)).toHaveLength(2);
  });

  test('[H5] who has withdrawn is passed over for the next drawn', async () => {
    const { meetingId, secretary, enrolBy, said } = await announced(1);
    const lookups: string[] = [];
    for (let at = 0; at < 4; at += 1) {
      const taken = await enrol(meetingId, sent({ name: `居民${at}` }), { author: null, enteredBy: null });
      if (!isRefusal(taken)) lookups.push(taken.lookup);
    }
    await sealIsDue(meetingId, enrolBy);
    for (const lookup of lookups.slice(0, 3)) {
      expect(await withdrawEnrolment(meetingId, lookup)).toBeNull();
      // After the sealing it stays among the entries.
      await db
        .update(enrolments)
        .set({ withdrawnAt: enrolBy + 1 })
        .where(and(eq(enrolments.meetingId, meetingId), eq(enrolments.number, lookups.indexOf(lookup) + 1)));
    }
    expect(await drawPublicly(meetingId, '03 09', secretary, said.publicKnownAt)).toBeNull();
    expect((await hearingSeatsOf(meetingId)).map(({ name }) => name)).toEqual(['居民3']);
  });
});

describe('during and after', () => {
  let ids: DemoIds;
  let hearing: DemoHearing;
  const as = (ref: string) => asPerson(ids.people[ref] ?? '');
  const attending = async (lookup: string | null, zone: string | null = null) => {
    const here = await attendHearing(hearing.meetingId, { shownName: '居民', zone, lookup }, { kind: 'nobody' });
    if (isRefusal(here)) throw new Error(here.reason);
    return { kind: 'guest', guestId: here.guestId, shownName: here.shownName } as const;
  };
  beforeAll(async () => {
    ids = await theDemo({ realm: 'practice' });
    hearing = await seedDemoHearing(ids, { startsAt: Date.now() + 60_000, residents: 40 });
    const { meetingId } = hearing;
    await must(meetingId, { type: 'openCheckIn' }, as('M03'));
    const { state } = await freshCopy(meetingId);
    for (const seatId of state.seatOrder)
      await must(
        meetingId,
        { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' },
        asPerson(state.seats[seatId]?.personId ?? ''),
      );
    await must(meetingId, { type: 'openSession' }, as('M01'));
  });

  const openStraw = async (): Promise<string> => {
    const { meetingId } = hearing;
    await must(
      meetingId,
      {
        type: 'openPoll',
        subject: { kind: 'question', question: '放在哪里', options: ['东门', '分散'], voters: 'residents' },
        secrecy: null,
        plannedMs: null,
      },
      as('M03'),
    );
    return (await freshCopy(meetingId)).state.polls.openId ?? '';
  };
  const cast = (pollId: string, choice: string, actor: Parameters<typeof castBallot>[1], castId = newId()) =>
    castBallot({ meetingId: hearing.meetingId, pollId, seatId: 'resident', castId, choice }, actor);

  test('[H11] two phones of one enrolment have one choice; a late resend does not undo a later one; no seat chooses', async () => {
    const pollId = await openStraw();
    const lookup = hearing.lookups[0] ?? '';
    const [one, two] = [await attending(lookup), await attending(lookup)];
    const resent = newId();
    expect(await cast(pollId, 'A', one, resent)).toMatchObject({ ok: true });
    expect(await cast(pollId, 'B', two)).toMatchObject({ ok: true, revision: 2 });
    expect(await cast(pollId, 'A', one, resent)).toMatchObject({ ok: true, revision: 2 });
    expect(await db.select().from(residentAnswers).where(eq(residentAnswers.pollId, pollId))).toMatchObject([
      { choice: 'B', voter: expect.stringContaining('enrolment:') as string },
    ]);
    expect(await cast(pollId, 'A', as('M18'))).toMatchObject({ refusal: { reason: 'not-in-electorate' } });
    expect(await cast(pollId, 'A', as('M03'))).toMatchObject({ refusal: { reason: 'not-in-electorate' } });
    expect(await cast(pollId, 'Z', one)).toMatchObject({ refusal: { reason: 'choice-invalid' } });
    expect(await cast(pollId, 'A', { kind: 'nobody' })).toMatchObject({ refusal: { reason: 'session-expired' } });
    await must(hearing.meetingId, { type: 'voidPoll', pollId, reason: '重来' }, as('M01'));
    expect(await db.select().from(residentAnswers).where(eq(residentAnswers.pollId, pollId))).toEqual([]);
  });

  test('[H11] [V3] sixty choosing while it closes: every accepted choice is counted, and only those; then nobody can tell whose', async () => {
    const pollId = await openStraw();
    const people = await Promise.all(Array.from({ length: 60 }, () => attending(null, '一片区(东里)')));
    const casting = people.map((actor) => cast(pollId, 'A', actor));
    await casting[5];
    await must(hearing.meetingId, { type: 'closePoll', pollId }, as('M03'));
    const accepted = (await Promise.all(casting)).filter(({ ok }) => ok).length;
    expect((await freshCopy(hearing.meetingId)).state.polls.byId[pollId]?.result?.counts).toEqual({
      A: accepted,
      B: 0,
    });
    const rows = await db.select().from(residentAnswers).where(eq(residentAnswers.pollId, pollId));
    expect(rows).toHaveLength(accepted);
    expect(rows.filter(({ voter, castIds }) => /^(guest|person|enrolment):/.test(voter) || castIds.length > 0)).toEqual(
      [],
    );
    await must(hearing.meetingId, { type: 'announceResult', pollId }, as('M01'));
  });

  test('[H9] an opinion with a telephone number is not taken down at all', async () => {
    const { meetingId } = hearing;
    const actor = await attending(null);
    const ask = { meetingId, sentId: newId(), text: '请打 138 1234 5678 找我' };
    expect(await askQuestion(ask, actor)).toMatchObject({ refusal: { rule: 'H9', reason: 'personal-number' } });
  });

  test('[O3] its author reads the verdict by the private link, nobody else by a guess; [O1] opinions end after the days the pack says', async () => {
    const { meetingId } = hearing;
    const actor = await attending(null);
    const asked = await askQuestion({ meetingId, sentId: newId(), text: '棚子离窗户太近' }, actor);
    if (!asked.ok) throw new Error(asked.refusal.reason);
    await moderateQuestion({ meetingId, questionId: asked.questionId, show: true, reason: null }, as('M03'));
    const group = await openGroup(meetingId, { title: '离窗户近', dueOn: '2026-05-26' }, [asked.questionId]);
    if (isRefusal(group)) throw new Error(group.reason);
    expect(await openGroup(meetingId, { title: '离窗户近', dueOn: '月底' })).toMatchObject({ reason: 'day-unfit' });
    const verdict = { verdict: 'partly', reason: '移到离窗户八米以外' };
    expect(await answerGroup(meetingId, group.groupId, verdict, as('M03'))).toBeNull();
    expect(await questionByLookup(meetingId, asked.lookup)).toMatchObject({
      answer: '移到离窗户八米以外',
      groupId: group.groupId,
    });
    expect(await questionByLookup(meetingId, 'guessed-code-000000')).toBeNull();

    const ended = { commandId: newId(), command: { type: 'adjournMeeting', leaveUnfinished: true } };
    expect(await act(meetingId, { ...ended, at: Date.now() - 4 * 24 * hourMs }, as('M01'))).toMatchObject({ ok: true });
    expect(await askQuestion({ meetingId, sentId: newId(), text: '太晚了' }, actor)).toMatchObject({
      refusal: { rule: 'O1', reason: 'opinions-closed' },
    });
  });

  test('[H10] a caption that is withdrawn leaves no copy in what is stored', async () => {
    const ids2 = await theDemo({ realm: 'practice' });
    const { meetingId } = await seedDemoHearing(ids2, { startsAt: Date.now() + 60_000, residents: 40 });
    const secretary = asPerson(ids2.people.M03 ?? '');
    await must(meetingId, { type: 'openCheckIn' }, secretary);
    const { state } = await freshCopy(meetingId);
    for (const seatId of state.seatOrder)
      await must(
        meetingId,
        { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' },
        asPerson(state.seats[seatId]?.personId ?? ''),
      );
    await must(meetingId, { type: 'openSession' }, asPerson(ids2.people.M01 ?? ''));
    await must(meetingId, { type: 'addCaption', text: '不该写下的一句', speakerId: null }, secretary);
    const captionId = (await freshCopy(meetingId)).state.hearing?.captions[0]?.captionId;
    await must(meetingId, { type: 'withdrawCaption', captionId }, secretary);
    const words = await db.select().from(meetingWords).where(eq(meetingWords.meetingId, meetingId));
    expect(JSON.stringify(words.map(({ text }) => text))).not.toContain('不该写下的一句');
    const view = await meetingView(meetingId, secretary);
    expect(JSON.stringify(view)).not.toContain('不该写下的一句');
  });
});
