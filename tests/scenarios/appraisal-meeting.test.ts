// A 民主评议会 over real sockets against a real PostgreSQL, with the figures of the published case: 16 issued, 16 returned, 16 valid, none void.
import { and, eq, isNotNull } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { resultSentence } from '#lib/components/meeting/result-sentence.ts';
import { returnsOf } from '#lib/domain/appraisal/returns.ts';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { newId } from '#lib/protocol/ids.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { db } from '#lib/server/db/client.ts';
import { ballots } from '#lib/server/db/schema/index.ts';
import { act } from '#lib/server/meetings/act.ts';
import { enterSheet, settleSheet } from '#lib/server/polls/sheets.ts';
import { asPerson, must } from '#tests/support/session.ts';
import { smallMeeting } from '#tests/support/small-meeting.ts';

describe('a 民主评议会', () => {
  test('[AP12] account, questions, sixteen forms of seven indicators by phone and on paper typed and checked by two, the line told in one sentence', async () => {
    const indicators = ['工作态度', '工作方法', '工作效率', '团结协作', '服务群众', '公道廉洁', '工作成绩'];
    const { meetingId, council, phones } = await smallMeeting(
      appraisalMeeting,
      { members: 16, sectors: 3 },
      [{ kind: 'report', title: '居委会述职', minutes: 15 }],
      { appraisal: { indicators, leastValid: 10 } },
    );
    const [chair, secretary, monitor] = ['', '', ''].map((_, at) => asPerson(council.members[at]?.personId ?? ''));
    const seat = (at: number) => council.members[at]?.seatId ?? '';
    if (!chair || !secretary || !monitor) throw new Error('nobody leads it');
    expect((await freshCopy(meetingId)).state.stage?.stage).toBe('account');
    const enter = (stage: string) =>
      must(meetingId, { type: 'enterStage', stage, allowedMs: null, reason: null }, secretary);
    await enter('inquiry');
    await enter('forms');
    const subject = {
      kind: 'question',
      question: '对居委会工作的评议',
      options: ['满意', '基本满意', '不满意', '不了解'],
      form: 'appraisal',
    };
    await must(meetingId, { type: 'openPoll', subject, secrecy: null, plannedMs: null }, secretary);
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    const answers = [
      ...Array<string>(10).fill('AAAAABAA'),
      ...Array<string>(4).fill('BBBABBA-'),
      'CCCCCCCC',
      'DDDDDDDD',
    ];
    // The last three hand in paper; everybody else fills in the form on a phone.
    const onPaper = council.members.slice(13);
    const refused = await Promise.all(
      phones.slice(0, 13).map((phone, at) => phone.cast(pollId, seat(at), answers[at])),
    );
    expect(refused.filter((each) => each !== null)).toEqual([]);
    // A form with a place too few or an answer that is not on the scale is none.
    expect(await phones[0]?.cast(pollId, seat(0), 'AAAAABA')).toMatchObject({
      reason: 'choice-invalid',
    });
    expect(await phones[0]?.cast(pollId, seat(0), 'AAAAABAE')).toMatchObject({
      reason: 'choice-invalid',
    });
    const sheet = {
      meetingId,
      sheetId: newId(),
      pollId,
      kind: 'paper_bundle',
      seatIds: onPaper.map(({ seatId }) => seatId),
      content: { choices: answers.slice(13, 15), spoiled: 1 },
      replaces: null,
      reason: null,
    };
    expect(await enterSheet({ ...sheet, content: { choices: ['AAA'], spoiled: 2 } }, secretary)).toMatchObject({
      refusal: { reason: 'choice-invalid' },
    });
    expect(await enterSheet(sheet, secretary)).toEqual({ ok: true });
    const settle = { meetingId, sheetId: sheet.sheetId, confirm: true };
    // Whoever typed it in never confirms it, and nothing closes before somebody else has.
    expect(await settleSheet(settle, secretary)).toMatchObject({ refusal: { reason: 'second-person-needed' } });
    const early = await act(meetingId, { commandId: newId(), command: { type: 'closePoll', pollId } }, secretary);
    expect(early).toMatchObject({ ok: false, refusal: { reason: 'second-person-needed' } });
    expect(await settleSheet(settle, monitor)).toEqual({ ok: true });
    await must(meetingId, { type: 'closePoll', pollId }, secretary);
    await enter('verdict');
    await must(meetingId, { type: 'announceResult', pollId }, chair);
    const poll = (await freshCopy(meetingId)).state.polls.byId[pollId];
    const returns = poll ? returnsOf(poll) : null;
    expect(returns).toMatchObject({
      issued: 16,
      returned: 16,
      valid: 15,
      void: 1,
      byAnswer: { satisfied: 10, fairly_satisfied: 4, dissatisfied: 1, unknown: 0 },
      percent: 93.3,
      verdict: 'passed',
    });
    expect(returns?.indicators.map(({ name, percent }) => `${name} ${percent}`)).toEqual(
      indicators.map((name, at) => `${name} ${at === 6 ? 90.9 : 93.3}`),
    );
    expect(poll && resultSentence(messagesFor('zh-CN'), 'zh-CN', poll)).toBe(
      '发放 16 份，回收 16 份，有效 15 份，作废 1 份；满意度 93.3%：（满意＋基本满意）14 ÷（有效−不了解）15；合格线 80%；达到合格线。',
    );
    expect(poll?.result?.channels).toMatchObject({ phone: 13, paper: 3 });
    // Nobody can be linked to an answer.
    expect(
      await db
        .select()
        .from(ballots)
        .where(and(eq(ballots.pollId, pollId), isNotNull(ballots.choice))),
    ).toEqual([]);
    expect(poll?.result?.choices).toBeNull();
  });
});
