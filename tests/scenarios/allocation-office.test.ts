// What a funding ballot leaves in the office: projects approved and awards booked with the announcement, and ballots that came on paper, of seats and of
// residents with slips.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { VoidReason } from '#lib/domain/appraisal/form.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { choiceOfLine } from '#lib/protocol/paper-line.ts';
import {
  enterSlipPaper,
  reconcileSlips,
  settleSlipPaper,
  slipPapersWaiting,
} from '#lib/server/allocations/slip-papers.ts';
import { castBySlip, printSlips, revokeSlip } from '#lib/server/allocations/slips.ts';
import { client, db } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { awardsOfProject, bookAward, commitAward } from '#lib/server/ledger/awards.ts';
import { checkBooks } from '#lib/server/ledger/books.ts';
import { readFund } from '#lib/server/ledger/funds.ts';
import { act } from '#lib/server/meetings/act.ts';
import { publicProject } from '#lib/server/projects/views.ts';
import { enterSheet, settleSheet } from '#lib/server/polls/sheets.ts';
import { approvals } from '#tests/support/allocation-session.ts';
import { usualPlan } from '#tests/support/approved-project.ts';
import { must } from '#tests/support/session.ts';
import {
  aCall,
  beginVotes,
  castAs,
  closedAndCounted,
  counts,
  ofTheBooks,
  opened,
  refs,
  type Voting,
} from '#tests/support/funding-vote.ts';

beginVotes();
const occasion = { at: 1_800_000_000_000, actorId: 'system' };

describe('what is funded', () => {
  const decided = async (ids: DemoIds) =>
    Object.fromEntries(
      (await db.select().from(projects).where(eq(projects.communityId, ids.communityId)))
        .map(({ code, status, approvedFen }) => [code, `${status} ${approvedFen}`])
        .sort(),
    );
  const vote = async (voting: Voting) => {
    const pollId = await opened(voting);
    for (const ref of refs) await castAs(voting, ref, pollId, { listed: approvals.get(ref) });
    await closedAndCounted(voting, pollId);
    return pollId;
  };

  test('[D9] [M7] is approved with its amount and booked with the announcement, the others are not, and P3 stays locked', async () => {
    const voting = await aCall(ofTheBooks);
    const { ids, meetingId, as } = voting;
    const pollId = await vote(voting);
    expect(new Set(Object.values(await decided(ids)))).toEqual(new Set(['reviewed null']));
    await must(meetingId, { type: 'announceResult', pollId }, as('M01'));
    expect(await decided(ids)).toEqual({
      P1: 'approved 9000000',
      P2: 'approved 5800000',
      P3: 'approved 7000000',
      P4: 'approved 8000000',
      P5: 'approved 3600000',
      P6: 'not_approved null',
      P7: 'approved 2800000',
      P8: 'approved 3300000',
    });
    const fund = await readFund(ids.funds.F1 ?? '');
    expect(fund?.poolFen).toBe(500_000);
    expect(fund?.envelopes.map(({ usedFen }) => usedFen)).toEqual([12_300_000, 8_600_000, 15_000_000, 3_600_000]);
    for (const code of ['P1', 'P3'])
      expect(await awardsOfProject(ids.projects[code] ?? '')).toMatchObject([
        { meetingId, reservedFen: code === 'P1' ? 9_000_000 : 7_000_000, basis: '2026 年社区服务项目资金表决' },
      ]);
    const [p3] = await awardsOfProject(ids.projects.P3 ?? '');
    expect(await commitAward(p3?.awardId ?? '', usualPlan, occasion)).toMatchObject({ rule: 'M7' });
    expect(await checkBooks(db, ids.funds.F1 ?? '')).toMatchObject({ whole: true });
  });

  test('[D9] is not booked where the envelope was used meanwhile, nor twice, and the announcement stands', async () => {
    const voting = await aCall(ofTheBooks);
    const { ids, meetingId, as } = voting;
    const pollId = await vote(voting);
    const other = { envelopeId: ids.envelopes.E4 ?? '', title: '应急调解', amountFen: 200_000 };
    expect(isRefusal(await bookAward(other, occasion))).toBe(false);
    await db
      .update(projects)
      .set({ status: 'in_progress', approvedFen: 5_000_000 })
      .where(eq(projects.id, ids.projects.P2 ?? ''));
    await must(meetingId, { type: 'announceResult', pollId }, as('M01'));
    expect(await decided(ids)).toMatchObject({
      P2: 'in_progress 5000000',
      P4: 'approved 8000000',
      P5: 'not_approved null',
      P6: 'not_approved null',
    });
    // Everybody reads at the project why what was chosen has no money.
    const story = (await publicProject(ids.communityId, ids.projects.P5 ?? ''))?.history.slice(-1)[0];
    expect(story?.why).toMatch(/^2026 年社区服务项目资金表决选中了它，但没有立项：.*¥/);
    for (const code of ['P2', 'P5']) expect(await awardsOfProject(ids.projects[code] ?? '')).toEqual([]);
    expect((await voting.state()).polls.byId[pollId]?.stage).toBe('announced');
    expect(await checkBooks(db, ids.funds.F1 ?? '')).toMatchObject({ whole: true });
  });
});

describe('residents on paper', () => {
  test('[D10] typed by one, confirmed by another, void ones kept apart, and the slips reconcile before and after the close', async () => {
    const voting = await aCall({ voters: 'both' });
    const { meetingId, callId, as } = voting;
    const slips = await printSlips(meetingId, callId, 10, as('M03'));
    if (isRefusal(slips)) throw new Error(slips.reason);
    const code = (number: number) => slips[number - 1]?.code ?? '';
    const enter = (typed: string, listed: readonly string[] | VoidReason, who = 'M03') =>
      enterSlipPaper(
        meetingId,
        callId,
        { typed, content: typeof listed === 'string' ? { void: listed } : { listed } },
        as(who),
      );
    const settle = (number: number, confirm: boolean, who = 'M13') =>
      settleSlipPaper(meetingId, callId, { number, confirm }, as(who));
    expect(await enter('1', ['P7'])).toMatchObject({ reason: 'poll-not-open' });
    const pollId = await opened(voting);
    for (const ref of refs) await castAs(voting, ref, pollId, { listed: approvals.get(ref) });

    expect(await enter('1', ['P7'], 'M05')).toMatchObject({ rule: 'P1' });
    expect(await enter('1', ['P9'])).toMatchObject({ reason: 'ballot-unsound' });
    expect(await enter('99', ['P7'])).toMatchObject({ reason: 'unknown-slip' });
    expect(await enter(code(1).toLowerCase(), ['P7', 'P6'])).toEqual({ number: 1 });
    expect(await enter('1', ['P7'])).toMatchObject({ rule: 'D10', reason: 'slip-on-paper' });
    const byPhone = (number: number) =>
      castBySlip(code(number), { pollId, castId: newId(), choice: { listed: ['P7'] } });
    expect(await byPhone(1)).toMatchObject({ refusal: { rule: 'D10', reason: 'slip-on-paper' } });
    expect(await settle(1, true, 'M03')).toMatchObject({ reason: 'second-person-needed' });
    expect(
      await act(meetingId, { commandId: newId(), command: { type: 'closePoll', pollId } }, as('M03')),
    ).toMatchObject({ ok: false, refusal: { rule: 'V9', params: { count: 1 } } });
    // Misread: back it goes, and typed anew it counts.
    expect(await settle(1, false)).toBeNull();
    await enter('1', ['P7']);
    expect(await settle(1, true)).toBeNull();
    expect(await settle(1, true)).toMatchObject({ reason: 'sheet-already-settled' });
    expect(await byPhone(1)).toMatchObject({ refusal: { reason: 'slip-on-paper' } });
    expect(await byPhone(2)).toMatchObject({ ok: true });
    expect(await enter('2', ['P7'])).toMatchObject({ reason: 'slip-voted' });
    await enter('3', 'several_answers');
    await settle(3, true);
    await enter('4', ['P6']);
    expect(await slipPapersWaiting(pollId)).toMatchObject([{ number: 4, choice: { listed: ['P6'] } }]);
    expect(await revokeSlip(meetingId, callId, 4, as('M03'))).toBeNull();
    // A void paper keeps its reason, before the close and after.
    const voidBy = { several_answers: 1 };
    const said = { issued: 9, revoked: 1, phone: 1, paper: 1, spoiled: 1, voidBy, waiting: 0, unused: 6 };
    expect(await reconcileSlips(callId, pollId)).toEqual(said);

    await closedAndCounted(voting, pollId);
    expect(await reconcileSlips(callId, pollId)).toEqual(said);
    expect(await enter('5', ['P7'])).toMatchObject({ reason: 'poll-not-open' });
    const residents = (await counts(voting, pollId)).find(({ chamber }) => chamber === 'residents');
    expect(residents?.ballots).toBe(2);
    expect(residents?.reasons.find(({ projectId }) => projectId === 'P7')?.supporters).toBe(2);
    expect(await client`select 1 from slip_papers where poll_id = ${pollId}`).toEqual([]);
    expect(await client`select 1 from slip_ballots where poll_id = ${pollId} and choice is not null`).toEqual([]);
  });

  test('[D10] a vote that is called off leaves nothing half-entered', async () => {
    const voting = await aCall({ voters: 'residents' });
    const { meetingId, callId, as } = voting;
    await printSlips(meetingId, callId, 2, as('M03'));
    const pollId = await opened(voting);
    await enterSlipPaper(meetingId, callId, { typed: '1', content: { listed: ['P7'] } }, as('M03'));
    await must(meetingId, { type: 'voidPoll', pollId, reason: '材料有误' }, as('M01'));
    expect(await client`select 1 from slip_papers where poll_id = ${pollId}`).toEqual([]);
  });

  test.each([
    [{ kind: 'approve', atMost: null, withinBudget: false }, 'mes_cost_add1u', 'P2 P4'],
    [{ kind: 'approve', atMost: 2, withinBudget: false }, 'mes_cost_add1u', 'P2 P4'],
    [{ kind: 'approve', atMost: null, withinBudget: true }, 'greedy_votes', 'P2 P4'],
    [{ kind: 'points', total: 10, atMostEach: null }, 'mes_points', 'P2:4 P4:6'],
    [{ kind: 'rank', atMost: null }, 'greedy_votes', 'P4 P2'],
  ] as const)('[V9] seats and residents on paper with %o', async (terms, ruleId, line) => {
    const voting = await aCall({ voters: 'both', terms, ruleId });
    const { meetingId, callId, as, seat, state } = voting;
    await printSlips(meetingId, callId, 1, as('M03'));
    const pollId = await opened(voting);
    const read = choiceOfLine((await state()).allocations.byId[callId]!.call, line);
    if ('unknown' in read) throw new Error(read.unknown);
    expect(await enterSlipPaper(meetingId, callId, { typed: '1', content: read.choice }, as('M03'))).toEqual({
      number: 1,
    });
    expect(await settleSlipPaper(meetingId, callId, { number: 1, confirm: true }, as('M13'))).toBeNull();
    for (const ref of refs.slice(0, 4)) {
      const sheetId = newId();
      const sheet = {
        kind: 'paper',
        seatIds: [seat(ref)],
        content: { choice: read.choice },
        replaces: null,
        reason: null,
      };
      expect(await enterSheet({ meetingId, pollId, sheetId, ...sheet }, as('M03'))).toEqual({ ok: true });
      await settleSheet({ meetingId, sheetId, confirm: true }, as('M13'));
    }
    await closedAndCounted(voting, pollId);
    expect((await counts(voting, pollId)).map(({ ballots }) => ballots)).toEqual([4, 1]);
    for (const { reasons } of await counts(voting, pollId))
      expect(reasons.filter(({ supporters }) => supporters > 0).map(({ projectId }) => projectId)).toEqual([
        'P2',
        'P4',
      ]);
  });
});
