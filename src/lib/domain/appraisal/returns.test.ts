// The returns of a 民主评议会, in the law's own council: the published case of 16 forms, and paper that says nothing.
import { describe, expect, it } from 'vitest';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { agendaItem, LawWorld, present } from '#tests/support/law-world.ts';
import { returnsOf } from './returns.ts';

const sixteen = present.slice(0, 16);
const scale = ['满意', '基本满意', '不满意', '不了解'];
const opened = (leastValid = 5) =>
  new LawWorld({
    format: 'appraisal_meeting',
    rules: { ...appraisalMeeting, appraisal: { indicators: ['工作态度', '工作成绩'], leastValid } },
    items: [agendaItem('account')],
  }).open(sixteen);
const move = (world: LawWorld, stage: string) =>
  world.do('M01', { type: 'enterStage', stage, allowedMs: null, reason: null });
const giveOut = {
  type: 'openPoll',
  subject: { kind: 'question', question: '对居委会工作的评议', options: scale, form: 'appraisal' },
  secrecy: null,
  plannedMs: null,
} as const;

describe('a 民主评议会', () => {
  it('[AP12] gives no form out before account and questions, and tells none before all are back', () => {
    const world = opened();
    expect(world.why('M03', giveOut)).toBe('L8 wrong-stage');
    move(world, 'inquiry');
    expect(world.why('M03', giveOut)).toBe('L8 wrong-stage');
    move(world, 'forms');
    world.do('M03', giveOut);
    world.castCounts({ AAB: 9, 'BA-': 5, CCC: 1, 'DA-': 1 });
    world.closeVote();
    expect(world.why('M01', { type: 'announceResult', pollId: world.lastPollId() })).toBe('L8 wrong-stage');
    move(world, 'verdict');
    world.announce();
    const poll = world.state.polls.byId[world.lastPollId()];
    // Issued 16, returned 16, valid 16, void 0, as at 木棉岭.
    expect(poll && returnsOf(poll)).toEqual({
      issued: 16,
      returned: 16,
      valid: 16,
      void: 0,
      byAnswer: { satisfied: 9, fairly_satisfied: 5, dissatisfied: 1, unknown: 1 },
      opinions: 15,
      satisfied: 14,
      percent: 93.3,
      verdict: 'passed',
      line: appraisalMeeting.majority,
      leastValid: 5,
      indicators: [
        {
          name: '工作态度',
          byAnswer: { satisfied: 15, fairly_satisfied: 0, dissatisfied: 1, unknown: 0 },
          percent: 93.8,
        },
        {
          name: '工作成绩',
          byAnswer: { satisfied: 0, fairly_satisfied: 9, dissatisfied: 1, unknown: 0 },
          percent: 90,
        },
      ],
    });
    // Forms are never named, whatever the pack says of votes.
    expect(poll?.frame).toMatchObject({ kind: 'formal', secrecy: 'hidden', threshold: null });
    expect(poll?.result).toMatchObject({ outcome: 'passed', base: 15, threshold: 12, choices: null });
  });

  it('[AP12] counts what came back and says nothing as void', () => {
    const world = opened();
    for (const stage of ['inquiry', 'forms']) move(world, stage);
    world.do('M03', giveOut);
    world.castCounts({ 'A--': 12, 'D--': 2 });
    world.spoiled = 1;
    world.closeVote();
    const poll = world.state.polls.byId[world.lastPollId()];
    expect(poll && returnsOf(poll)).toMatchObject({ issued: 16, returned: 15, valid: 14, void: 1, percent: 100 });
  });

  it.each([
    [{ 'A--': 12, 'C--': 3 }, 5, 'passed', 80],
    [{ 'A--': 11, 'C--': 3 }, 5, 'failed', 78.6],
    [{ 'A--': 11, 'D--': 3 }, 15, 'too_few', 100],
    [{ 'D--': 14 }, 5, 'too_few', null],
  ] as const)('[AP5] [AP12] %o with at least %i valid forms: %s', (forms, leastValid, verdict, percent) => {
    const world = opened(leastValid);
    for (const stage of ['inquiry', 'forms']) move(world, stage);
    world.do('M03', giveOut);
    world.castCounts(forms);
    world.closeVote();
    const poll = world.state.polls.byId[world.lastPollId()];
    expect(poll && returnsOf(poll)).toMatchObject({ verdict, percent });
  });

  it('[AP12] moves and decides nothing', () =>
    expect(opened().why('M01', { type: 'putItemMotion' })).toBe('L4 not-in-format'));
});
