// The session of the demo community through the law alone: every figure of the eight projects, as the demo data has it.
import { describe, expect, it } from 'vitest';
import { headCount, quorumOf } from '#lib/domain/meeting/attendance.ts';
import { firstVoteOnP3, finalMotion, playFundingSession, projects } from './support/funding-session.ts';

const world = playFundingSession();
const { state } = world;
const pollOf = (motionId: string | undefined) => {
  const polls = state.polls.order.map((id) => state.polls.byId[id]);
  return polls
    .filter((poll) => poll?.frame.subject.kind === 'motion' && poll.frame.subject.motionId === motionId)
    .pop();
};

describe('the funding session of 18 April', () => {
  it('[Q1] [Q2] opens with 21 of 25 present where 17 are needed', () => {
    const opened = world.log.find(({ type }) => type === 'SessionOpened');
    expect(opened?.payload).toEqual({ present: 21, needed: 17, expected: 25 });
  });

  it.each(projects)('[V4] $id: base $base, threshold $threshold, $votes', (project) => {
    const motion = finalMotion(world, project.id);
    const result = pollOf(motion?.motionId)?.result;
    expect(result?.counts).toEqual(project.votes);
    expect([result?.base, result?.threshold, result?.present, result?.quorumNeeded]).toEqual([
      project.base,
      project.threshold,
      21,
      17,
    ]);
    expect([motion?.outcome, result?.outcome]).toEqual(project.passed ? ['passed', 'passed'] : ['failed', 'failed']);
    expect(result?.notVoted).toBe(0);
    expect(result?.channels).toEqual({ phone: project.base - 2, assisted: 1, paper: 1, hand_count: 0 });
    if (project.passed) expect(motion?.amountFen).toBe(project.approvedFen);
    expect(motion?.contractLocked).toBe(project.ownersMatter === 'touches_common_parts');
  });

  it('P3 as first put fails with 8 for, 9 against, 2 abstaining of 19', () => {
    const first = finalMotion(world, 'P3')?.renewsMotionId ?? '';
    expect(state.motions.byId[first]).toMatchObject({ outcome: 'failed', amountFen: 9_200_000, contractLocked: false });
    expect(pollOf(first)?.result).toMatchObject({ counts: firstVoteOnP3, base: 19, threshold: 10, outcome: 'failed' });
  });

  it('[M7] P3 moved anew by M20 and seconded by M18 passes at 70,000 with its contract locked', () => {
    expect(finalMotion(world, 'P3')).toMatchObject({
      moverSeatId: 'seat-M20',
      seconderSeatId: 'seat-M18',
      amountFen: 7_000_000,
      outcome: 'passed',
      contractLocked: true,
    });
  });

  it('approves 395,000 yuan in all', () => {
    const approved = projects.map(({ id }) => finalMotion(world, id)).filter((motion) => motion?.outcome === 'passed');
    expect(approved.reduce((sum, motion) => sum + (motion?.amountFen ?? 0), 0)).toBe(39_500_000);
  });

  it('ends with the sign-in sheet of the day', () => {
    expect(state.phase).toBe('adjourned');
    expect(headCount(state)).toMatchObject({ expected: 25, present: 20, remote: 3, onLeave: 2, left: 1, absent: 2 });
    expect(quorumOf(state)).toMatchObject({ needed: 17, met: true });
  });
});
