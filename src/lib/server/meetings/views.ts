// What a viewer starts from: the folded state for their audience and everything that stands beside the log. For page loads and for sockets.
import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { holderOf } from '#lib/domain/meeting/attendance.ts';
import { actorAt, audienceOf, doersOf } from '#lib/domain/meeting/decide.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { mayRead } from '#lib/domain/meeting/words.ts';
import { PROTOCOL_VERSION, type MeetingView, type Viewer } from '#lib/protocol/meeting.ts';
import { db } from '#lib/server/db/client.ts';
import { meetings, zones } from '#lib/server/db/schema/index.ts';
import { ownBallots, turnoutOf } from '#lib/server/polls/ballot-box.ts';
import { countIsDue } from '#lib/server/allocations/due.ts';
import { ownAnswer } from '#lib/server/polls/resident-box.ts';
import { sheetsOf } from '#lib/server/polls/sheets.ts';
import { questionsFor } from '#lib/server/questions/questions.ts';
import { freshCopy, type MeetingCopy } from './copies.ts';
import { watching } from './crowd.ts';

/** Who this actor is at the meeting, by the meeting's own roster. */
export function viewerAt(state: MeetingState, actor: Actor): Viewer {
  const personId = personAt(actor, state.meetingId);
  const guestId = actor.kind === 'guest' ? actor.guestId : null;
  const who = actorAt(state, { kind: personId === null && guestId !== null ? 'guest' : 'person', personId, guestId });
  const person = personId === null ? undefined : state.people[personId];
  return {
    personId,
    guestId,
    seatId: who.seatId,
    participantId: who.participantId,
    roles: [...who.roles],
    doers: [...doersOf(state, who)],
    audience: audienceOf(state, who),
    name:
      person?.name.text ??
      state.participants.byId[who.participantId ?? '']?.name.text ??
      (actor.kind === 'guest' ? actor.shownName : null),
  };
}

/** Seats a viewer may have cast for: own, held by proxy, or, for a helper, any of the electorate. */
function standsFor(state: MeetingState, viewer: Viewer): string[] {
  const { openId } = state.polls;
  const electorate = openId === null ? [] : (state.polls.byId[openId]?.frame.electorate ?? []);
  if (viewer.roles.includes('helper')) return [...electorate];
  return electorate.filter(
    (seatId) => seatId === viewer.seatId || (viewer.seatId !== null && holderOf(state, seatId) === viewer.seatId),
  );
}

/** Everything of a view but the state; the caller adds it in the shape it needs. */
export async function besideState(copy: MeetingCopy, actor: Actor): Promise<Omit<MeetingView, 'state'>> {
  const { state, meetingId } = copy;
  const viewer = viewerAt(state, actor);
  const atDesk = mayRead(viewer.audience, 'desk');
  const { openId } = state.polls;
  // A program that was killed while counting counts when somebody at the desk looks again.
  if (atDesk) void countIsDue(meetingId);
  const [turnout, questions, sheets, own] = await Promise.all([
    openId === null ? null : turnoutOf(openId),
    questionsFor(meetingId, actor, atDesk),
    atDesk ? sheetsOf(meetingId) : [],
    openId === null
      ? []
      : state.polls.byId[openId]?.frame.residents
        ? ownAnswer(state, openId, actor)
        : ownBallots(openId, standsFor(state, viewer)),
  ]);
  const asked = Object.values(state.attendance.requests).find(({ guestId }) => guestId === viewer.guestId);
  return {
    version: PROTOCOL_VERSION,
    viewer,
    serverNow: Date.now(),
    crowd: { watching: watching(meetingId) },
    turnout,
    questions,
    sheets,
    ownBallots: own,
    requestedSeatId: viewer.guestId === null ? null : (asked?.seatId ?? null),
  };
}

/** A draft is its hosts' own; anything convened may be watched by everybody. */
export const mayWatch = (state: MeetingState, viewer: Viewer): boolean =>
  state.seq > 0 && (mayRead(viewer.audience, 'desk') || (state.phase !== 'draft' && state.convenedAt !== null));

/** For a page load. Refuses what does not exist or is not this viewer's to see, in the same words. */
export async function meetingView(meetingId: string, actor: Actor): Promise<MeetingView | Refusal> {
  const copy = await freshCopy(meetingId);
  const beside = await besideState(copy, actor);
  if (!mayWatch(copy.state, beside.viewer)) return refuse('L1', 'unknown-meeting');
  return { ...beside, state: copy.stateFor(beside.viewer.audience) };
}

/** The log as this actor reads it, for replay and export. */
export async function eventsForAudience(
  meetingId: string,
  actor: Actor,
): Promise<{ viewer: Viewer; events: MeetingEvent[]; seq: number; format: string } | Refusal> {
  const copy = await freshCopy(meetingId);
  const viewer = viewerAt(copy.state, actor);
  if (!mayWatch(copy.state, viewer)) return refuse('L1', 'unknown-meeting');
  return { viewer, events: copy.eventsFor(viewer.audience, 0), seq: copy.seq, format: copy.state.format };
}

/** The parts of the community whose meeting this is, for somebody who comes in to name theirs. */
export async function zoneNamesAt(meetingId: string): Promise<string[]> {
  const rows = await db
    .select({ name: zones.name })
    .from(zones)
    .innerJoin(meetings, eq(meetings.communityId, zones.communityId))
    .where(eq(meetings.id, meetingId))
    .orderBy(asc(zones.position), asc(zones.name));
  return rows.map(({ name }) => name);
}

/** The meeting a join code stands for, or null. Codes are found whatever spaces were typed between the digits. */
export async function meetingByCode(typed: string): Promise<{ meetingId: string; title: string } | null> {
  const joinCode = typed.replace(/\D/g, '');
  if (joinCode.length !== 6) return null;
  const [row] = await db.select().from(meetings).where(eq(meetings.joinCode, joinCode));
  return row && row.phase !== 'draft' ? { meetingId: row.id, title: row.title } : null;
}
