// The stages a session goes through where its format has them, and the clock of the stage it is in. Which commands belong to which stage the
// format says and `decide` checks. A host moves on; going back needs a reason that everybody reads. Rules [L7], [L8].
import { formatOf } from '#lib/domain/formats/index.ts';
import { stageHeldBy } from './open-space/space.ts';
import { refuse } from './refusal.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import { checkedText } from './text.ts';
import { extendTimer, startTimer, type Timer } from './timer.ts';
import { official, type Said } from './words.ts';

export interface StageState {
  /** An id of the format's `stages`. */
  readonly stage: string;
  readonly since: number;
  /** Null where the stage takes as long as it takes. */
  readonly timer: Timer | null;
}

export type StageCommand =
  | {
      readonly type: 'enterStage';
      readonly stage: string;
      /** Planned length, or null for a stage without a clock. */
      readonly allowedMs: number | null;
      /** Why the meeting goes back; unused on the way forward. */
      readonly reason: string | null;
    }
  | { readonly type: 'extendStage'; readonly byMs: number };

export interface StageEvents {
  StageEntered: {
    readonly stage: string;
    readonly allowedMs: number | null;
    /** Set where the meeting went back. */
    readonly reason: Said | null;
  };
  StageExtended: { readonly byMs: number };
}

export const draftOfStage = drafter<StageEvents>();

const longestMs = 86_400_000;
const isSpan = (ms: number): boolean => Number.isSafeInteger(ms) && ms > 0 && ms <= longestMs;

/** Where the session stands among its format's stages; -1 before the first and where there are none. */
export const stageIndex = (format: string, stage: string | null | undefined): number =>
  formatOf(format)?.stages.indexOf(stage ?? '') ?? -1;

export const stageDeciders: Deciders<StageCommand> = {
  /** [L7] One host moves the session on, to any later stage; back only with a reason. */
  enterStage(state, { stage, allowedMs, reason }) {
    if (state.phase !== 'in_session') return refuse('L1', 'wrong-phase', { phase: state.phase });
    const to = stageIndex(state.format, stage);
    if (to < 0) return refuse('L7', 'unknown-stage');
    if (allowedMs !== null && !isSpan(allowedMs)) return refuse('C1', 'command-malformed', { field: 'allowedMs' });
    const here = stageIndex(state.format, state.stage?.stage);
    if (to === here) return refuse('L7', 'already-done');
    const held = stageHeldBy(state);
    if (held) return held;
    const why = checkedText(reason ?? '', 200, true);
    if (typeof why !== 'string') return why;
    if (to < here && why === '') return refuse('L7', 'stage-back-needs-reason');
    return [draftOfStage('StageEntered', { stage, allowedMs, reason: to < here ? official(why) : null })];
  },

  extendStage(state, { byMs }) {
    if (!state.stage?.timer) return refuse('L7', 'timer-not-running');
    if (!isSpan(byMs)) return refuse('C1', 'command-malformed', { field: 'byMs' });
    return [draftOfStage('StageExtended', { byMs })];
  },
};

export const stageFolders: Folders<StageEvents> = {
  StageEntered: (state, { payload: { stage, allowedMs }, at }) => ({
    ...state,
    stage: { stage, since: at, timer: allowedMs === null ? null : startTimer(allowedMs, at) },
  }),
  StageExtended: (state, { payload: { byMs } }) => ({
    ...state,
    stage: state.stage && { ...state.stage, timer: state.stage.timer && extendTimer(state.stage.timer, byMs) },
  }),
};
