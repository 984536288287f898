// Slips and admissions must never reach beyond their own meeting.
import { describe, expect, it } from 'vitest';
import { nobody, personAt, personSignedIn, type Actor } from './actor.ts';

const byPassword: Actor = { kind: 'person', personId: 'p', accountId: 'a', meetingId: null };
const bySlip: Actor = { kind: 'person', personId: 'p', accountId: null, meetingId: 'm1' };
const admitted: Actor = {
  kind: 'guest',
  guestId: 'g',
  shownName: '居民',
  admitted: { meetingId: 'm1', personId: 'p' },
};
const guest: Actor = { kind: 'guest', guestId: 'g', shownName: '居民' };

describe('whose hand it is', () => {
  it.each([
    ['a password', byPassword, 'p', 'p', 'p'],
    ['a slip', bySlip, 'p', null, null],
    ['an admission', admitted, 'p', null, null],
    ['a guest', guest, null, null, null],
    ['the system', { kind: 'system' } as Actor, null, null, null],
    ['nobody', nobody, null, null, null],
  ])('%s counts where it should', (_name, actor, atOwn, atOther, everywhere) => {
    expect(personAt(actor, 'm1')).toBe(atOwn);
    expect(personAt(actor, 'm2')).toBe(atOther);
    expect(personSignedIn(actor)).toBe(everywhere);
  });
});
