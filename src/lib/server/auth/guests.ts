// Residents without an account: a cookie token stands for a row with the name they chose to show.
// Called by the join pages and by `actorFromCookie`; admission to a seat is set by the meeting's own console, see `admitGuest`.
import { eq, inArray } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { readTogether } from '#lib/server/db/read-together.ts';
import { guests, meetings } from '#lib/server/db/schema/index.ts';
import { digestOf, newToken } from './secrets.ts';

export const guestCookieName = 'yishi_guest';
export const guestLifetimeMs = 180 * 24 * 3600 * 1000;

/** Makes a guest; `token` goes into the cookie and exists nowhere else. */
export async function createGuest(
  communityId: string,
  shownName: string,
  store: Queryable = db,
): Promise<{ guestId: string; token: string }> {
  const guestId = newId();
  const token = newToken();
  await store
    .insert(guests)
    .values({ id: guestId, tokenHash: digestOf(token), communityId, shownName, createdAt: Date.now() });
  return { guestId, token };
}

/** A guest of the community whose meeting this is; null when there is no such meeting. */
export async function createGuestAt(
  meetingId: string,
  shownName: string,
): Promise<{ guestId: string; token: string } | null> {
  const [meeting] = await db
    .select({ communityId: meetings.communityId })
    .from(meetings)
    .where(eq(meetings.id, meetingId));
  return meeting ? createGuest(meeting.communityId, shownName) : null;
}

const guestOfHash = readTogether(async (hashes) => {
  const rows = await db
    .select()
    .from(guests)
    .where(inArray(guests.tokenHash, [...hashes]));
  return new Map(rows.map((row) => [row.tokenHash, row]));
});

export const guestOfToken = (token: string) => guestOfHash(digestOf(token));

export async function renameGuest(guestId: string, shownName: string): Promise<void> {
  await db.update(guests).set({ shownName }).where(eq(guests.id, guestId));
}

/** From now on this guest's device is `personId` at `meetingId`. Call inside the transaction that seats the person. */
export async function admitGuest(
  guestId: string,
  meetingId: string,
  personId: string,
  store: Queryable = db,
): Promise<void> {
  await store
    .update(guests)
    .set({ admittedMeetingId: meetingId, admittedPersonId: personId })
    .where(eq(guests.id, guestId));
}

/** Takes an admission back, for a device admitted by mistake. */
export async function withdrawAdmission(guestId: string, store: Queryable = db): Promise<void> {
  await store.update(guests).set({ admittedMeetingId: null, admittedPersonId: null }).where(eq(guests.id, guestId));
}
