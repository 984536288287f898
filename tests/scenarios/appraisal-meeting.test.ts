// A 民主评议会 over real sockets against a real PostgreSQL, with the figures of the published case: 16 issued, 16 returned, 16 valid, none void.
import { describe, expect, test } from 'vitest';
import { returnsOf } from '#lib/domain/appraisal/returns.ts';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { freshRules } from '#lib/server/rule-packs/rule-pack-form.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { openHall } from '#tests/support/hall.ts';
import { asPerson, must } from '#tests/support/session.ts';
import { aCouncil, enteredBySlip } from '#tests/support/world.ts';

describe('a 民主评议会', () => {
  test('[AP12] account, questions, sixteen forms on sixteen phones, and nobody can be linked to an answer', async () => {
    const url = await openHall();
    const council = await aCouncil({ members: 16, sectors: 3 });
    const rules = { ...freshRules(appraisalMeeting), name: '民主评议', noticeDays: 0 };
    const { packId } = orThrow(await addRulePack(council.communityId, rules));
    const made = await createMeeting(
      {
        councilId: council.councilId,
        format: appraisalMeeting.id,
        title: '居委会工作民主评议会',
        place: '议事厅',
        startsAt: Date.now() + 1_000,
        plannedMinutes: 60,
        callLink: null,
        agenda: [{ itemId: newId(), kind: 'report', title: '居委会述职', minutes: 15 }],
      },
      { kind: 'system' },
    );
    if (isRefusal(made)) throw new Error(made.reason);
    const { meetingId } = made;
    const chair = asPerson(council.members[0]?.personId ?? '');
    const secretary = asPerson(council.members[1]?.personId ?? '');
    await must(meetingId, { type: 'conveneMeeting', rulePackId: packId, shortNoticeReason: '测试' }, secretary);
    await must(meetingId, { type: 'openCheckIn' }, secretary);
    const phones = await Promise.all(
      council.members.map(async ({ personId, seatId }) => {
        await must(meetingId, { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' }, asPerson(personId));
        const phone = new Participant({ url, meetingId, cookie: await enteredBySlip(personId, meetingId) });
        return { phone: await phone.enter(), seatId };
      }),
    );
    await must(meetingId, { type: 'openSession' }, chair);
    expect((await freshCopy(meetingId)).state.stage?.stage).toBe('account');
    const enter = (stage: string) =>
      must(meetingId, { type: 'enterStage', stage, allowedMs: null, reason: null }, secretary);
    await enter('inquiry');
    await enter('forms');
    const subject = {
      kind: 'question',
      question: '对居委会工作的评议',
      options: ['满意', '基本满意', '不满意', '不了解'],
    };
    await must(meetingId, { type: 'openPoll', subject, secrecy: 'hidden', plannedMs: null }, secretary);
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    const answers = [...Array<string>(10).fill('A'), ...Array<string>(4).fill('B'), 'C', 'D'];
    const refused = await Promise.all(
      phones.map(({ phone, seatId }, at) => phone.cast(pollId, seatId, answers[at] ?? 'D')),
    );
    expect(refused.filter((each) => each !== null)).toEqual([]);
    await must(meetingId, { type: 'closePoll', pollId }, secretary);
    await enter('verdict');
    await must(meetingId, { type: 'announceResult', pollId }, chair);
    const poll = (await freshCopy(meetingId)).state.polls.byId[pollId];
    expect(poll && returnsOf(poll)).toEqual({
      issued: 16,
      returned: 16,
      valid: 16,
      void: 0,
      byAnswer: { satisfied: 10, fairly_satisfied: 4, dissatisfied: 1, unknown: 1 },
      percent: 93.3,
    });
    expect(poll?.result?.choices).toBeNull();
    phones.forEach(({ phone }) => phone.leave());
  });
});
