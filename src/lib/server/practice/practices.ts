// Practice meetings under way in this process: who plays, at what speed, and which places visitors have taken. The meetings themselves are
// in the database like any other; what is here is only the playing, and ends with the process.
import { and, eq, isNotNull, lt } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { admitGuest, createGuest, withdrawAdmission } from '#lib/server/auth/guests.ts';
import { openSession, sessionCookieName } from '#lib/server/auth/sessions.ts';
import { db } from '#lib/server/db/client.ts';
import { communities, guests, meetings, realms } from '#lib/server/db/schema/index.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { copyMeeting, wipeRealm } from './copy.ts';
import { play } from './player.ts';
import { openSpaceRefs, openSpaceScript } from './script-open-space.ts';
import { chair, councilScript, helper, playedRefs, secretary, type Seats, type StepName } from './script.ts';

const mostAtOnce = 6;
/** A practice nobody wiped goes by itself after a day. */
const keptMs = 24 * 3_600_000;

export type Speed = 0 | 1 | 4 | 16;

interface Practice {
  readonly meetingId: string;
  readonly realmId: string;
  readonly seats: Seats;
  readonly format: string;
  readonly people: Readonly<Record<string, string>>;
  speed: Speed;
  readonly stop: AbortController;
  step: { name: StepName; by: string; yours: boolean } | null;
  ended: 'played' | 'stopped' | 'refused' | null;
  /** Why the playing stopped by itself. */
  trouble: string | null;
}

const practices = new Map<string, Practice>();

/** Places a visitor may take; anybody else's phone is played. */
export const places: readonly string[] = [chair, secretary, helper, 'M13', 'M05', 'M06', 'M08', 'M18', 'M20', 'M23'];

/** Where this process can be reached by its own simulated phones; set by the door once it listens. */
let ownAddress: (() => string | null) | null = null;
export const listenAt = (address: () => string | null): void => {
  ownAddress = address;
};
export const ownUrl = (): string | null => ownAddress?.() ?? null;

/** In the demo community anybody may practise; elsewhere its own people who are signed in. */
export async function mayPractise(meetingId: string, actor: Actor): Promise<boolean> {
  const [row] = await db
    .select({ communityId: communities.id, isDemo: communities.isDemo, kind: realms.kind })
    .from(meetings)
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(eq(meetings.id, meetingId));
  if (!row || row.kind !== 'kept') return false;
  if (row.isDemo) return true;
  const standing = await standingOf(actor);
  return standing?.communityId === row.communityId;
}

/** Copies the meeting into a practice realm; the copy waits, convened, for somebody to press play. */
export async function startPractice(originalId: string, actor: Actor): Promise<{ meetingId: string } | Refusal> {
  if (!(await mayPractise(originalId, actor))) return refuse('P1', 'not-entitled', { deed: 'startPractice' });
  if (practices.size >= mostAtOnce) return refuse('P1', 'too-many-attempts', { most: mostAtOnce });
  const copied = await copyMeeting(originalId, 'practice');
  if (isRefusal(copied)) return copied;
  practices.set(copied.meetingId, {
    ...copied,
    speed: 0,
    stop: new AbortController(),
    step: null,
    ended: null,
    trouble: null,
  });
  return { meetingId: copied.meetingId };
}

export interface PracticeView {
  readonly meetingId: string;
  readonly speed: Speed;
  readonly step: Practice['step'];
  readonly ended: Practice['ended'];
  readonly trouble: string | null;
  /** ref → whether a visitor holds it. */
  readonly taken: Readonly<Record<string, boolean>>;
  /** Whether it can still be played by itself: only in the process that started it. */
  readonly playable: boolean;
}

export async function practiceView(meetingId: string): Promise<PracticeView | null> {
  const [row] = await db
    .select({ kind: realms.kind })
    .from(meetings)
    .innerJoin(realms, eq(realms.id, meetings.realmId))
    .where(eq(meetings.id, meetingId));
  if (row?.kind !== 'practice') return null;
  const practice = practices.get(meetingId);
  const held = new Set((await visitorsAt(meetingId)).map(({ admittedPersonId }) => admittedPersonId));
  const taken = Object.fromEntries(places.map((ref) => [ref, held.has(practice?.people[ref] ?? '')]));
  return {
    meetingId,
    speed: practice?.speed ?? 0,
    step: practice?.step ?? null,
    ended: practice?.ended ?? null,
    trouble: practice?.trouble ?? null,
    taken,
    playable: practice !== undefined && practice.ended === null,
  };
}

const visitorsAt = (meetingId: string) =>
  db
    .select()
    .from(guests)
    .where(and(eq(guests.admittedMeetingId, meetingId), isNotNull(guests.admittedPersonId)));

/** Plays on at this speed, or holds at 0. The first call starts the playing. */
export async function setSpeed(meetingId: string, speed: Speed): Promise<Refusal | null> {
  const practice = practices.get(meetingId);
  const url = ownUrl();
  if (!practice || practice.ended !== null || url === null) return refuse('L1', 'unknown-meeting');
  const started = practice.speed !== 0 || practice.step !== null;
  practice.speed = speed;
  if (!started && speed !== 0) void run(practice, url);
  return Promise.resolve(null);
}

async function run(practice: Practice, url: string): Promise<void> {
  const { meetingId, people, seats, stop, format } = practice;
  const isOpenSpace = format === 'open_space';
  practice.step = { name: 'open-check-in', by: secretary, yours: false };
  let taken = new Set<string>();
  const lookAgain = async () => {
    taken = new Set((await visitorsAt(meetingId)).flatMap(({ admittedPersonId }) => admittedPersonId ?? []));
  };
  const watching = setInterval(() => void lookAgain().catch(() => {}), 500);
  try {
    await lookAgain();
    const cookies: Record<string, string> = {};
    for (const ref of isOpenSpace ? openSpaceRefs : playedRefs) {
      const opened = { accountId: null, meetingId, slipId: null, device: 'practice' };
      const sessionId = await openSession(people[ref] ?? '', opened);
      cookies[ref] = `${sessionCookieName}=${sessionId}`;
    }
    await play({
      url,
      meetingId,
      // Nobody sits for anybody in an open space: its script is given the people.
      seats: isOpenSpace ? people : seats,
      cookies,
      script: isOpenSpace ? openSpaceScript() : councilScript(),
      speed: () => practice.speed,
      taken: (ref) => taken.has(people[ref] ?? ''),
      onStep: ({ name, by }, yours) => {
        practice.step = { name, by, yours };
      },
      signal: stop.signal,
    });
    practice.ended = stop.signal.aborted ? 'stopped' : 'played';
  } catch (error) {
    // A visitor who leads may well do something the script did not expect: the meeting goes on by hand.
    practice.ended = 'refused';
    practice.trouble = error instanceof Error ? error.message : String(error);
  } finally {
    clearInterval(watching);
    practice.speed = 0;
    practice.step = null;
  }
}

/** This device becomes that person at the practice meeting, and only there. Null when the place does not exist or is held by another. */
export async function takePlace(
  meetingId: string,
  ref: string,
  actor: Actor,
): Promise<{ token: string | null } | null> {
  const practice = practices.get(meetingId);
  const personId = practice?.people[ref];
  if (!practice || !personId || !places.includes(ref)) return null;
  const mine = await visitorsAt(meetingId);
  const holder = mine.find(({ admittedPersonId }) => admittedPersonId === personId);
  if (actor.kind === 'guest') {
    if (holder && holder.id !== actor.guestId) return null;
    await admitGuest(actor.guestId, meetingId, personId);
    return { token: null };
  }
  if (holder) return null;
  const [meeting] = await db.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!meeting) return null;
  const { guestId, token } = await createGuest(meeting.communityId, newId().slice(0, 6));
  await admitGuest(guestId, meetingId, personId);
  return { token };
}

/** The place goes back to the script. */
export async function leavePlace(meetingId: string, actor: Actor): Promise<void> {
  const admitted = actor.kind === 'person' || actor.kind === 'guest' ? actor.admitted : undefined;
  if (admitted?.meetingId !== meetingId) return;
  for (const visitor of await visitorsAt(meetingId))
    if (visitor.admittedPersonId === admitted.personId) await withdrawAdmission(visitor.id);
}

/** Stops the playing and deletes the realm with everything in it. */
export async function wipePractice(meetingId: string): Promise<void> {
  const practice = practices.get(meetingId);
  practice?.stop.abort();
  practices.delete(meetingId);
  const [row] = await db
    .select({ realmId: meetings.realmId, kind: realms.kind })
    .from(meetings)
    .innerJoin(realms, eq(realms.id, meetings.realmId))
    .where(eq(meetings.id, meetingId));
  if (row?.kind === 'practice') await wipeRealm(row.realmId);
}

/** Removes practices and rehearsals left behind by earlier processes. Called when the program starts. */
export async function wipeForgotten(): Promise<void> {
  for (const kind of ['practice', 'rehearsal'] as const) {
    const old = await db
      .select()
      .from(realms)
      .where(and(eq(realms.kind, kind), lt(realms.createdAt, Date.now() - keptMs)));
    for (const { id } of old) await wipeRealm(id);
  }
}
