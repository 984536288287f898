// What a follow-up of a meeting is called: brought from an earlier session or set in this one. Pure.
import { followUpIn } from '#lib/domain/meeting/follow-ups.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import { textOf } from './seat-words.ts';

export const followUpTextOf = (w: Messages, state: MeetingState, followUpId: string): string =>
  textOf(w, followUpIn(state, followUpId)?.text ?? null);
