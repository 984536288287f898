// Who speaks next, and why. A pack lists criteria, strongest first; the queue is built by picking, again and again, the request that is best
// under them given everybody picked before. Each position carries the criterion that put it there, so every screen can show the reason. Rules [F…].
import { isAway, isHere } from './attendance.ts';
import type { FloorRequest, Turn } from './floor.ts';
import { isParticipantHere } from './participants.ts';
import type { FloorCriterion } from './rules.ts';
import { speechesOf } from './speech.ts';
import type { MeetingState } from './state.ts';

export interface QueuePlace {
  readonly request: FloorRequest;
  /**
   * The criterion by which this request precedes one that did not ask later, or `arrival`; a point of order is always one.
   * `away` keeps its place in the queue's end until the seat is back.
   */
  readonly reason: FloorCriterion | 'away';
}

/** Whether who asked, with a seat or without, is here to be heard. */
export const canBeHeard = (state: MeetingState, speakerId: string): boolean =>
  state.seats[speakerId] ? isHere(state, speakerId) : isParticipantHere(state, speakerId) && !isAway(state, speakerId);

interface Past {
  readonly seatId: string;
  readonly sectorId: string | null;
  /** Where a participant comes from; null for a seat. */
  readonly area: string | null;
  readonly mode: string;
  readonly stance: string;
}

/** Lower is better. Each looks only at the request and at who was heard before on this matter. */
const scores: Readonly<
  Record<FloorCriterion, (request: FloorRequest, past: readonly Past[], state: MeetingState) => number>
> = {
  point_of_order: (request) => (request.pointOfOrder ? 0 : 1),
  first_time: (request, past) => (past.some((turn) => turn.seatId === request.seatId) ? 1 : 0),
  alternate_sides(request, past) {
    for (let index = past.length - 1; index >= 0; index -= 1) {
      const stance = past[index]?.stance;
      if (stance === 'for' || stance === 'against') return request.stance === stance ? 1 : 0;
    }
    return 0;
  },
  /** Seats in the order of the roster, before everybody who has none. */
  in_turn: (request, _past, state) =>
    state.seats[request.seatId] ? state.seatOrder.indexOf(request.seatId) : state.seatOrder.length,
  balance_sectors(request, past, state) {
    const sectorId = state.seats[request.seatId]?.sectorId ?? null;
    return sectorId === null ? 0 : past.filter((turn) => turn.sectorId === sectorId).length;
  },
  balance_areas(request, past, state) {
    const area = areaOf(state, request.seatId);
    return area === null ? 0 : past.filter((turn) => turn.area === area).length;
  },
  balance_channels: (request, past) => past.filter((turn) => turn.mode === request.mode).length,
  arrival: (request) => request.at,
};

/** Everybody who did not say where they come from is one area. */
const areaOf = (state: MeetingState, speakerId: string): string | null => {
  const participant = state.participants.byId[speakerId];
  return participant ? (participant.zone ?? '') : null;
};

const asPast = (state: MeetingState, turn: Turn | FloorRequest): Past => ({
  seatId: turn.seatId,
  sectorId: state.seats[turn.seatId]?.sectorId ?? null,
  area: areaOf(state, turn.seatId),
  mode: turn.mode,
  stance: turn.stance,
});

/** The whole queue in speaking order with the reason of each position. Presentations and points of order are no turns. Deterministic: ties end with the request id. */
export function speakingQueue(state: MeetingState): QueuePlace[] {
  const criteria: readonly FloorCriterion[] = state.rules?.floorOrder ?? ['arrival'];
  const { currentItemId } = state.agenda;
  const motionId = state.motions.currentId;
  const past: Past[] = state.floor.turns
    .filter((turn) => (motionId === null ? turn.itemId === currentItemId : turn.motionId === motionId))
    .filter((turn) => !turn.pointOfOrder && !turn.presentation)
    .map((turn) => asPast(state, turn));
  for (const speech of speechesOf(state.floor))
    if (!speech.pointOfOrder && speech.reason !== 'presentation') past.push(asPast(state, speech));

  const waiting = [...state.floor.requests];
  const queue: QueuePlace[] = [];
  while (waiting.length > 0) {
    const scored = waiting.map((request) => ({
      request,
      here: canBeHeard(state, request.seatId),
      // [F4] Points of order go first under any pack, and among themselves as they came.
      score: request.pointOfOrder
        ? [0, request.at]
        : [1, ...criteria.map((criterion) => scores[criterion](request, past, state))],
    }));
    scored.sort(
      (left, right) =>
        Number(right.here) - Number(left.here) ||
        compare(left.score, right.score) ||
        (left.request.requestId < right.request.requestId ? -1 : 1),
    );
    const best = scored[0];
    if (!best) break;
    const others = scored.filter(({ request, here }) => here === best.here && request !== best.request);
    // Of those who asked at the very same moment, as representatives in turn do, none was first.
    const passedOver =
      others.find(({ request }) => request.at < best.request.at) ??
      others.find(({ request }) => request.at === best.request.at);
    const deciding = passedOver
      ? criteria.find((_, index) => (best.score[index + 1] ?? 0) < (passedOver.score[index + 1] ?? 0))
      : undefined;
    const reason = best.request.pointOfOrder ? 'point_of_order' : (deciding ?? 'arrival');
    queue.push({ request: best.request, reason: best.here ? reason : 'away' });
    if (!best.request.pointOfOrder) past.push(asPast(state, best.request));
    waiting.splice(waiting.indexOf(best.request), 1);
  }
  return queue;
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
