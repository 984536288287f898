// The law of feedback.
import { describe, expect, it } from 'vitest';
import { checkedFeedback, isLate, receivedOn, stepFeedback, type FeedbackStanding } from './feedback.ts';

const asked = { kind: 'service', text: ' 服务台中午没人 ', name: '', contact: '' };
const received = receivedOn('2026-05-08');
const handed = stepFeedback(
  received,
  { deed: 'hand', to: '工作站', dueOn: '2026-05-20' },
  '2026-05-09',
) as FeedbackStanding;

describe('feedback', () => {
  it('[FB1] has words and one of the kinds, within bounds', () => {
    expect(checkedFeedback(asked)).toMatchObject({ kind: 'service', text: '服务台中午没人' });
    expect(checkedFeedback({ ...asked, kind: 'mars' })).toMatchObject({ reason: 'need-category-unknown' });
    for (const text of ['', ' \u0000 ', '长'.repeat(1001)])
      expect(checkedFeedback({ ...asked, text })).toMatchObject({ reason: 'feedback-text-missing' });
    for (const text of ['请打 138 1234 5678', '身份证 440305199001011234'])
      expect(checkedFeedback({ ...asked, text })).toMatchObject({ reason: 'feedback-personal-number' });
    expect(checkedFeedback({ ...asked, contact: '13812345678' })).toMatchObject({ contact: '13812345678' });
    expect(checkedFeedback({ ...asked, contact: '1'.repeat(61) })).toMatchObject({ reason: 'plan-too-long' });
  });

  it('[FB3] is to be handed on within three days, to somebody, by a day that is not past', () => {
    expect(received).toMatchObject({ status: 'received', dueOn: '2026-05-11' });
    expect([isLate(received, '2026-05-11'), isLate(received, '2026-05-12')]).toEqual([false, true]);
    expect(handed).toMatchObject({ status: 'handed', handedTo: '工作站', dueOn: '2026-05-20' });
    const hand = (to: string, dueOn: string) => stepFeedback(handed, { deed: 'hand', to, dueOn }, '2026-05-09');
    expect(hand(' ', '2026-05-20')).toMatchObject({ reason: 'feedback-handler-missing' });
    expect(hand('居委会', '2026-05-08')).toMatchObject({ reason: 'day-unfit' });
    expect(hand('居委会', '2026-05-22')).toMatchObject({ handedTo: '居委会' });
  });

  it('[FB4] ends with an answer, which may be put right, and is handed to nobody after it', () => {
    expect(stepFeedback(handed, { deed: 'answer', answer: ' ' }, '2026-05-10')).toMatchObject({
      reason: 'feedback-answer-missing',
    });
    const answered = stepFeedback(received, { deed: 'answer', answer: '已安排轮班' }, '2026-05-10') as FeedbackStanding;
    expect(answered).toMatchObject({ status: 'answered', answer: '已安排轮班' });
    expect(isLate(answered, '2027-01-01')).toBe(false);
    expect(stepFeedback(answered, { deed: 'answer', answer: '已延长' }, '2026-05-11')).toMatchObject({
      answer: '已延长',
    });
    expect(stepFeedback(answered, { deed: 'hand', to: '居委会', dueOn: '2026-06-01' }, '2026-05-11')).toMatchObject({
      reason: 'feedback-answered',
    });
  });
});
