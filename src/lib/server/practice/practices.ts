// Practice meetings under way in this process: who plays, at what speed, and which places visitors have taken. The meetings themselves are
// in the database like any other; what is here is only the playing, and ends with the process.
import { and, eq, isNotNull, lt } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import { admitGuest, createGuestAt, guestCookieName, withdrawAdmission } from '#lib/server/auth/guests.ts';
import { openSession, sessionCookieName } from '#lib/server/auth/sessions.ts';
import { db } from '#lib/server/db/client.ts';
import { communities, guests, meetings, realms } from '#lib/server/db/schema/index.ts';
import { attendHearing } from '#lib/server/hearings/enrol.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import type { DemoRef } from '#lib/server/demo/dataset.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { copyMeeting, wipeRealm } from './copy.ts';
import { play, StepRefused } from './player.ts';
import { scriptOf } from './scripts/index.ts';
import { secretary, type Cast, type PracticeScript, type StepName } from './scripts/step.ts';

const mostAtOnce = 6;
/** A practice nobody wiped goes by itself after a day. */
const keptMs = 24 * 3_600_000;

export type Speed = 0 | 1 | 4 | 16;

interface Practice {
  readonly meetingId: string;
  readonly realmId: string;
  readonly cast: Cast;
  /** Null where the meeting is practised by hand: a format without a script, a community without the demo's people. */
  readonly script: PracticeScript | null;
  speed: Speed;
  readonly stop: AbortController;
  step: { name: StepName; by: string; yours: boolean } | null;
  ended: 'played' | 'stopped' | 'refused' | null;
  /** Why the playing stopped by itself. */
  trouble: { readonly name: StepName; readonly by: DemoRef; readonly refusal: Refusal } | null;
}

const practices = new Map<string, Practice>();

/** Where this process can be reached by its own simulated phones; set by the door once it listens. */
let ownAddress: (() => string | null) | null = null;
export const listenAt = (address: () => string | null): void => {
  ownAddress = address;
};
export const ownUrl = (): string | null => ownAddress?.() ?? null;

interface Practisable {
  readonly may: boolean;
  /** Whether the people of the scripts are here. */
  readonly isDemo: boolean;
}

async function practisable(meetingId: string, actor: Actor): Promise<Practisable> {
  const [row] = await db
    .select({ communityId: communities.id, isDemo: communities.isDemo, kind: realms.kind })
    .from(meetings)
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(eq(meetings.id, meetingId));
  if (!row || row.kind !== 'kept') return { may: false, isDemo: false };
  const { isDemo } = row;
  return { may: isDemo || (await standingOf(actor))?.communityId === row.communityId, isDemo };
}

/** In the demo community anybody may practise; elsewhere its own people who are signed in. */
export const mayPractise = async (meetingId: string, actor: Actor): Promise<boolean> =>
  (await practisable(meetingId, actor)).may;

/** Copies the meeting into a practice realm; the copy waits, convened, for somebody to press play or to open check-in by hand. */
export async function startPractice(originalId: string, actor: Actor): Promise<{ meetingId: string } | Refusal> {
  const { may, isDemo } = await practisable(originalId, actor);
  if (!may) return refuse('P1', 'not-entitled', { deed: 'startPractice' });
  if (practices.size >= mostAtOnce) return refuse('P1', 'too-many-attempts', { most: mostAtOnce });
  const copied = await copyMeeting(originalId, 'practice');
  if (isRefusal(copied)) return copied;
  const { meetingId, realmId, format, ...cast } = copied;
  practices.set(meetingId, {
    meetingId,
    realmId,
    cast,
    script: (isDemo && scriptOf(format)) || null,
    speed: 0,
    stop: new AbortController(),
    step: null,
    ended: null,
    trouble: null,
  });
  return { meetingId };
}

export interface PracticeView {
  readonly meetingId: string;
  readonly speed: Speed;
  readonly step: { readonly name: StepName; readonly byName: string; readonly yours: boolean } | null;
  readonly ended: Practice['ended'];
  /** The step at which the script was refused, and why. */
  readonly trouble: { readonly name: StepName; readonly byName: string; readonly refusal: Refusal } | null;
  /** Everybody a visitor may be, who leads first. */
  readonly places: readonly PracticePlace[];
  /** Whether it can still be played by itself: only in the process that started it. Null where there is no script. */
  readonly playable: boolean | null;
}

export interface PracticePlace {
  readonly personId: string;
  readonly name: string;
  /** What they have to do beside sitting there. */
  readonly duties: readonly Role[];
  /** The seat's title or sector, empty for somebody without a seat. */
  readonly post: string;
  readonly taken: boolean;
}

const noDuty: readonly Role[] = ['member', 'non_voting', 'observer'];

const placesOf = ({ people, seats, sectors }: MeetingState, held: ReadonlySet<string | null>): PracticePlace[] =>
  Object.values(people)
    .map(({ personId, name, roles, seatId }) => {
      const seat = seatId === null ? undefined : seats[seatId];
      const sector = sectors.find(({ sectorId }) => sectorId === seat?.sectorId)?.name ?? '';
      const duties = roles.filter((role) => !noDuty.includes(role));
      return { personId, name: name.text ?? '', duties, post: seat?.title ?? sector, taken: held.has(personId) };
    })
    .sort((left, right) => Number(right.duties.length > 0) - Number(left.duties.length > 0));

/** Null where there is no such practice, or it is none of the actor's: outside the demo it shows who sits in a council. */
export async function practiceView(meetingId: string, actor: Actor): Promise<PracticeView | null> {
  const [row] = await db
    .select({ kind: realms.kind, isDemo: communities.isDemo, original: meetings.copiedFrom })
    .from(meetings)
    .innerJoin(realms, eq(realms.id, meetings.realmId))
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .where(eq(meetings.id, meetingId));
  if (row?.kind !== 'practice') return null;
  if (placeAt(meetingId, actor) === null && !(await mayPractise(row.original ?? '', actor))) return null;
  const practice = practices.get(meetingId);
  const { state } = await freshCopy(meetingId);
  const held = new Set((await visitorsAt(meetingId)).map(({ admittedPersonId }) => admittedPersonId));
  const step = practice?.step ?? null;
  const trouble = practice?.trouble ?? null;
  const hasScript = practice ? practice.script !== null : row.isDemo && scriptOf(state.format) !== undefined;
  return {
    meetingId,
    speed: practice?.speed ?? 0,
    step: step && { name: step.name, yours: step.yours, byName: practice ? nameIn(practice, state, step.by) : '' },
    ended: practice?.ended ?? null,
    trouble: trouble && {
      name: trouble.name,
      byName: practice ? nameIn(practice, state, trouble.by) : '',
      refusal: trouble.refusal,
    },
    places: placesOf(state, held),
    playable: hasScript ? practice !== undefined && practice.ended === null : null,
  };
}

/** The person this device plays at that practice, or null. */
export const placeAt = (meetingId: string, actor: Actor): string | null =>
  'admitted' in actor && actor.admitted?.meetingId === meetingId ? actor.admitted.personId : null;

const nameIn = ({ cast, script }: Practice, { people }: MeetingState, ref: string): string =>
  people[cast.people[ref] ?? '']?.name.text ?? script?.residents?.find((each) => each.ref === ref)?.shownName ?? '';

const visitorsAt = (meetingId: string) =>
  db
    .select()
    .from(guests)
    .where(and(eq(guests.admittedMeetingId, meetingId), isNotNull(guests.admittedPersonId)));

/** Plays on at this speed, or holds at 0. The first call starts the playing. */
export async function setSpeed(meetingId: string, speed: Speed): Promise<Refusal | null> {
  const practice = practices.get(meetingId);
  const url = ownUrl();
  if (!practice?.script || practice.ended !== null || url === null) return refuse('L1', 'unknown-meeting');
  const started = practice.speed !== 0 || practice.step !== null;
  practice.speed = speed;
  if (!started && speed !== 0) void run(practice, practice.script, url);
  return Promise.resolve(null);
}

async function run(practice: Practice, script: PracticeScript, url: string): Promise<void> {
  const { meetingId, stop } = practice;
  practice.step = { name: 'open-check-in', by: secretary, yours: false };
  let taken = new Set<string>();
  const lookAgain = async () => {
    taken = new Set((await visitorsAt(meetingId)).flatMap(({ admittedPersonId }) => admittedPersonId ?? []));
  };
  const watching = setInterval(() => void lookAgain().catch(() => {}), 500);
  try {
    await lookAgain();
    const { cast, cookies } = await phonesOf(practice, script);
    await play({
      url,
      meetingId,
      cast,
      cookies,
      script: script.steps(cast),
      speed: () => practice.speed,
      taken: (ref) => taken.has(cast.people[ref] ?? ''),
      onStep: ({ name, by }, yours) => {
        practice.step = { name, by, yours };
      },
      signal: stop.signal,
    });
    practice.ended = stop.signal.aborted ? 'stopped' : 'played';
  } catch (error) {
    // A visitor who leads may well do something the script did not expect: the meeting goes on by hand.
    practice.ended = 'refused';
    if (error instanceof StepRefused)
      practice.trouble = { name: error.step.name, by: error.step.by, refusal: error.refusal };
    else console.error(error);
  } finally {
    clearInterval(watching);
    practice.speed = 0;
    practice.step = null;
  }
}

/** Everybody who is played gets a device of their own; residents come in by name, as residents do. */
async function phonesOf(
  { meetingId, cast }: Practice,
  script: PracticeScript,
): Promise<{ cast: Cast; cookies: Record<string, string> }> {
  const cookies: Record<string, string> = {};
  const people: Record<string, string> = { ...cast.people };
  for (const ref of script.players(cast)) {
    const opened = { accountId: null, meetingId, slipId: null, device: 'practice' };
    cookies[ref] = `${sessionCookieName}=${await openSession(people[ref] ?? '', opened)}`;
  }
  for (const { ref, shownName, zone } of script.residents ?? []) {
    const here = await attendHearing(meetingId, { shownName, zone, lookup: null }, { kind: 'nobody' });
    if (isRefusal(here)) throw new Error(here.reason);
    people[ref] = here.guestId;
    cookies[ref] = `${guestCookieName}=${here.token ?? ''}`;
  }
  return { cast: { seats: cast.seats, people }, cookies };
}

/** This device becomes that person at the practice meeting, and only there. Null when the place does not exist or is held by another. */
export async function takePlace(
  meetingId: string,
  personId: string,
  actor: Actor,
): Promise<{ token: string | null } | null> {
  const place = (await practiceView(meetingId, actor))?.places.find((each) => each.personId === personId);
  const mine = placeAt(meetingId, actor);
  if (!place || (place.taken && mine !== personId)) return null;
  if (mine === personId) return { token: null };
  await leavePlace(meetingId, actor);
  if (actor.kind === 'guest') {
    await admitGuest(actor.guestId, meetingId, personId);
    return { token: null };
  }
  const guest = await createGuestAt(meetingId, newId().slice(0, 6));
  if (!guest) return null;
  await admitGuest(guest.guestId, meetingId, personId);
  return { token: guest.token };
}

/** The place goes back to the script. */
export async function leavePlace(meetingId: string, actor: Actor): Promise<void> {
  const mine = placeAt(meetingId, actor);
  if (mine === null) return;
  for (const visitor of await visitorsAt(meetingId))
    if (visitor.admittedPersonId === mine) await withdrawAdmission(visitor.id);
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
