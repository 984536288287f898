// Practice meetings: copied into a realm of their own, played through real sockets while a visitor holds a place, wiped without a trace.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { guestCookieName } from '#lib/server/auth/guests.ts';
import { db } from '#lib/server/db/client.ts';
import { meetingEvents, meetings, needs, people, projects, realms } from '#lib/server/db/schema/index.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { practiceView, setSpeed, startPractice, takePlace, wipePractice } from '#lib/server/practice/practices.ts';
import { openHall } from '#tests/support/hall.ts';
import { theDemo } from '#tests/support/world.ts';

describe('practice', () => {
  test('a visitor in the chair leads, everybody else is played, and wiping leaves nothing', async () => {
    const url = await openHall();
    const ids = await theDemo();
    const original = await seedDemoMeeting(ids);
    const before = await db.select().from(people);
    const started = await startPractice(original, { kind: 'nobody' });
    if (isRefusal(started)) throw new Error(started.reason);
    const { meetingId } = started;
    expect(await db.select().from(projects)).toHaveLength(16);
    const place = await takePlace(meetingId, 'M01', { kind: 'nobody' });
    const cookie = `${guestCookieName}=${place?.token}`;
    expect(await actorFromCookie(cookie)).toMatchObject({ admitted: { meetingId } });
    expect(await takePlace(meetingId, 'M01', { kind: 'nobody' })).toBeNull();

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
    expect((await practiceView(meetingId))?.taken.M01).toBe(true);
    visitor.leave();

    expect((await freshCopy(original)).state.phase).toBe('convened');
    await wipePractice(meetingId);
    expect(await db.select().from(meetings).where(eq(meetings.id, meetingId))).toEqual([]);
    expect(await db.select().from(meetingEvents).where(eq(meetingEvents.meetingId, meetingId))).toEqual([]);
    expect(await db.select().from(realms).where(eq(realms.kind, 'practice'))).toEqual([]);
    expect((await db.select().from(people)).length).toBe(before.length);
    expect(await db.select().from(projects)).toHaveLength(8);
    expect(await db.select().from(needs)).toHaveLength(22);
  }, 120_000);
});
