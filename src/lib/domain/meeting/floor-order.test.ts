// The speaking queue: worked examples, and what must hold for every queue whoever asked in whatever order.
import { describe, expect, it } from 'vitest';
import { fundingRules, LawWorld, memberOf, present, seatOf } from '#tests/support/law-world.ts';
import { randomFrom } from '#tests/support/random.ts';
import { speakingQueue, type QueuePlace } from './floor-order.ts';
import { stances, type FloorRequest, type Stance, type Turn } from './floor.ts';
import type { FloorCriterion } from './rules.ts';
import type { MeetingState } from './state.ts';

const base = new LawWorld().open().debate().state;
const motionId = base.motions.currentId;

const remote = ['M08', 'M09', 'M23'];
const modeOf = (id: string) => (remote.includes(id) ? 'remote' : 'hall');

function request(id: string, at: number, stance: Stance = 'for', pointOfOrder = false): FloorRequest {
  const requestId = `${String(at).padStart(6, '0')}-${id}`;
  return { requestId, seatId: seatOf(id), stance, pointOfOrder, itemId: 'P1', motionId, mode: modeOf(id), at };
}
function turn(id: string, stance: Stance = 'for'): Turn {
  return {
    seatId: seatOf(id),
    stance,
    pointOfOrder: false,
    presentation: false,
    itemId: 'P1',
    motionId,
    mode: modeOf(id),
    startedAt: 0,
    spentMs: 1,
  };
}

const stateWith = (
  requests: readonly FloorRequest[],
  turns: readonly Turn[] = [],
  floorOrder: readonly FloorCriterion[] = fundingRules.floorOrder,
): MeetingState => ({
  ...base,
  rules: { ...fundingRules, floorOrder },
  floor: { ...base.floor, requests, turns },
});

const read = (queue: readonly QueuePlace[]) =>
  queue.map(({ request: { seatId }, reason }) => [memberOf(seatId), reason]);
const order = (
  requests: readonly FloorRequest[],
  turns: readonly Turn[] = [],
  floorOrder?: readonly FloorCriterion[],
) => read(speakingQueue(stateWith(requests, turns, floorOrder)));

describe('[F6] worked examples', () => {
  it('nobody waiting', () => expect(order([])).toEqual([]));

  it('by arrival where nothing else decides', () =>
    expect(order([request('M05', 3), request('M06', 1), request('M11', 2)], [], ['arrival'])).toEqual([
      ['M06', 'arrival'],
      ['M11', 'arrival'],
      ['M05', 'arrival'],
    ]));

  it('who has not spoken yet comes before who has', () =>
    expect(order([request('M05', 1), request('M06', 2)], [turn('M05')], ['first_time', 'arrival'])).toEqual([
      ['M06', 'first_time'],
      ['M05', 'arrival'],
    ]));

  it('sides alternate: for, against, for, and who is left over last', () =>
    expect(
      order(
        [
          request('M01', 1),
          request('M02', 2),
          request('M03', 3),
          request('M04', 4, 'against'),
          request('M05', 5, 'against'),
        ],
        [],
        ['alternate_sides', 'arrival'],
      ),
    ).toEqual([
      ['M01', 'arrival'],
      ['M04', 'alternate_sides'],
      ['M02', 'arrival'],
      ['M05', 'alternate_sides'],
      ['M03', 'arrival'],
    ]));

  it('a sector that was heard less comes first', () =>
    expect(order([request('M06', 1), request('M18', 2)], [turn('M05')], ['balance_sectors', 'arrival'])).toEqual([
      ['M18', 'balance_sectors'],
      ['M06', 'arrival'],
    ]));

  it('afar and hall take turns', () =>
    expect(
      order([request('M05', 1), request('M06', 2), request('M08', 3)], [], ['balance_channels', 'arrival']),
    ).toEqual([
      ['M05', 'arrival'],
      ['M08', 'balance_channels'],
      ['M06', 'arrival'],
    ]));

  it('a point of order precedes everybody and counts as no turn', () =>
    expect(order([request('M05', 1), request('M06', 2), request('M05', 3, 'question', true)])).toEqual([
      ['M05', 'point_of_order'],
      ['M05', 'arrival'],
      ['M06', 'arrival'],
    ]));

  it('what was said on another motion is forgotten', () =>
    expect(
      order(
        [request('M05', 1), request('M06', 2)],
        [{ ...turn('M05'), motionId: 'another' }],
        ['first_time', 'arrival'],
      ),
    ).toEqual([
      ['M05', 'arrival'],
      ['M06', 'arrival'],
    ]));

  it('who speaks now counts as heard', () => {
    const speaking = stateWith([request('M06', 2, 'for'), request('M11', 3, 'against')]);
    const speech = {
      ...request('M05', 1, 'for'),
      timer: { allowedMs: 1, spentMs: 0, runningSince: 0 },
      startedAt: 0,
      reason: 'arrival' as const,
      override: null,
    };
    const queue = speakingQueue({ ...speaking, floor: { ...speaking.floor, speech } });
    expect(read(queue)[0]).toEqual(['M11', 'alternate_sides']);
    const interrupted = speakingQueue({
      ...speaking,
      floor: { ...speaking.floor, speech: { ...speech, pointOfOrder: true }, interrupted: speech },
    });
    expect(read(interrupted)[0]).toEqual(['M11', 'alternate_sides']);
  });
});

describe('[F6] every queue', () => {
  const random = randomFrom(418);
  const queues = Array.from({ length: 300 }, () => {
    const seats = random.shuffled(present).slice(0, 1 + random.below(12));
    const requests = seats.map((id, index) =>
      request(id, 1 + index + random.below(3), random.pick(stances), random.below(10) === 0),
    );
    const turns = Array.from({ length: random.below(6) }, () => turn(random.pick(present), random.pick(stances)));
    const criteria = random.shuffled(fundingRules.floorOrder.slice(0, -1)).slice(0, random.below(6));
    const floorOrder: readonly FloorCriterion[] =
      random.below(3) === 0 ? [...criteria, 'arrival'] : fundingRules.floorOrder;
    return { requests, turns, floorOrder, queue: speakingQueue(stateWith(requests, turns, floorOrder)) };
  });

  it('serves everybody once', () => {
    for (const { requests, queue } of queues)
      expect(queue.map(({ request: { requestId } }) => requestId).sort()).toEqual(
        requests.map(({ requestId }) => requestId).sort(),
      );
  });

  it('does not depend on the order in which requests are stored', () => {
    for (const { requests, turns, floorOrder, queue } of queues)
      expect(speakingQueue(stateWith(random.shuffled(requests), turns, floorOrder))).toEqual(queue);
  });

  it('[F4] puts points of order first, as they came, whatever the pack says', () => {
    for (const { queue } of queues) {
      const rank = queue.map(({ request: { pointOfOrder } }) => (pointOfOrder ? 0 : 1));
      expect(rank).toEqual([...rank].sort());
      const points = queue.filter(({ request: { pointOfOrder } }) => pointOfOrder).map(({ request: { at } }) => at);
      expect(points).toEqual([...points].sort((left, right) => left - right));
    }
  });

  it('puts people who have not spoken before those who have', () => {
    for (const { turns, queue } of queues.filter((each) => each.floorOrder === fundingRules.floorOrder)) {
      const heard = new Set(turns.map(({ seatId }) => seatId));
      const rank = queue.map(({ request: { pointOfOrder, seatId } }) => (pointOfOrder ? 0 : heard.has(seatId) ? 2 : 1));
      expect(rank).toEqual([...rank].sort());
    }
  });

  it('alternates sides among those who have not spoken, as long as both sides wait', () => {
    for (const { turns, queue } of queues.filter((each) => each.floorOrder === fundingRules.floorOrder)) {
      const heard = new Set(turns.map(({ seatId }) => seatId));
      const fresh = queue.filter(({ request: { pointOfOrder, seatId } }) => !pointOfOrder && !heard.has(seatId));
      fresh.forEach(({ request: { stance } }, index) => {
        const before = fresh.slice(0, index).map((place) => place.request.stance);
        const lastSide = before.filter((each) => each === 'for' || each === 'against').pop();
        const otherWaits = fresh.slice(index).some(({ request: { stance: each } }) => each !== lastSide);
        if (lastSide !== undefined && otherWaits) expect(stance).not.toBe(lastSide);
      });
    }
  });

  it('gives a reason that is true: only a request that is not later is passed over, and by that very criterion', () => {
    for (const { turns, queue } of queues)
      queue.forEach(({ request: chosen, reason }, index) => {
        const later = queue.slice(index + 1).map((place) => place.request);
        const passed = later.filter(({ at }) => at < chosen.at);
        const heardBefore = (id: string) =>
          turns.some(({ seatId }) => seatId === id) ||
          queue.slice(0, index).some(({ request: each }) => each.seatId === id && !each.pointOfOrder);
        if (reason === 'arrival') expect(passed).toEqual([]);
        else if (reason === 'point_of_order') expect(chosen.pointOfOrder).toBe(true);
        else expect(later.filter(({ at }) => at <= chosen.at).length, reason).toBeGreaterThan(0);
        if (reason === 'first_time') {
          expect(heardBefore(chosen.seatId)).toBe(false);
          expect(later.some(({ seatId, at }) => at <= chosen.at && heardBefore(seatId))).toBe(true);
        }
      });
  });

  it('is the order in which people would really be called, one after the other', () => {
    for (const { requests, turns, floorOrder, queue } of queues.slice(0, 60)) {
      const called: string[] = [];
      let [waiting, past] = [requests, turns];
      while (waiting.length > 0) {
        const next = speakingQueue(stateWith(waiting, past, floorOrder))[0];
        if (!next) break;
        called.push(next.request.requestId);
        waiting = waiting.filter((each) => each !== next.request);
        const { seatId, stance, pointOfOrder } = next.request;
        past = [...past, { ...turn(memberOf(seatId), stance), pointOfOrder }];
      }
      expect(called).toEqual(queue.map(({ request: { requestId } }) => requestId));
    }
  });
});
