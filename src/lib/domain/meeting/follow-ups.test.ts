// Follow-ups where they touch a meeting's own record.
import { describe, expect, it } from 'vitest';
import { openFollowUps, playFollowUps } from '#tests/support/joint-session.ts';
import { LawWorld, personOf } from '#tests/support/law-world.ts';
import { followUpsIn, type FollowUpCommand } from './follow-ups.ts';

const set = (more: Partial<Extract<FollowUpCommand, { type: 'setFollowUp' }>> = {}): FollowUpCommand => ({
  type: 'setFollowUp',
  itemId: null,
  text: '公布停放办法',
  ownerPersonId: personOf('M21'),
  ownerName: '',
  dueOn: '2026-05-20',
  ...more,
});
const settle = (more: Partial<Extract<FollowUpCommand, { type: 'settleFollowUp' }>> = {}): FollowUpCommand => ({
  type: 'settleFollowUp',
  followUpId: 'f1',
  outcome: 'done',
  dueOn: null,
  note: '办好了',
  ...more,
});
const opened = () => {
  const world = new LawWorld();
  world.facts = { ...world.facts, followUps: openFollowUps };
  return world.open();
};

describe('follow-ups in session', () => {
  it('[FU4] the session opens with what is open, the overdue first, owners masked outside', () => {
    const world = opened();
    expect(world.log.map(({ type }) => type)).toContain('FollowUpsBrought');
    expect(followUpsIn(world.state).brought.map(({ followUpId, overdue }) => [followUpId, overdue])).toEqual([
      ['f1', true],
      ['f2', false],
    ]);
    const outside = followUpsIn(world.fold(world.readAs('everyone'))).brought;
    expect(outside.map(({ owner }) => owner.text)).toEqual(['社区居委会', '袁**']);
  });

  it('[FU4] a session with nothing open brings nothing', () =>
    expect(new LawWorld().open().log.map(({ type }) => type)).not.toContain('FollowUpsBrought'));

  it.each([
    [{ ownerPersonId: null }, 'FU1 owner-missing'],
    [{ ownerPersonId: 'somebody' }, 'FU1 unknown-person'],
    [{ dueOn: '' }, 'FU1 day-missing'],
    [{ dueOn: '2026-02-30' }, 'FU1 day-missing'],
    [{ dueOn: '2026-04-17' }, 'FU1 day-missing'],
    [{ text: ' ' }, 'C2 text-missing'],
    [{ text: '长'.repeat(301) }, 'C2 text-too-long'],
    [{ itemId: 'nothing' }, 'G3 unknown-item'],
  ])('[FU1] none without words, owner and day: %o', (more, why) => expect(opened().why('M03', set(more))).toBe(why));

  it('[FU1] is set by a host, in session, for a person or an office', () => {
    const world = opened();
    expect(world.why('M05', set())).toBe('P1 not-entitled');
    world.do('M03', set());
    world.do('M03', set({ ownerPersonId: null, ownerName: '物业公司' }));
    expect(followUpsIn(world.state).set.map(({ owner, dueOn }) => [owner.text, dueOn])).toEqual([
      ['袁经理', '2026-05-20'],
      ['物业公司', '2026-05-20'],
    ]);
    expect(new LawWorld().checkIn().why('M03', set())).toBe('L1 wrong-phase');
  });

  it('[FU2] [FU3] is settled once, with words, extended only to a later day', () => {
    const world = opened();
    expect(world.why('M03', settle({ followUpId: 'f9' }))).toBe('FU3 unknown-follow-up');
    expect(world.why('M03', settle({ note: '' }))).toBe('C2 text-missing');
    expect(world.why('M03', settle({ outcome: 'extended' }))).toBe('FU2 day-not-later');
    expect(world.why('M03', settle({ outcome: 'extended', dueOn: '2026-04-10' }))).toBe('FU2 day-not-later');
    world.do('M03', settle());
    expect(world.why('M03', settle())).toBe('FU3 already-done');
    expect(followUpsIn(world.state).settled.f1).toMatchObject({ outcome: 'done', dueOn: null });
  });

  it('[FU5] what was set here can be settled here', () => {
    const world = opened();
    world.do('M03', set());
    const [made] = followUpsIn(world.state).set;
    world.do('M03', settle({ followUpId: made?.followUpId ?? '' }));
    expect(followUpsIn(playFollowUps().state).set).toHaveLength(2);
  });
});
