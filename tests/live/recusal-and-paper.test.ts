// [R2] A recusal in the middle of a vote, where paper is involved: the recused seat's vote counts nowhere, everybody else's can still be counted.
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { newId } from '#lib/protocol/ids.ts';
import { seedDemoCommunity } from '#lib/server/demo/community.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { db } from '#lib/server/db/client.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { castBallot, turnoutOf } from '#lib/server/polls/ballot-box.ts';
import { enterSheet, settleSheet, sheetsOf } from '#lib/server/polls/sheets.ts';

const present = dataset.council.members.filter(({ meeting1_attendance: at }) => at === 'onsite' || at === 'remote');

async function inDebate() {
  const ids = await db.transaction((tx) => seedDemoCommunity(tx, { realm: 'practice' }));
  const meetingId = await seedDemoMeeting(ids);
  const as = (ref: string): Actor => ({
    kind: 'person',
    personId: ids.people[ref] ?? '',
    accountId: null,
    meetingId: null,
  });
  const seat = (ref: string) => ids.seats[ref] ?? '';
  const state = async () => (await freshCopy(meetingId)).state;
  const doing = async (ref: string, command: unknown) =>
    expect(await act(meetingId, { commandId: newId(), command }, as(ref))).toMatchObject({ ok: true });
  await doing('M03', { type: 'openCheckIn' });
  for (const { id } of present) await doing(id, { type: 'takeSeat', seatId: seat(id), mode: 'hall', way: 'slip' });
  await doing('M01', { type: 'openSession' });
  await doing('M01', { type: 'adoptAgenda' });
  await doing('M03', { type: 'openItem', itemId: (await state()).agenda.items[2]?.itemId });
  await doing('M03', { type: 'putItemMotion' });
  await doing('M03', { type: 'openDebate' });
  const motionId = (await state()).motions.currentId ?? '';
  // [J6] Tied to P1 on file; these tests recuse it later.
  await doing('M03', { type: 'liftRecusal', motionId, seatId: seat('M14') });
  const recuse = (ref: string) =>
    doing(ref, { type: 'declareRecusal', motionId, seatId: seat(ref), reason: '与承接单位有利害关系' });
  const open = async (subject: unknown, secrecy: 'named' | 'hidden') => {
    await doing('M03', { type: 'openPoll', subject, secrecy, plannedMs: null });
    return (await state()).polls.openId ?? '';
  };
  const cast = (pollId: string, ref: string, choice: string) =>
    castBallot({ meetingId, pollId, seatId: seat(ref), castId: newId(), choice }, as(ref));
  const paper = async (pollId: string, refs: readonly string[], sheet: object) => {
    const sheetId = newId();
    const content = { seatIds: refs.map(seat), replaces: null, reason: null, ...sheet };
    expect(await enterSheet({ meetingId, pollId, sheetId, ...content }, as('M03'))).toEqual({ ok: true });
    return sheetId;
  };
  const settle = (sheetId: string) => settleSheet({ meetingId, sheetId, confirm: true }, as('M13'));
  return { meetingId, as, state, doing, recuse, open, cast, paper, settle };
}

describe('recusal while a vote is open', () => {
  test('[R2] takes a bundle of unlinked paper back, so that the others in it are counted anew', async () => {
    const { meetingId, state, doing, recuse, open, cast, paper, settle } = await inDebate();
    const pollId = await open({ kind: 'motion' }, 'hidden');
    const onPaper = ['M07', 'M10', 'M14'];
    const bundle = { kind: 'paper_bundle', content: { counts: { for: 1, against: 2 }, spoiled: 0 } };
    expect(await settle(await paper(pollId, onPaper, bundle))).toEqual({ ok: true });
    for (const { id } of present.filter((each) => !onPaper.includes(each.id)))
      expect(await cast(pollId, id, 'for')).toMatchObject({ ok: true });
    expect(await turnoutOf(pollId)).toMatchObject({ cast: 21, of: 21 });

    await recuse('M14');
    expect(await turnoutOf(pollId)).toMatchObject({ cast: 18, of: 20 });
    expect(await sheetsOf(meetingId)).toMatchObject([{ rejectedBy: 'system' }]);
    const others = { kind: 'paper_bundle', content: { counts: { for: 1, against: 1 }, spoiled: 0 } };
    expect(await settle(await paper(pollId, ['M07', 'M10'], others))).toEqual({ ok: true });
    await doing('M03', { type: 'closePoll', pollId });
    expect((await state()).polls.byId[pollId]?.result).toMatchObject({
      counts: { for: 19, against: 1, abstain: 0 },
      base: 20,
      voted: 20,
      notVoted: 0,
      channels: { phone: 18, paper: 2 },
    });
  });

  test('[R2] takes back a paper nobody has confirmed yet, and a spoiled one', async () => {
    const { state, doing, recuse, open, cast, paper, settle } = await inDebate();
    const pollId = await open({ kind: 'motion' }, 'named');
    const waiting = await paper(pollId, ['M14'], { kind: 'paper', content: { choice: 'against' } });
    await settle(await paper(pollId, ['M15'], { kind: 'paper', content: { spoiled: true } }));
    for (const { id } of present.filter((each) => each.id !== 'M14' && each.id !== 'M15'))
      await cast(pollId, id, 'for');
    await recuse('M14');
    await recuse('M15');
    expect(await settle(waiting)).toMatchObject({ ok: false, refusal: { reason: 'sheet-already-settled' } });
    await doing('M03', { type: 'closePoll', pollId });
    expect((await state()).polls.byId[pollId]?.result).toMatchObject({
      counts: { for: 19, against: 0, abstain: 0 },
      base: 19,
      spoiled: 0,
      notVoted: 0,
    });
  });

  test('[R2] [V10] leaves a straw poll alone that is open meanwhile', async () => {
    const { state, doing, recuse, open, cast } = await inDebate();
    const pollId = await open({ kind: 'question', question: '先办哪一期', options: ['一期', '二期'] }, 'named');
    expect(await cast(pollId, 'M14', 'A')).toMatchObject({ ok: true });
    await recuse('M14');
    expect(await cast(pollId, 'M14', 'B')).toMatchObject({ ok: true });
    await doing('M03', { type: 'closePoll', pollId });
    expect((await state()).polls.byId[pollId]?.result?.counts).toEqual({ A: 0, B: 1 });
  });
});
