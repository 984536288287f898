// The one thing for this viewer to do now: what stands at the bottom of a phone, within the thumb. Pure, a reading of the scene.
import { isPresent } from '#lib/domain/meeting/attendance.ts';
import { speakingQueue } from '#lib/domain/meeting/floor-order.ts';
import { castFault } from '#lib/domain/meeting/casting.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { TallySheetView, Viewer } from '#lib/protocol/meeting.ts';

export type DeedNow =
  | { readonly kind: 'nothing' | 'ask' | 'see_results' | 'speak' | 'wait_for_item' | 'end_speech' }
  | { readonly kind: 'take_seat'; readonly seatId: string }
  | { readonly kind: 'vote' | 'assist'; readonly pollId: string }
  | { readonly kind: 'check_sheets' | 'admit'; readonly count: number }
  | { readonly kind: 'queued'; readonly requestId: string; readonly place: number };

const gathering = ['check_in', 'in_session', 'recess'];

/** Sheets this viewer may confirm: never one's own, never one that is settled. */
export const sheetsToSettle = (viewer: Viewer, sheets: readonly TallySheetView[]): TallySheetView[] =>
  mayDo(viewer.doers, 'settleTallySheet')
    ? sheets.filter(
        (sheet) => sheet.confirmedBy === null && sheet.rejectedBy === null && sheet.enteredBy !== viewer.personId,
      )
    : [];

/** True when this viewer writes down ballots for members who cannot do it themselves. */
export const mayAssist = (viewer: Viewer): boolean => viewer.roles.includes('helper');

export function deedNow(state: MeetingState, viewer: Viewer, sheets: readonly TallySheetView[]): DeedNow {
  if (state.phase === 'adjourned') return { kind: 'see_results' };
  const { openId } = state.polls;
  const { seatId } = viewer;
  if (openId !== null) {
    if (seatId !== null && castFault(state, openId, seatId) === null) return { kind: 'vote', pollId: openId };
    const waiting = sheetsToSettle(viewer, sheets).length;
    if (waiting > 0) return { kind: 'check_sheets', count: waiting };
    if (mayAssist(viewer)) return { kind: 'assist', pollId: openId };
  }
  if (mayDo(viewer.doers, 'admitSeat')) {
    const count = Object.keys(state.attendance.requests).length;
    if (count > 0) return { kind: 'admit', count };
  }
  if (seatId === null || !gathering.includes(state.phase))
    return { kind: gathering.includes(state.phase) && mayDo(viewer.doers, 'askQuestion') ? 'ask' : 'nothing' };
  if (!isPresent(state, seatId)) return { kind: 'take_seat', seatId };
  if (state.phase !== 'in_session') return { kind: 'nothing' };
  if (state.floor.speech?.seatId === seatId) return { kind: 'end_speech' };
  const queue = speakingQueue(state);
  const place = queue.findIndex(({ request }) => request.seatId === seatId);
  const own = queue[place];
  if (own) return { kind: 'queued', requestId: own.request.requestId, place: place + 1 };
  return { kind: state.agenda.currentItemId === null ? 'wait_for_item' : 'speak' };
}
