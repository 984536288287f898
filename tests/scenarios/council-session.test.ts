// Script 6.1 from check-in to adjournment: the dataset's people over real sockets against a real PostgreSQL, every figure as in the dataset.
import { describe, expect, test } from 'vitest';
import { awardOutlook } from '#lib/domain/meeting/awards.ts';
import { headCount, quorumOf } from '#lib/domain/meeting/attendance.ts';
import { evolveAll } from '#lib/domain/meeting/evolve.ts';
import { speakingTime } from '#lib/domain/meeting/floor.ts';
import { emptyMeeting } from '#lib/domain/meeting/state.ts';
import { db } from '#lib/server/db/client.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { awardsOfFund } from '#lib/server/ledger/awards.ts';
import { checkBooks } from '#lib/server/ledger/books.ts';
import { readFund } from '#lib/server/ledger/funds.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { play } from '#lib/server/practice/player.ts';
import { council } from '#lib/server/practice/scripts/council.ts';
import { openHall } from '#tests/support/hall.ts';
import { enteredBySlip, theDemo } from '#tests/support/world.ts';

describe('a council session, live from end to end', () => {
  test('script 6.1: 21 of 25 present, quorum 17, eight projects voted as in the dataset, one paper corrected', async () => {
    const url = await openHall();
    const ids = await theDemo({ realm: 'practice' });
    const meetingId = await seedDemoMeeting(ids);
    const cookies = Object.fromEntries(
      await Promise.all(
        council.players(ids).map(async (ref) => [ref, await enteredBySlip(ids.people[ref] ?? '', meetingId)] as const),
      ),
    );
    await play({ url, meetingId, cast: ids, cookies, script: council.steps(ids), speed: () => Infinity });

    const copy = await freshCopy(meetingId);
    const { state } = copy;
    const entries = copy.eventsFor('everyone', 0);
    expect(state.phase).toBe('adjourned');
    const meeting = dataset.meetings.find(({ id }) => id === 'MT1');
    expect(headCount(state)).toMatchObject({
      expected: meeting?.members_total,
      present: meeting?.present,
      remote: meeting?.remote,
      onLeave: meeting?.leave,
      absent: meeting?.absent,
    });
    expect(quorumOf(state)).toMatchObject({ needed: meeting?.quorum_required, met: meeting?.quorum_met });

    const motions = state.motions.order.map((id) => state.motions.byId[id]);
    const approvedFen = motions.reduce(
      (sum, motion) => sum + (motion?.outcome === 'passed' ? (motion.amountFen ?? 0) : 0),
      0,
    );
    expect(approvedFen).toBe(39_500_000);
    for (const project of dataset.projects) {
      const ours = motions.filter((motion) => motion?.title.text?.includes(project.name));
      const final = ours[ours.length - 1];
      const result = state.polls.byId[final?.pollIds[0] ?? '']?.result;
      expect(result?.counts, project.id).toEqual(project.council_vote);
      expect(result, project.id).toMatchObject({
        base: project.vote_check.eligible_present,
        threshold: project.vote_check.threshold_for,
        outcome: project.vote_check.passed ? 'passed' : 'failed',
        channels: { paper: 1, assisted: 1 },
      });
      if (project.approved > 0) expect(final?.amountFen, project.id).toBe(project.approved * 100);
      expect(final?.contractLocked ?? false, project.id).toBe(
        project.legal_grade === 'touches_common_parts' && project.vote_check.passed,
      );
    }
    // The money line: what the books hold is what the screens say, envelope by envelope.
    const expected = dataset.funds[0]?.envelopes ?? [];
    const fund = await readFund(ids.funds.F1 ?? '');
    expect(fund).toMatchObject({ totalFen: 40_000_000, poolFen: 500_000 });
    expect(fund?.envelopes.map(({ capFen, usedFen }) => [capFen, usedFen])).toEqual(
      expected.map(({ cap, approved_sum }) => [cap * 100, approved_sum * 100]),
    );
    expect(state.money.funds[0]).toMatchObject({ fundId: ids.funds.F1, poolFen: 500_000 });
    expect(state.money.funds[0]?.envelopes.map(({ roomFen }) => roomFen)).toEqual(
      fund?.envelopes.map(({ roomFen }) => roomFen),
    );
    const awards = await awardsOfFund(ids.funds.F1 ?? '');
    expect(Object.fromEntries(awards.map(({ projectId, amountFen }) => [projectId, amountFen / 100]))).toEqual(
      Object.fromEntries(
        dataset.projects.filter(({ approved }) => approved > 0).map(({ id, approved }) => [ids.projects[id], approved]),
      ),
    );
    expect(await checkBooks(db, ids.funds.F1 ?? '')).toMatchObject({ whole: true });
    // P6: its envelope was empty before anybody voted, and everybody could see it.
    const p6 = motions.find((motion) => motion?.projectId === ids.projects.P6);
    const opened = entries.findIndex(
      ({ type, payload }) =>
        type === 'PollOpened' && 'motionId' in payload.frame.subject && payload.frame.subject.motionId === p6?.motionId,
    );
    const before = evolveAll(emptyMeeting(meetingId), entries.slice(0, opened));
    const p6Before = before.motions.byId[p6?.motionId ?? ''];
    expect(p6Before && awardOutlook(before, p6Before)).toMatchObject({
      short: 'envelope',
      roomFen: 0,
      poolFen: 6_600_000,
      missingFen: 4_200_000,
    });
    expect(p6?.award).toBeUndefined();

    const p3 = motions.filter((motion) => motion?.title.text?.includes('平安充电'));
    expect(p3.map((motion) => motion?.outcome)).toEqual(['failed', 'passed']);
    expect(state.polls.byId[p3[0]?.pollIds[0] ?? '']?.result?.counts).toEqual({ for: 8, against: 9, abstain: 2 });
    expect(p3[1]).toMatchObject({ moverSeatId: ids.seats.M20, seconderSeatId: ids.seats.M18, amountFen: 7_000_000 });

    const p2 = motions.find((motion) => motion?.title.text?.includes('青苗课堂'));
    const corrected = state.polls.byId[p2?.pollIds[0] ?? ''];
    expect(corrected?.superseded).toHaveLength(1);
    expect(corrected?.superseded[0]?.result.counts).not.toEqual(corrected?.result?.counts);

    expect(Object.values(speakingTime(state, Date.now())).length).toBeGreaterThan(5);
    expect(await checkChain(meetingId)).toMatchObject({ whole: true, events: state.seq });
  }, 120_000);
});
