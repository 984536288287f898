// What an open space is made of: its theme and tables, topics, the wall, who sits where, dots, commitments. The folded part of a meeting's
// state and the readings of it; the slices beside this file decide and fold. Absent from the state of every other format.
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Context } from '#lib/domain/meeting/slice.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Words } from '#lib/domain/meeting/words.ts';

export interface Table {
  readonly tableId: string;
  readonly name: string;
  /** Where it stands; empty where its name says so. */
  readonly place: string;
  /** Most people at once; null for as many as come. */
  readonly capacity: number | null;
  /** The room of an online table. */
  readonly link: string | null;
}

/** `all`: every topic runs. `shortlist`: the hosts put the most supported ones on the wall. */
export type WayOfWorking = 'all' | 'shortlist';

export interface Space {
  readonly theme: Words;
  readonly principles: readonly Words[];
  readonly law: Words;
  readonly tables: readonly Table[];
  readonly rounds: number;
  readonly roundMinutes: number;
  readonly way: WayOfWorking;
  readonly dotsPerPerson: number;
  readonly dotsPerTopic: number;
}

export interface Topic {
  readonly topicId: string;
  readonly title: Words;
  /** The participant who calls it and is named on the card. */
  readonly convener: string;
  /** Everybody whose topic it is: the convener, and those of the topics that were merged into it. */
  readonly authors: readonly string[];
  readonly interested: readonly string[];
  readonly mergedInto: string | null;
  readonly withdrawn: boolean;
  readonly recorder: string | null;
  /** Its shared notes; null until its round has started. */
  readonly notesId: string | null;
  readonly at: number;
}

export interface MergeProposal {
  readonly mergeId: string;
  readonly topicId: string;
  readonly intoTopicId: string;
  /** Conveners who have said yes so far. */
  readonly consents: readonly string[];
}

/** Why a topic was put where it is, in numbers a sentence can be made of. */
export interface PlacementReason {
  /** How many are interested in it. */
  readonly interested: number;
  /** How many of them want another topic of the same round too. */
  readonly overlap: number;
  /** Place of its table among the round's by size, 1 the largest. */
  readonly size: number;
  /** True where another round was passed over because its convener is busy then. */
  readonly convenerBusy: boolean;
}

export interface Cell {
  readonly tableId: string;
  /** 1 is the first. */
  readonly round: number;
}

export interface Placed extends Cell {
  /** Set where the arranging put it there and nobody moved it since. */
  readonly why: PlacementReason | null;
}

export interface DotSheet {
  readonly sheetId: string;
  /** How many people's paper it is. */
  readonly people: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Dots of theirs that were not stuck anywhere. */
  readonly unused: number;
  readonly enteredBy: string;
  readonly confirmedBy: string | null;
}

export interface DotsResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly people: number;
  readonly byPhone: number;
  readonly byHelper: number;
  readonly onPaper: number;
  readonly dots: number;
  readonly unused: number;
}

export interface DotsState {
  readonly status: 'open' | 'closed';
  readonly topicIds: readonly string[];
  /** Who has handed dots in, and whether through the desk. */
  readonly handedIn: Readonly<Record<string, { readonly assisted: boolean }>>;
  /** What they chose; folded for hosts only, who count. */
  readonly choices: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Folded for the desk only. */
  readonly sheets: readonly DotSheet[];
  readonly result: DotsResult | null;
}

export interface Commitment {
  readonly commitmentId: string;
  readonly topicId: string;
  readonly action: Words;
  /** Who does it, as they want to be named: a person, a group, an organisation. */
  readonly owner: Words;
  /** `YYYY-MM-DD` */
  readonly dueDay: string;
  readonly byParticipantId: string;
  readonly at: number;
  readonly followUp: { readonly done: boolean; readonly note: Words | null; readonly at: number } | null;
}

export interface OpenSpaceState {
  readonly space: Space;
  readonly topics: Readonly<Record<string, Topic>>;
  readonly topicOrder: readonly string[];
  readonly merges: Readonly<Record<string, MergeProposal>>;
  readonly shortlist: readonly string[] | null;
  readonly wall: Readonly<Record<string, Placed>>;
  /** round → participant → topic, or null for somebody who wanders. */
  readonly tables: Readonly<Record<number, Readonly<Record<string, string | null>>>>;
  readonly runningRound: number | null;
  readonly roundsDone: number;
  readonly reporting: string | null;
  readonly reported: readonly string[];
  readonly dots: DotsState | null;
  readonly commitments: readonly Commitment[];
  readonly words: Readonly<Record<string, Words>>;
}

export const newSpace = (space: Space): OpenSpaceState => ({
  space,
  topics: {},
  topicOrder: [],
  merges: {},
  shortlist: null,
  wall: {},
  tables: {},
  runningRound: null,
  roundsDone: 0,
  reporting: null,
  reported: [],
  dots: null,
  commitments: [],
  words: {},
});

// ── readings ────────────────────────────────────────────────────────────────────────────────────

/** Neither withdrawn nor gone on inside another, in the order they were named. */
export const livingTopics = (open: OpenSpaceState): Topic[] =>
  open.topicOrder.flatMap((id) => {
    const topic = open.topics[id];
    return topic && !topic.withdrawn && topic.mergedInto === null ? [topic] : [];
  });

/** [OS4] Whether a topic goes on the wall at all. */
export const runs = (open: OpenSpaceState, topic: Topic): boolean =>
  !topic.withdrawn &&
  topic.mergedInto === null &&
  (open.space.way === 'all' || (open.shortlist ?? []).includes(topic.topicId));

export const runningTopics = (open: OpenSpaceState): Topic[] => livingTopics(open).filter((topic) => runs(open, topic));

export const topicAt = (open: OpenSpaceState, { tableId, round }: Cell): Topic | null => {
  const topicId = open.topicOrder.find((id) => open.wall[id]?.tableId === tableId && open.wall[id]?.round === round);
  return topicId === undefined ? null : (open.topics[topicId] ?? null);
};

/** The topics of a round, in the order of their tables. */
export const topicsOfRound = (open: OpenSpaceState, round: number): Topic[] =>
  open.space.tables.flatMap(({ tableId }) => topicAt(open, { tableId, round }) ?? []);

export const tableOf = (open: OpenSpaceState, tableId: string): Table | undefined =>
  open.space.tables.find((table) => table.tableId === tableId);

/** Who is at a topic's table in its round, in no order. */
export function peopleAt(open: OpenSpaceState, topicId: string): string[] {
  const round = open.wall[topicId]?.round;
  if (round === undefined) return [];
  return Object.entries(open.tables[round] ?? {}).flatMap(([id, at]) => (at === topicId ? [id] : []));
}

/** How many are at each topic's table of a round. */
export function headsOfRound(open: OpenSpaceState, round: number): Readonly<Record<string, number>> {
  const heads: Record<string, number> = {};
  // A card that has been moved to another round takes nobody with it.
  for (const at of Object.values(open.tables[round] ?? {}))
    if (at !== null && open.wall[at]?.round === round) heads[at] = (heads[at] ?? 0) + 1;
  return heads;
}

/** A round that has begun keeps its cells. */
export const roundBegun = (open: OpenSpaceState, round: number): boolean =>
  round <= open.roundsDone || open.runningRound === round;

export const unclaimedTopics = (open: OpenSpaceState): Topic[] =>
  runningTopics(open).filter(({ topicId }) => !open.commitments.some((each) => each.topicId === topicId));

/** [L7] What must be ended before the session goes on to another stage. */
export function stageHeldBy({ openSpace: open }: MeetingState): Refusal | null {
  if (open && open.runningRound !== null) return refuse('OS8', 'round-running');
  return open?.dots?.status === 'open' ? refuse('OS9', 'dots-open') : null;
}

/** Everything the slices need first, or why there is none. */
export const openSpaceOf = (state: MeetingState): OpenSpaceState | Refusal =>
  state.openSpace ?? refuse('OS1', 'space-not-set-up');

export const isHost = ({ actor }: Context): boolean =>
  (['chair', 'secretary', 'moderator'] as const).some((role) => actor.roles.has(role));

/** A host, or a helper, who does it for somebody without a phone. */
export const isAtDesk = (context: Context): boolean => isHost(context) || context.actor.roles.has('helper');

/** [OS2] A convener's own deed, or a host's; a helper does it for a convener without a phone. */
export function mayConvene(topic: Topic, context: Context): Refusal | null {
  if (context.actor.participantId === topic.convener || isAtDesk(context)) return null;
  return refuse('OS2', 'not-convener');
}
