// Who is here: seats taken, requested and left, leave and absence, and the quorum that follows from it. Rules [Q…] and [A…].
// A seat in the hall is present until its departure is recorded (phones sleep); a remote seat goes away after the grace period.
import { refuse, type Refusal } from './refusal.ts';
import { needed } from './rules.ts';
import { drafter, type Context, type Deciders, type Folders } from './slice.ts';
import { endingSpeeches } from './speech.ts';
import type { MeetingState, SectorOfMeeting } from './state.ts';
import { checkedText } from './text.ts';
import { confided, spokenBy, type Said, type Words } from './words.ts';

export type SeatMode = 'hall' | 'remote';
export type EntryWay = 'password' | 'passkey' | 'slip' | 'admitted' | 'helper';

export type Presence =
  | { readonly status: 'on_leave'; readonly reason: Words | null }
  | { readonly status: 'present'; readonly mode: SeatMode; readonly since: number }
  | { readonly status: 'away'; readonly mode: 'remote'; readonly since: number }
  | { readonly status: 'left'; readonly mode: SeatMode; readonly since: number };

export interface SeatAttendance {
  readonly presence: Presence;
  /** Every arrival, departure, loss and return, in order: the arrival and leaving times of the sign-in sheet. */
  readonly movements: readonly { readonly what: 'arrived' | 'left' | 'went_away' | 'came_back'; readonly at: number }[];
  readonly way: EntryWay | null;
}

export interface SeatRequest {
  readonly requestId: string;
  readonly seatId: string;
  readonly guestId: string;
  readonly mode: SeatMode;
  readonly at: number;
}

export interface AttendanceState {
  /** A seat without an entry is expected and has not arrived. */
  readonly bySeat: Readonly<Record<string, SeatAttendance>>;
  /** Folded for the desk only. */
  readonly requests: Readonly<Record<string, SeatRequest>>;
  /** represented seat → seat of the holder; empty unless the rules allow proxies. */
  readonly proxies: Readonly<Record<string, string>>;
  readonly quorumLostAt: number | null;
}

export type AttendanceCommand =
  | { readonly type: 'requestSeat'; readonly seatId: string; readonly mode: SeatMode }
  | { readonly type: 'admitSeat'; readonly requestId: string }
  | { readonly type: 'declineSeat'; readonly requestId: string; readonly reason: string }
  | { readonly type: 'takeSeat'; readonly seatId: string; readonly mode: SeatMode; readonly way: EntryWay }
  | { readonly type: 'recordDeparture'; readonly seatId: string }
  | { readonly type: 'changeMode'; readonly seatId: string; readonly mode: SeatMode }
  | { readonly type: 'recordLeave'; readonly seatId: string; readonly reason: string }
  | { readonly type: 'withdrawLeave'; readonly seatId: string }
  | { readonly type: 'loseConnection'; readonly seatId: string }
  | { readonly type: 'regainConnection'; readonly seatId: string }
  | { readonly type: 'grantProxy'; readonly seatId: string; readonly holderSeatId: string }
  | { readonly type: 'withdrawProxy'; readonly seatId: string };

export interface AttendanceEvents {
  SeatRequested: {
    readonly requestId: string;
    readonly seatId: string;
    readonly guestId: string;
    readonly mode: SeatMode;
  };
  SeatAdmitted: { readonly requestId: string; readonly guestId: string; readonly seatId: string };
  SeatDeclined: { readonly requestId: string; readonly guestId: string; readonly reason: Said };
  SeatTaken: {
    readonly seatId: string;
    readonly mode: SeatMode;
    readonly way: EntryWay;
    /** True when somebody else signed this member in. */
    readonly assisted: boolean;
  };
  SeatLeft: { readonly seatId: string };
  SeatModeChanged: { readonly seatId: string; readonly mode: SeatMode };
  LeaveRecorded: { readonly seatId: string; readonly reason: Said | null };
  LeaveWithdrawn: { readonly seatId: string };
  /** Of a remote seat, or of a participant who waits to be heard. */
  SeatWentAway: { readonly seatId: string };
  SeatCameBack: { readonly seatId: string };
  ProxyGranted: { readonly seatId: string; readonly holderSeatId: string };
  ProxyWithdrawn: { readonly seatId: string };
}

const draft = drafter<AttendanceEvents>();

// ── readings ────────────────────────────────────────────────────────────────────────────────────

export const presenceOf = (state: MeetingState, seatId: string): Presence | null =>
  state.attendance.bySeat[seatId]?.presence ?? null;

/** [A5] Whether somebody who waits to be heard from afar would be missed now. Nobody is told of the rest of a crowd that comes and goes. */
export function waitsRemotely(state: MeetingState, participantId: string): boolean {
  const participant = state.participants.byId[participantId];
  const waits = state.floor.requests.some(({ seatId }) => seatId === participantId);
  return participant?.leftAt === null && participant.channel === 'remote' && !participant.away && waits;
}

/** [A5] A remote seat, or somebody who waits to be heard, whose connection is gone. */
export const isAway = (state: MeetingState, speakerId: string): boolean =>
  presenceOf(state, speakerId)?.status === 'away' || state.participants.byId[speakerId]?.away === true;

/** In the hall, or connected (or within the grace period) from afar, in person. Floor and points of order ask for this. */
export const isHere = (state: MeetingState, seatId: string): boolean => presenceOf(state, seatId)?.status === 'present';

/** [A7] The seat that acts for a represented one now; null while the member is here in person, for then the proxy sleeps. */
export const holderOf = (state: MeetingState, seatId: string): string | null =>
  isHere(state, seatId) ? null : (state.attendance.proxies[seatId] ?? null);

/** Counted as present: here in person, or represented by somebody who is. */
export function isPresent(state: MeetingState, seatId: string): boolean {
  const holder = holderOf(state, seatId);
  return isHere(state, holder ?? seatId);
}

/** [V2] A seat that has not left, or whose proxy has not: away is not gone, so a ballot sent while the connection comes and goes still counts. */
export function hasNotLeft(state: MeetingState, seatId: string): boolean {
  const reachable = (id: string | null): boolean => {
    const status = id === null ? undefined : presenceOf(state, id)?.status;
    return status === 'present' || status === 'away';
  };
  return reachable(seatId) || reachable(holderOf(state, seatId));
}

export const votingSeats = (state: MeetingState): string[] =>
  state.seatOrder.filter((seatId) => state.seats[seatId]?.voting);

export interface HeadCount {
  readonly expected: number;
  readonly present: number;
  readonly remote: number;
  readonly onLeave: number;
  readonly away: number;
  readonly left: number;
  /** Neither present, nor on leave, nor away, nor gone again. */
  readonly absent: number;
}

export function headCount(state: MeetingState, seatIds: readonly string[] = votingSeats(state)): HeadCount {
  const tally = { expected: seatIds.length, present: 0, remote: 0, onLeave: 0, away: 0, left: 0, absent: 0 };
  for (const seatId of seatIds) {
    const presence = presenceOf(state, seatId);
    if (isPresent(state, seatId)) {
      tally.present += 1;
      if (presence?.status === 'present' && presence.mode === 'remote') tally.remote += 1;
    } else if (presence?.status === 'on_leave') tally.onLeave += 1;
    else if (presence?.status === 'away') tally.away += 1;
    else if (presence?.status === 'left') tally.left += 1;
    else tally.absent += 1;
  }
  return tally;
}

export interface Quorum extends HeadCount {
  /** 0 where the rules ask for none. */
  readonly needed: number;
  readonly met: boolean;
  /** How many more may leave before it is lost; negative when it is lost already. */
  readonly margin: number;
  readonly sectorsMissing: number;
}

/** [Q1] Present against needed. [Q3] A recused seat stays in the quorum. [Q4] Sectors too, where the pack asks for them. */
export function quorumOf(state: MeetingState): Quorum {
  const count = headCount(state);
  const rule = state.rules?.quorum;
  if (!rule) return { ...count, needed: 0, met: true, margin: count.present, sectorsMissing: 0 };
  const least = needed(count.expected, rule.operator, rule.ratio);
  const sectorsMissing = Math.max(0, (rule.sectorsPresent ?? 0) - sectorsPresent(state));
  return {
    ...count,
    needed: least,
    met: count.present >= least && sectorsMissing === 0,
    margin: count.present - least,
    sectorsMissing,
  };
}

export const seatsOfSector = (state: MeetingState, sector: SectorOfMeeting): string[] =>
  votingSeats(state).filter((seatId) => state.seats[seatId]?.sectorId === sector.sectorId);

/** Whom a sector shows as here of how many: its votes, or, on a bench that has none, everybody who sits there. */
export function countedSeats(state: MeetingState, sector: SectorOfMeeting): string[] {
  const voting = seatsOfSector(state, sector);
  return voting.length > 0 ? voting : state.seatOrder.filter((id) => state.seats[id]?.sectorId === sector.sectorId);
}

const sectorsPresent = (state: MeetingState): number =>
  state.sectors.filter((sector) => seatsOfSector(state, sector).some((seatId) => isPresent(state, seatId))).length;

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

const helping = ['chair', 'secretary', 'moderator', 'helper'] as const;

/** [A2] One's own seat, a seat held by proxy, or any seat for a host or helper (which is then an assisted act). */
export function mayActFor(state: MeetingState, context: Context, seatId: string): Refusal | null {
  if (!state.seats[seatId]) return refuse('A1', 'unknown-seat');
  const { actor } = context;
  if (actor.kind === 'system' || actor.seatId === seatId) return null;
  if (actor.seatId !== null && holderOf(state, seatId) === actor.seatId) return null;
  return helping.some((role) => actor.roles.has(role)) ? null : refuse('A2', 'not-your-seat');
}

const gathering = (state: MeetingState): Refusal | null =>
  ['check_in', 'in_session', 'recess'].includes(state.phase)
    ? null
    : refuse('A1', 'wrong-phase', { phase: state.phase });

/** Convened and not over: leave and proxies are settled before the meeting as well as during it. */
const upcomingOrGathering = (state: MeetingState): Refusal | null =>
  state.phase === 'convened' ? null : gathering(state);

const requestOf = (state: MeetingState, requestId: string): SeatRequest | undefined =>
  state.attendance.requests[requestId];

export const attendanceDeciders: Deciders<AttendanceCommand> = {
  /** [A3] Picking one's name only requests the seat. */
  requestSeat(state, command, { actor, newId }) {
    const closed = gathering(state);
    if (closed) return closed;
    if (!state.seats[command.seatId]) return refuse('A1', 'unknown-seat');
    if (actor.guestId === null) return refuse('A3', 'not-entitled');
    const presence = presenceOf(state, command.seatId);
    if (presence?.status === 'present') return refuse('A3', 'seat-taken-by-another');
    const waiting = Object.values(state.attendance.requests);
    if (waiting.some((request) => request.guestId === actor.guestId)) return refuse('A3', 'seat-requested-already');
    const requestId = newId();
    const { seatId, mode } = command;
    return [draft('SeatRequested', { requestId, seatId, mode, guestId: actor.guestId }, 'desk')];
  },

  admitSeat(state, command) {
    const closed = gathering(state);
    if (closed) return closed;
    const request = requestOf(state, command.requestId);
    if (!request) return refuse('A3', 'unknown-request');
    const { requestId, guestId, seatId, mode } = request;
    if (isHere(state, seatId)) return refuse('A3', 'seat-already-present');
    return [
      draft('SeatAdmitted', { requestId, guestId, seatId }, 'desk'),
      draft('SeatTaken', { seatId, mode, way: 'admitted', assisted: false }),
    ];
  },

  declineSeat(state, command) {
    const request = requestOf(state, command.requestId);
    if (!request) return refuse('A3', 'unknown-request');
    const reason = checkedText(command.reason, 200, true);
    if (typeof reason !== 'string') return reason;
    const { requestId, guestId } = request;
    return [draft('SeatDeclined', { requestId, guestId, reason: spokenBy(null, reason) }, 'desk')];
  },

  /** [A1] A slip, password or passkey takes one's own seat at once; a helper or host signs others in. */
  takeSeat(state, command, context) {
    const closed = gathering(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    const presence = presenceOf(state, command.seatId);
    if (presence?.status === 'present') return refuse('A1', 'seat-already-present');
    const assisted = context.actor.seatId !== command.seatId;
    const { seatId, mode } = command;
    return [draft('SeatTaken', { seatId, mode, way: assisted ? 'helper' : command.way, assisted })];
  },

  recordDeparture(state, command, context) {
    const closed = gathering(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    const presence = presenceOf(state, command.seatId);
    if (presence?.status !== 'present' && presence?.status !== 'away') return refuse('A4', 'seat-not-present');
    return [
      ...endingSpeeches(state, context.now, (speech) => speech.seatId === command.seatId),
      draft('SeatLeft', { seatId: command.seatId }),
    ];
  },

  changeMode(state, command, context) {
    const closed = gathering(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    const presence = presenceOf(state, command.seatId);
    if (presence?.status !== 'present') return refuse('A4', 'seat-not-present');
    if (presence.mode === command.mode) return refuse('A4', 'already-done');
    return [draft('SeatModeChanged', { seatId: command.seatId, mode: command.mode })];
  },

  /** [A6] The reason of a leave is health data: only hosts read it, and it can be erased. */
  recordLeave(state, command, context) {
    const closed = upcomingOrGathering(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    const presence = presenceOf(state, command.seatId);
    if (presence && presence.status !== 'on_leave') return refuse('A6', 'seat-already-present');
    const reason = checkedText(command.reason, 200, true);
    if (typeof reason !== 'string') return reason;
    const personId = state.seats[command.seatId]?.personId ?? '';
    return [
      draft('LeaveRecorded', { seatId: command.seatId, reason: reason === '' ? null : confided(personId, reason) }),
    ];
  },

  withdrawLeave(state, command, context) {
    const closed = upcomingOrGathering(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    if (presenceOf(state, command.seatId)?.status !== 'on_leave') return refuse('A6', 'already-done');
    return [draft('LeaveWithdrawn', { seatId: command.seatId })];
  },

  /** [A5] Only a remote seat, or who waits remotely to be heard, goes away, and only the server says so, after the grace period. */
  loseConnection(state, command) {
    const closed = gathering(state);
    if (closed) return closed;
    const presence = presenceOf(state, command.seatId);
    const counts = presence?.status === 'present' && presence.mode === 'remote';
    if (!counts && !waitsRemotely(state, command.seatId)) return refuse('A5', 'already-done');
    return [draft('SeatWentAway', { seatId: command.seatId })];
  },

  regainConnection(state, command) {
    const closed = gathering(state);
    if (closed) return closed;
    if (!isAway(state, command.seatId)) return refuse('A5', 'already-done');
    return [draft('SeatCameBack', { seatId: command.seatId })];
  },

  grantProxy(state, command, context) {
    const closed = upcomingOrGathering(state);
    if (closed) return closed;
    if (!state.rules?.proxies) return refuse('A7', 'proxies-not-in-rules');
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    if (!state.seats[command.holderSeatId] || command.holderSeatId === command.seatId)
      return refuse('A7', 'unknown-seat');
    if (!state.seats[command.seatId]?.voting || !state.seats[command.holderSeatId]?.voting)
      return refuse('A7', 'seat-has-no-vote');
    if (isHere(state, command.seatId)) return refuse('A7', 'seat-already-present');
    if (state.polls.openId) return refuse('A7', 'poll-already-open');
    return [draft('ProxyGranted', { seatId: command.seatId, holderSeatId: command.holderSeatId })];
  },

  withdrawProxy(state, command, context) {
    const closed = upcomingOrGathering(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    if (state.attendance.proxies[command.seatId] === undefined) return refuse('A7', 'already-done');
    if (state.polls.openId) return refuse('A7', 'poll-already-open');
    return [draft('ProxyWithdrawn', { seatId: command.seatId })];
  },
};

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

type Movement = SeatAttendance['movements'][number];

function moved(
  state: MeetingState,
  seatId: string,
  presence: Presence | null,
  movement: Movement | null,
  at: number,
  way?: EntryWay,
): MeetingState {
  const before = state.attendance.bySeat[seatId];
  const { [seatId]: _old, ...others } = state.attendance.bySeat;
  const movements = [...(before?.movements ?? []), ...(movement ? [movement] : [])];
  const after =
    presence === null ? others : { ...others, [seatId]: { presence, movements, way: way ?? before?.way ?? null } };
  return watchingQuorum({ ...state, attendance: { ...state.attendance, bySeat: after } }, at);
}

/** Since when a meeting that has been opened is without its quorum. */
function watchingQuorum(state: MeetingState, at: number): MeetingState {
  const lost = state.openedAt !== null && !quorumOf(state).met;
  const quorumLostAt = lost ? (state.attendance.quorumLostAt ?? at) : null;
  return { ...state, attendance: { ...state.attendance, quorumLostAt } };
}

const modeOf = (state: MeetingState, seatId: string): SeatMode => {
  const presence = presenceOf(state, seatId);
  return presence && presence.status !== 'on_leave' ? presence.mode : 'hall';
};

const withoutRequest = (state: MeetingState, requestId: string): MeetingState => {
  const { [requestId]: _settled, ...requests } = state.attendance.requests;
  return { ...state, attendance: { ...state.attendance, requests } };
};

const withProxies = (state: MeetingState, proxies: AttendanceState['proxies'], at: number): MeetingState =>
  watchingQuorum({ ...state, attendance: { ...state.attendance, proxies } }, at);

/** As one who waits to be heard is connected or not; nothing for a seat, whose presence is attendance. */
function connected(state: MeetingState, participantId: string, away: boolean): MeetingState {
  const { byId } = state.participants;
  const participant = byId[participantId];
  if (!participant) return state;
  return {
    ...state,
    participants: { ...state.participants, byId: { ...byId, [participantId]: { ...participant, away } } },
  };
}

export const attendanceFolders: Folders<AttendanceEvents> = {
  SeatRequested: (state, { payload, at }) => ({
    ...state,
    attendance: {
      ...state.attendance,
      requests: { ...state.attendance.requests, [payload.requestId]: { ...payload, at } },
    },
  }),
  SeatAdmitted: (state, { payload }) => withoutRequest(state, payload.requestId),
  SeatDeclined: (state, { payload }) => withoutRequest(state, payload.requestId),
  SeatTaken: (state, { payload: { seatId, mode, way }, at }) =>
    moved(state, seatId, { status: 'present', mode, since: at }, { what: 'arrived', at }, at, way),
  SeatLeft: (state, { payload: { seatId }, at }) => {
    const presence = { status: 'left', mode: modeOf(state, seatId), since: at } as const;
    const gone = moved(state, seatId, presence, { what: 'left', at }, at);
    const requests = gone.floor.requests.filter((request) => request.seatId !== seatId);
    return { ...gone, floor: { ...gone.floor, requests } };
  },
  SeatModeChanged: (state, { payload: { seatId, mode }, at }) =>
    moved(state, seatId, { status: 'present', mode, since: at }, null, at),
  LeaveRecorded: (state, { payload: { seatId, reason }, at }) =>
    moved(state, seatId, { status: 'on_leave', reason }, null, at),
  LeaveWithdrawn: (state, { payload: { seatId }, at }) => moved(state, seatId, null, null, at),
  SeatWentAway: (state, { payload: { seatId }, at }) =>
    state.participants.byId[seatId]
      ? connected(state, seatId, true)
      : moved(state, seatId, { status: 'away', mode: 'remote', since: at }, { what: 'went_away', at }, at),
  SeatCameBack: (state, { payload: { seatId }, at }) =>
    state.participants.byId[seatId]
      ? connected(state, seatId, false)
      : moved(state, seatId, { status: 'present', mode: 'remote', since: at }, { what: 'came_back', at }, at),
  ProxyGranted: (state, { payload: { seatId, holderSeatId }, at }) =>
    withProxies(state, { ...state.attendance.proxies, [seatId]: holderSeatId }, at),
  ProxyWithdrawn: (state, { payload: { seatId }, at }) => {
    const { [seatId]: _ended, ...proxies } = state.attendance.proxies;
    return withProxies(state, proxies, at);
  },
};
