// 督办 in a session: what the council has open is brought when it opens, settled by word of the meeting, and new ones are set with owner and day.
// The office keeps them beyond the meeting (domain/follow-ups); this slice is the meeting's own record of them. Rules [FU…] there.
import { isDay } from '#lib/domain/calendar-day.ts';
import { longestFollowUp, longestNote, longestOwner } from '#lib/domain/follow-ups/follow-ups.ts';
import { itemOf } from './agenda.ts';
import { refuse, type Refusal } from './refusal.ts';
import { drafter, type Deciders, type Draft, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { maskName, named, official, type Said, type Sealed } from './words.ts';

/** One the council had open when the session began. */
export interface FollowUpFact {
  readonly followUpId: string;
  readonly text: string;
  readonly ownerPersonId: string | null;
  /** The person's name, or the office or company. */
  readonly owner: string;
  readonly dueOn: string;
  readonly overdue: boolean;
}

interface FollowUpSaid {
  readonly followUpId: string;
  readonly text: Said;
  readonly ownerPersonId: string | null;
  readonly owner: Said;
  readonly dueOn: string;
}

export type BroughtFollowUp = Sealed<FollowUpSaid & { readonly overdue: boolean }>;
export type FollowUpOfMeeting = Sealed<FollowUpSaid & { readonly itemId: string | null }> & { readonly at: number };

export type FollowUpOutcome = 'done' | 'extended';

export interface FollowUpsState {
  /** Open ones of the council when the session opened, the overdue first. */
  readonly brought: readonly BroughtFollowUp[];
  readonly set: readonly FollowUpOfMeeting[];
  /** What this meeting said of one, the last word. */
  readonly settled: Readonly<Record<string, Sealed<FollowUpEvents['FollowUpSettled']>>>;
}

/** Who owes what by when, as a command says it. */
export interface Owing {
  readonly ownerPersonId: string | null;
  /** Where no person of the meeting is meant. */
  readonly ownerName: string;
  readonly dueOn: string;
}

export type FollowUpCommand =
  | ({ readonly type: 'setFollowUp'; readonly itemId: string | null; readonly text: string } & Owing)
  | {
      readonly type: 'settleFollowUp';
      readonly followUpId: string;
      readonly outcome: FollowUpOutcome;
      /** The later day, for an extension. */
      readonly dueOn: string | null;
      readonly note: string;
    };

export interface FollowUpEvents {
  FollowUpsBrought: { readonly followUps: readonly (FollowUpSaid & { readonly overdue: boolean })[] };
  FollowUpSet: FollowUpSaid & { readonly itemId: string | null };
  FollowUpSettled: {
    readonly followUpId: string;
    readonly outcome: FollowUpOutcome;
    readonly dueOn: string | null;
    readonly note: Said;
  };
}

const draft = drafter<FollowUpEvents>();

const none: FollowUpsState = { brought: [], set: [], settled: {} };
export const followUpsIn = ({ followUps }: MeetingState): FollowUpsState => followUps ?? none;

/** A person's name is for members; an office or company is named to everybody. */
const ownerSaid = (ownerPersonId: string | null, owner: string): Said =>
  ownerPersonId === null ? official(owner) : named(ownerPersonId, owner, maskName(owner));

/** [FU4] What the session opens with; nothing where nothing is open. */
export const broughtFollowUps = (open: readonly FollowUpFact[] = []): Draft[] =>
  open.length === 0
    ? []
    : [
        draft('FollowUpsBrought', {
          followUps: [...open]
            .sort((left, right) => (left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : 0))
            .map(({ text, owner, ...rest }) => ({
              ...rest,
              text: official(text),
              owner: ownerSaid(rest.ownerPersonId, owner),
            })),
        }),
      ];

/** [FU1] A follow-up as an event, for every slice that decides something somebody owes. Refused without words, owner or day. */
export function followUpSet(
  state: MeetingState,
  { text, itemId, ownerPersonId, ownerName, dueOn }: Owing & { readonly text: string; readonly itemId: string | null },
  newId: () => string,
): Draft<'FollowUpSet', FollowUpEvents['FollowUpSet']> | Refusal {
  const said = checkedText(text, longestFollowUp);
  if (typeof said !== 'string') return said;
  if (itemId !== null && !itemOf(state, itemId)) return refuse('G3', 'unknown-item');
  const person = ownerPersonId === null ? null : state.people[ownerPersonId];
  if (person === undefined) return refuse('FU1', 'unknown-person');
  const owner = person === null ? checkedText(ownerName, longestOwner, true) : (person.name.text ?? '');
  if (typeof owner !== 'string') return owner;
  if (person === null && owner === '') return refuse('FU1', 'owner-missing');
  // The day is not before the meeting's own, whichever side of midnight that is.
  if (!isDay(dueOn) || dueOn < new Date(state.startsAt).toISOString().slice(0, 10)) return refuse('FU1', 'day-missing');
  const payload = { followUpId: newId(), itemId, text: official(said), ownerPersonId, dueOn };
  return draft('FollowUpSet', { ...payload, owner: ownerSaid(ownerPersonId, owner) });
}

/** One this meeting knows: brought from before, or set here. */
export const followUpIn = (
  state: MeetingState,
  followUpId: string,
): BroughtFollowUp | FollowUpOfMeeting | undefined => {
  const { brought, set } = followUpsIn(state);
  return [...brought, ...set].find((each) => each.followUpId === followUpId);
};

const underWay = (state: MeetingState): Refusal | null =>
  ['in_session', 'recess'].includes(state.phase) ? null : refuse('L1', 'wrong-phase', { phase: state.phase });

export const followUpDeciders: Deciders<FollowUpCommand> = {
  setFollowUp(state, command, { newId }) {
    const closed = underWay(state);
    if (closed) return closed;
    const set = followUpSet(state, command, newId);
    return 'refused' in set ? set : [set];
  },

  settleFollowUp(state, { followUpId, outcome, dueOn, note }) {
    const closed = underWay(state);
    if (closed) return closed;
    const standing = followUpIn(state, followUpId);
    if (!standing) return refuse('FU3', 'unknown-follow-up');
    if (followUpsIn(state).settled[followUpId]) return refuse('FU3', 'already-done');
    const said = checkedText(note, longestNote);
    if (typeof said !== 'string') return said;
    if (outcome === 'extended' && (dueOn === null || !isDay(dueOn) || dueOn <= standing.dueOn))
      return refuse('FU2', 'day-not-later', { until: standing.dueOn });
    const day = outcome === 'extended' ? dueOn : null;
    return [draft('FollowUpSettled', { followUpId, outcome, dueOn: day, note: official(said) })];
  },
};

const folded = (state: MeetingState, change: Partial<FollowUpsState>): MeetingState => ({
  ...state,
  followUps: { ...followUpsIn(state), ...change },
});

export const followUpFolders: Folders<FollowUpEvents> = {
  FollowUpsBrought: (state, { payload }) => folded(state, { brought: payload.followUps }),
  FollowUpSet: (state, { payload, at }) => folded(state, { set: [...followUpsIn(state).set, { ...payload, at }] }),
  FollowUpSettled: (state, { payload }) =>
    folded(state, { settled: { ...followUpsIn(state).settled, [payload.followUpId]: payload } }),
};
