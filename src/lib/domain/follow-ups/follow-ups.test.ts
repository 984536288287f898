// The law of follow-ups outside a meeting.
import { describe, expect, it } from 'vitest';
import { checkedFollowUp, isOverdue, settledFollowUp, type FollowUpStanding } from './follow-ups.ts';

const asked = { text: ' 更新公开栏 ', ownerPersonId: null, ownerName: '社区居委会', dueOn: '2026-05-20' };
const open: FollowUpStanding = { status: 'open', dueOn: '2026-05-20' };

describe('a follow-up', () => {
  it('[FU1] has words, an owner and a day', () => {
    expect(checkedFollowUp(asked)).toMatchObject({ text: '更新公开栏', ownerName: '社区居委会' });
    expect(checkedFollowUp({ ...asked, ownerPersonId: 'p' })).toMatchObject({ ownerPersonId: 'p', ownerName: '' });
    expect(checkedFollowUp({ ...asked, text: ' ' })).toMatchObject({ reason: 'follow-up-text-missing' });
    expect(checkedFollowUp({ ...asked, ownerName: '' })).toMatchObject({ reason: 'follow-up-owner-missing' });
    expect(checkedFollowUp({ ...asked, dueOn: '2026-13-01' })).toMatchObject({ reason: 'follow-up-day-missing' });
  });

  it('[FU2] is extended only to a later day and with a reason', () => {
    const extend = (dueOn: string, note = '等材料') => settledFollowUp(open, { deed: 'extended', dueOn, note });
    expect(extend('2026-05-29')).toEqual({ status: 'open', dueOn: '2026-05-29', note: '等材料' });
    for (const day of ['2026-05-20', '2026-05-01', 'soon'])
      expect(extend(day)).toMatchObject({ reason: 'follow-up-day-not-later' });
    expect(extend('2026-05-29', ' ')).toMatchObject({ reason: 'follow-up-note-missing' });
  });

  it('[FU3] ends done or dropped and may be reopened', () => {
    const done = settledFollowUp(open, { deed: 'done', note: '办好' }) as FollowUpStanding;
    expect(done.status).toBe('done');
    expect(settledFollowUp(done, { deed: 'done', note: '再办' })).toMatchObject({ reason: 'follow-up-closed' });
    expect(settledFollowUp(done, { deed: 'reopened', note: '又坏了' })).toMatchObject({ status: 'open' });
    expect(settledFollowUp(open, { deed: 'reopened', note: '重开' })).toMatchObject({ reason: 'follow-up-open' });
    expect(settledFollowUp(open, { deed: 'dropped', note: '不再需要' })).toMatchObject({ status: 'dropped' });
  });

  it('[FU4] is overdue from the day after, and only while it is open', () => {
    expect(isOverdue(open, '2026-05-20')).toBe(false);
    expect(isOverdue(open, '2026-05-21')).toBe(true);
    expect(isOverdue({ ...open, status: 'done' }, '2026-06-01')).toBe(false);
  });
});
