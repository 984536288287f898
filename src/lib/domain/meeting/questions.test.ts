// Residents' questions where they touch the meeting's own record.
import { describe, expect, it } from 'vitest';
import { LawWorld, seatOf } from '#tests/support/law-world.ts';
import type { QuestionCommand, QuestionFact } from './questions.ts';

const shown: QuestionFact = { questionId: 'q1', text: '照明什么时候修好？', status: 'shown' };
const bring = (id = 'M05'): QuestionCommand => ({ type: 'bringQuestion', questionId: 'q1', seatId: seatOf(id) });
const answer = (text = '五月底前修好', questionId = 'q1'): QuestionCommand => ({
  type: 'answerQuestion',
  questionId,
  answer: text,
});
const asked = (question: QuestionFact | null, world = new LawWorld().open()) => {
  world.facts = { ...world.facts, question };
  return world;
};

describe('questions', () => {
  it('[S1] only a shown question reaches the floor', () => {
    expect(asked(null).why('M05', bring())).toBe('S2 unknown-question');
    for (const status of ['waiting', 'hidden'] as const)
      expect(asked({ ...shown, status }).why('M05', bring())).toBe('S2 unknown-question');
  });

  it('[S2] a member who is here brings it, once, and it is on the record with its words', () => {
    const world = asked(shown);
    expect(world.why('M24', bring('M24'))).toBe('F1 seat-not-present');
    expect(world.why('M06', bring('M05'))).toBe('A2 not-your-seat');
    expect(world.why('N1', bring('N1'))).toBe('P1 not-entitled');
    world.do('M05', bring());
    expect(world.fold(world.readAs('everyone')).questions.brought).toMatchObject([
      { questionId: 'q1', seatId: seatOf('M05'), text: { text: '照明什么时候修好？' }, answer: null },
    ]);
    expect(world.why('M06', bring('M06'))).toBe('S2 already-done');
    expect(asked(shown, new LawWorld().checkIn()).why('M05', bring())).toBe('L1 wrong-phase');
  });

  it('[S3] can be answered, also after the meeting, and answered again', () => {
    const world = asked(shown);
    world.do('M05', bring());
    expect(world.why('M03', answer(' '))).toBe('C2 text-missing');
    expect(world.why('M03', answer('长'.repeat(2001)))).toBe('C2 text-too-long');
    expect(world.why('M05', answer())).toBe('P1 not-entitled');
    world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
    world.do('M03', answer());
    world.do('M03', answer('六月五日前修好'));
    expect(world.state.questions.brought[0]?.answer?.text).toBe('六月五日前修好');
    expect(asked(null).why('M03', answer())).toBe('S3 unknown-question');
    expect(asked(shown, new LawWorld()).why('M03', answer())).toBe('L1 wrong-phase');
  });

  it('[S3] an answer to a question nobody brought changes no other', () => {
    const world = asked(shown);
    world.do('M05', bring());
    world.do('M03', answer('另一个问题的答复', 'q2'));
    expect(world.state.questions.brought[0]?.answer).toBeNull();
  });

  it('[S3] are summed when the meeting is over', () => {
    const world = asked(shown);
    const sum = { asked: 5, shown: 4, hidden: 1, answered: 4 };
    world.facts = { ...world.facts, questionsSummary: sum };
    expect(world.why('M03', { type: 'sumQuestions' })).toBe('L1 wrong-phase');
    world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
    world.do('system', { type: 'sumQuestions' });
    expect(world.state.questions.summary).toEqual(sum);
    world.facts = {};
    expect(world.why('M03', { type: 'sumQuestions' })).toBe('S3 unknown-question');
  });
});
