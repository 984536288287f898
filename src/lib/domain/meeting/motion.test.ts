// Motions from moved to decided, amendments, amounts, renewals, referrals and recusals.
import { describe, expect, it } from 'vitest';
import { LawWorld, present, seatOf, votingItem } from '#tests/support/law-world.ts';
import type { Command } from './commands.ts';
import type { MotionCommand } from './motion.ts';
import type { PollCommand } from './poll.ts';

type Move = Extract<MotionCommand, { type: 'moveMotion' }>;
const move = (id: string, change: Partial<Move> = {}): Move => ({
  type: 'moveMotion',
  seatId: seatOf(id),
  title: '增设楼道照明',
  text: '',
  amountFen: 1_000_000,
  ownersMatter: 'none',
  listing: null,
  renewsMotionId: null,
  ...change,
});
const second = (id: string, motionId: string): Command => ({
  type: 'secondMotion',
  motionId,
  seatId: seatOf(id),
});
const amend = (id: string, amountFen: number | null = null, text = '改为两期实施'): Command => ({
  type: 'moveAmendment',
  seatId: seatOf(id),
  text,
  amountFen,
});
const recuse = (id: string, motionId: string, reason = '承接单位负责人'): Command => ({
  type: 'declareRecusal',
  motionId,
  seatId: seatOf(id),
  reason,
});
const openPoll = (kind: 'motion' | 'amendment' = 'motion'): PollCommand => ({
  type: 'openPoll',
  subject: { kind },
  secrecy: null,
  plannedMs: null,
});
const straw: PollCommand = {
  type: 'openPoll',
  subject: { kind: 'question', question: '先议哪一项', options: ['照明', '充电'] },
  secrecy: null,
  plannedMs: null,
};
const motion = (world: LawWorld, motionId = world.motionId()) => world.state.motions.byId[motionId];
const stage = (world: LawWorld) => motion(world)?.stage;
const onItem = (item = 'P1', options = {}) => {
  const world = new LawWorld(options).open();
  world.do('M01', { type: 'openItem', itemId: item });
  return world;
};
const lastMoved = (world: LawWorld) => world.state.motions.order.slice(-1)[0] ?? '';
const secondedAmendment = (world: LawWorld, amountFen: number | null) => {
  world.do('M05', amend('M05', amountFen));
  const amendmentId = motion(world)?.amendments.slice(-1)[0]?.amendmentId ?? '';
  world.do('M06', { type: 'secondAmendment', amendmentId, seatId: seatOf('M06') });
  return amendmentId;
};

describe('from moved to decided', () => {
  it('[M1] [M2] goes moved → seconded → presented → debated → voted → announced', () => {
    const world = onItem();
    const stages: (string | undefined)[] = [];
    const go = (who: string, command: Command) => {
      world.do(who, command);
      stages.push(stage(world));
    };
    go('M05', move('M05'));
    go('M06', second('M06', world.motionId()));
    go('M01', { type: 'stateMotion', motionId: world.motionId() });
    go('M01', { type: 'openDebate' });
    go('M01', openPoll());
    world.castCounts({ for: 21 }).closeVote();
    stages.push(stage(world));
    go('M01', { type: 'announceResult', pollId: world.lastPollId() });
    expect(stages).toEqual(['moved', 'ready', 'presenting', 'debating', 'voting', 'voting', 'decided']);
    expect(world.state.motions.currentId).toBeNull();
  });

  it('[M2] refuses every step out of that order', () => {
    const world = onItem();
    world.do('M05', move('M05'));
    const motionId = world.motionId();
    expect(world.why('M01', { type: 'stateMotion', motionId })).toBe('M3 motion-not-seconded');
    expect(world.why('M01', { type: 'openDebate' })).toBe('M1 unknown-motion');
    expect(world.why('M01', openPoll())).toBe('M1 unknown-motion');
    world.do('M06', second('M06', motionId));
    expect(world.why('M06', second('M06', motionId))).toBe('M2 motion-wrong-stage');
    world.do('M01', { type: 'stateMotion', motionId });
    expect(world.why('M01', openPoll())).toBe('M2 motion-wrong-stage');
    expect(world.why('M05', amend('M05'))).toBe('M2 motion-wrong-stage');
    world.do('M01', { type: 'openDebate' });
    expect(world.why('M01', { type: 'openDebate' })).toBe('M2 motion-wrong-stage');
    world.do('M01', openPoll());
    for (const command of [
      { type: 'reduceAmount', amountFen: 1, reason: '同意' },
      { type: 'withdrawMotion', motionId, reason: '' },
      { type: 'referMotion', motionId, reason: '转交' },
      amend('M01'),
    ] as const)
      expect(world.why('M01', command), command.type).toBe('M2 motion-wrong-stage');
    world.castCounts({ for: 21 }).closeVote().announce();
    expect(world.why('M01', { type: 'withdrawMotion', motionId, reason: '' })).toBe('M2 motion-wrong-stage');
    expect(world.why('M01', { type: 'stateMotion', motionId: 'nothing' })).toBe('M1 unknown-motion');
  });

  it('[M1] states one motion at a time, on the item that is open', () => {
    const world = onItem();
    for (const [mover, seconder] of [
      ['M05', 'M06'],
      ['M06', 'M05'],
    ] as const) {
      world.do(mover, move(mover));
      world.do(seconder, second(seconder, lastMoved(world)));
    }
    const [first, other] = world.state.motions.order;
    world.do('M01', { type: 'stateMotion', motionId: first ?? '' });
    expect(world.why('M01', { type: 'stateMotion', motionId: other ?? '' })).toBe('M1 motion-already-open');
    expect(world.why('M01', { type: 'putItemMotion' })).toBe('M1 motion-already-open');
    world.do('M01', { type: 'withdrawMotion', motionId: first ?? '', reason: '提案人撤回' });
    world.do('M01', { type: 'openItem', itemId: 'P2' });
    expect(world.why('M01', { type: 'stateMotion', motionId: other ?? '' })).toBe('G3 item-not-open');
  });

  it('[L1] [G3] the agenda’s motion is put in session, on an open item; a moved one keeps its words', () => {
    const world = new LawWorld().open();
    expect(world.why('M01', { type: 'putItemMotion' })).toBe('G3 item-not-open');
    world.do('M01', { type: 'openItem', itemId: 'P1' });
    world.do('M01', { type: 'callRecess' });
    expect(world.why('M01', { type: 'putItemMotion' })).toBe('L1 wrong-phase');
    world.do('M01', { type: 'resumeSession' });
    world.do('M05', move('M05', { text: '东里小区先行' }));
    world.do('M06', move('M06', { text: ' ' }));
    expect(world.state.motions.order.map((id) => motion(world, id)?.text?.text ?? null)).toEqual([
      '东里小区先行',
      null,
    ]);
  });

  it('[M1] a presentation still running holds the debate', () => {
    const world = onItem();
    world.do('M01', { type: 'putItemMotion' });
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M14') });
    expect(world.why('M01', { type: 'openDebate' })).toBe('F2 someone-is-speaking');
  });

  it('[M3] what the floor moves needs a second by somebody else; what the agenda puts needs none, and is put once', () => {
    const world = onItem();
    world.do('M05', move('M05'));
    expect(world.why('M05', second('M05', world.motionId()))).toBe('M3 own-motion');
    world.do('M01', { type: 'putItemMotion' });
    expect(stage(world)).toBe('presenting');
    expect(motion(world)).toMatchObject({ moverSeatId: null, amountFen: 9_600_000 });
    world.do('M01', { type: 'withdrawMotion', motionId: world.motionId(), reason: '' });
    expect(world.why('M01', { type: 'putItemMotion' })).toBe('M1 already-done');
    const nothing = onItem('open');
    expect(nothing.why('M01', { type: 'putItemMotion' })).toBe('M1 unknown-motion');
  });

  it('[M3] no second where the pack asks for none, for motions and amendments alike', () => {
    const world = onItem('P1', { rules: { seconding: false } });
    world.do('M05', move('M05'));
    world.do('M01', { type: 'stateMotion', motionId: world.motionId() });
    world.do('M01', { type: 'openDebate' });
    world.do('M05', amend('M05', 900_000));
    world.vote({ for: 21 }, 'amendment');
    expect(motion(world)?.amountFen).toBe(900_000);
  });

  it('[M3] only voting seats that are present move and second, and nobody seconds oneself through a proxy', () => {
    const world = onItem('P1', { rules: { proxies: true } });
    world.arrive('N1');
    expect(world.why('N1', move('N1'))).toBe('P1 not-entitled');
    expect(world.why('M03', move('N1'))).toBe('M3 not-entitled');
    expect(world.why('M24', move('M24'))).toBe('A4 seat-not-present');
    expect(world.why('M05', move('M06'))).toBe('A2 not-your-seat');
    world.do('M24', { type: 'grantProxy', seatId: seatOf('M24'), holderSeatId: seatOf('M05') });
    world.do('M05', move('M05'));
    expect(world.why('M05', second('M24', world.motionId()))).toBe('M3 own-motion');
    world.do('M05', move('M24'));
    expect(world.why('M05', second('M05', lastMoved(world)))).toBe('M3 own-motion');
    world.do('M06', second('M06', lastMoved(world)));
  });

  it('[C2] [M6] bounds words and amounts', () => {
    const world = onItem();
    const why = (change: Partial<Move>) => world.why('M05', move('M05', change));
    expect(why({ title: ' ' })).toBe('C2 text-missing');
    expect(why({ title: '长'.repeat(201) })).toBe('C2 text-too-long');
    expect(why({ text: '长'.repeat(2001) })).toBe('C2 text-too-long');
    for (const amountFen of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 53])
      expect(why({ amountFen })).toBe('M6 amount-invalid');
    world.do('M05', move('M05', { amountFen: null }));
    const closed = new LawWorld().open();
    expect(closed.why('M05', move('M05'))).toBe('G3 item-not-open');
  });

  it('[M2] is withdrawn by its mover or a host, before the vote', () => {
    const world = onItem();
    world.do('M05', move('M05'));
    const withdraw: Command = { type: 'withdrawMotion', motionId: world.motionId(), reason: '另案再提' };
    expect(world.why('M06', withdraw)).toBe('A2 not-your-seat');
    world.do('M05', withdraw);
    expect(motion(world)).toMatchObject({ stage: 'withdrawn', closingReason: { text: '另案再提' } });
    world.do('M01', { type: 'putItemMotion' });
    expect(world.why('M05', { ...withdraw, motionId: world.motionId() })).toBe('A2 not-your-seat');
  });
});

describe('amendments and amounts', () => {
  it('[M5] one at a time, with its own vote; then the amended motion', () => {
    const world = new LawWorld().open().debate();
    secondedAmendment(world, 9_000_000);
    expect(world.why('M11', amend('M11'))).toBe('M5 amendment-pending');
    expect(world.why('M01', openPoll('motion'))).toBe('M5 amendment-pending');
    world.vote({ for: 15, against: 6 }, 'amendment');
    expect(motion(world)).toMatchObject({ stage: 'debating', amountFen: 9_000_000, originalAmountFen: 9_600_000 });
    expect(world.state.polls.byId[world.lastPollId()]?.frame).toMatchObject({
      amountFen: 9_000_000,
      question: { text: '改为两期实施' },
    });
    expect(world.why('M01', openPoll('amendment'))).toBe('M5 unknown-amendment');
    world.vote({ for: 21 });
    expect(motion(world)).toMatchObject({ outcome: 'passed', amountFen: 9_000_000 });
  });

  it('[M5] there is nothing to amend without a motion', () => {
    const world = onItem();
    expect(world.why('M05', amend('M05'))).toBe('M1 unknown-motion');
    expect(world.why('M05', { type: 'secondAmendment', amendmentId: 'x', seatId: seatOf('M05') })).toBe(
      'M1 unknown-motion',
    );
    expect(world.why('M01', { type: 'withdrawAmendment', amendmentId: 'x' })).toBe('M1 unknown-motion');
  });

  it('[M5] a rejected or withdrawn amendment leaves the motion as it was', () => {
    const world = new LawWorld().open().debate();
    secondedAmendment(world, 100);
    world.vote({ for: 10, against: 11 }, 'amendment');
    world.do('M11', amend('M11', 200));
    const amendmentId = motion(world)?.amendments[1]?.amendmentId ?? '';
    expect(world.why('M12', { type: 'withdrawAmendment', amendmentId })).toBe('A2 not-your-seat');
    expect(world.why('M11', { type: 'withdrawAmendment', amendmentId: 'nothing' })).toBe('M5 unknown-amendment');
    world.do('M11', { type: 'withdrawAmendment', amendmentId });
    expect(motion(world)?.amendments.map(({ outcome }) => outcome)).toEqual(['rejected', 'withdrawn']);
    expect(motion(world)).toMatchObject({ stage: 'debating', amountFen: 9_600_000 });
  });

  it('[M3] [M5] an amendment needs a second by somebody else, once', () => {
    const world = new LawWorld().open().debate();
    world.do('M05', amend('M05'));
    const amendmentId = motion(world)?.amendments[0]?.amendmentId ?? '';
    const secondIt = (id: string, which = amendmentId): Command => ({
      type: 'secondAmendment',
      amendmentId: which,
      seatId: seatOf(id),
    });
    expect(world.why('M01', openPoll('amendment'))).toBe('M3 motion-not-seconded');
    expect(world.why('M05', secondIt('M05'))).toBe('M3 own-motion');
    expect(world.why('M06', secondIt('M06', 'nothing'))).toBe('M5 unknown-amendment');
    world.do('M06', secondIt('M06'));
    expect(world.why('M11', secondIt('M11'))).toBe('M5 already-done');
    expect(world.why('M11', amend('M11', 0))).toBe('M6 amount-invalid');
  });

  it('[M6] with the applicant’s consent an amount goes down without a vote, never up', () => {
    const world = new LawWorld().open().debate();
    const reduce = (amountFen: number, reason = '承接单位同意核减宣传物资'): Command => ({
      type: 'reduceAmount',
      amountFen,
      reason,
    });
    for (const amountFen of [9_600_000, 9_600_001])
      expect(world.why('M03', reduce(amountFen))).toBe('M6 amount-not-lower');
    for (const amountFen of [0, -1, 0.5]) expect(world.why('M03', reduce(amountFen))).toBe('M6 amount-invalid');
    expect(world.why('M03', reduce(1, ''))).toBe('C2 text-missing');
    world.do('M03', reduce(9_000_000));
    expect(motion(world)).toMatchObject({
      amountFen: 9_000_000,
      originalAmountFen: 9_600_000,
      reductions: [{ fromFen: 9_600_000, toFen: 9_000_000 }],
    });
    secondedAmendment(world, 8_000_000);
    expect(world.why('M03', reduce(1))).toBe('M5 amendment-pending');
    const without = new LawWorld({ items: [votingItem('P1', null)] }).open().debate();
    expect(without.why('M03', reduce(1))).toBe('M6 amount-not-lower');
    expect(new LawWorld().open().why('M03', reduce(1))).toBe('M1 unknown-motion');
  });
});

describe('what the council may decide', () => {
  it('[M7] what touches common parts is voted; if it passes its contract stays locked', () => {
    const world = new LawWorld({
      items: [votingItem('P3', 100, { ownersMatter: 'touches_common_parts' }), votingItem('P4', 1)],
    });
    world.open().debate('P3').vote({ for: 21 });
    expect(motion(world)).toMatchObject({ outcome: 'passed', contractLocked: true });
    world.debate('P4').vote({ for: 21 });
    expect(motion(world)).toMatchObject({ outcome: 'passed', contractLocked: false });
    const failing = new LawWorld({ items: [votingItem('P3', 100, { ownersMatter: 'touches_common_parts' })] });
    failing.open().debate('P3').vote({ against: 21 });
    expect(motion(failing)).toMatchObject({ outcome: 'failed', contractLocked: false });
  });

  it('[M8] a matter of the owners’ assembly is debated and referred, never voted', () => {
    const world = new LawWorld({ items: [votingItem('P3', 100, { ownersMatter: 'owners_assembly' })] })
      .open()
      .debate('P3');
    expect(world.why('M01', openPoll())).toBe('M8 owners-assembly-only');
    secondedAmendment(world, null);
    expect(world.why('M01', openPoll('amendment'))).toBe('M8 owners-assembly-only');
    const refer: Command = { type: 'referMotion', motionId: world.motionId(), reason: '须由业主大会决定' };
    expect(world.why('M01', { ...refer, reason: '' })).toBe('C2 text-missing');
    world.do('M01', refer);
    expect(motion(world)).toMatchObject({
      stage: 'referred',
      outcome: null,
      closingReason: { text: '须由业主大会决定' },
    });
    expect(world.state.motions.currentId).toBeNull();
  });

  it('[M9] a failed or withdrawn motion is moved anew, one renewal at a time', () => {
    const world = new LawWorld().open().debate().vote({ for: 8, against: 13 });
    const failed = world.motionId();
    expect(world.why('M20', move('M20', { renewsMotionId: 'nothing' }))).toBe('M1 unknown-motion');
    world.do('M05', move('M05'));
    expect(world.why('M20', move('M20', { renewsMotionId: lastMoved(world) }))).toBe('M2 motion-wrong-stage');
    world.do('M05', { type: 'withdrawMotion', motionId: lastMoved(world), reason: '' });
    world.do('M20', move('M20', { renewsMotionId: failed }));
    expect(world.why('M11', move('M11', { renewsMotionId: failed }))).toBe('M9 already-done');
    world.do('M20', { type: 'withdrawMotion', motionId: lastMoved(world), reason: '' });
    world.do('M11', move('M11', { renewsMotionId: failed }));
    world.do('M18', second('M18', lastMoved(world)));
    world.do('M01', { type: 'stateMotion', motionId: lastMoved(world) });
    world.do('M01', { type: 'openDebate' });
    world.vote({ for: 21 });
    expect(world.why('M20', move('M20', { renewsMotionId: failed }))).toBe('M9 already-done');
    expect(world.why('M20', move('M20', { renewsMotionId: lastMoved(world) }))).toBe('M9 motion-wrong-stage');
    expect(motion(world, failed)?.outcome).toBe('failed');
  });

  it('[M9] moving anew, or under a graded item, never loosens the grade', () => {
    const graded = new LawWorld({
      items: [votingItem('P3', 100, { ownersMatter: 'touches_common_parts' }), votingItem('P4', 1)],
    });
    graded.open().debate('P3').vote({ against: 21 });
    const failed = graded.motionId();
    graded.do('M20', move('M20'));
    expect(motion(graded, lastMoved(graded))?.ownersMatter).toBe('touches_common_parts');
    graded.do('M01', { type: 'openItem', itemId: 'P4' });
    graded.do('M20', move('M20', { renewsMotionId: failed }));
    expect(motion(graded, lastMoved(graded))?.ownersMatter).toBe('touches_common_parts');
    graded.do('M20', move('M20', { ownersMatter: 'owners_assembly' }));
    expect(motion(graded, lastMoved(graded))?.ownersMatter).toBe('owners_assembly');
    graded.do('M20', move('M20'));
    expect(motion(graded, lastMoved(graded))?.ownersMatter).toBe('none');
  });
});

describe('recusal', () => {
  it('[R1] is declared by the member or set by a host, with a reason, where the pack knows it', () => {
    const world = new LawWorld().open().debate();
    const motionId = world.motionId();
    expect(world.why('M14', recuse('M14', motionId, ' '))).toBe('C2 text-missing');
    expect(world.why('M15', recuse('M14', motionId))).toBe('A2 not-your-seat');
    expect(world.why('M14', recuse('M14', 'nothing'))).toBe('M1 unknown-motion');
    world.do('M14', recuse('M14', motionId));
    expect(world.why('M14', recuse('M14', motionId))).toBe('R1 already-recused');
    world.do('M03', recuse('M15', motionId));
    const set = motion(world)?.recusals ?? {};
    expect([set[seatOf('M14')]?.declaredByMember, set[seatOf('M15')]?.declaredByMember]).toEqual([true, false]);
    const without = new LawWorld({ rules: { recusal: false } }).open().debate();
    expect(without.why('M14', recuse('M14', without.motionId()))).toBe('R1 recusal-not-in-rules');
  });

  it('[R2] [Q3] leaves the base and the votes, not the quorum', () => {
    const world = new LawWorld().open().debate();
    world.recuse('M14');
    world.openVote();
    const frame = world.state.polls.byId[world.lastPollId()]?.frame;
    expect(frame).toMatchObject({ base: 20, threshold: 11, present: 21, recusedSeatIds: [seatOf('M14')] });
    expect(frame?.electorate).not.toContain(seatOf('M14'));
    expect(world.cast('M14', 'for')).toMatchObject({ rule: 'R2', reason: 'recused' });
  });

  it('[R2] does not move, second or amend, nor move the motion anew', () => {
    const world = onItem();
    world.do('M05', move('M05'));
    const motionId = world.motionId();
    world.do('M14', recuse('M14', motionId));
    expect(world.why('M14', second('M14', motionId))).toBe('R2 recused');
    world.do('M06', second('M06', motionId));
    world.do('M01', { type: 'stateMotion', motionId });
    world.do('M01', { type: 'openDebate' });
    expect(world.why('M14', amend('M14'))).toBe('R2 recused');
    world.do('M05', amend('M05'));
    const amendmentId = motion(world)?.amendments[0]?.amendmentId ?? '';
    expect(world.why('M14', { type: 'secondAmendment', amendmentId, seatId: seatOf('M14') })).toBe('R2 recused');
    world.do('M05', { type: 'withdrawAmendment', amendmentId });
    world.vote({ against: 20 });
    expect(world.why('M14', move('M14', { renewsMotionId: motionId }))).toBe('R2 recused');
  });

  it('[R2] an absent member’s recusal changes no base', () => {
    const world = new LawWorld().open().debate();
    world.do('M03', recuse('M24', world.motionId()));
    world.openVote();
    expect(world.state.polls.byId[world.lastPollId()]?.frame).toMatchObject({ base: 21, recusedSeatIds: [] });
  });

  it('[R1] [R2] during the open vote it takes the ballot out and shrinks the base', () => {
    const world = new LawWorld().open().debate();
    world.openVote();
    world.castCounts({ for: 10, against: 11 });
    const motionId = world.motionId();
    world.do('M22', recuse('M22', motionId));
    expect(world.cast('M22', 'for')).toMatchObject({ reason: 'recused' });
    world.closeVote();
    expect(world.state.polls.byId[world.lastPollId()]?.result).toMatchObject({
      counts: { for: 10, against: 10, abstain: 0 },
      base: 20,
      threshold: 11,
      voted: 20,
      notVoted: 0,
      recusedSeatIds: [seatOf('M22')],
      present: 21,
      outcome: 'failed',
    });
    expect(world.why('M21', recuse('M21', motionId))).toBe('V3 poll-not-open');
    world.announce().do('M01', straw);
    expect(world.why('M21', recuse('M21', motionId))).toBe('M2 motion-wrong-stage');
  });

  it('[R1] a straw poll that is open meanwhile does not stand for the motion’s vote', () => {
    const world = new LawWorld().open().debate();
    world.openVote();
    world.castCounts({ for: 21 }).closeVote();
    world.do('M01', straw);
    expect(world.why('M14', recuse('M14', world.motionId()))).toBe('V3 poll-not-open');
  });

  it('[R3] is lifted by a host while the motion is not being voted', () => {
    const world = new LawWorld().open().debate();
    const lift: Command = { type: 'liftRecusal', motionId: world.motionId(), seatId: seatOf('M14') };
    expect(world.why('M01', lift)).toBe('R3 not-recused');
    world.recuse('M14');
    expect(world.why('M14', lift)).toBe('P1 not-entitled');
    world.do('M01', lift);
    expect(motion(world)?.recusals).toEqual({});
    world.recuse('M14');
    world.openVote();
    expect(world.why('M01', lift)).toBe('M2 motion-wrong-stage');
  });

  it('[R4] a motion moved anew keeps the recusals of the one before, and may lose them', () => {
    const world = new LawWorld().open().debate();
    world.recuse('M21', 'M22').vote({ for: 8, against: 9, abstain: 2 });
    world.do('M20', move('M20', { renewsMotionId: world.motionId() }));
    const renewed = lastMoved(world);
    expect(Object.keys(motion(world, renewed)?.recusals ?? {})).toEqual([seatOf('M21'), seatOf('M22')]);
    expect(world.why('M21', recuse('M21', renewed))).toBe('R1 already-recused');
    world.do('M03', { type: 'liftRecusal', motionId: renewed, seatId: seatOf('M22') });
    world.do('M18', second('M18', renewed));
    world.do('M01', { type: 'stateMotion', motionId: renewed });
    world.do('M01', { type: 'openDebate' });
    world.openVote();
    expect(world.state.polls.byId[world.lastPollId()]?.frame.base).toBe(20);
    expect(present).toHaveLength(21);
  });

  it('[J6] a seat tied to the project later is recused at the motion’s next step, the opening of its vote at last', () => {
    const world = new LawWorld().open().debate();
    const tie = (...ids: string[]) => {
      world.facts = { ...world.facts, tied: ids.map((id) => ({ seatId: seatOf(id), reason: '亲属任职于承接单位' })) };
    };
    tie('M14');
    world.openVote();
    expect(motion(world)?.recusals[seatOf('M14')]).toMatchObject({ declaredByMember: false });
    const { frame } = world.state.polls.byId[world.lastPollId()] ?? {};
    expect(frame).toMatchObject({ base: 20, threshold: 11, recusedSeatIds: [seatOf('M14')] });
    expect(frame?.electorate).not.toContain(seatOf('M14'));

    const fresh = onItem();
    fresh.do('M03', { type: 'putItemMotion' });
    expect(motion(fresh)?.recusals).toEqual({});
    fresh.facts = { ...fresh.facts, tied: [{ seatId: seatOf('M21'), reason: '物业利害关系' }] };
    fresh.do('M01', { type: 'openDebate' });
    expect(Object.keys(motion(fresh)?.recusals ?? {})).toEqual([seatOf('M21')]);
  });

  it('[J6] [R3] what was lifted does not come back by itself, nor with a renewal', () => {
    const world = onItem();
    world.facts = { ...world.facts, tied: [{ seatId: seatOf('M14'), reason: '承接单位负责人' }] };
    world.do('M03', { type: 'putItemMotion' });
    expect(Object.keys(motion(world)?.recusals ?? {})).toEqual([seatOf('M14')]);
    world.do('M01', { type: 'liftRecusal', motionId: world.motionId(), seatId: seatOf('M14') });
    world.do('M01', { type: 'openDebate' });
    world.vote({ for: 8, against: 9, abstain: 4 });
    expect(world.state.polls.byId[world.lastPollId()]?.frame.base).toBe(21);
    world.do('M20', move('M20', { renewsMotionId: world.motionId() }));
    expect(motion(world, lastMoved(world))?.recusals).toEqual({});
  });
});
