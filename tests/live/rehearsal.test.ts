// A rehearsal from the page to its report: simulated phones in a process of their own against this very server, and nothing left behind.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { db } from '#lib/server/db/client.ts';
import { meetings, people, realms, rehearsals } from '#lib/server/db/schema/index.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { seedDemoOpenSpace } from '#lib/server/demo/open-space.ts';
import { rehearsalsOf, startRehearsal } from '#lib/server/practice/rehearsals.ts';
import { openHall } from '#tests/support/hall.ts';
import { asPerson, must } from '#tests/support/session.ts';
import { theDemo } from '#tests/support/world.ts';

describe('rehearsal', () => {
  test('30 phones join, speak and vote; the report has its numbers; only chair and secretary start one, never beside a live meeting', async () => {
    await openHall();
    const ids = await theDemo();
    const meetingId = await seedDemoMeeting(ids);
    const secretary = asPerson(ids.people.M03 ?? '');
    expect(await startRehearsal(meetingId, 30, asPerson(ids.people.M06 ?? ''))).toMatchObject({
      reason: 'not-entitled',
    });
    expect(await startRehearsal(meetingId, 5_000, secretary)).toMatchObject({ reason: 'command-malformed' });
    const before = (await db.select().from(people)).length;

    const started = await startRehearsal(meetingId, 30, secretary);
    if (isRefusal(started)) throw new Error(started.reason);
    expect(await startRehearsal(meetingId, 30, secretary)).toMatchObject({ reason: 'already-done' });
    await expect
      .poll(async () => (await rehearsalsOf(meetingId))[0]?.finishedAt ?? null, { timeout: 90_000, interval: 200 })
      .not.toBeNull();
    const [view] = await rehearsalsOf(meetingId);
    expect(view?.report).toMatchObject({ phones: 30, joined: 30, votesCounted: 30, errors: [] });
    expect(view?.report?.joinP95Ms).toBeGreaterThan(0);
    expect(view?.passed).toBe(view?.report?.passed);
    expect(await db.select().from(realms).where(eq(realms.kind, 'rehearsal'))).toEqual([]);
    expect((await db.select().from(people)).length).toBe(before);

    await must(meetingId, { type: 'openCheckIn' }, secretary);
    expect(await startRehearsal(meetingId, 30, secretary)).toMatchObject({ reason: 'meeting-live' });
    expect(await db.select().from(rehearsals)).toHaveLength(1);
  }, 120_000);

  test('of an open space with 200: the phones come in, name topics, change tables and hand their dots in, and all are counted', async () => {
    await openHall();
    const ids = await theDemo({ realm: 'practice' });
    const meetingId = await seedDemoOpenSpace(ids);
    // The meeting of the test before is still live, and nothing is rehearsed beside one.
    await db.update(meetings).set({ phase: 'adjourned' });
    const started = await startRehearsal(meetingId, 200, asPerson(ids.people.M03 ?? ''));
    if (isRefusal(started)) throw new Error(started.reason);
    await expect
      .poll(async () => (await rehearsalsOf(meetingId))[0]?.finishedAt ?? null, { timeout: 90_000, interval: 200 })
      .not.toBeNull();
    const [view] = await rehearsalsOf(meetingId);
    expect(view?.report).toMatchObject({ phones: 200, joined: 200, votesCounted: 200, errors: [] });
    expect(view?.report?.echoP95Ms).toBeGreaterThan(0);
  }, 120_000);
});
