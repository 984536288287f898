// One funding ballot from the call to the recount: real sockets, a real PostgreSQL, counted on a thread of its own, reproduced by the command.
import path from 'node:path';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writePb } from '#lib/domain/funding/pb.ts';
import type { CallAsked } from '#lib/domain/meeting/allocation.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { messages } from '#lib/messages/zh-CN.ts';
import { countFile } from '#lib/protocol/count-file.ts';
import { newId } from '#lib/protocol/ids.ts';
import { countOnThread } from '#lib/server/allocations/counting.ts';
import { ruleCount } from '#lib/server/allocations/counts.ts';
import { digestOfFile, recountFile } from '#lib/server/allocations/recount-file.ts';
import { castBySlip, printSlips, revokeSlip, slipByCode } from '#lib/server/allocations/slips.ts';
import { client, db } from '#lib/server/db/client.ts';
import { turnoutOf } from '#lib/server/polls/ballot-box.ts';
import { enterSheet, settleSheet } from '#lib/server/polls/sheets.ts';
import { approvals, fundedIds } from '#tests/support/allocation-session.ts';
import { townElection } from '#tests/support/random-elections.ts';
import { must } from '#tests/support/session.ts';
import { aCall, beginVotes, castAs, closedAndCounted, counts, opened, refs } from '#tests/support/funding-vote.ts';

beginVotes();

async function recountByCommand(ruleId: string, file: string): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recount-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const name = path.join(folder, 'ballots.pb');
  writeFileSync(name, file);
  const { stdout } = await promisify(execFile)(process.execPath, ['server/count.js', '--rule', ruleId, name]);
  return JSON.parse(stdout);
}

describe('the demo community’s eight projects by one funding ballot', () => {
  test('[D5] voted by phone, counted, announced, exported, and the same again from the file', async () => {
    const voting = await aCall();
    const { meetingId } = voting;
    const people = await Promise.all(refs.map(voting.enter));
    const pollId = await opened(voting);
    await Promise.all(
      people.map(async (person, index) => {
        await person.until(() => person.state.polls.openId === pollId);
        const ref = refs[index] ?? '';
        // A first thought, and then the ballot that stands.
        expect(await person.cast(pollId, voting.seat(ref), { listed: ['P6'] })).toBeNull();
        expect(await person.cast(pollId, voting.seat(ref), { listed: approvals.get(ref) })).toBeNull();
      }),
    );
    expect(await turnoutOf(pollId)).toEqual({ pollId, cast: 21, of: 21 });
    await closedAndCounted(voting, pollId);
    expect(people[5]?.state.allocations.outcomes).toEqual({});
    await must(meetingId, { type: 'announceResult', pollId }, voting.as('M01'));
    await people[5]?.until(() => people[5]?.state.allocations.outcomes[pollId] !== undefined);

    const [council] = await counts(voting, pollId);
    expect([...(council?.winners ?? [])].sort()).toEqual(fundedIds);
    expect([council?.costFen, council?.remainderFen, council?.ballots]).toEqual([395_000_00, 5_000_00, 21]);

    const file = (await recountFile(db, await voting.state(), pollId, 'seats')) ?? '';
    expect(digestOfFile(file)).toBe(council?.fileDigest);
    const again = countFile({ file, ruleId: 'mes_cost_add1u' });
    expect(again).toMatchObject({ ok: true, count: { winners: council?.winners, reasons: council?.reasons } });
    expect(await recountByCommand('mes_cost_add1u', file)).toMatchObject({
      rule: 'mes_cost_add1u',
      winners: council?.winners,
      cost: 395_000,
      budget: 400_000,
    });
    const greedy = await ruleCount(await voting.state(), pollId, 'seats', 'greedy_votes');
    expect(greedy).toMatchObject({ count: { ruleId: 'greedy_votes', budgetFen: 400_000_00 } });
  });

  test('[D4] a choice of a tied seat counts as unlisted and the seat stays in n, by name and unlinked', async () => {
    for (const secrecy of ['named', 'hidden'] as const) {
      const voting = await aCall();
      const pollId = await opened(voting, secrecy);
      // M14 is tied to P1: alone it may not fund it, and its ballot still counts.
      for (const ref of refs.slice(0, 5)) await castAs(voting, ref, pollId, { listed: ['P2'] });
      await castAs(voting, 'M14', pollId, { listed: ['P1'] });
      await closedAndCounted(voting, pollId);
      const [council] = await counts(voting, pollId);
      expect(council?.ballots).toBe(6);
      expect(council?.reasons.find(({ projectId }) => projectId === 'P1')?.supporters).toBe(0);
      const file = await recountFile(db, await voting.state(), pollId, 'seats');
      expect(file?.includes(voting.seat('M14'))).toBe(secrecy === 'named');
    }
  });

  test('[D7] a paper corrected before the announcement is counted anew; after it the allocation stands', async () => {
    const voting = await aCall();
    const { meetingId, as, seat } = voting;
    const pollId = await opened(voting);
    for (const ref of refs.slice(0, 4)) await castAs(voting, ref, pollId, { listed: ['P2'] });
    const paper = async (listed: readonly string[], replaces: string | null) => {
      const sheetId = newId();
      const sheet = {
        kind: 'paper',
        seatIds: [seat('M07')],
        content: { choice: { listed } },
        replaces,
        reason: '看错一行',
      };
      const entered = await enterSheet({ meetingId, pollId, sheetId, ...sheet }, as('M03'));
      const settled = entered.ok ? await settleSheet({ meetingId, sheetId, confirm: true }, as('M13')) : entered;
      return { sheetId, settled };
    };
    const first = await paper(['P7'], null);
    expect(first.settled).toEqual({ ok: true });
    await closedAndCounted(voting, pollId);
    const supporters = async (id: string) =>
      (await counts(voting, pollId))[0]?.reasons.find(({ projectId }) => projectId === id)?.supporters;
    expect([await supporters('P7'), await supporters('P8')]).toEqual([1, 0]);
    const desk = await voting.enter('M03');
    const corrected = await paper(['P8'], first.sheetId);
    expect(corrected.settled).toEqual({ ok: true });
    await desk.until(() => {
      const outcome = desk.state.allocations.outcomes[pollId];
      return outcome?.kind === 'counted' && desk.state.polls.byId[pollId]?.superseded.length === 1;
    });
    expect([await supporters('P7'), await supporters('P8')]).toEqual([0, 1]);
    await must(meetingId, { type: 'announceResult', pollId }, as('M01'));
    const late = await paper(['P7'], corrected.sheetId);
    expect(late.settled).toMatchObject({ ok: false, refusal: { rule: 'D7' } });
  });

  test('[V9] unlinked paper is entered ballot by ballot, and raised hands cannot say a plan', async () => {
    const voting = await aCall();
    const { meetingId, as, seat } = voting;
    const pollId = await opened(voting, 'hidden');
    for (const ref of refs.slice(0, 5)) if (ref !== 'M07') await castAs(voting, ref, pollId, { listed: ['P2'] });
    const sheet = { meetingId, pollId, replaces: null, reason: null };
    const enter = (kind: string, content: unknown, seatIds: string[]) => {
      const sheetId = newId();
      return enterSheet({ ...sheet, sheetId, kind, content, seatIds }, as('M03')).then((answer) => ({
        answer,
        sheetId,
      }));
    };
    const hands = await enter('hand_count', { counts: { P1: 3 }, spoiled: 0 }, []);
    expect(hands.answer).toMatchObject({ ok: false, refusal: { reason: 'choice-invalid' } });
    const two = [seat('M07'), seat('M10')];
    const short = await enter('paper_bundle', { choices: [{ listed: ['P4'] }], spoiled: 0 }, two);
    expect(short.answer).toMatchObject({ ok: false, refusal: { reason: 'sheet-does-not-reconcile' } });
    const good = await enter(
      'paper_bundle',
      { choices: [{ listed: ['P4'] }, { listed: ['P4', 'P2'] }], spoiled: 0 },
      two,
    );
    expect(good.answer).toEqual({ ok: true });
    await settleSheet({ meetingId, sheetId: good.sheetId, confirm: true }, as('M13'));
    await closedAndCounted(voting, pollId);
    const [council] = await counts(voting, pollId);
    expect(council?.reasons.find(({ projectId }) => projectId === 'P4')?.supporters).toBe(2);
  });
});

describe('bad ballots', () => {
  test.each([
    ['an empty one', {}, { listed: [] }, 'empty-ballot'],
    [
      'more than allowed',
      { terms: { kind: 'approve', atMost: 1, withinBudget: false } },
      { listed: ['P1', 'P2'] },
      'too-many-choices',
    ],
    [
      'dearer than the budget',
      { terms: { kind: 'approve', atMost: null, withinBudget: true } },
      { listed: ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8'] },
      'over-budget',
    ],
    [
      'points that do not sum',
      { terms: { kind: 'points', total: 10, atMostEach: null }, ruleId: 'mes_points' },
      { listed: ['P1', 'P2'], points: [4, 5] },
      'points-do-not-sum',
    ],
    ['a project of another call', {}, { listed: ['P9'] }, 'unknown-choice'],
  ] satisfies [string, Partial<CallAsked>, unknown, string][])(
    '[FU16] %s is refused with a sentence and not counted',
    async (_, change, choice, kind) => {
      const voting = await aCall(change);
      const pollId = await opened(voting);
      const answer = await castAs(voting, 'M05', pollId, choice);
      expect(answer).toMatchObject({
        ok: false,
        refusal: { rule: 'FU16', reason: 'ballot-unsound', params: { kind } },
      });
      if (answer.ok) throw new Error('accepted');
      const zh = refusalSentence(messages, answer.refusal);
      expect(zh).not.toBe(messages.refusals['ballot-unsound']);
      expect(zh).not.toMatch(/undefined|NaN/);
      expect(await turnoutOf(pollId)).toMatchObject({ cast: 0 });
    },
  );

  test('[V2] a seat has one ballot: the later stands, and none after the close', async () => {
    const voting = await aCall();
    const pollId = await opened(voting);
    for (const ref of refs.slice(0, 5)) await castAs(voting, ref, pollId, { listed: ['P1', 'P2'] });
    await castAs(voting, refs[0] ?? '', pollId, { listed: ['P2'] });
    await closedAndCounted(voting, pollId);
    const [council] = await counts(voting, pollId);
    expect([council?.ballots, council?.reasons[0]?.supporters]).toEqual([5, 4]);
    const late = await castAs(voting, 'M06', pollId, { listed: ['P1'] });
    expect(late).toMatchObject({ ok: false, refusal: { reason: 'poll-not-open' } });
  });
});

describe('residents with slips', () => {
  test('[D8] [D3] one ballot a slip, revocable, in a chamber of their own beside the council', async () => {
    const voting = await aCall({ voters: 'both' });
    const { meetingId, callId, as } = voting;
    const slips = await printSlips(meetingId, callId, 12, as('M03'));
    if (isRefusal(slips)) throw new Error(slips.reason);
    expect(await printSlips(meetingId, callId, 1, as('M05'))).toMatchObject({ reason: 'not-entitled' });
    const stored = await client<{ all: string }[]>`select string_agg(code_hash, ' ') as all from ballot_slips`;
    expect(slips.some(({ code }) => stored[0]?.all.includes(code))).toBe(false);
    const code = (number: number) => slips[number - 1]?.code ?? '';
    expect(await slipByCode('not a code')).toMatchObject({ reason: 'unknown-slip' });
    const cast = (number: number, choice: unknown, pollId: string, castId = newId()) =>
      castBySlip(code(number), { pollId, castId, choice });
    expect(await cast(1, { listed: ['P7'] }, 'no-poll')).toMatchObject({ refusal: { reason: 'poll-not-open' } });

    const pollId = await opened(voting);
    const castId = newId();
    expect(await cast(1, { listed: ['P6'] }, pollId, castId)).toEqual({ ok: true, revision: 1 });
    expect(await cast(1, { listed: ['P6'] }, pollId, castId)).toEqual({ ok: true, revision: 1 });
    expect(await cast(1, { listed: ['P7', 'P6'] }, pollId)).toEqual({ ok: true, revision: 2 });
    expect(await cast(2, { listed: [] }, pollId)).toMatchObject({ refusal: { reason: 'ballot-unsound' } });
    for (let number = 2; number <= 8; number += 1) await cast(number, { listed: ['P7', 'P6'] }, pollId);
    expect(await revokeSlip(meetingId, callId, 8, as('M03'))).toBeNull();
    expect(await cast(8, { listed: ['P7'] }, pollId)).toMatchObject({ refusal: { reason: 'slip-revoked' } });
    expect(await turnoutOf(pollId)).toMatchObject({ cast: 0, of: 21, residents: { cast: 7, of: 11 } });
    for (const ref of refs) await castAs(voting, ref, pollId, { listed: approvals.get(ref) });
    await closedAndCounted(voting, pollId);
    expect(await cast(9, { listed: ['P7'] }, pollId)).toMatchObject({ refusal: { reason: 'poll-not-open' } });
    expect(await revokeSlip(meetingId, callId, 9, as('M03'))).toMatchObject({ reason: 'poll-not-open' });

    const both = await counts(voting, pollId);
    expect(both.map(({ chamber, ballots }) => [chamber, ballots])).toEqual([
      ['seats', 21],
      ['residents', 7],
    ]);
    expect([...(both[0]?.winners ?? [])].sort()).toEqual(fundedIds);
    expect([...(both[1]?.winners ?? [])].slice(0, 2).sort()).toEqual(['P6', 'P7']);
    // What a slip chose stands nowhere beside it any more.
    expect(await client`select choice from slip_ballots where poll_id = ${pollId} and choice is not null`).toEqual([]);
    const loose = await client<{ count: number }[]>`
      select count(*)::int as count from hidden_choices where poll_id = ${pollId} and chamber = 'residents'`;
    expect(loose[0]?.count).toBe(7);
  });
});

describe('the counting thread', () => {
  test('[FU5] counts a town of 200 projects and 20,000 ballots while this thread goes on', async () => {
    const file = writePb(townElection(1, 200, 20_000, 'approval'), [], false);
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 5);
    const counted = await countOnThread({ file, ruleId: 'mes_cost_add1u' }).finally(() => clearInterval(turning));
    expect(counted).toMatchObject({ ok: true, count: { ballots: 20_000, ruleId: 'mes_cost_add1u' } });
    expect(turns).toBeGreaterThan(3);
  });

  test('[D5] one over its time is ended and says so, and the next is counted', async () => {
    const file = writePb(townElection(1, 200, 20_000, 'approval'), [], false);
    expect(await countOnThread({ file, ruleId: 'mes_cost_add1u' }, 1)).toEqual({ ok: false, why: 'too-long' });
    const small = writePb(townElection(2, 5, 20, 'approval'), [], false);
    expect(await countOnThread({ file: small, ruleId: 'greedy_votes' })).toMatchObject({ ok: true });
  });
});
