// The language of a live meeting, once for both ends: what crosses the socket, and commands parsed from unknown JSON.
// Answers never carry codes alone: a refusal has a rule, a reason and params, and the messages make the sentence.
import type { BallotChannel } from '#lib/domain/meeting/poll-state.ts';
import type { Doer } from '#lib/domain/meeting/policy.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import type { Audience } from '#lib/domain/meeting/words.ts';

/** Raised when an older page must reload to go on. */
export const PROTOCOL_VERSION = 1;

export const socketPath = '/socket.io';

/** The largest message a socket may send, in bytes. */
export const largestMessage = 64 * 1024;

/** Who looks: what this connection may do here, and as whom. */
export interface Viewer {
  readonly personId: string | null;
  readonly guestId: string | null;
  readonly seatId: string | null;
  /** Who this is among the participants while here. */
  readonly participantId: string | null;
  readonly roles: readonly Role[];
  readonly doers: readonly Doer[];
  readonly audience: Audience;
  /** The name this viewer goes by, null for somebody who only looks on. */
  readonly name: string | null;
}

export interface Crowd {
  /** Residents and others watching without a seat, summed over all processes. */
  readonly watching: number;
}

export interface Turnout {
  readonly pollId: string;
  readonly cast: number;
  readonly of: number;
  /** Where residents vote too: slips that have voted, of those given out and not revoked. */
  readonly residents?: { readonly cast: number; readonly of: number };
}

export interface QuestionView {
  readonly questionId: string;
  readonly text: string;
  readonly shownName: string;
  readonly status: 'waiting' | 'shown' | 'hidden';
  readonly supports: number;
  /** Whether this viewer supports it. */
  readonly supported: boolean;
  readonly mine: boolean;
  readonly hiddenReason: string | null;
  readonly broughtBySeatId: string | null;
  /** [O2] Where opinions are grouped: which group it is in, and the verdict once there is one. */
  readonly groupId: string | null;
  readonly answer: string | null;
  readonly askedAt: number;
}

/** Paper or raised hands on their way into the tally; shown to the desk only. */
export interface TallySheetView {
  readonly sheetId: string;
  readonly pollId: string;
  readonly kind: 'paper' | 'paper_bundle' | 'hand_count';
  readonly seatIds: readonly string[];
  readonly content: TallyContent;
  readonly enteredBy: string;
  readonly enteredAt: number;
  readonly confirmedBy: string | null;
  readonly rejectedBy: string | null;
  readonly replaces: string | null;
  readonly reason: string | null;
}

/** One seat's paper, counts of unlinked paper or raised hands, or unlinked funding ballots one by one. `spoiled` are returned but not valid. */
export type TallyContent =
  | { readonly choice: unknown }
  | { readonly spoiled: true }
  | { readonly choices: readonly unknown[]; readonly spoiled: number }
  | { readonly counts: Readonly<Record<string, number>>; readonly spoiled: number };

/** Stands for the seat where a resident chooses in a straw poll of residents: there is one choice a device. */
export const residentVoice = 'resident';

export interface OwnBallot {
  readonly pollId: string;
  readonly seatId: string;
  /** Null in a poll with hidden names once it has closed. */
  readonly choice: unknown;
  readonly channel: BallotChannel;
  readonly revision: number;
}

/** The whole picture one needs to start: folded state for one's audience at `state.seq`, and what stands beside the log. */
export interface MeetingView {
  readonly version: number;
  readonly viewer: Viewer;
  readonly state: MeetingState;
  readonly serverNow: number;
  readonly crowd: Crowd;
  readonly turnout: Turnout | null;
  readonly questions: readonly QuestionView[];
  readonly sheets: readonly TallySheetView[];
  /** Own ballots of the poll that is open, for one's own seat and those one stands in for. */
  readonly ownBallots: readonly OwnBallot[];
  /** The seat this guest has asked for and is waiting to be admitted to. */
  readonly requestedSeatId: string | null;
}

export interface EventsMessage {
  readonly meetingId: string;
  /** Covers every seq in from..to, though an audience may be shown fewer events than that. */
  readonly from: number;
  readonly to: number;
  readonly events: readonly MeetingEvent[];
}

export type Answer<Value = unknown> =
  ({ readonly ok: true } & Value) | { readonly ok: false; readonly refusal: Refusal };

export interface JoinAsk {
  readonly version: number;
  readonly meetingId: string;
  /** The seq already folded; null for the whole view. */
  readonly since: number | null;
  /** A screen in the hall is nobody who watches from home. */
  readonly screen?: boolean;
}

export type JoinAnswer = Answer<{ readonly view: string } | { readonly caughtUp: string }>;

/** What `caughtUp` parses to: everything of the view but the state, and the events since. */
export type CaughtUp = Omit<MeetingView, 'state'> & { readonly missed: EventsMessage };

export interface ActAsk {
  readonly meetingId: string;
  readonly commandId: string;
  readonly command: unknown;
}
export type ActAnswer = Answer<{ readonly seq: number }>;

export interface CastAsk {
  readonly meetingId: string;
  readonly pollId: string;
  readonly seatId: string;
  readonly choice: unknown;
  /** Client-made; the same cast again changes nothing and gets the same answer. */
  readonly castId: string;
}
export type CastAnswer = Answer<{ readonly revision: number }>;

export interface SheetAsk {
  readonly meetingId: string;
  readonly pollId: string;
  readonly sheetId: string;
  readonly kind: TallySheetView['kind'];
  readonly seatIds: readonly string[];
  readonly content: TallyContent;
  /** The confirmed sheet this one corrects, with the reason. */
  readonly replaces: string | null;
  readonly reason: string | null;
}

export interface SettleSheetAsk {
  readonly meetingId: string;
  readonly sheetId: string;
  readonly confirm: boolean;
}

export interface QuestionAsk {
  readonly meetingId: string;
  readonly sentId: string;
  readonly text: string;
}

export interface ModerateAsk {
  readonly meetingId: string;
  readonly questionId: string;
  readonly show: boolean;
  readonly reason: string | null;
}

/** client → server; each is acknowledged. */
export interface ClientToServer {
  'meeting:join': (ask: JoinAsk, answer: (answer: JoinAnswer) => void) => void;
  'meeting:leave': (ask: { meetingId: string }) => void;
  /** This hand holds a card of the wall, or none any more. Told to the others and kept nowhere. */
  'wall:lift': (ask: { meetingId: string; topicId: string | null }) => void;
  'meeting:act': (ask: ActAsk, answer: (answer: ActAnswer) => void) => void;
  'ballot:cast': (ask: CastAsk, answer: (answer: CastAnswer) => void) => void;
  'sheet:enter': (ask: SheetAsk, answer: (answer: Answer) => void) => void;
  'sheet:settle': (ask: SettleSheetAsk, answer: (answer: Answer) => void) => void;
  'question:ask': (ask: QuestionAsk, answer: (answer: Answer<{ questionId: string; lookup: string }>) => void) => void;
  'question:support': (
    ask: { meetingId: string; questionId: string; support: boolean },
    answer: (answer: Answer) => void,
  ) => void;
  'question:moderate': (ask: ModerateAsk, answer: (answer: Answer) => void) => void;
  /** Answers with the server's clock in ms; the client keeps the offset of the quickest of several. */
  'clock:ask': (answer: (serverNow: number) => void) => void;
}

/** server → client. */
export interface ServerToClient {
  'meeting:events': (message: EventsMessage) => void;
  /** What this viewer may do has changed (admitted, expired, erased): join again. */
  'viewer:changed': (message: { meetingId: string; reason: 'admitted' | 'declined' | 'session' | 'reload' }) => void;
  /** Whose hand (`by`, one connection) holds which card. */
  'wall:lifted': (message: { meetingId: string; by: string; name: string; topicId: string | null }) => void;
  'crowd:count': (message: { meetingId: string } & Crowd) => void;
  'poll:turnout': (message: { meetingId: string } & Turnout) => void;
  'question:changed': (message: { meetingId: string; question: QuestionView }) => void;
  'question:removed': (message: { meetingId: string; questionId: string }) => void;
  'sheet:changed': (message: { meetingId: string; sheet: TallySheetView }) => void;
}
