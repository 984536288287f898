// Money in session, through the law alone: booked with the announcement, not booked where it does not fit, put right when a result is.
import { describe, expect, it } from 'vitest';
import { AwardWorld, playAwardSession } from '#tests/support/award-session.ts';
import { agendaItem, LawWorld, seatOf, votingItem } from '#tests/support/law-world.ts';
import { awardOutlook } from './awards.ts';
import type { MeetingEvent } from './events.ts';
import type { MeetingState } from './state.ts';

const types = (events: readonly MeetingEvent[]): string[] => events.map(({ type }) => type);
const standing = (state: MeetingState) =>
  state.money.funds.map(({ poolFen, envelopes }) => [poolFen, ...envelopes.map(({ roomFen }) => roomFen)])[0];
const motionAt = (world: LawWorld) => {
  const motion = world.state.motions.byId[world.motionId()];
  if (!motion) throw new Error('no motion');
  return motion;
};

describe('[B10] an award passed in session', () => {
  it('is booked with its announcement, at the amount that was reduced by consent', () => {
    const world = new AwardWorld();
    world.open();
    expect(standing(world.state)).toEqual([40_000_000, 12_500_000, 15_000_000]);
    world.debate('P1');
    expect(motionAt(world)).toMatchObject({ projectId: 'project-P1', envelopeId: 'E1' });
    world.do('M03', { type: 'reduceAmount', amountFen: 9_000_000, reason: '核减' });
    world.openVote();
    world.castCounts({ for: 18, against: 3 }).closeVote();
    const events = world.do('M01', { type: 'announceResult', pollId: world.lastPollId() });
    expect(types(events)).toEqual(['ResultAnnounced', 'AwardBooked']);
    expect(events[1]?.payload).toMatchObject({
      projectId: 'project-P1',
      envelopeId: 'E1',
      amountFen: 9_000_000,
      roomFen: 3_500_000,
      poolFen: 31_000_000,
    });
    expect(motionAt(world).award).toMatchObject({ status: 'booked', amountFen: 9_000_000 });
    expect(standing(world.state)).toEqual([31_000_000, 3_500_000, 15_000_000]);
  });

  it('[B12] is not asked for a second time: neither put nor voted on', () => {
    const world = new AwardWorld();
    world.open();
    world.do('M03', { type: 'openItem', itemId: 'P1' });
    world.facts = { ...world.facts, projectHoldsFen: 9_000_000 };
    expect(world.why('M03', { type: 'putItemMotion' })).toBe('B12 project-awarded');
    world.facts = { ...world.facts, projectHoldsFen: 0 };
    world.do('M03', { type: 'putItemMotion' });
    world.do('M03', { type: 'openDebate' });
    world.facts = { ...world.facts, projectHoldsFen: 1 };
    const vote = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null } as const;
    expect(world.why('M03', vote)).toBe('B12 project-awarded');
  });

  it('[B12] an award made elsewhere while the vote was open is not doubled, at the announcement or by a correction', () => {
    const world = new AwardWorld();
    world.open();
    world.debate('P1');
    world.openVote();
    world.castCounts({ for: 11, against: 10 }).closeVote();
    world.facts = { ...world.facts, projectHoldsFen: 9_000_000 };
    const events = world.do('M01', { type: 'announceResult', pollId: world.lastPollId() });
    expect(types(events)).toEqual(['ResultAnnounced', 'AwardNotBooked']);
    expect(motionAt(world)).toMatchObject({ outcome: 'passed', award: { status: 'not_booked', short: 'awarded' } });
    expect(standing(world.state)).toEqual([40_000_000, 12_500_000, 15_000_000]);
    world.correctLast('M07', 'against');
    world.correctLast('M07', 'for');
    expect(types(world.log)).not.toContain('AwardBooked');
  });

  it('books nothing where the vote failed', () => {
    const world = new AwardWorld();
    world.open();
    world.decideOn('P1', 10, 11);
    expect(types(world.log)).not.toContain('AwardBooked');
    expect(motionAt(world).award).toBeUndefined();
  });

  it('is seen not to fit before the vote; the vote goes on, and its announcement books nothing', () => {
    const world = new AwardWorld();
    world.open();
    world.decideOn('P3').decideOn('P4');
    world.debate('P6');
    expect(awardOutlook(world.state, motionAt(world))).toMatchObject({
      short: 'envelope',
      roomFen: 0,
      poolFen: 25_000_000,
      missingFen: 4_200_000,
    });
    world.openVote();
    world.castCounts({ for: 21 }).closeVote();
    const events = world.do('M01', { type: 'announceResult', pollId: world.lastPollId() });
    expect(types(events)).toEqual(['ResultAnnounced', 'AwardNotBooked']);
    expect(motionAt(world)).toMatchObject({
      outcome: 'passed',
      award: { status: 'not_booked', short: 'envelope', roomFen: 0, poolFen: 25_000_000 },
    });
    expect(awardOutlook(world.state, motionAt(world))).toBeNull();
  });

  it('is short of the pool where the envelope would hold it', () => {
    const world = new AwardWorld({ poolFen: 9_000_000 });
    world.open();
    world.debate('P1');
    expect(awardOutlook(world.state, motionAt(world))).toMatchObject({ short: 'pool', missingFen: 600_000 });
    world.vote({ for: 21 });
    expect(motionAt(world).award).toMatchObject({ status: 'not_booked', short: 'pool', poolFen: 9_000_000 });
  });

  it('follows an amendment: the smaller amount is what would be booked, and is', () => {
    const world = new AwardWorld({ poolFen: 9_000_000 });
    world.open();
    world.debate('P1');
    world.do('M18', { type: 'moveAmendment', seatId: seatOf('M18'), text: '减少物资', amountFen: 9_000_000 });
    expect(awardOutlook(world.state, motionAt(world))).toMatchObject({ short: null, amountFen: 9_000_000 });
    const amendmentId = motionAt(world).amendments[0]?.amendmentId ?? '';
    world.do('M20', { type: 'secondAmendment', amendmentId, seatId: seatOf('M20') });
    world.vote({ for: 21 }, 'amendment');
    expect(types(world.log)).not.toContain('AwardBooked');
    world.vote({ for: 21 });
    expect(motionAt(world).award).toMatchObject({ status: 'booked', amountFen: 9_000_000 });
  });

  it('says so when somebody else has booked since, before the next vote opens', () => {
    const world = new AwardWorld();
    world.open();
    world.debate('P1');
    world.books.move('E1', 6_000_000);
    const opened = world.do('M01', { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null });
    expect(types(opened)).toEqual(['FundsRead', 'PollOpened']);
    expect(awardOutlook(world.state, motionAt(world))).toMatchObject({ short: 'envelope', roomFen: 6_500_000 });
    // Nothing new, nothing said.
    world.castCounts({ for: 21 }).closeVote();
    expect(types(world.do('M01', { type: 'announceResult', pollId: world.lastPollId() }))).toEqual([
      'ResultAnnounced',
      'AwardNotBooked',
    ]);
  });

  it('moved anew keeps its project and its envelope; another motion of the floor has none', () => {
    const world = playAwardSession();
    const [, first, again] = world.state.motions.order.map((id) => world.state.motions.byId[id]);
    expect([first?.outcome, again?.renewsMotionId]).toEqual(['failed', first?.motionId]);
    expect(again).toMatchObject({
      projectId: 'project-P3',
      envelopeId: 'E3',
      award: { status: 'booked', amountFen: 6_500_000 },
    });
    const floor = new AwardWorld();
    floor.open();
    floor.do('M01', { type: 'openItem', itemId: 'P1' });
    floor.do('M20', {
      type: 'moveMotion',
      seatId: seatOf('M20'),
      title: '另议',
      text: '',
      amountFen: 100,
      ownersMatter: 'none',
      listing: null,
      renewsMotionId: null,
    });
    expect(motionAt(floor)).not.toHaveProperty('envelopeId');
  });

  it('leaves a meeting without envelopes as it always was', () => {
    const world = new LawWorld({ items: [agendaItem('open'), votingItem('P1', 9_600_000)] });
    world.facts = { ...world.facts, funds: { funds: [], reservedFen: {} } };
    world.open();
    world.debate('P1');
    world.vote({ for: 21 });
    expect(types(world.log).filter((type) => /Award|Funds/.test(type))).toEqual([]);
    expect(world.log.find(({ type }) => type === 'MotionMoved')?.payload).not.toHaveProperty('envelopeId');
  });
});

describe('[B11] a corrected result', () => {
  it('that no longer passes releases its award, and one that now passes books it', () => {
    const world = new AwardWorld();
    world.open();
    world.decideOn('P1', 11, 10);
    expect(standing(world.state)).toEqual([30_400_000, 2_900_000, 15_000_000]);
    expect(types(world.correctLast('M07', 'against'))).toEqual(['ResultSuperseded', 'AwardReleased']);
    expect(motionAt(world)).toMatchObject({ outcome: 'failed', award: { status: 'released', keptFen: 0 } });
    expect(standing(world.state)).toEqual([40_000_000, 12_500_000, 15_000_000]);
    expect(types(world.correctLast('M07', 'for'))).toEqual(['ResultSuperseded', 'AwardBooked']);
    expect(motionAt(world).award).toMatchObject({ status: 'booked' });
    expect(standing(world.state)).toEqual([30_400_000, 2_900_000, 15_000_000]);
  });

  it('that decides the same books nothing twice', () => {
    const world = new AwardWorld();
    world.open();
    world.decideOn('P1', 15, 6);
    expect(types(world.correctLast('M07', 'against'))).toEqual(['ResultSuperseded']);
    expect(standing(world.state)).toEqual(world.books.fact.funds.map((f) => [f.poolFen, 2_900_000, 15_000_000])[0]);
  });

  it('leaves what is under contract to the office, and says how much that is', () => {
    const world = new AwardWorld();
    world.open();
    world.decideOn('P1', 11, 10);
    const { award } = motionAt(world);
    world.books.contract(award?.status === 'booked' ? award.awardId : '');
    world.correctLast('M07', 'against');
    expect(motionAt(world).award).toMatchObject({ status: 'released', releasedFen: 0, keptFen: 9_600_000 });
    expect(standing(world.state)).toEqual([30_400_000, 2_900_000, 15_000_000]);
  });

  it('that comes after something else was decided on the motion moves no money', () => {
    const world = new AwardWorld();
    world.open();
    world.debate('P1');
    world.do('M18', { type: 'moveAmendment', seatId: seatOf('M18'), text: '减少', amountFen: 9_000_000 });
    const amendmentId = motionAt(world).amendments[0]?.amendmentId ?? '';
    world.do('M20', { type: 'secondAmendment', amendmentId, seatId: seatOf('M20') });
    world.vote({ for: 11, against: 10 }, 'amendment');
    const amendmentPoll = world.lastPollId();
    world.vote({ for: 21 });
    world.correct(amendmentPoll, 'M07', 'against');
    world.facts = {
      ...world.facts,
      sheet: { sheetId: 'sheet-2', pollId: amendmentPoll, confirmed: true, reason: '看错' },
    };
    const events = world.do('M03', { type: 'supersedeResult', pollId: amendmentPoll, sheetId: 'sheet-2' });
    expect(types(events)).toEqual(['ResultSuperseded']);
    expect(motionAt(world).award).toMatchObject({ status: 'booked', amountFen: 9_000_000 });
  });
});
