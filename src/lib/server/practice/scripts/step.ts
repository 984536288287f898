// What a script for a practice is made of: steps by people of the demo, each with what it does and when it is no longer called for.
// Pure: it holds no sockets and no clock. One script for each meeting format that plays by itself, in index.ts.
import type { Command } from '#lib/domain/meeting/commands.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { TallyContent } from '#lib/protocol/meeting.ts';
import type { DemoRef } from '#lib/server/demo/dataset.ts';

export type Deed =
  | { readonly kind: 'act'; readonly command: Command }
  | { readonly kind: 'cast'; readonly seat: DemoRef; readonly choice: string }
  | { readonly kind: 'enter_paper'; readonly seat: DemoRef; readonly content: TallyContent }
  | { readonly kind: 'correct_paper'; readonly seat: DemoRef; readonly content: TallyContent; readonly reason: string }
  | { readonly kind: 'confirm_sheet' }
  /** A resident's, who has no seat. */
  | { readonly kind: 'answer'; readonly choice: string }
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'drop' }
  | { readonly kind: 'return' };

/** What a step is called, a key of `messages.practice.steps`. */
export type StepName =
  | 'open-check-in'
  | 'record-leave'
  | 'take-seat'
  | 'sign-in-for'
  | 'open-session'
  | 'adopt-agenda'
  | 'open-item'
  | 'put-motion'
  | 'declare-recusal'
  | 'present'
  | 'end-speech'
  | 'reduce-amount'
  | 'open-debate'
  | 'ask-to-speak'
  | 'give-floor'
  | 'move-anew'
  | 'second'
  | 'state-motion'
  | 'open-poll'
  | 'vote'
  | 'vote-for'
  | 'enter-paper'
  | 'confirm-paper'
  | 'close-poll'
  | 'announce'
  | 'correct-paper'
  | 'lose-network'
  | 'return'
  | 'adjourn'
  | 'come-in'
  | 'enter-stage'
  | 'name-topic'
  | 'ask-merge'
  | 'agree-merge'
  | 'place-topic'
  | 'choose-table'
  | 'start-round'
  | 'end-round'
  | 'call-report'
  | 'open-dots'
  | 'hand-in-dots'
  | 'close-dots'
  | 'commit'
  | 'say-word'
  | 'add-caption'
  | 'line-up'
  | 'write-opinion'
  | 'settle-follow-up'
  | 'state-position'
  | 'conclude'
  | 'put-minutes'
  | 'countersign';

export interface Step {
  readonly name: StepName;
  readonly by: DemoRef;
  /** Pause before it at speed 1, in ms: how long people would take, much shortened. */
  readonly pauseMs: number;
  /** Null when the state does not call for it any more (somebody else has done it): the step is passed over. */
  readonly deed: (state: MeetingState, cast: Cast) => Deed | null;
}

/** Who plays: ids by the reference they have in the demo, or by their own id where they have none. */
export interface Cast {
  readonly seats: Readonly<Record<DemoRef, string>>;
  readonly people: Readonly<Record<DemoRef, string>>;
}

/** Somebody at home who comes in by name and has no seat. */
export interface Resident {
  readonly ref: DemoRef;
  readonly shownName: string;
  readonly zone: string | null;
}

export interface PracticeScript {
  readonly steps: (cast: Cast) => Iterable<Step>;
  /** Whose phones are played. */
  readonly players: (cast: Cast) => readonly DemoRef[];
  readonly residents?: readonly Resident[];
}

/** A step that sends a command, or is passed over where the state asks for none. */
export const step = (
  name: StepName,
  by: DemoRef,
  pauseMs: number,
  command: (state: MeetingState, cast: Cast) => Command | null,
): Step => ({
  name,
  by,
  pauseMs,
  deed: (state, cast) => {
    const asked = command(state, cast);
    return asked === null ? null : { kind: 'act', command: asked };
  },
});

export const chair: DemoRef = 'M01';
export const secretary: DemoRef = 'M03';
export const monitor: DemoRef = 'M13';
export const helper: DemoRef = 'S01';

/** The secretary leads on to this stage, unless the meeting is there already. */
export const enterStage = (stages: readonly string[], stage: string): Step =>
  step('enter-stage', secretary, 2_000, (state) =>
    stages.indexOf(state.stage?.stage ?? '') < stages.indexOf(stage)
      ? { type: 'enterStage', stage, allowedMs: null, reason: null }
      : null,
  );
