// What a fact of the minutes is: something the log says, held in the text only by the number of its event and put into words when it is
// read. Every meeting format makes its facts from its own events with a `FactMakers` table; `facts.ts` puts the tables together.
import type { EventType, MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { Stance } from '#lib/domain/meeting/floor.ts';
import type { MotionStage } from '#lib/domain/meeting/motion-state.ts';
import type { Listing, OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import type { SeatMode } from '#lib/domain/meeting/attendance.ts';
import type { AwardOfMotion } from '#lib/domain/meeting/awards.ts';
import type { Poll, PollResult } from '#lib/domain/meeting/poll-state.ts';
import type { CountOutcome } from '#lib/domain/meeting/allocation.ts';
import type { Outcome, Position, Signature } from '#lib/domain/meeting/consensus.ts';
import type { FollowUpOutcome } from '#lib/domain/meeting/follow-ups.ts';
import type { ReportFact } from '#lib/domain/meeting/hearing.ts';
import type { DotsResult } from '#lib/domain/meeting/open-space/space.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Returns } from '#lib/domain/appraisal/returns.ts';
import type { TaskListing } from '#lib/domain/tasks/lists.ts';
import type { WrittenInline } from './record.ts';

/** Free text of the log in which the names of people at the meeting have become mentions. */
export type Said = readonly WrittenInline[];

/** Where in the minutes a fact belongs; within a part facts stand in the order of their events. */
export const parts = ['opening', 'course', 'decisions', 'closing'] as const;
export type Part = (typeof parts)[number];

export interface Attendee {
  readonly personId: string;
  readonly sector: string;
  readonly title: string;
  readonly voting: boolean;
  readonly status: 'came' | 'on_leave' | 'absent';
  readonly mode: SeatMode | null;
  readonly movements: readonly { readonly what: 'arrived' | 'left' | 'went_away' | 'came_back'; readonly at: number }[];
  /** Who held this seat's proxy at the end. */
  readonly proxyPersonId: string | null;
}

export interface SpeechFact {
  readonly personId: string;
  readonly stance: Stance | 'presentation' | 'point_of_order';
  readonly startedAt: number;
  readonly spentMs: number;
}

export interface ResultFact {
  readonly poll: Poll;
  /** The version this fact announces; `poll.result` is the newest. */
  readonly result: PollResult;
  readonly question: Said;
  readonly recused: readonly string[];
  /** option → who chose it, where names are shown; null where they are hidden. */
  readonly choices: Readonly<Record<string, readonly string[]>> | null;
  /** Where forms of an appraisal were counted: given out, come back, valid, void. */
  readonly returns: Returns | null;
  /** The event that replaced this version; null for the one in force. */
  readonly supersededBy: number | null;
}

/** What became of a topic of an open space. */
export type TopicFate = 'talked' | 'not_reached' | 'not_chosen' | 'merged' | 'withdrawn';

export type MatterSaid =
  | {
      readonly kind: 'task';
      readonly code: string;
      readonly sentBy: Said;
      readonly text: Said;
      readonly listing: TaskListing | null;
      readonly reason: Said;
      readonly listed: { readonly code: string; readonly text: Said } | null;
    }
  | { readonly kind: 'needs'; readonly needs: readonly { readonly code: string; readonly title: Said }[] };

export interface OwedFact {
  readonly text: Said;
  readonly owner: Said;
  /** `YYYY-MM-DD`, as it was set. */
  readonly dueOn: string;
  /** Its day had passed before this session. */
  readonly overdue: boolean;
  /** The last word of this meeting on it; null where it stays open. */
  readonly settled: { readonly outcome: FollowUpOutcome; readonly dueOn: string | null; readonly note: Said } | null;
}

/** What facts say, by kind. A format adds its kinds here, its words in `messages/minutes-facts-of-formats.ts`. */
export interface FactSaid {
  meeting: {
    readonly title: Said;
    readonly place: Said;
    readonly plannedAt: number;
    readonly openedAt: number | null;
    readonly adjournedAt: number | null;
    readonly chairs: readonly string[];
    readonly secretaries: readonly string[];
    readonly shortNotice: Said | null;
    readonly rules: string;
  };
  attendance: {
    readonly seats: readonly Attendee[];
    readonly expected: number;
    readonly came: number;
    readonly remote: number;
    readonly onLeave: number;
    readonly absent: number;
  };
  quorum: {
    readonly present: number;
    readonly expected: number;
    readonly needed: number | null;
    readonly at: number;
    readonly sectorsNeeded: number | null;
  };
  agenda: {
    readonly items: readonly {
      readonly title: Said;
      readonly presenter: Said | null;
      readonly minutes: number;
      readonly done: boolean;
    }[];
  };
  'agenda-change': { readonly what: 'add' | 'remove' | 'move'; readonly title: Said; readonly adopted: boolean };
  item: {
    readonly itemId: string;
    readonly n: number;
    readonly title: Said;
    readonly presenter: Said | null;
    readonly from: number;
    readonly to: number | null;
  };
  motion: {
    readonly motionId: string;
    readonly title: Said;
    readonly text: Said | null;
    readonly mover: string | null;
    readonly seconder: string | null;
    readonly originalAmountFen: number | null;
    readonly amountFen: number | null;
    readonly ownersMatter: OwnersMatter;
    readonly listing: Listing | null;
    readonly renews: Said | null;
    readonly amendments: readonly {
      readonly text: Said;
      readonly amountFen: number | null;
      readonly mover: string;
      readonly seconder: string | null;
      readonly outcome: 'adopted' | 'rejected' | 'withdrawn' | null;
    }[];
    readonly reductions: readonly { readonly fromFen: number; readonly toFen: number; readonly reason: Said }[];
    readonly recusals: readonly {
      readonly personId: string;
      readonly reason: Said;
      readonly declaredByMember: boolean;
    }[];
    readonly stage: MotionStage;
    readonly outcome: 'passed' | 'failed' | null;
    readonly contractLocked: boolean;
    readonly closingReason: Said | null;
    readonly award: (AwardOfMotion & { readonly envelope: string }) | null;
  };
  speeches: { readonly title: Said; readonly speeches: readonly SpeechFact[] };
  result: ResultFact & { readonly count: CountOutcome | null };
  correction: ResultFact & { readonly reason: Said; readonly corrects: number | null; readonly before: PollResult };
  voided: { readonly question: Said; readonly reason: Said };
  recess: { readonly from: number; readonly to: number | null };
  question: { readonly text: Said; readonly by: string; readonly answer: Said | null };
  questions: { readonly asked: number; readonly answered: number };
  /** 督办: what somebody owes by a day. */
  decision: OwedFact & { readonly item: Said | null };
  /** What the council had open when the session began, with what became of it here. */
  'follow-ups': { readonly owed: readonly OwedFact[] };
  /** `present` is null where nobody keeps a count of who is there. `unclaimed`: topics of an open space nobody has taken on. */
  adjourned: {
    readonly at: number;
    readonly present: number | null;
    readonly unfinished: readonly Said[];
    readonly unclaimed: readonly Said[];
  };

  /** Who took part without a seat. */
  participants: {
    readonly people: number;
    readonly hall: number;
    readonly remote: number;
    readonly assisted: number;
  };
  space: {
    readonly theme: Said;
    readonly tables: readonly string[];
    readonly rounds: number;
    readonly roundMinutes: number;
    readonly dotsPerPerson: number;
    readonly dotsPerTopic: number;
  };
  topic: {
    readonly topicId: string;
    readonly title: Said;
    readonly convener: string;
    /** Whose topics were merged into it, the convener not among them. */
    readonly authors: readonly string[];
    readonly interested: number;
    readonly fate: TopicFate;
    readonly into: Said | null;
    /** Its table in its round; null where it was never placed. */
    readonly table: {
      readonly name: string;
      readonly round: number;
      readonly from: number | null;
      readonly to: number | null;
      readonly people: number;
    } | null;
    readonly recorder: string | null;
  };
  dots: {
    readonly result: DotsResult;
    /** Most dots first. */
    readonly topics: readonly { readonly title: Said; readonly dots: number }[];
  };
  commitment: {
    readonly topic: Said;
    readonly action: Said;
    readonly owner: Said;
    readonly dueOn: string;
    readonly by: string;
    readonly followUp: { readonly done: boolean; readonly note: Said } | null;
  };
  /** One word each, to close the circle. */
  circle: { readonly words: readonly Said[] };

  hearing: {
    readonly matter: Said;
    readonly how: Said;
    readonly places: readonly { readonly name: Said; readonly seats: number }[];
    readonly enrolBy: number;
  };
  draw: {
    readonly enrolled: number;
    readonly entries: number;
    readonly source: Said;
    readonly value: string;
    readonly places: readonly {
      readonly name: Said;
      readonly seated: readonly number[];
      readonly reserves: readonly number[];
    }[];
  };
  'hearing-report': ReportFact;

  matter: { readonly matter: MatterSaid };
  positions: {
    readonly parties: readonly {
      readonly party: string;
      readonly position: Position;
      readonly text: Said;
      readonly by: string;
    }[];
  };
  conclusion: {
    readonly outcome: Outcome;
    readonly text: Said;
    readonly amountFen: number | null;
    readonly owner: Said;
    readonly dueOn: string | null;
    /** Why it was taken back; null for the one in force. */
    readonly withdrawn: Said | null;
  };
  countersigned: {
    readonly at: number;
    readonly digest: string;
    readonly parties: readonly {
      readonly party: string;
      readonly by: string;
      readonly statement: Signature['statement'];
      readonly way: Signature['way'];
      readonly text: Said;
    }[];
  };
}

export type FactKind = keyof FactSaid;

export interface FactOf<Kind extends FactKind = FactKind> {
  /** The event it stands for: what the text holds, and where the log shows it. */
  readonly seq: number;
  readonly at: number;
  readonly part: Part;
  readonly kind: Kind;
  readonly said: FactSaid[Kind];
  /** The event of the fact it must follow directly, wherever its own event stands in the log. */
  readonly after?: number;
}

export type Fact = { [Kind in FactKind]: FactOf<Kind> }[FactKind];

/** What makers look things up in: the whole log and the meeting it folds to. */
export interface Reading {
  readonly events: readonly MeetingEvent[];
  readonly end: MeetingState;
  /** Words of the log with mentions. */
  said(words: { readonly text: string | null } | null): Said;
  /** Who that is, of a seat or of somebody who takes part without one; '' for nobody who is there. */
  personAt(speakerId: string): string;
}

export type Made = { readonly [Kind in FactKind]: Omit<FactOf<Kind>, 'seq' | 'at'> }[FactKind] | null;

/** One entry per event type: the fact that event is, or null where it says nothing of its own. */
export type FactMakers = {
  readonly [Type in EventType]?: (event: Extract<MeetingEvent, { type: Type }>, reading: Reading) => Made;
};
