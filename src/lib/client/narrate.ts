// What a person who listens must be told when a meeting changes: computed from the state before and after, so that it is the same after a
// reconnection as it is live. Pure; the narrator component turns it into words and speaks.
import { presenceOf, quorumOf } from '#lib/domain/meeting/attendance.ts';
import { speakingQueue } from '#lib/domain/meeting/floor-order.ts';
import type { MeetingState, Phase } from '#lib/domain/meeting/state.ts';

export type News =
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'quorum_lost'; readonly present: number; readonly needed: number }
  | { readonly kind: 'quorum_regained' }
  | { readonly kind: 'item_opened'; readonly itemId: string }
  | { readonly kind: 'motion_stated' | 'debate_opened'; readonly motionId: string }
  /** `entitled`: this viewer has a ballot in it. */
  | { readonly kind: 'poll_opened'; readonly pollId: string; readonly entitled: boolean }
  | { readonly kind: 'poll_closed' | 'poll_voided' | 'result' | 'result_corrected'; readonly pollId: string }
  | { readonly kind: 'my_turn'; readonly allowedMs: number }
  | { readonly kind: 'my_turn_over' }
  | { readonly kind: 'next_in_line' }
  | { readonly kind: 'recused_now'; readonly motionId: string }
  | { readonly kind: 'seated' }
  | { readonly kind: 'seat_away' };

export function newsBetween(before: MeetingState, after: MeetingState, seatId: string | null): News[] {
  const news: News[] = [];
  if (before === after) return news;
  if (before.phase !== after.phase) news.push({ kind: 'phase', phase: after.phase });

  if (after.openedAt !== null && after.phase !== 'adjourned') {
    const lostBefore = before.attendance.quorumLostAt !== null;
    const lostAfter = after.attendance.quorumLostAt !== null;
    if (!lostBefore && lostAfter) {
      const { present, needed } = quorumOf(after);
      news.push({ kind: 'quorum_lost', present, needed });
    } else if (lostBefore && !lostAfter) news.push({ kind: 'quorum_regained' });
  }

  const { currentItemId } = after.agenda;
  if (currentItemId !== null && currentItemId !== before.agenda.currentItemId)
    news.push({ kind: 'item_opened', itemId: currentItemId });

  const motionId = after.motions.currentId;
  if (motionId !== null) {
    if (motionId !== before.motions.currentId) news.push({ kind: 'motion_stated', motionId });
    else if (
      before.motions.byId[motionId]?.stage === 'presenting' &&
      after.motions.byId[motionId]?.stage === 'debating'
    )
      news.push({ kind: 'debate_opened', motionId });
    if (
      seatId !== null &&
      after.motions.byId[motionId]?.recusals[seatId] &&
      !before.motions.byId[motionId]?.recusals[seatId]
    )
      news.push({ kind: 'recused_now', motionId });
  }

  news.push(...pollNews(before, after, seatId));
  if (seatId !== null) news.push(...seatNews(before, after, seatId));
  return news;
}

function pollNews(before: MeetingState, after: MeetingState, seatId: string | null): News[] {
  return after.polls.order.flatMap((pollId): News[] => {
    const then = before.polls.byId[pollId];
    const now = after.polls.byId[pollId];
    if (!now) return [];
    if (then?.stage !== now.stage) {
      if (now.stage === 'open') {
        const entitled = seatId !== null && now.frame.electorate.includes(seatId);
        return [{ kind: 'poll_opened', pollId, entitled }];
      }
      if (now.stage === 'voided') return [{ kind: 'poll_voided', pollId }];
      return [{ kind: now.stage === 'closed' ? 'poll_closed' : 'result', pollId }];
    }
    return then.superseded.length < now.superseded.length ? [{ kind: 'result_corrected', pollId }] : [];
  });
}

function seatNews(before: MeetingState, after: MeetingState, seatId: string): News[] {
  const news: News[] = [];
  const spoke = before.floor.speech?.seatId === seatId;
  const { speech } = after.floor;
  const speaks = speech?.seatId === seatId;
  if (speaks && speech.requestId !== before.floor.speech?.requestId)
    news.push({ kind: 'my_turn', allowedMs: speech.timer.allowedMs });
  if (spoke && !speaks) news.push({ kind: 'my_turn_over' });
  const first = (state: MeetingState) => speakingQueue(state)[0]?.request;
  const now = first(after);
  if (now?.seatId === seatId && first(before)?.requestId !== now.requestId) news.push({ kind: 'next_in_line' });
  const was = presenceOf(before, seatId)?.status;
  const is = presenceOf(after, seatId)?.status;
  if (was !== is && is === 'present') news.push({ kind: 'seated' });
  if (was !== is && is === 'away') news.push({ kind: 'seat_away' });
  return news;
}
