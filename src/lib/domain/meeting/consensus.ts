// Meetings of parties that agree instead of voting (三方联席会议, 民事协商会): a position for each party, a conclusion with owner and day, what is
// not agreed is sent up, and the one-page minutes are countersigned before the meeting ends. A party is a sector of the roster. Rules [K…].
import { answersOf, isAmount, type TaskAnswer } from '#lib/domain/tasks/tasks.ts';
import type { TaskListing, ListKind } from '#lib/domain/tasks/lists.ts';
import { sha256Hex } from '#lib/domain/sha256.ts';
import { inSession, itemOf, type AgendaItem, type ItemKind } from './agenda.ts';
import { isHere, mayActFor, seatsOfSector } from './attendance.ts';
import { followUpIn, followUpsIn, followUpSet, type Owing } from './follow-ups.ts';
import { refuse, type Refusal } from './refusal.ts';
import { drafter, type Deciders, type Draft, type Folders } from './slice.ts';
import type { MeetingState, SectorOfMeeting } from './state.ts';
import { checkedText } from './text.ts';
import { official, type Said, type Sealed, type Words } from './words.ts';

export const positions = ['agree', 'reserve', 'oppose'] as const;
export type Position = (typeof positions)[number];

/** What an item ends with. Of tasks those of domain/tasks; of anything else an agreement, or up. */
export const outcomes = ['agreed', 'accepted', 'declined', 'money_asked', 'sent_up'] as const;
export type Outcome = (typeof outcomes)[number];

/** What an item is about, as the office keeps it. */
export type MatterFact =
  | {
      readonly kind: 'task';
      readonly taskId: string;
      readonly code: string;
      readonly sentBy: string;
      readonly text: string;
      readonly basisClaimed: string;
      readonly moneyFen: number | null;
      readonly listing: TaskListing | null;
      readonly reason: string;
      readonly listed: { readonly list: ListKind; readonly code: string; readonly text: string } | null;
    }
  | { readonly kind: 'needs'; readonly needs: readonly { readonly code: string; readonly title: string }[] }
  | { readonly kind: 'follow_ups'; readonly followUpIds: readonly string[] };

/** As everybody reads it: the words of an office are no person's own. */
type Matter = MatterFact;

export interface PartyPosition {
  readonly position: Position;
  readonly text: Words | null;
  readonly seatId: string;
  readonly at: number;
}

export type Conclusion = Sealed<ConsensusEvents['ItemConcluded']> & { readonly at: number };

export interface Signature {
  readonly seatId: string | null;
  readonly statement: 'agreed' | 'reserved' | 'unsigned';
  readonly way: 'phone' | 'paper' | null;
  readonly text: Words | null;
  readonly at: number;
  /** The entry of the meeting's log that says so. */
  readonly seq: number;
}

export interface ConsensusState {
  readonly matters: Readonly<Record<string, Matter>>;
  /** By item, then by party. */
  readonly positions: Readonly<Record<string, Readonly<Record<string, PartyPosition>>>>;
  readonly conclusions: Readonly<Record<string, Conclusion>>;
  /** The page before the parties, and who has signed it; null while it is not put. */
  readonly minutes: {
    readonly digest: string;
    readonly putAt: number;
    readonly signatures: Readonly<Record<string, Signature>>;
  } | null;
}

export type ConsensusCommand =
  | {
      readonly type: 'statePosition';
      readonly seatId: string;
      readonly position: Position;
      readonly text: string;
    }
  | ({
      readonly type: 'concludeItem';
      readonly outcome: Outcome;
      readonly text: string;
      /** What a task is asked for, in fen. */
      readonly amountFen: number | null;
    } & Owing)
  | { readonly type: 'withdrawConclusion'; readonly itemId: string; readonly reason: string }
  | { readonly type: 'putMinutes' }
  | { readonly type: 'takeMinutesBack'; readonly reason: string }
  | {
      readonly type: 'countersign';
      readonly seatId: string;
      /** Of the page the signer read. */
      readonly digest: string;
      readonly statement: 'agreed' | 'reserved';
      readonly text: string;
      readonly way: 'phone' | 'paper';
    }
  | { readonly type: 'recordUnsigned'; readonly partyId: string; readonly reason: string };

export interface ConsensusEvents {
  MatterBrought: { readonly itemId: string; readonly matter: Matter };
  PositionStated: {
    readonly itemId: string;
    readonly partyId: string;
    readonly seatId: string;
    readonly position: Position;
    readonly text: Said | null;
  };
  ItemConcluded: {
    readonly itemId: string;
    readonly outcome: Outcome;
    readonly text: Said | null;
    readonly amountFen: number | null;
    readonly ownerPersonId: string | null;
    readonly owner: Said | null;
    readonly dueOn: string | null;
    /** Null where what is owed is a follow-up that was there before. */
    readonly followUpId: string | null;
  };
  ConclusionWithdrawn: { readonly itemId: string; readonly followUpId: string | null; readonly reason: Said };
  MinutesPut: { readonly digest: string };
  MinutesTakenBack: { readonly reason: Said };
  MinutesCountersigned: {
    readonly partyId: string;
    readonly seatId: string;
    readonly digest: string;
    readonly statement: 'agreed' | 'reserved';
    readonly way: 'phone' | 'paper';
    readonly text: Said | null;
  };
  SigningRefused: { readonly partyId: string; readonly reason: Said };
}

const draft = drafter<ConsensusEvents>();

const nothing: ConsensusState = { matters: {}, positions: {}, conclusions: {}, minutes: null };
export const consensusIn = ({ consensus }: MeetingState): ConsensusState => consensus ?? nothing;

/** [K2] Whoever sits with a position: sectors that hold a voting seat. Invitees belong to none. */
export const partiesOf = (state: MeetingState): SectorOfMeeting[] =>
  state.sectors.filter((sector) => seatsOfSector(state, sector).length > 0);

export const partyOfSeat = (state: MeetingState, seatId: string): SectorOfMeeting | undefined => {
  const seat = state.seats[seatId];
  return seat?.voting ? partiesOf(state).find(({ sectorId }) => sectorId === seat.sectorId) : undefined;
};

/** What opens and closes a meeting or only tells something is not concluded. */
const unconcluded: readonly ItemKind[] = ['opening', 'report', 'closing'];
export const isConcluded = (state: MeetingState, item: AgendaItem): boolean =>
  unconcluded.includes(item.kind) || consensusIn(state).conclusions[item.itemId] !== undefined;

export const positionsOn = (state: MeetingState, itemId: string): Readonly<Record<string, PartyPosition>> =>
  consensusIn(state).positions[itemId] ?? {};

export const partiesSilent = (state: MeetingState, itemId: string): SectorOfMeeting[] =>
  partiesOf(state).filter(({ sectorId }) => positionsOn(state, itemId)[sectorId] === undefined);

/** [K4] [K5] What an item may end with as things stand. */
export function outcomesOf(state: MeetingState, itemId: string): readonly Outcome[] {
  const matter = consensusIn(state).matters[itemId];
  const possible: readonly Outcome[] = matter?.kind === 'task' ? answersOf(matter) : ['agreed', 'sent_up'];
  const opposed = Object.values(positionsOn(state, itemId)).some(({ position }) => position === 'oppose');
  return opposed ? ['sent_up'] : possible;
}

/** Items somebody did not agree to without reserve: what goes up with the minutes. */
export const disputed = (state: MeetingState): AgendaItem[] =>
  state.agenda.items.filter(({ itemId }) =>
    Object.values(positionsOn(state, itemId)).some(({ position }) => position !== 'agree'),
  );

/** Follow-ups an item is about that nobody has settled here yet. */
export function unsettled(state: MeetingState, itemId: string): readonly string[] {
  const matter = consensusIn(state).matters[itemId];
  const { settled } = followUpsIn(state);
  return matter?.kind === 'follow_ups'
    ? matter.followUpIds.filter((id) => settled[id] === undefined && followUpIn(state, id) !== undefined)
    : [];
}

/** [K7] What is signed: items, positions and conclusions by the digests of their words, so that an erasure leaves it what it was. */
export function minutesDigest(state: MeetingState): string {
  const { positions: stated, conclusions } = consensusIn(state);
  const words = (said: Words | null) => said?.digest ?? '';
  const lines = state.agenda.items.map((item) => {
    const concluded = conclusions[item.itemId];
    return [
      item.itemId,
      words(item.title),
      ...partiesOf(state).map(({ sectorId }) => {
        const said = stated[item.itemId]?.[sectorId];
        return said ? `${sectorId} ${said.position} ${words(said.text)}` : sectorId;
      }),
      concluded
        ? `${concluded.outcome} ${words(concluded.text)} ${concluded.amountFen ?? ''} ${words(concluded.owner)} ${concluded.dueOn ?? ''}`
        : '',
    ].join('\n');
  });
  return sha256Hex([state.meetingId, ...lines].join('\n\n'));
}

export const partiesUnsigned = (state: MeetingState): SectorOfMeeting[] =>
  partiesOf(state).filter(({ sectorId }) => consensusIn(state).minutes?.signatures[sectorId] === undefined);

/** Parties of which the session recorded that they did not sign. */
export const partiesRefusing = (state: MeetingState): string[] =>
  Object.entries(consensusIn(state).minutes?.signatures ?? {}).flatMap(([partyId, { statement }]) =>
    statement === 'unsigned' ? [partyId] : [],
  );

// ── what a format of parties asks before anything else ──────────────────────────────────────────

/** [K3] An item is left only with its conclusion. */
export function currentConcluded(state: MeetingState): Refusal | null {
  const item = itemOf(state, state.agenda.currentItemId ?? '');
  return !item || isConcluded(state, item) ? null : refuse('K3', 'item-not-concluded');
}

/** [K8] Nobody goes home before the page is signed. */
export function signedByAll(state: MeetingState): Refusal | null {
  if (!consensusIn(state).minutes) return refuse('K8', 'minutes-not-put');
  const missing = partiesUnsigned(state).length;
  return missing === 0 ? null : refuse('K8', 'not-countersigned', { missing });
}

const notPut = (state: MeetingState): Refusal | null =>
  consensusIn(state).minutes === null ? null : refuse('K7', 'minutes-put');

/** An item open in session, while the page is not before the parties. */
function openItem(state: MeetingState): AgendaItem | Refusal {
  const closed = inSession(state) ?? notPut(state);
  if (closed) return closed;
  return itemOf(state, state.agenda.currentItemId ?? '') ?? refuse('G3', 'item-not-open');
}

/** What an item is about, told to everybody when it is opened and again where it was found to be otherwise. */
export const matterNews = (state: MeetingState, itemId: string, matter: MatterFact | null | undefined): Draft[] =>
  matter && JSON.stringify(consensusIn(state).matters[itemId]) !== JSON.stringify(matter)
    ? [draft('MatterBrought', { itemId, matter })]
    : [];

/** The state with that news in it already, for the decision it comes with. */
export const withMatter = (state: MeetingState, itemId: string, matter: MatterFact | null | undefined): MeetingState =>
  matter ? folded(state, ({ matters }) => ({ matters: { ...matters, [itemId]: matter } })) : state;

export const consensusDeciders: Deciders<ConsensusCommand> = {
  statePosition(state, { seatId, position, text }, context) {
    const item = openItem(state);
    if ('refused' in item) return item;
    const foreign = mayActFor(state, context, seatId);
    if (foreign) return foreign;
    const party = partyOfSeat(state, seatId);
    if (!party) return refuse('K2', 'no-party');
    if (!isHere(state, seatId)) return refuse('F1', 'seat-not-present');
    if (isConcluded(state, item)) return refuse('K1', 'already-concluded');
    const said = checkedText(text, 500, true);
    if (typeof said !== 'string') return said;
    if (position !== 'agree' && said === '') return refuse('K1', 'position-needs-words');
    const { itemId } = item;
    const words = said === '' ? null : official(said);
    return [draft('PositionStated', { itemId, partyId: party.sectorId, seatId, position, text: words })];
  },

  concludeItem(state, command, { newId }) {
    const item = openItem(state);
    if ('refused' in item) return item;
    const { itemId } = item;
    if (isConcluded(state, item)) return refuse('K3', 'already-concluded');
    const silent = partiesSilent(state, itemId).length;
    if (silent > 0) return refuse('K3', 'positions-missing', { missing: silent });
    const { outcome, amountFen, ownerPersonId, ownerName, dueOn } = command;
    const possible = outcomesOf(state, itemId);
    if (!possible.includes(outcome))
      return possible.length === 1 ? refuse('K4', 'not-agreed') : refuse('K5', 'outcome-unfit');
    if (outcome === 'money_asked' && (amountFen === null || !isAmount(amountFen)))
      return refuse('K5', 'amount-invalid');
    const open = unsettled(state, itemId).length;
    if (open > 0) return refuse('K3', 'follow-ups-open', { open });
    const text = checkedText(command.text, 500, outcome !== 'sent_up');
    if (typeof text !== 'string') return text;
    const said = text === '' ? null : official(text);
    const money = outcome === 'money_asked' ? amountFen : null;
    const matter = consensusIn(state).matters[itemId];
    const { settled } = followUpsIn(state);
    const allDone = matter?.kind === 'follow_ups' && matter.followUpIds.every((id) => settled[id]?.outcome === 'done');
    const concluded = { itemId, outcome, text: said, amountFen: money };
    if (allDone && ownerPersonId === null && ownerName.trim() === '')
      return [
        draft('ItemConcluded', { ...concluded, ownerPersonId: null, owner: null, dueOn: null, followUpId: null }),
      ];
    const owed = followUpSet(
      state,
      { text: (item.title.text ?? '').slice(0, 300), itemId, ownerPersonId, ownerName, dueOn },
      newId,
    );
    if ('refused' in owed) return owed;
    const { followUpId, owner } = owed.payload;
    // What was extended is owed already: it is not set a second time.
    const before = matter?.kind === 'follow_ups';
    return [
      ...(before ? [] : [owed]),
      draft('ItemConcluded', { ...concluded, ownerPersonId, owner, dueOn, followUpId: before ? null : followUpId }),
    ];
  },

  withdrawConclusion(state, { itemId, reason }) {
    const closed = inSession(state) ?? notPut(state);
    if (closed) return closed;
    const concluded = consensusIn(state).conclusions[itemId];
    if (!concluded) return refuse('K6', 'item-not-concluded');
    const said = checkedText(reason, 300);
    if (typeof said !== 'string') return said;
    const { followUpId } = concluded;
    return [draft('ConclusionWithdrawn', { itemId, followUpId, reason: official(said) })];
  },

  putMinutes(state) {
    const closed = inSession(state) ?? notPut(state);
    if (closed) return closed;
    const left = state.agenda.items.filter((item) => !isConcluded(state, item)).length;
    return left > 0 ? refuse('K7', 'items-left', { left }) : [draft('MinutesPut', { digest: minutesDigest(state) })];
  },

  takeMinutesBack(state, { reason }) {
    const closed = inSession(state);
    if (closed) return closed;
    if (!consensusIn(state).minutes) return refuse('K7', 'minutes-not-put');
    const said = checkedText(reason, 300);
    return typeof said === 'string' ? [draft('MinutesTakenBack', { reason: official(said) })] : said;
  },

  /** [K7] With one's own hand on one's own phone; what was signed on paper is entered by a host and says so. */
  countersign(state, { seatId, digest, statement, text, way }, { actor }) {
    const closed = inSession(state);
    if (closed) return closed;
    const { minutes } = consensusIn(state);
    if (!minutes) return refuse('K7', 'minutes-not-put');
    const party = partyOfSeat(state, seatId);
    if (!party) return refuse('K2', 'no-party');
    const own = actor.seatId === seatId;
    if (way === 'phone' ? !own : !(['chair', 'secretary', 'moderator'] as const).some((role) => actor.roles.has(role)))
      return refuse('A2', 'not-your-seat');
    if (!isHere(state, seatId)) return refuse('F1', 'seat-not-present');
    if (minutes.signatures[party.sectorId]) return refuse('K7', 'already-done');
    if (digest !== minutes.digest) return refuse('K7', 'minutes-changed');
    const said = checkedText(text, 500, statement === 'agreed');
    if (typeof said !== 'string') return said;
    const words = said === '' ? null : official(said);
    return [draft('MinutesCountersigned', { partyId: party.sectorId, seatId, digest, statement, way, text: words })];
  },

  /** [K8] A party that will not or cannot sign holds nobody; the page says so. */
  recordUnsigned(state, { partyId, reason }) {
    const closed = inSession(state);
    if (closed) return closed;
    const { minutes } = consensusIn(state);
    if (!minutes) return refuse('K7', 'minutes-not-put');
    if (!partiesOf(state).some(({ sectorId }) => sectorId === partyId)) return refuse('K2', 'no-party');
    if (minutes.signatures[partyId]) return refuse('K7', 'already-done');
    const said = checkedText(reason, 300);
    return typeof said === 'string' ? [draft('SigningRefused', { partyId, reason: official(said) })] : said;
  },
};

function folded(state: MeetingState, change: (known: ConsensusState) => Partial<ConsensusState>): MeetingState {
  const known = consensusIn(state);
  return { ...state, consensus: { ...known, ...change(known) } };
}

const signed = (state: MeetingState, partyId: string, signature: Signature): MeetingState =>
  folded(state, ({ minutes }) => ({
    minutes: minutes && { ...minutes, signatures: { ...minutes.signatures, [partyId]: signature } },
  }));

export const consensusFolders: Folders<ConsensusEvents> = {
  MatterBrought: (state, { payload: { itemId, matter } }) =>
    folded(state, ({ matters }) => ({ matters: { ...matters, [itemId]: matter } })),
  PositionStated: (state, { payload: { itemId, partyId, ...said }, at }) =>
    folded(state, ({ positions: before }) => ({
      positions: { ...before, [itemId]: { ...before[itemId], [partyId]: { ...said, at } } },
    })),
  ItemConcluded: (state, { payload, at }) =>
    folded(state, ({ conclusions }) => ({ conclusions: { ...conclusions, [payload.itemId]: { ...payload, at } } })),
  ConclusionWithdrawn: (state, { payload: { itemId, followUpId } }) => {
    const { [itemId]: _gone, ...conclusions } = consensusIn(state).conclusions;
    const set = followUpsIn(state).set.filter((each) => each.followUpId !== followUpId);
    return folded({ ...state, followUps: { ...followUpsIn(state), set } }, () => ({ conclusions }));
  },
  MinutesPut: (state, { payload: { digest }, at }) =>
    folded(state, () => ({ minutes: { digest, putAt: at, signatures: {} } })),
  MinutesTakenBack: (state) => folded(state, () => ({ minutes: null })),
  MinutesCountersigned: (state, { payload: { partyId, seatId, statement, way, text }, at, seq }) =>
    signed(state, partyId, { seatId, statement, way, text, at, seq }),
  SigningRefused: (state, { payload: { partyId, reason }, at, seq }) =>
    signed(state, partyId, { seatId: null, statement: 'unsigned', way: null, text: reason, at, seq }),
};

/** The answer to a task in an outcome; null where it is none. */
export const answerIn = (outcome: Outcome): TaskAnswer | null => (outcome === 'agreed' ? null : outcome);
