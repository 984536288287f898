// The facts of the demo community's session: every figure as the demo data has it, each once, in order, whoever reads.
import { describe, expect, it } from 'vitest';
import { LawWorld, personOf } from '#tests/support/law-world.ts';
import { finalMotion, firstVoteOnP3, playFundingSession, projects } from '#tests/support/funding-session.ts';
import { factsOf } from './facts.ts';
import type { Fact, FactKind, FactOf } from './fact.ts';
import { withMentions } from './mentions.ts';

const world = playFundingSession();
const facts = factsOf('meeting-1', world.log);
const of = <Kind extends FactKind>(kind: Kind, among: readonly Fact[] = facts) =>
  among.filter((fact): fact is Fact & FactOf<Kind> => fact.kind === kind);
const [meeting, attendance, quorum] = [of('meeting')[0]?.said, of('attendance')[0]?.said, of('quorum')[0]?.said];

describe('the facts of the funding session', () => {
  it('[K1] stand each for one event of the log, once', () => {
    const seqs = facts.map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(seqs.length);
    for (const { seq, at } of facts) expect(world.log[seq - 1]).toMatchObject({ seq, at });
    expect(facts.length).toBeGreaterThan(50);
  });

  it('[K1] are in the order of their parts and events, a correction after what it corrects', () => {
    const order = ['opening', 'course', 'decisions', 'closing'];
    const parts = facts.map(({ part }) => order.indexOf(part));
    expect(parts).toEqual([...parts].sort());
    const [correction] = of('correction');
    expect(facts[facts.findIndex(({ seq }) => seq === correction?.seq) - 1]?.seq).toBe(correction?.said.corrects);
  });

  it('say when, where and who led', () => {
    expect(meeting).toMatchObject({
      chairs: [personOf('M01')],
      secretaries: [personOf('M03')],
      adjournedAt: world.state.adjournedAt,
    });
    expect(meeting?.place).toEqual([{ text: '社区活动中心二楼' }]);
  });

  it('[A4] who came, when each came and left, and who did not: 25 expected, 21 came, 3 remotely, 2 on leave, 2 absent', () => {
    expect(attendance).toMatchObject({ expected: 25, came: 21, remote: 3, onLeave: 2, absent: 2 });
    const seatOf = (id: string) => attendance?.seats.find(({ personId }) => personId === personOf(id));
    expect(seatOf('M11')?.movements.map(({ what }) => what)).toEqual(['arrived', 'left']);
    expect(seatOf('M08')?.movements.map(({ what }) => what)).toEqual(['arrived', 'went_away', 'came_back']);
    expect([seatOf('M12')?.status, seatOf('M24')?.status]).toEqual(['on_leave', 'absent']);
    // [A6] Why somebody was on leave is nobody's business here.
    expect(JSON.stringify(facts)).not.toContain('因病');
  });

  it('[Q1] the quorum as it was counted', () =>
    expect(quorum).toMatchObject({ present: 21, expected: 25, needed: 17 }));

  it.each(projects)('[V4] the vote on $id: $votes of $base, $threshold needed', (project) => {
    const motionId = finalMotion(world, project.id)?.motionId;
    const results = [...of('result'), ...of('correction')].filter(
      ({ said: { poll } }) => poll.frame.subject.kind === 'motion' && poll.frame.subject.motionId === motionId,
    );
    const { said } = results[results.length - 1] ?? {};
    expect(said?.result).toMatchObject({
      counts: project.votes,
      base: project.base,
      threshold: project.threshold,
      present: 21,
      quorumNeeded: 17,
      outcome: project.passed ? 'passed' : 'failed',
    });
    expect(said?.recused).toEqual(project.recused.map(personOf));
    expect(said?.choices?.for).toHaveLength(project.votes.for);
    expect(said?.supersededBy).toBeNull();
    const motion = of('motion').find((fact) => fact.said.motionId === motionId)?.said;
    if (project.passed) expect(motion?.amountFen).toBe(project.approvedFen);
    expect(motion?.recusals.map(({ personId }) => personId)).toEqual(project.recused.map(personOf));
    expect(motion?.contractLocked).toBe(project.ownersMatter === 'touches_common_parts');
  });

  it('P3 failed first, was moved anew by M20 and seconded by M18, and passed', () => {
    const [first, anew] = of('motion').filter(({ said }) =>
      said.title.some((part) => 'text' in part && part.text.startsWith('平安充电')),
    );
    expect(first?.said).toMatchObject({ mover: null, outcome: 'failed' });
    expect(anew?.said).toMatchObject({ mover: personOf('M20'), seconder: personOf('M18'), outcome: 'passed' });
    expect(anew?.said.renews).toEqual(first?.said.title);
    expect(
      of('result').some(({ said }) => said.result.counts.for === firstVoteOnP3.for && said.result.outcome === 'failed'),
    ).toBe(true);
  });

  it('[V8] [K3] keeps a corrected result and the one it replaces, each naming the other', () => {
    const [correction] = of('correction');
    const announced = of('result').find(({ seq }) => seq === correction?.said.corrects);
    expect(announced?.said.supersededBy).toBe(correction?.seq);
    expect(correction?.said.before).toEqual(announced?.said.result);
    expect(correction?.said.supersededBy).toBeNull();
  });

  it('amendments with their outcome, speeches with their times, what was voided, the recess, a question with its answer', () => {
    const amended = of('motion').flatMap(({ said }) => said.amendments);
    expect(amended.map(({ outcome }) => outcome)).toEqual(['withdrawn', 'rejected']);
    const [presented, debated] = of('speeches').filter(({ said }) =>
      said.title.some((part) => 'text' in part && part.text.startsWith('银龄守护')),
    );
    expect(debated).toBeUndefined();
    expect(presented?.said.speeches.map(({ personId, stance }) => [personId, stance])).toEqual([
      [personOf('M14'), 'presentation'],
      [personOf('M05'), 'for'],
      [personOf('M23'), 'question'],
      [personOf('M06'), 'for'],
      [personOf('M17'), 'point_of_order'],
    ]);
    expect(presented?.said.speeches[0]?.spentMs).toBeGreaterThanOrEqual(150_000);
    expect(of('voided')).toHaveLength(1);
    const [recess] = of('recess');
    expect((recess?.said.to ?? 0) - (recess?.said.from ?? 0)).toBeGreaterThanOrEqual(600_000);
    expect(of('question')[0]?.said).toMatchObject({ by: personOf('M06') });
    expect(of('question')[0]?.said.answer).not.toEqual([]);
  });

  it('[FU1] what was agreed names its owner and its day, in its own part', () => {
    const session = new LawWorld().open();
    session.do('M01', { type: 'openItem', itemId: 'P1' });
    const owing = { ownerPersonId: personOf('M20'), ownerName: '', dueOn: '2026-05-25' };
    session.do('M03', { type: 'setFollowUp', itemId: 'P1', text: '请曹先生联系物业', ...owing });
    const [decision] = of('decision', factsOf('meeting-1', session.log));
    expect(decision).toMatchObject({ part: 'decisions', said: { dueOn: '2026-05-25', settled: null } });
    expect(decision?.said.owner).toEqual([{ personId: personOf('M20') }]);
    expect(decision?.said.text).toContainEqual({ personId: personOf('M20') });
    expect(decision?.said.item).toEqual([{ text: '议题 P1' }]);
  });

  it('[E4] are the same list for everybody who may read the meeting', () => {
    const seqs = (list: readonly Fact[]) => list.map(({ seq }) => seq);
    for (const audience of ['everyone', 'members', 'desk'] as const)
      expect(seqs(factsOf('meeting-1', world.readAs(audience)))).toEqual(seqs(facts));
  });

  it('[E1] never lose one while the log goes on after the meeting', () => {
    const adjourned = world.log.findIndex(({ type }) => type === 'MeetingAdjourned') + 1;
    const before = factsOf('meeting-1', world.log.slice(0, adjourned)).map(({ seq }) => seq);
    expect(facts.map(({ seq }) => seq).filter((seq) => before.includes(seq))).toEqual(before);
  });
});

describe('[K6] names in free text', () => {
  const names = [
    { personId: 'p2', name: '金社长夫人' },
    { personId: 'p1', name: '金社长' },
  ];
  it('become mentions, the longest name first, wherever they stand', () =>
    expect(withMentions(names, '请金社长、金社长夫人到会')).toEqual([
      { text: '请' },
      { personId: 'p1' },
      { text: '、' },
      { personId: 'p2' },
      { text: '到会' },
    ]));
  it('of the log as well: the reason of a recusal that names a member holds no typed name', () => {
    const session = new LawWorld().open();
    session.debate();
    const motionId = session.motionId();
    session.do('M14', { type: 'declareRecusal', motionId, seatId: 'seat-M14', reason: '与严老师同一单位' });
    const motion = of('motion', factsOf('meeting-1', session.log))[0]?.said;
    expect(motion?.recusals[0]?.reason).toEqual([{ text: '与' }, { personId: personOf('M15') }, { text: '同一单位' }]);
  });
});
