// The agenda in session: adopted by the chair, walked item by item with a clock, changed only by proposals that are decided. Rules [G…].
// The drafted agenda is a shared document; convening copies it here, and from then on only events change it.
import { refuse, type Refusal } from './refusal.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { extendTimer, pauseTimer, resumeTimer, startTimer, type Timer } from './timer.ts';
import { official, type Said, type Sealed } from './words.ts';

export const itemKinds = ['opening', 'report', 'deliberation', 'motion', 'straw', 'closing', 'other'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** 须业主大会: the council cannot decide it; 涉及共有部分: it may, but the contract waits for the owners' decision. */
export const ownersMatters = ['none', 'touches_common_parts', 'owners_assembly'] as const;
export type OwnersMatter = (typeof ownersMatters)[number];

/** Whether the matter stands on the community's responsibility lists. */
export const listings = ['on_list', 'off_list', 'unclear'] as const;
export type Listing = (typeof listings)[number];

export interface AgendaItemSaid {
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly title: Said;
  readonly presenter: Said | null;
  readonly minutes: number;
  readonly note: Said | null;
  readonly paperIds: readonly string[];
  /** What the item puts to the vote; null where it decides nothing. */
  readonly decides: {
    readonly title: Said;
    readonly amountFen: number | null;
    /** The project it decides on, and the envelope an award would be taken from. */
    readonly projectId?: string;
    readonly envelopeId?: string;
  } | null;
  readonly ownersMatter: OwnersMatter;
  readonly listing: Listing | null;
}

export type AgendaItem = Sealed<AgendaItemSaid>;

export interface ItemProgress {
  readonly status: 'open' | 'done';
  readonly timer: Timer;
  readonly openedAt: number;
}

/** A change after adoption: shown to everybody as proposed until the chair has it adopted or not. */
export interface AgendaProposal {
  readonly proposalId: string;
  readonly change: Sealed<AgendaChange>;
  readonly proposedBy: string;
  readonly at: number;
  readonly outcome: 'adopted' | 'rejected' | null;
}

export type AgendaChange =
  | { readonly kind: 'add'; readonly item: AgendaItemSaid; readonly afterItemId: string | null }
  | { readonly kind: 'remove'; readonly itemId: string }
  | { readonly kind: 'move'; readonly itemId: string; readonly afterItemId: string | null };

/** [C2] Bounds of an item's time on the agenda, in minutes. */
const leastMinutes = 1;
const mostMinutes = 1440;
const mostItems = 200;

const minutesFit = (minutes: number): boolean =>
  Number.isSafeInteger(minutes) && minutes >= leastMinutes && minutes <= mostMinutes;

/** [C2] The drafted agenda with its texts cleaned, or which item is wrong and where. */
export function checkedItems(items: readonly AgendaItemSaid[]): readonly AgendaItemSaid[] | Refusal {
  if (items.length === 0 || items.length > mostItems) return refuse('L2', 'no-agenda', { most: mostItems });
  const seen = new Set<string>();
  const checked: AgendaItemSaid[] = [];
  for (const [index, item] of items.entries()) {
    const invalid = (field: string) => refuse('C2', 'agenda-item-invalid', { item: index + 1, field });
    const title = checkedText(item.title.said, 200);
    const presenter = checkedText(item.presenter?.said ?? '', 100, true);
    const note = checkedText(item.note?.said ?? '', 2000, true);
    const decides = checkedText(item.decides?.title.said ?? '', 200, item.decides === null);
    if (seen.has(item.itemId)) return invalid('itemId');
    seen.add(item.itemId);
    if (typeof title !== 'string') return invalid('title');
    if (typeof presenter !== 'string') return invalid('presenter');
    if (typeof note !== 'string') return invalid('note');
    if (typeof decides !== 'string') return invalid('decides');
    if (!minutesFit(item.minutes)) return invalid('minutes');
    const amountFen = item.decides?.amountFen ?? null;
    if (amountFen !== null && !(Number.isSafeInteger(amountFen) && amountFen > 0)) return invalid('amountFen');
    checked.push({
      ...item,
      title: { ...item.title, said: title },
      presenter: item.presenter && presenter !== '' ? { ...item.presenter, said: presenter } : null,
      note: item.note && note !== '' ? { ...item.note, said: note } : null,
      decides: item.decides && { ...item.decides, title: { ...item.decides.title, said: decides } },
    });
  }
  return checked;
}

/** A change as it travels in a command: plain words, no ids for what does not exist yet. */
export type AgendaChangeAsked =
  | {
      readonly kind: 'add';
      readonly title: string;
      readonly itemKind: ItemKind;
      readonly minutes: number;
      readonly afterItemId: string | null;
    }
  | { readonly kind: 'remove'; readonly itemId: string }
  | { readonly kind: 'move'; readonly itemId: string; readonly afterItemId: string | null };

export interface AgendaState {
  readonly items: readonly AgendaItem[];
  readonly adoptedAt: number | null;
  readonly currentItemId: string | null;
  /** An item without an entry is still to come. */
  readonly progress: Readonly<Record<string, ItemProgress>>;
  readonly proposals: readonly AgendaProposal[];
  /** The item's clock ran when the recess began, and goes on when it ends. */
  readonly clockHeldByRecess: boolean;
}

export type AgendaCommand =
  | { readonly type: 'adoptAgenda' }
  | { readonly type: 'proposeAgendaChange'; readonly change: AgendaChangeAsked }
  | { readonly type: 'decideAgendaChange'; readonly proposalId: string; readonly adopt: boolean }
  | { readonly type: 'openItem'; readonly itemId: string }
  | { readonly type: 'closeItem' }
  | { readonly type: 'pauseItem' }
  | { readonly type: 'resumeItem' }
  | { readonly type: 'extendItem'; readonly byMs: number };

export interface AgendaEvents {
  AgendaAdopted: { readonly itemIds: readonly string[] };
  AgendaChangeProposed: { readonly proposalId: string; readonly change: AgendaChange };
  AgendaChangeDecided: { readonly proposalId: string; readonly adopted: boolean };
  ItemOpened: { readonly itemId: string; readonly allowedMs: number };
  ItemClosed: { readonly itemId: string };
  ItemPaused: { readonly itemId: string };
  ItemResumed: { readonly itemId: string };
  ItemExtended: { readonly itemId: string; readonly byMs: number };
}

const draft = drafter<AgendaEvents>();

export const itemOf = (state: MeetingState, itemId: string): AgendaItem | undefined =>
  state.agenda.items.find((item) => item.itemId === itemId);

export const inSession = (state: MeetingState): Refusal | null =>
  state.phase === 'in_session' ? null : refuse('L1', 'wrong-phase', { phase: state.phase });

/** In session or in recess: what is under way may still be tidied, nothing new begins. */
export const underWay = (state: MeetingState): Refusal | null => (state.phase === 'recess' ? null : inSession(state));

/** [G4] The bounds of any extension: at least a second, at most an hour at a time. */
export const extensionFault = (byMs: number): Refusal | null =>
  Number.isSafeInteger(byMs) && byMs >= 1_000 && byMs <= 3_600_000 ? null : refuse('C1', 'command-malformed');

function currentItem(state: MeetingState): { itemId: string; progress: ItemProgress } | Refusal {
  const itemId = state.agenda.currentItemId;
  const progress = itemId === null ? undefined : state.agenda.progress[itemId];
  return itemId !== null && progress ? { itemId, progress } : refuse('G3', 'item-not-open');
}

/** What holds an item: its motion, an open vote, somebody speaking. */
function holdsItem(state: MeetingState): Refusal | null {
  if (state.motions.currentId || state.polls.openId) return refuse('G3', 'item-has-open-motion');
  return state.floor.speech ? refuse('F2', 'someone-is-speaking') : null;
}

export const agendaDeciders: Deciders<AgendaCommand> = {
  /** [G1] The chair has the agenda adopted once, in session; items open only after that. */
  adoptAgenda(state) {
    const closed = inSession(state);
    if (closed) return closed;
    if (state.agenda.adoptedAt !== null) return refuse('G1', 'agenda-already-adopted');
    return [draft('AgendaAdopted', { itemIds: state.agenda.items.map((item) => item.itemId) })];
  },

  /** [G2] After convening the agenda changes only through a proposal everybody sees. */
  proposeAgendaChange(state, { change: asked }, { newId }) {
    if (!['convened', 'check_in', 'in_session', 'recess'].includes(state.phase))
      return refuse('L1', 'wrong-phase', { phase: state.phase });
    if (asked.kind !== 'add') {
      if (!itemOf(state, asked.itemId)) return refuse('G2', 'unknown-item');
      if (state.agenda.progress[asked.itemId]) return refuse('G2', 'item-already-open');
    }
    if (asked.kind !== 'remove' && asked.afterItemId !== null && !itemOf(state, asked.afterItemId))
      return refuse('G2', 'unknown-item');
    if (asked.kind === 'move' && asked.afterItemId === asked.itemId) return refuse('G2', 'already-done');
    if (asked.kind === 'add' && !minutesFit(asked.minutes))
      return refuse('C2', 'agenda-item-invalid', { item: 1, field: 'minutes' });
    const proposalId = newId();
    if (asked.kind !== 'add') return [draft('AgendaChangeProposed', { proposalId, change: asked })];
    const title = checkedText(asked.title, 200);
    if (typeof title !== 'string') return title;
    const item: AgendaItemSaid = {
      itemId: newId(),
      kind: asked.itemKind,
      title: official(title),
      presenter: null,
      minutes: asked.minutes,
      note: null,
      paperIds: [],
      decides: null,
      ownersMatter: 'none',
      listing: null,
    };
    const change: AgendaChange = { kind: 'add', item, afterItemId: asked.afterItemId };
    return [draft('AgendaChangeProposed', { proposalId, change })];
  },

  decideAgendaChange(state, command) {
    const closed = inSession(state);
    if (closed) return closed;
    const proposal = state.agenda.proposals.find(({ proposalId }) => proposalId === command.proposalId);
    if (!proposal) return refuse('G2', 'unknown-proposal');
    if (proposal.outcome !== null) return refuse('G2', 'already-done');
    const { change } = proposal;
    if (command.adopt) {
      // Other proposals may have been adopted in between.
      if (change.kind !== 'add' && !itemOf(state, change.itemId)) return refuse('G2', 'unknown-item');
      if (change.kind !== 'add' && state.agenda.progress[change.itemId]) return refuse('G2', 'item-already-open');
      if (change.kind !== 'remove' && change.afterItemId !== null && !itemOf(state, change.afterItemId))
        return refuse('G2', 'unknown-item');
    }
    return [draft('AgendaChangeDecided', { proposalId: command.proposalId, adopted: command.adopt })];
  },

  /** [G3] One item at a time; opening the next closes the one before. */
  openItem(state, command) {
    const closed = inSession(state);
    if (closed) return closed;
    if (state.agenda.adoptedAt === null) return refuse('G1', 'agenda-not-adopted');
    const item = itemOf(state, command.itemId);
    if (!item) return refuse('G3', 'unknown-item');
    if (state.agenda.currentItemId === command.itemId) return refuse('G3', 'item-already-open');
    const held = holdsItem(state);
    if (held) return held;
    const { currentItemId } = state.agenda;
    return [
      ...(currentItemId === null ? [] : [draft('ItemClosed', { itemId: currentItemId })]),
      draft('ItemOpened', { itemId: item.itemId, allowedMs: item.minutes * 60_000 }),
    ];
  },

  closeItem(state) {
    const closed = inSession(state);
    if (closed) return closed;
    const current = currentItem(state);
    if ('refused' in current) return current;
    return holdsItem(state) ?? [draft('ItemClosed', { itemId: current.itemId })];
  },

  pauseItem(state) {
    const closed = inSession(state);
    if (closed) return closed;
    const current = currentItem(state);
    if ('refused' in current) return current;
    if (current.progress.timer.runningSince === null) return refuse('G4', 'timer-not-running');
    return [draft('ItemPaused', { itemId: current.itemId })];
  },

  resumeItem(state) {
    const closed = inSession(state);
    if (closed) return closed;
    const current = currentItem(state);
    if ('refused' in current) return current;
    if (current.progress.timer.runningSince !== null) return refuse('G4', 'timer-running');
    return [draft('ItemResumed', { itemId: current.itemId })];
  },

  extendItem(state, { byMs }) {
    const closed = underWay(state);
    if (closed) return closed;
    const current = currentItem(state);
    if ('refused' in current) return current;
    return extensionFault(byMs) ?? [draft('ItemExtended', { itemId: current.itemId, byMs })];
  },
};

const withProgress = (
  state: MeetingState,
  itemId: string,
  change: (progress: ItemProgress) => ItemProgress,
): MeetingState => {
  const progress = state.agenda.progress[itemId];
  if (!progress) return state;
  return {
    ...state,
    agenda: { ...state.agenda, progress: { ...state.agenda.progress, [itemId]: change(progress) } },
  };
};

function insertAfter(items: readonly AgendaItem[], item: AgendaItem, afterItemId: string | null): AgendaItem[] {
  const others = items.filter(({ itemId }) => itemId !== item.itemId);
  const at = afterItemId === null ? 0 : others.findIndex(({ itemId }) => itemId === afterItemId) + 1;
  return [...others.slice(0, at), item, ...others.slice(at)];
}

function applyChange(items: readonly AgendaItem[], change: Sealed<AgendaChange>): readonly AgendaItem[] {
  if (change.kind === 'add') return insertAfter(items, change.item, change.afterItemId);
  if (change.kind === 'remove') return items.filter(({ itemId }) => itemId !== change.itemId);
  const moving = items.find(({ itemId }) => itemId === change.itemId);
  return moving ? insertAfter(items, moving, change.afterItemId) : items;
}

export const agendaFolders: Folders<AgendaEvents> = {
  AgendaAdopted: (state, { at }) => ({ ...state, agenda: { ...state.agenda, adoptedAt: at } }),
  AgendaChangeProposed: (state, { payload, at, actorId }) => ({
    ...state,
    agenda: {
      ...state.agenda,
      proposals: [...state.agenda.proposals, { ...payload, proposedBy: actorId, at, outcome: null }],
    },
  }),
  AgendaChangeDecided: (state, { payload }) => {
    const proposal = state.agenda.proposals.find(({ proposalId }) => proposalId === payload.proposalId);
    const proposals = state.agenda.proposals.map((each) =>
      each === proposal ? { ...each, outcome: payload.adopted ? ('adopted' as const) : ('rejected' as const) } : each,
    );
    const items = proposal && payload.adopted ? applyChange(state.agenda.items, proposal.change) : state.agenda.items;
    return { ...state, agenda: { ...state.agenda, proposals, items } };
  },
  ItemOpened: (state, { payload: { itemId, allowedMs }, at }) => ({
    ...state,
    agenda: {
      ...state.agenda,
      currentItemId: itemId,
      progress: {
        ...state.agenda.progress,
        [itemId]: { status: 'open', timer: startTimer(allowedMs, at), openedAt: at },
      },
    },
  }),
  ItemClosed: (state, { payload: { itemId }, at }) => {
    const closed = withProgress(state, itemId, (progress) => ({
      ...progress,
      status: 'done',
      timer: pauseTimer(progress.timer, at),
    }));
    // Who still waits asked to speak on this item; points of order wait for any.
    const requests = closed.floor.requests.filter(({ pointOfOrder }) => pointOfOrder);
    return { ...closed, agenda: { ...closed.agenda, currentItemId: null }, floor: { ...closed.floor, requests } };
  },
  ItemPaused: (state, { payload, at }) =>
    withProgress(state, payload.itemId, (progress) => ({ ...progress, timer: pauseTimer(progress.timer, at) })),
  ItemResumed: (state, { payload, at }) =>
    withProgress(state, payload.itemId, (progress) => ({ ...progress, timer: resumeTimer(progress.timer, at) })),
  ItemExtended: (state, { payload }) =>
    withProgress(state, payload.itemId, (progress) => ({
      ...progress,
      timer: extendTimer(progress.timer, payload.byMs),
    })),
};
