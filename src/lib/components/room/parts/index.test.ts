// What a phone fetches of the council's room, and when: the ballot before there is a vote, nothing of a funding vote where there is none.
import { describe, expect, it } from 'vitest';
import { LawWorld, seatOf } from '#tests/support/law-world.ts';
import { partsNow, type RoomNow } from './index.ts';

const ofMember = (world: LawWorld, more: Partial<RoomNow> = {}) =>
  partsNow({
    state: world.state,
    seatId: seatOf('M05'),
    waitsForSeat: false,
    mayCheck: false,
    shown: null,
    ...more,
  }).sort();

describe('the parts of the room', () => {
  it('who waits to be let in gets the waiting alone', () => {
    expect(ofMember(new LawWorld().open(), { seatId: null, waitsForSeat: true })).toEqual(['gathering']);
  });

  it('in session a seat has its ballot and its hand before any vote opens; a resident has neither', () => {
    const world = new LawWorld().open();
    expect(ofMember(world)).toEqual(['agenda', 'ballot', 'floor']);
    expect(ofMember(world, { seatId: null })).toEqual(['agenda']);
  });

  it('what is on the table comes with it, and a vote brings the ballot to a helper too', () => {
    const world = new LawWorld().open().debate();
    expect(ofMember(world)).toEqual(['agenda', 'ballot', 'floor', 'table']);
    world.openVote();
    expect(ofMember(world, { seatId: null })).toEqual(['agenda', 'ballot', 'table']);
  });

  it('a panel replaces the agenda; what no panel is called shows the agenda', () => {
    const world = new LawWorld().open();
    expect(ofMember(world, { shown: 'questions' })).toEqual(['ballot', 'floor', 'questions']);
    expect(ofMember(world, { shown: 'papers' })).toEqual(['ballot', 'floor', 'panels']);
    expect(ofMember(world, { shown: 'nonsense' })).toEqual(['agenda', 'ballot', 'floor']);
  });
});
