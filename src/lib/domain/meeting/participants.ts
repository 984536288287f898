// People at a meeting without a seat of the council: who came in on a phone, or was written down by a helper, by a name or a nickname.
// For open space that is everybody; at a hearing only who asks to be heard: the crowd that watches stays counted, not listed. Rules [A8], [A9].
import { formatOf } from '#lib/domain/formats/index.ts';
import { refuse, type Refusal } from './refusal.ts';
import { drafter, type Context, type Deciders, type Folders, type MeetingActor } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { maskName, type Said, type Words } from './words.ts';

export type Channel = 'hall' | 'remote';

export interface Participant {
  readonly participantId: string;
  /** As they want to be called. Read by everyone or by members only, as the format says. */
  readonly name: Words;
  /** Part of the community they come from; null where they did not say. */
  readonly zone: string | null;
  readonly channel: Channel;
  /** The person who wrote them down; null for somebody with a device of their own. */
  readonly assistedBy: string | null;
  readonly guestId: string | null;
  readonly personId: string | null;
  readonly since: number;
  readonly leftAt: number | null;
  /** The connection is gone while they wait to be heard. */
  readonly away: boolean;
}

export interface ParticipantsState {
  readonly byId: Readonly<Record<string, Participant>>;
  /** In the order of their first coming. */
  readonly order: readonly string[];
  /** `guest:…` or `person:…` → who that is here. */
  readonly idOf: Readonly<Record<string, string>>;
}

export type ParticipantCommand =
  | {
      readonly type: 'enterParticipant';
      readonly name: string;
      readonly zone: string | null;
      readonly channel: Channel;
      /** A helper enters somebody without a phone; false for oneself. */
      readonly assisted: boolean;
    }
  | { readonly type: 'leaveParticipant'; readonly participantId: string };

export interface ParticipantEvents {
  /** Also when somebody comes back, or is called otherwise from now on: the same participantId. */
  ParticipantEntered: {
    readonly participantId: string;
    readonly name: Said;
    readonly zone: string | null;
    readonly channel: Channel;
    readonly assistedBy: string | null;
    readonly guestId: string | null;
    readonly personId: string | null;
  };
  ParticipantLeft: { readonly participantId: string };
}

const draft = drafter<ParticipantEvents>();

// ── readings ────────────────────────────────────────────────────────────────────────────────────

const keyOf = (who: { readonly personId: string | null; readonly guestId: string | null }): string | null =>
  who.personId !== null ? `person:${who.personId}` : who.guestId !== null ? `guest:${who.guestId}` : null;

/** Who this is at the meeting, also after having left; null for somebody who never came in. */
export function participantOf(
  state: MeetingState,
  who: { readonly personId: string | null; readonly guestId: string | null },
): Participant | null {
  const key = keyOf(who);
  const participantId = key === null ? undefined : state.participants.idOf[key];
  return participantId === undefined ? null : (state.participants.byId[participantId] ?? null);
}

/** Everybody who is here now, in the order of coming. */
export const participantsHere = (state: MeetingState): Participant[] =>
  state.participants.order.flatMap((id) => {
    const each = state.participants.byId[id];
    return each && each.leftAt === null ? [each] : [];
  });

export const isParticipantHere = (state: MeetingState, participantId: string): boolean =>
  state.participants.byId[participantId]?.leftAt === null;

/** Whose words a participant's are in the table of words, to forget them by: the person, or this participant alone. */
export const ownerOfWords = ({ participantId, personId }: Pick<Participant, 'participantId' | 'personId'>): string =>
  personId ?? `participant:${participantId}`;

const helping = ['chair', 'secretary', 'moderator', 'helper'] as const;
export const mayHelp = (actor: MeetingActor): boolean => helping.some((role) => actor.roles.has(role));

/** [A9] For oneself while one is here, or, at the desk, for anybody who is; everything done so is recorded as assisted. */
export function mayTakePartAs(state: MeetingState, { actor }: Context, participantId: string): Refusal | null {
  if (!state.participants.byId[participantId]) return refuse('A8', 'unknown-participant');
  if (actor.participantId !== participantId && !mayHelp(actor)) return refuse('A9', 'not-your-part');
  return isParticipantHere(state, participantId) ? null : refuse('A8', 'participant-gone');
}

export const isAssisted = (actor: MeetingActor, participantId: string): boolean =>
  actor.participantId !== participantId;

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

const gathering = ['check_in', 'in_session', 'recess'];

export const participantDeciders: Deciders<ParticipantCommand> = {
  /** [A8] For oneself, or at the desk for somebody without a phone. The same person or device is the same participant. */
  enterParticipant(state, command, { actor, newId }) {
    if (!gathering.includes(state.phase)) return refuse('A8', 'wrong-phase', { phase: state.phase });
    const name = checkedText(command.name, 20);
    if (typeof name !== 'string') return name;
    const zone = command.zone === null ? '' : checkedText(command.zone, 20, true);
    if (typeof zone !== 'string') return zone;
    if (command.assisted && !mayHelp(actor)) return refuse('A9', 'not-your-part');
    const before = command.assisted ? null : participantOf(state, actor);
    if (!command.assisted && actor.personId === null && actor.guestId === null) return refuse('A8', 'not-entitled');
    const { channel } = command;
    if (
      before?.leftAt === null &&
      before.name.text === name &&
      (before.zone ?? '') === zone &&
      before.channel === channel
    )
      return refuse('A8', 'already-done');
    const participantId = before?.participantId ?? newId();
    const { personId, guestId } = command.assisted ? { personId: null, guestId: null } : actor;
    const toMembers = formatOf(state.format)?.participants?.names === 'members';
    const said: Said = {
      said: name,
      scope: toMembers ? 'members' : 'everyone',
      elsewhere: toMembers ? maskName(name) : null,
      personId: ownerOfWords({ participantId, personId }),
    };
    return [
      draft('ParticipantEntered', {
        participantId,
        name: said,
        zone: zone || null,
        channel,
        assistedBy: command.assisted ? actor.personId : null,
        guestId: personId === null ? guestId : null,
        personId,
      }),
    ];
  },

  leaveParticipant(state, { participantId }, context) {
    if (!gathering.includes(state.phase)) return refuse('A8', 'wrong-phase', { phase: state.phase });
    return mayTakePartAs(state, context, participantId) ?? [draft('ParticipantLeft', { participantId })];
  },
};

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

export const participantFolders: Folders<ParticipantEvents> = {
  ParticipantEntered: (state, { payload, at }) => {
    const { byId, order, idOf } = state.participants;
    const { participantId } = payload;
    const before = byId[participantId];
    const key = keyOf(payload);
    return {
      ...state,
      participants: {
        byId: { ...byId, [participantId]: { ...payload, since: before?.since ?? at, leftAt: null, away: false } },
        order: before ? order : [...order, participantId],
        idOf: key === null ? idOf : { ...idOf, [key]: participantId },
      },
    };
  },
  ParticipantLeft: (state, { payload: { participantId }, at }) => {
    const { byId } = state.participants;
    const gone = byId[participantId];
    if (!gone) return state;
    return {
      ...state,
      participants: { ...state.participants, byId: { ...byId, [participantId]: { ...gone, leftAt: at } } },
    };
  },
};
