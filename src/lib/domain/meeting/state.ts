// The folded state of a meeting: what every screen, every decision and every replay reads. Built by `evolve` alone, never written directly.
// It is the same type on the server and in the browser; an audience that may not read an event simply folds fewer of them.
import type { AgendaState } from './agenda.ts';
import type { AllocationsState } from './allocation.ts';
import type { MoneyState } from './awards.ts';
import type { AttendanceState } from './attendance.ts';
import type { ConsensusState } from './consensus.ts';
import type { FloorState } from './floor.ts';
import type { FollowUpsState } from './follow-ups.ts';
import type { HearingState } from './hearing.ts';
import type { MotionsState } from './motion-state.ts';
import type { OpenSpaceState } from './open-space/space.ts';
import type { ParticipantsState } from './participants.ts';
import type { PollsState } from './poll-state.ts';
import type { QuestionsState } from './questions.ts';
import type { Role } from './roles.ts';
import type { RulePack } from './rules.ts';
import type { StageState } from './stages.ts';
import type { Words } from './words.ts';

export type Phase = 'draft' | 'convened' | 'check_in' | 'in_session' | 'recess' | 'adjourned' | 'cancelled';

export interface SectorOfMeeting {
  readonly sectorId: string;
  readonly name: string;
  readonly seats: number;
}

/** A right to sit at this meeting. `voting` false is 列席: present and heard, never counted. */
export interface SeatOfMeeting {
  readonly seatId: string;
  readonly personId: string;
  readonly sectorId: string;
  readonly title: string;
  readonly voting: boolean;
  readonly name: Words;
  /** False for somebody who votes on paper or through a helper. */
  readonly hasSmartphone: boolean;
}

export interface PersonOfMeeting {
  readonly personId: string;
  readonly name: Words;
  readonly roles: readonly Role[];
  readonly seatId: string | null;
}

export interface MeetingState {
  readonly meetingId: string;
  readonly seq: number;
  readonly format: string;
  readonly phase: Phase;
  readonly title: Words | null;
  readonly place: Words | null;
  readonly startsAt: number;
  readonly plannedMinutes: number;
  readonly callLink: string | null;
  readonly joinCode: string;
  readonly practice: boolean;
  /** Frozen when the meeting is convened; null before. */
  readonly rules: RulePack | null;
  readonly shortNotice: Words | null;
  readonly convenedAt: number | null;
  readonly openedAt: number | null;
  readonly adjournedAt: number | null;
  /** When the meeting last went into recess, null otherwise. */
  readonly recessSince: number | null;
  readonly cancelReason: Words | null;
  readonly sectors: readonly SectorOfMeeting[];
  readonly seats: Readonly<Record<string, SeatOfMeeting>>;
  readonly seatOrder: readonly string[];
  readonly people: Readonly<Record<string, PersonOfMeeting>>;
  readonly attendance: AttendanceState;
  readonly agenda: AgendaState;
  readonly floor: FloorState;
  readonly motions: MotionsState;
  readonly polls: PollsState;
  readonly allocations: AllocationsState;
  readonly questions: QuestionsState;
  /** Absent until something is said of one; read through `followUpsIn`. */
  readonly followUps?: FollowUpsState;
  /** Absent where no party said anything; read through `consensusIn`. */
  readonly consensus?: ConsensusState;
  /** The funds the agenda draws on, as last read from the books. */
  readonly money: MoneyState;
  /** Where the session stands; null before it opens and in formats without stages. */
  readonly stage: StageState | null;
  readonly participants: ParticipantsState;
  /** Once an open space has been set up. */
  readonly openSpace?: OpenSpaceState;
  /** Absent until a hearing is announced. */
  readonly hearing?: HearingState;
}

export const emptyMeeting = (meetingId: string): MeetingState => ({
  meetingId,
  seq: 0,
  format: '',
  phase: 'draft',
  title: null,
  place: null,
  startsAt: 0,
  plannedMinutes: 0,
  callLink: null,
  joinCode: '',
  practice: false,
  rules: null,
  shortNotice: null,
  convenedAt: null,
  openedAt: null,
  adjournedAt: null,
  recessSince: null,
  cancelReason: null,
  sectors: [],
  seats: {},
  seatOrder: [],
  people: {},
  attendance: { bySeat: {}, requests: {}, proxies: {}, quorumLostAt: null },
  agenda: {
    items: [],
    adoptedAt: null,
    currentItemId: null,
    progress: {},
    proposals: [],
    clockHeldByRecess: false,
  },
  floor: { requests: [], speech: null, interrupted: null, turns: [], overrides: 0 },
  motions: { byId: {}, order: [], currentId: null },
  polls: { byId: {}, order: [], openId: null },
  allocations: { byId: {}, order: [], outcomes: {} },
  questions: { brought: [], summary: null },
  money: { funds: [] },
  stage: null,
  participants: { byId: {}, order: [], idOf: {} },
});
