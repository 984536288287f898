// What several pages of the big screen say about the matter at hand. Pure readings of the state.
import { textOf } from '#lib/components/meeting/seat-words.ts';
import { itemOf } from '#lib/domain/meeting/agenda.ts';
import type { AgendaItem } from '#lib/domain/meeting/agenda.ts';
import type { Motion } from '#lib/domain/meeting/motion-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';

export const itemNow = (state: MeetingState): AgendaItem | undefined =>
  state.agenda.currentItemId === null ? undefined : itemOf(state, state.agenda.currentItemId);

export const motionNow = ({ motions }: MeetingState): Motion | undefined =>
  motions.currentId === null ? undefined : motions.byId[motions.currentId];

export const hasMoney = ({ money }: MeetingState): boolean => money.funds.length > 0;

/** The line over a page's title: which item of how many, or the meeting. */
export function aboveOf(w: Messages, state: MeetingState): string {
  const place = state.agenda.items.findIndex(({ itemId }) => itemId === state.agenda.currentItemId) + 1;
  return itemNow(state) ? w.meeting.itemOf({ n: place, of: state.agenda.items.length }) : textOf(w, state.title);
}

export type LetterSize = 'name' | 'large' | 'middle' | 'small' | 'tight';

/** Long titles get smaller letters, never fewer words. */
export const sizeOf = (text: string): LetterSize =>
  Array.from(text).length > 44 ? 'small' : Array.from(text).length > 24 ? 'middle' : 'large';
