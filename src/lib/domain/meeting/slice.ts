// How the law is cut: each concern is a slice with its commands, its events, a decider per command and a folder per event.
// `decide.ts` and `evolve.ts` only look the right one up.
import type { Role } from './roles.ts';
import type { Refusal } from './refusal.ts';
import type { Facts } from './facts.ts';
import type { Audience, Sealed } from './words.ts';
import type { MeetingState } from './state.ts';

/** Who acts, as the law sees it: roles and seat are read from the meeting's own state, never from the caller. */
export interface MeetingActor {
  readonly kind: 'person' | 'guest' | 'system';
  readonly personId: string | null;
  /** Set for a guest: who asks for a seat, or takes part without one. */
  readonly guestId: string | null;
  readonly roles: ReadonlySet<Role>;
  readonly seatId: string | null;
  /** Who this is among the meeting's participants while here; null for everybody else. */
  readonly participantId: string | null;
}

export interface Context {
  readonly actor: MeetingActor;
  /** ms since 1970, the server's clock. */
  readonly now: number;
  readonly facts: Facts;
  /** Ids a command's events may use, one per call: the law makes none itself. */
  readonly newId: () => string;
}

export interface Draft<Type extends string = string, Payload = unknown> {
  readonly type: Type;
  readonly audience: Audience;
  readonly payload: Payload;
}

export interface Logged<Type extends string = string, Payload = unknown> {
  readonly seq: number;
  readonly type: Type;
  readonly version: number;
  readonly at: number;
  /** personId, `guest:<id>` or `system`. */
  readonly actorId: string;
  readonly audience: Audience;
  readonly payload: Payload;
}

export type Deciders<Command extends { type: string }> = {
  readonly [Type in Command['type']]: (
    state: MeetingState,
    command: Extract<Command, { type: Type }>,
    context: Context,
  ) => readonly Draft[] | Refusal;
};

export type Folders<Events> = {
  readonly [Type in keyof Events]: (
    state: MeetingState,
    event: Logged<Type & string, Sealed<Events[Type]>>,
  ) => MeetingState;
};

/** The events of one slice as drafts, checked against its event map. */
export const drafter =
  <Events>() =>
  <Type extends keyof Events & string>(
    type: Type,
    payload: Events[Type],
    audience: Audience = 'everyone',
  ): Draft<Type, Events[Type]> => ({ type, audience, payload });
