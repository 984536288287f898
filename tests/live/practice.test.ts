// Practice meetings: copied into a realm of their own, played through real sockets while a visitor holds a place, wiped without a trace.
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { headCount } from '#lib/domain/meeting/attendance.ts';
import { consensusIn } from '#lib/domain/meeting/consensus.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { guestCookieName } from '#lib/server/auth/guests.ts';
import { db } from '#lib/server/db/client.ts';
import {
  communities,
  incomingTasks,
  meetingEvents,
  meetings,
  needs,
  people,
  projects,
  questions,
  realms,
} from '#lib/server/db/schema/index.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { seedDemoHearing } from '#lib/server/demo/hearing.ts';
import { seedDemoAffairs, seedDemoJointMeeting } from '#lib/server/demo/joint.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { seedDemoOpenSpace } from '#lib/server/demo/open-space.ts';
import { enrolmentsOf } from '#lib/server/hearings/enrol.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import {
  leavePlace,
  practiceView,
  setSpeed,
  startPractice,
  takePlace,
  wipePractice,
  type Speed,
} from '#lib/server/practice/practices.ts';
import { openHall } from '#tests/support/hall.ts';
import { asPerson } from '#tests/support/session.ts';
import { theDemo } from '#tests/support/world.ts';

const personHere = async (meetingId: string, ref: string): Promise<string> => {
  const [row] = await db
    .select({ id: people.id })
    .from(people)
    .innerJoin(meetings, eq(meetings.communityId, people.communityId))
    .where(and(eq(meetings.id, meetingId), eq(people.demoRef, ref)));
  return row?.id ?? '';
};

/** No button of the page; the player knows it. */
const withoutPauses = Infinity as Speed;

/** Started and played to its end as the page plays it, with nobody in a place. */
async function playedToItsEnd(original: string): Promise<string> {
  const started = await startPractice(original, { kind: 'nobody' });
  if (isRefusal(started)) throw new Error(`${started.rule} ${started.reason}`);
  const { meetingId } = started;
  await setSpeed(meetingId, withoutPauses);
  await expect
    .poll(async () => await practiceView(meetingId, { kind: 'nobody' }), { timeout: 90_000, interval: 200 })
    .toMatchObject({ ended: 'played', trouble: null });
  return meetingId;
}

describe('practice', () => {
  let ids: DemoIds;
  let url: string;
  beforeAll(async () => {
    url = await openHall();
    ids = await theDemo();
  });

  test('a visitor in the chair leads, everybody else is played, and wiping leaves nothing', async () => {
    const original = await seedDemoMeeting(ids);
    const before = await db.select().from(people);
    const started = await startPractice(original, { kind: 'nobody' });
    if (isRefusal(started)) throw new Error(started.reason);
    const { meetingId } = started;
    expect(await db.select().from(projects)).toHaveLength(16);
    const chair = await personHere(meetingId, 'M01');
    const place = await takePlace(meetingId, chair, { kind: 'nobody' });
    const cookie = `${guestCookieName}=${place?.token}`;
    expect(await actorFromCookie(cookie)).toMatchObject({ admitted: { meetingId } });
    expect(await takePlace(meetingId, chair, { kind: 'nobody' })).toBeNull();

    await setSpeed(meetingId, 16);
    const visitor = await new Participant({ url, meetingId, cookie }).enter();
    expect(visitor.viewer.roles).toContain('chair');
    // The script waits for the chair to open the session; the visitor does it with everybody played already seated.
    const seat = visitor.viewer.seatId ?? '';
    await visitor.until(() => visitor.state.phase === 'check_in');
    expect(await visitor.act({ type: 'takeSeat', seatId: seat, mode: 'hall', way: 'admitted' })).toBeNull();
    await visitor.until(() => Object.keys(visitor.state.attendance.bySeat).length >= 23, 60_000);
    expect(await visitor.act({ type: 'openSession' })).toBeNull();
    await visitor.until(() => visitor.state.phase === 'in_session');
    const { places } = (await practiceView(meetingId, { kind: 'nobody' })) ?? { places: [] };
    expect(places.find(({ personId }) => personId === chair)).toMatchObject({ name: '沈书记', taken: true });
    visitor.leave();

    // The chair is given up with the agenda still to be adopted: the script does what was the visitor's to do.
    const watcher = await new Participant({ url, meetingId, cookie: null }).enter();
    const actor = await actorFromCookie(cookie);
    await vi.waitFor(async () => expect((await practiceView(meetingId, actor))?.step?.yours).toBe(true), 20_000);
    await leavePlace(meetingId, actor);
    await watcher.until(() => watcher.state.agenda.adoptedAt !== null, 60_000);
    watcher.leave();

    expect((await freshCopy(original)).state.phase).toBe('convened');
    await wipePractice(meetingId);
    expect(await db.select().from(meetings).where(eq(meetings.id, meetingId))).toEqual([]);
    expect(await db.select().from(meetingEvents).where(eq(meetingEvents.meetingId, meetingId))).toEqual([]);
    expect(await db.select().from(realms).where(eq(realms.kind, 'practice'))).toEqual([]);
    expect((await db.select().from(people)).length).toBe(before.length);
    expect(await db.select().from(projects)).toHaveLength(8);
    expect(await db.select().from(needs)).toHaveLength(22);
  }, 120_000);

  test('a hearing plays by itself: drawn anew, heard in turn, residents in the queue, a straw poll; its own hearing stands untouched', async () => {
    const { meetingId: original } = await seedDemoHearing(ids, { residents: 40 });
    const before = (await freshCopy(original)).state.seq;
    const meetingId = await playedToItsEnd(original);
    const { state } = await freshCopy(meetingId);
    expect(headCount(state)).toMatchObject({ expected: 15, present: 14 });
    expect(state.participants.order).toHaveLength(8);
    const [straw] = Object.values(state.polls.byId);
    expect(straw).toMatchObject({ stage: 'announced', result: { voted: 8, outcome: 'not_binding' } });
    expect(await db.select().from(questions).where(eq(questions.meetingId, meetingId))).toHaveLength(4);
    // Nobody's contact went along.
    expect((await enrolmentsOf(meetingId)).every(({ contact }) => contact === '00000')).toBe(true);
    expect((await freshCopy(original)).state.seq).toBe(before);
    await wipePractice(meetingId);
  }, 120_000);

  test('a joint meeting plays by itself to the countersigned page, and answers no task of the community', async () => {
    const joint = await seedDemoAffairs(ids);
    const meetingId = await playedToItsEnd(await seedDemoJointMeeting(ids, joint));
    const { state } = await freshCopy(meetingId);
    const concluded = Object.values(consensusIn(state).conclusions).map(({ outcome }) => outcome);
    expect(concluded.sort()).toEqual(['accepted', 'agreed', 'agreed', 'agreed', 'declined', 'money_asked']);
    expect(Object.keys(consensusIn(state).minutes?.signatures ?? {})).toHaveLength(3);
    const answers = (await db.select().from(incomingTasks)).map(({ communityId, answer }) =>
      communityId === ids.communityId ? `kept ${answer ?? 'open'}` : `copy ${answer ?? 'open'}`,
    );
    expect(answers.sort()).toEqual([
      'copy accepted',
      'copy declined',
      'copy money_asked',
      'kept open',
      'kept open',
      'kept open',
    ]);
    await wipePractice(meetingId);
    expect(await db.select().from(incomingTasks)).toHaveLength(3);
  }, 120_000);

  test('an open space plays by itself', async () => {
    const meetingId = await playedToItsEnd(await seedDemoOpenSpace(ids));
    expect((await freshCopy(meetingId)).state.openSpace?.commitments).toHaveLength(3);
    await wipePractice(meetingId);
  }, 120_000);

  test('a community of its own practises by hand: its people take places, no script, nobody from elsewhere looks in', async () => {
    const original = await seedDemoMeeting(ids);
    await db.update(communities).set({ isDemo: false }).where(eq(communities.id, ids.communityId));
    expect(await startPractice(original, { kind: 'nobody' })).toMatchObject({ reason: 'not-entitled' });
    const member = { ...asPerson(ids.people.M05 ?? ''), accountId: 'signed-in' };
    const started = await startPractice(original, member);
    if (isRefusal(started)) throw new Error(started.reason);
    const { meetingId } = started;
    expect(await practiceView(meetingId, { kind: 'nobody' })).toBeNull();
    expect(await practiceView(meetingId, member)).toMatchObject({ playable: null });
    const secretary = await personHere(meetingId, 'M03');
    expect(await takePlace(meetingId, secretary, { kind: 'nobody' })).toBeNull();
    const place = await takePlace(meetingId, secretary, member);
    const visitor = await new Participant({ url, meetingId, cookie: `${guestCookieName}=${place?.token}` }).enter();
    expect(await visitor.act({ type: 'openCheckIn' })).toBeNull();
    visitor.leave();
    await wipePractice(meetingId);
  }, 60_000);
});
