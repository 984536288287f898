// Votes: opened frozen, counted at close against who was there, announced, and after that only superseded.
import { describe, expect, it } from 'vitest';
import { fundingRules, LawWorld, present, seatOf } from '#tests/support/law-world.ts';
import { countPoll } from './poll-count.ts';
import { castFault } from './casting.ts';
import type { PollCommand } from './poll.ts';
import type { PollFact, PollFrame } from './poll-state.ts';
import type { MajorityRule, RulePack } from './rules.ts';

const open = (change: Partial<Extract<PollCommand, { type: 'openPoll' }>> = {}): PollCommand => ({
  type: 'openPoll',
  subject: { kind: 'motion' },
  secrecy: null,
  plannedMs: null,
  ...change,
});
const straw = (options: readonly string[] = ['甲', '乙', '丙'], question = '先议哪一项'): PollCommand =>
  open({ subject: { kind: 'question', question, options } });
const close = (pollId: string): PollCommand => ({ type: 'closePoll', pollId });
const announce = (pollId: string): PollCommand => ({ type: 'announceResult', pollId });
const supersede = (pollId: string): PollCommand => ({ type: 'supersedeResult', pollId, sheetId: 'sheet-2' });
const leaving = (id: string) => ({ type: 'recordDeparture', seatId: seatOf(id) }) as const;

const debating = (rules: Partial<RulePack> = {}, who = present) => new LawWorld({ rules }).open(who).debate();
const voting = (rules: Partial<RulePack> = {}, who = present) => {
  const world = debating(rules, who);
  world.openVote();
  return world;
};
const pollIn = (world: LawWorld) => world.state.polls.byId[world.lastPollId()];
const result = (world: LawWorld) => pollIn(world)?.result;
const motion = (world: LawWorld) => world.state.motions.byId[world.motionId()];
const majority = (change: Partial<MajorityRule>): { majority: MajorityRule } => ({
  majority: { ...(fundingRules.majority as MajorityRule), ...change },
});
const half = { numerator: 1, denominator: 2 };

const confirmed = (world: LawWorld, pollId = world.lastPollId()) => {
  world.facts = { ...world.facts, sheet: { sheetId: 'sheet-2', pollId, confirmed: true, reason: '纸质票录入有误' } };
};

describe('opening a vote', () => {
  it('[Q1] needs a quorum, and says how many are missing', () => {
    const world = debating({}, present.slice(0, 17));
    world.leave('M04');
    expect(world.refusal('M01', open())).toMatchObject({
      rule: 'Q1',
      reason: 'no-quorum',
      params: { present: 16, needed: 17, missing: 1 },
    });
    expect(world.why('M01', straw())).toBe('Q1 no-quorum');
    world.arrive('M04').openVote();
  });

  it('[V1] one at a time', () => {
    const world = voting();
    expect(world.why('M01', open())).toBe('V1 poll-already-open');
    expect(world.why('M01', straw())).toBe('V1 poll-already-open');
    world.closeVote().do('M01', straw());
  });

  it('freezes question, electorate, base, threshold and amount', () => {
    const world = debating();
    world.recuse('M14').openVote();
    const frame = pollIn(world)?.frame;
    expect(frame).toMatchObject({
      kind: 'formal',
      method: 'for_against_abstain',
      question: { text: '关于 P1 的表决' },
      secrecy: 'named',
      base: 20,
      threshold: 11,
      present: 21,
      quorumNeeded: 17,
      plannedMs: 60_000,
      amountFen: 9_600_000,
    });
    world.arrive('M24');
    expect(pollIn(world)?.frame).toBe(frame);
    expect(world.cast('M24', 'for')).toMatchObject({ rule: 'V2', reason: 'not-in-electorate' });
  });

  it('[L1] only in session: not in a recess', () => {
    const world = debating();
    world.do('M01', { type: 'callRecess' });
    expect(world.why('M01', open())).toBe('L1 wrong-phase');
    expect(world.why('M01', straw())).toBe('L1 wrong-phase');
  });

  it('[C1] bounds the planned time', () => {
    const world = debating();
    for (const plannedMs of [0, -1, 999, 1.5, 86_400_001, Number.NaN])
      expect(world.why('M01', open({ plannedMs }))).toBe('C1 command-malformed');
    world.do('M01', open({ plannedMs: 86_400_000 }));
  });

  it('[V6] fewer than five cannot hide their names when it opens', () => {
    const few = present.slice(0, 5);
    const world = debating({ quorum: null }, few);
    world.recuse('M05');
    expect(world.refusal('M01', open({ secrecy: 'hidden' }))).toMatchObject({
      rule: 'V6',
      reason: 'too-few-to-hide',
      params: { voters: 4, least: 5 },
    });
    world.do('M01', { type: 'liftRecusal', motionId: world.motionId(), seatId: seatOf('M05') });
    world.openVote('motion', 'hidden');
    expect(world.castCounts({ for: 5 }).closeVote().state.polls.openId).toBeNull();
    expect(result(world)?.choices).toBeNull();
  });

  it('[V6] nor when it closes: recusal or departure in between leaves only voiding it', () => {
    const world = debating({ quorum: null }, present.slice(0, 5));
    const pollId = world.openVote('motion', 'hidden');
    world.recuse('M05');
    expect(world.why('M01', close(pollId))).toBe('V6 too-few-to-hide');
    world.do('M01', { type: 'voidPoll', pollId, reason: '人数太少，改用记名' });
    world.openVote('motion', 'named');
  });
});

describe('casting', () => {
  it('[V2] a seat of the electorate casts, changes, and counts once', () => {
    const world = voting();
    expect(world.cast('M05', 'for')).toBeNull();
    expect(world.cast('M05', 'against')).toBeNull();
    world.closeVote();
    expect(result(world)).toMatchObject({ counts: { for: 0, against: 1, abstain: 0 }, voted: 1, notVoted: 20 });
    expect(result(world)?.choices).toEqual({ [seatOf('M05')]: 'against' });
  });

  it('[V2] not who was absent, has left or is unknown; not in a vote that is closed or not there', () => {
    const world = voting();
    const pollId = world.lastPollId();
    expect(world.cast('M24', 'for')?.reason).toBe('not-in-electorate');
    expect(world.cast('N1', 'for')?.reason).toBe('not-in-electorate');
    world.leave('M05');
    expect(world.cast('M05', 'for')).toMatchObject({ rule: 'V2', reason: 'seat-not-present' });
    world.arrive('M05');
    expect(world.cast('M05', 'for')).toBeNull();
    expect(castFault(world.state, 'nothing', seatOf('M06'))?.reason).toBe('unknown-poll');
    world.closeVote();
    expect(castFault(world.state, pollId, seatOf('M06'))).toMatchObject({ rule: 'V3', reason: 'poll-not-open' });
  });

  it('[V2] a remote seat whose connection is lost for the moment may still cast', () => {
    const world = voting();
    world.do('system', { type: 'loseConnection', seatId: seatOf('M08') });
    expect(world.cast('M08', 'for')).toBeNull();
  });

  it('[A7] [V2] a proxy casts while its holder is here; the represented seat is one ballot of its own', () => {
    const world = new LawWorld({ rules: { proxies: true } }).open();
    world.do('M24', { type: 'grantProxy', seatId: seatOf('M24'), holderSeatId: seatOf('M05') });
    world.debate().openVote();
    expect(pollIn(world)?.frame).toMatchObject({ base: 22, threshold: 12 });
    expect(world.cast('M24', 'against')).toBeNull();
    expect(world.cast('M05', 'for')).toBeNull();
    world.leave('M05');
    expect(world.cast('M24', 'for')?.reason).toBe('seat-not-present');
    world.closeVote();
    expect(result(world)).toMatchObject({ counts: { for: 1, against: 1 }, base: 22 });
  });

  it('[A7] [V7] a represented seat leaves the base with its holder', () => {
    const world = new LawWorld({ rules: { proxies: true } }).open();
    world.do('M24', { type: 'grantProxy', seatId: seatOf('M24'), holderSeatId: seatOf('M05') });
    world.debate().openVote();
    world.leave('M05').closeVote();
    expect(result(world)).toMatchObject({ base: 20, electorate: 20, present: 20 });
  });
});

describe('counting', () => {
  it('[V4] carries base, threshold, present, quorum, recusals and channels, and adds up', () => {
    const world = debating();
    world.recuse('M14').openVote();
    world.castCounts({ for: 12, against: 5, abstain: 1 }).closeVote();
    expect(result(world)).toEqual({
      counts: { for: 12, against: 5, abstain: 1 },
      base: 20,
      threshold: 11,
      present: 21,
      quorumNeeded: 17,
      electorate: 20,
      voted: 18,
      spoiled: 0,
      notVoted: 2,
      recusedSeatIds: [seatOf('M14')],
      channels: { phone: 16, assisted: 1, paper: 1, hand_count: 0 },
      outcome: 'passed',
      choices: expect.any(Object),
    });
  });

  it('[V4] [V3] recounting the same ballots gives the same', () => {
    const world = voting();
    world.castCounts({ for: 12, against: 5, abstain: 4 });
    const frame = pollIn(world)?.frame as PollFrame;
    const fact: PollFact = {
      turnout: present.map((id) => ({ seatId: seatOf(id), channel: 'phone' })),
      choices: present.map((_, index) => (index < 12 ? 'for' : index < 17 ? 'against' : 'abstain')),
      choicesBySeat: null,
      bundles: [],
      spoiled: 0,
      unsettledSheets: 0,
    };
    const once = countPoll(world.state, frame, fact);
    expect(countPoll(world.state, frame, { ...fact, choices: [...fact.choices].reverse() })).toEqual(once);
    expect(once).toMatchObject({ counts: { for: 12, against: 5, abstain: 4 }, outcome: 'passed' });
  });

  it.each<[string, Partial<MajorityRule>, number, number]>([
    ['present less recused', { base: 'present_minus_recused' }, 20, 11],
    ['present', { base: 'present' }, 21, 11],
    ['all seats', { base: 'all_seats' }, 25, 13],
    ['votes cast', { base: 'votes_cast' }, 18, 10],
    ['votes cast without abstentions', { base: 'votes_cast', abstentionsCount: false }, 15, 8],
    ['votes for and against', { base: 'present_minus_recused', abstentionsCount: false }, 15, 8],
    ['two thirds of all seats', { base: 'all_seats', operator: '>=', ratio: { numerator: 2, denominator: 3 } }, 25, 17],
  ])('[V4] takes the share of %s', (_name, change, base, threshold) => {
    const world = debating(majority(change));
    world.recuse('M14').openVote();
    world.castCounts({ for: 10, against: 5, abstain: 3 }).closeVote();
    expect(result(world)).toMatchObject({ base, threshold, outcome: 10 >= threshold ? 'passed' : 'failed' });
  });

  it('[V5] a tie does not carry, not even where the pack asks for half', () => {
    const atLeastHalf = majority({ operator: '>=', ratio: half });
    const tied = debating(atLeastHalf, present.slice(0, 20)).vote({ for: 10, against: 10 });
    expect(result(tied)).toMatchObject({ base: 20, threshold: 10, outcome: 'failed' });
    expect(motion(tied)?.outcome).toBe('failed');
    const won = debating(atLeastHalf, present.slice(0, 20)).vote({ for: 10, against: 9, abstain: 1 });
    expect(result(won)?.outcome).toBe('passed');
  });

  it('[V5] nor does a vote nobody took a side in, nor one nobody cast', () => {
    const forAndAgainst = majority({ operator: '>=', ratio: half, abstentionsCount: false });
    for (const counts of [{ abstain: 21 }, {}] as Record<string, number>[]) {
      const world = debating(forAndAgainst).vote(counts);
      expect(result(world)).toMatchObject({ base: 0, threshold: 0, outcome: 'failed' });
    }
  });

  it('[V7] who left or is away without voting leaves the base; who voted stays in it', () => {
    const world = voting();
    world.castCounts({ for: 10 });
    world.leave('M01').leave('M22');
    world.do('system', { type: 'loseConnection', seatId: seatOf('M23') });
    world.do('M02', close(world.lastPollId()));
    expect(result(world)).toMatchObject({
      present: 18,
      electorate: 19,
      base: 19,
      threshold: 10,
      voted: 10,
      notVoted: 9,
      outcome: 'passed',
    });
  });

  it('[V7] with a base of those present, who voted and left stays, and who comes late does not count', () => {
    const world = debating(majority({ base: 'present' }));
    world.recuse('M14').openVote();
    world.castCounts({ for: 10 });
    world.leave('M02').leave('M22').arrive('M24');
    world.closeVote();
    // 21 at the opening, the recused one among them; M22 left without voting.
    expect(result(world)).toMatchObject({ base: 20, electorate: 19, present: 20 });
  });

  it('[V9] raised hands have no names: counted ones stay in the base when somebody leaves', () => {
    const world = voting();
    world.addBundle('hand_count', { for: 12, against: 6, abstain: 3 });
    world.leave('M22').closeVote();
    expect(result(world)).toMatchObject({
      counts: { for: 12, against: 6, abstain: 3 },
      base: 21,
      voted: 21,
      notVoted: 0,
      channels: { phone: 0, assisted: 0, paper: 0, hand_count: 21 },
      outcome: 'passed',
    });
  });

  it('[V9] unlinked paper joins the count, a spoiled one the turnout only', () => {
    const world = debating();
    world.openVote('motion', 'hidden');
    world.castCounts({ for: 11, against: 8 });
    world.addBundle('paper', { against: 1 });
    world.spoiled = 1;
    world.closeVote();
    expect(result(world)).toMatchObject({
      counts: { for: 11, against: 9 },
      voted: 20,
      spoiled: 1,
      notVoted: 0,
      outcome: 'passed',
    });
  });

  it('[V9] nothing half-entered survives a close, nor more votes than voters', () => {
    const world = voting();
    const pollId = world.lastPollId();
    world.unsettledSheets = 2;
    expect(world.refusal('M01', close(pollId))).toMatchObject({
      rule: 'V9',
      reason: 'second-person-needed',
      params: { count: 2 },
    });
    world.unsettledSheets = 0;
    world.castCounts({ for: 20 }).addBundle('hand_count', { for: 2 });
    expect(world.refusal('M01', close(pollId))).toMatchObject({
      rule: 'V9',
      reason: 'sheet-does-not-reconcile',
      params: { returned: 22, voters: 21 },
    });
  });

  it('[V9] spoiled papers are returned ballots: they count against more papers than voters, and keep their place in the base', () => {
    const over = voting();
    over.castCounts({ for: 20 });
    over.spoiled = 2;
    expect(over.why('M01', close(over.lastPollId()))).toBe('V9 sheet-does-not-reconcile');
    const hands = voting();
    hands.addBundle('hand_count', { for: 12, against: 8 });
    hands.spoiled = 1;
    hands.leave('M22').closeVote();
    expect(result(hands)).toMatchObject({ base: 21, electorate: 21, voted: 20, spoiled: 1, notVoted: 0 });
  });

  it('[V3] is not counted without its ballots', () => {
    const world = voting();
    const pollId = world.lastPollId();
    world.facts = { ...world.facts, poll: null };
    expect(world.why('M01', close(pollId))).toBe('V3 unknown-poll');
  });

  it('[Q1] lost before the close it is void, and the motion returns to the debate', () => {
    const world = voting({}, present.slice(0, 17));
    world.castCounts({ for: 17 }).leave('M04');
    world.closeVote();
    expect(result(world)).toMatchObject({ outcome: 'void_no_quorum', present: 16, counts: { for: 17 } });
    world.announce();
    expect(motion(world)).toMatchObject({ stage: 'debating', outcome: null });
    expect(world.why('M01', open())).toBe('Q1 no-quorum');
    world.arrive('M04').vote({ for: 17 });
    expect(motion(world)).toMatchObject({ stage: 'decided', outcome: 'passed', pollIds: world.state.polls.order });
  });

  it('[Q1] [M5] a void vote on an amendment leaves it waiting for another', () => {
    const world = debating({}, present.slice(0, 17));
    world.do('M05', { type: 'moveAmendment', seatId: seatOf('M05'), text: '减半', amountFen: 5 });
    const amendmentId = motion(world)?.amendments[0]?.amendmentId ?? '';
    world.do('M06', { type: 'secondAmendment', amendmentId, seatId: seatOf('M06') });
    world.openVote('amendment');
    world.leave('M04').closeVote().announce();
    expect(motion(world)?.amendments[0]?.outcome).toBeNull();
    world.arrive('M04').vote({ for: 17 }, 'amendment');
    expect(motion(world)?.amountFen).toBe(5);
  });

  it('a meeting that binds nobody decides nothing', () => {
    const world = debating({ binding: false, majority: null }).vote({ for: 21 });
    expect(result(world)).toMatchObject({ threshold: null, outcome: 'not_binding' });
    expect(motion(world)).toMatchObject({ stage: 'decided', outcome: null, contractLocked: false });
  });
});

describe('straw polls', () => {
  it('[V10] decide nothing and say so', () => {
    const world = debating();
    world.recuse('M14').do('M01', straw());
    expect(pollIn(world)?.frame).toMatchObject({
      kind: 'straw',
      method: 'single_choice',
      majority: null,
      threshold: null,
      base: 21,
    });
    world.castCounts({ A: 12, B: 5, C: 4 }).closeVote();
    expect(result(world)).toMatchObject({ counts: { A: 12, B: 5, C: 4 }, threshold: null, outcome: 'not_binding' });
    world.announce();
    expect(motion(world)?.stage).toBe('debating');
  });

  it('[C2] have two to twelve different bounded options and a question', () => {
    const world = new LawWorld().open();
    expect(world.why('M01', straw(['甲']))).toBe('C2 choice-invalid');
    expect(world.why('M01', straw(Array<string>(13).fill('甲')))).toBe('C2 choice-invalid');
    expect(world.why('M01', straw(['甲', ' ']))).toBe('C2 text-missing');
    expect(world.why('M01', straw(['甲', '长'.repeat(101)]))).toBe('C2 text-too-long');
    expect(world.why('M01', straw(['甲', '乙'], ''))).toBe('C2 text-missing');
    world.do('M01', straw(['甲\u0000', '乙']));
    expect(pollIn(world)?.frame.config).toEqual({
      options: [
        { key: 'A', label: '甲' },
        { key: 'B', label: '乙' },
      ],
    });
  });
});

describe('announcing and correcting', () => {
  it('[V3] [V8] closed once, announced once', () => {
    const world = voting();
    const pollId = world.lastPollId();
    expect(world.why('M01', announce(pollId))).toBe('V3 poll-not-closed');
    expect(world.why('M01', close('nothing'))).toBe('V3 unknown-poll');
    world.castCounts({ for: 21 }).closeVote();
    expect(world.why('M01', close(pollId))).toBe('V3 poll-not-open');
    expect(world.why('M01', { type: 'voidPoll', pollId, reason: '误开' })).toBe('V3 poll-not-open');
    world.announce();
    expect(world.why('M01', announce(pollId))).toBe('V8 poll-already-announced');
  });

  it('[V3] a vote called off counts nothing and returns to the debate', () => {
    const world = voting();
    world.castCounts({ for: 21 });
    const pollId = world.lastPollId();
    expect(world.why('M01', { type: 'voidPoll', pollId, reason: '' })).toBe('C2 text-missing');
    world.do('M01', { type: 'voidPoll', pollId, reason: '题目有误' });
    expect(pollIn(world)).toMatchObject({ stage: 'voided', result: null, voidReason: { text: '题目有误' } });
    expect(motion(world)?.stage).toBe('debating');
    expect(world.state.polls.openId).toBeNull();
  });

  it('[V8] a confirmed correction supersedes the result; both stay, and the motion follows', () => {
    const world = voting();
    world.castCounts({ for: 11, against: 10 }).closeVote().announce();
    const pollId = world.lastPollId();
    expect(world.why('M03', supersede(pollId))).toBe('V9 unknown-sheet');
    confirmed(world);
    world.facts = { ...world.facts, sheet: { ...world.facts.sheet!, confirmed: false } };
    expect(world.why('M03', supersede(pollId))).toBe('V9 second-person-needed');
    confirmed(world);
    world.correct(pollId, 'M07', 'against');
    world.do('M03', supersede(pollId));
    expect(result(world)).toMatchObject({ counts: { for: 10, against: 11 }, outcome: 'failed' });
    expect(pollIn(world)?.superseded).toMatchObject([
      { result: { outcome: 'passed' }, reason: { text: '纸质票录入有误' } },
    ]);
    expect(motion(world)?.outcome).toBe('failed');
  });

  it('[M9] [V8] once a failed motion has been moved anew, a correction changes its figures and not its outcome', () => {
    const renewed = (stage: 'none' | 'moved' | 'withdrawn') => {
      const world = voting();
      world.castCounts({ for: 10, against: 11 }).closeVote().announce();
      const [pollId, motionId] = [world.lastPollId(), world.motionId()];
      if (stage !== 'none') {
        const again = { title: '第一项', text: '', amountFen: null, ownersMatter: 'none', listing: null } as const;
        world.do('M20', { type: 'moveMotion', seatId: seatOf('M20'), renewsMotionId: motionId, ...again });
        const renewal = world.state.motions.order.at(-1) ?? '';
        if (stage === 'withdrawn') world.do('M20', { type: 'withdrawMotion', motionId: renewal, reason: '' });
      }
      confirmed(world, pollId);
      world.correct(pollId, 'M20', 'for');
      world.do('M03', supersede(pollId));
      expect(world.state.polls.byId[pollId]?.result).toMatchObject({ counts: { for: 11 }, outcome: 'passed' });
      return world.state.motions.byId[motionId]?.outcome;
    };
    expect([renewed('none'), renewed('moved'), renewed('withdrawn')]).toEqual(['passed', 'failed', 'passed']);
  });

  it('[V8] counts anew against who was there then, also after everybody has gone', () => {
    const world = voting();
    world.castCounts({ for: 12, against: 7 }).closeVote().announce();
    const pollId = world.lastPollId();
    for (const id of ['M20', 'M21', 'M22', 'M23']) world.leave(id);
    world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
    confirmed(world);
    world.correct(pollId, 'M07', 'abstain');
    world.do('M03', supersede(pollId));
    expect(result(world)).toMatchObject({
      counts: { for: 11, against: 7, abstain: 1 },
      base: 21,
      present: 21,
      electorate: 21,
      voted: 19,
      notVoted: 2,
      outcome: 'passed',
    });
  });

  it('[V8] a base that depends on the votes follows them', () => {
    const world = voting(majority({ base: 'votes_cast', abstentionsCount: false }));
    world.castCounts({ for: 10, against: 9, abstain: 2 }).closeVote().announce();
    expect(result(world)).toMatchObject({ base: 19, threshold: 10, outcome: 'passed' });
    confirmed(world);
    world.correct(world.lastPollId(), 'M01', 'abstain');
    world.do('M03', supersede(world.lastPollId()));
    expect(result(world)).toMatchObject({ base: 18, threshold: 10, outcome: 'failed' });
  });

  it('[V8] never reopens what was decided since', () => {
    const world = voting({}, present.slice(0, 17));
    const first = world.lastPollId();
    world.castCounts({ for: 17 }).leave('M04').closeVote().announce();
    world.arrive('M04').vote({ for: 9, against: 8 });
    confirmed(world, first);
    world.do('M03', supersede(first));
    expect(motion(world)).toMatchObject({ stage: 'decided', outcome: 'passed' });
    expect(world.state.polls.byId[first]?.result?.outcome).toBe('void_no_quorum');
  });

  it('[V8] [M5] takes an adopted amendment back while the motion is still debated, and only then', () => {
    const amended = (thenVote: boolean) => {
      const world = debating();
      world.do('M05', { type: 'moveAmendment', seatId: seatOf('M05'), text: '减半', amountFen: 4_800_000 });
      const amendmentId = motion(world)?.amendments[0]?.amendmentId ?? '';
      world.do('M06', { type: 'secondAmendment', amendmentId, seatId: seatOf('M06') });
      world.vote({ for: 11, against: 10 }, 'amendment');
      const pollId = world.lastPollId();
      expect(motion(world)?.amountFen).toBe(4_800_000);
      if (thenVote) world.vote({ for: 21 });
      confirmed(world, pollId);
      world.correct(pollId, 'M01', 'against');
      world.do('M03', supersede(pollId));
      return motion(world);
    };
    expect(amended(false)).toMatchObject({
      stage: 'debating',
      amountFen: 9_600_000,
      amendments: [{ outcome: 'rejected' }],
    });
    expect(amended(true)).toMatchObject({
      stage: 'decided',
      amountFen: 4_800_000,
      amendments: [{ outcome: 'adopted' }],
    });
  });

  it('[V8] only a counted vote is corrected: not an open one, not one called off', () => {
    const world = voting();
    const pollId = world.lastPollId();
    confirmed(world);
    expect(world.why('M03', supersede(pollId))).toBe('V3 poll-not-closed');
    world.do('M01', { type: 'voidPoll', pollId, reason: '题目有误' });
    expect(world.why('M03', supersede(pollId))).toBe('V3 poll-not-closed');
  });

  it('[V8] [L5] nothing is announced after the meeting', () => {
    const world = voting();
    world.castCounts({ for: 21 }).closeVote();
    world.do('M01', { type: 'adjournMeeting', leaveUnfinished: true });
    expect(world.why('M01', announce(world.lastPollId()))).toBe('L1 wrong-phase');
  });

  it('[V8] [M5] an earlier amendment’s corrected count takes nothing back once a later one was voted', () => {
    const world = debating();
    const amended = (amountFen: number) => {
      world.do('M05', { type: 'moveAmendment', seatId: seatOf('M05'), text: '核减', amountFen });
      const amendmentId = motion(world)?.amendments.slice(-1)[0]?.amendmentId ?? '';
      world.do('M06', { type: 'secondAmendment', amendmentId, seatId: seatOf('M06') });
      world.vote({ for: 11, against: 10 }, 'amendment');
      return world.lastPollId();
    };
    const first = amended(4_800_000);
    amended(4_000_000);
    confirmed(world, first);
    world.correct(first, 'M01', 'against');
    world.do('M03', supersede(first));
    expect(motion(world)).toMatchObject({
      amountFen: 4_000_000,
      amendments: [{ outcome: 'adopted' }, { outcome: 'adopted' }],
    });
  });

  it('[V8] an unannounced result is corrected before it is announced', () => {
    const world = voting();
    world.castCounts({ for: 11, against: 10 }).closeVote();
    expect(world.why('M03', supersede('nothing'))).toBe('V3 unknown-poll');
    confirmed(world);
    world.correct(world.lastPollId(), 'M01', 'against');
    world.do('M03', supersede(world.lastPollId()));
    expect(motion(world)).toMatchObject({ stage: 'voting', outcome: null });
    world.announce();
    expect(motion(world)?.outcome).toBe('failed');
  });

  it('[A4] recording a departure never fails for an open vote', () => {
    const world = voting();
    expect(world.do('M05', leaving('M05')).map(({ type }) => type)).toEqual(['SeatLeft']);
  });
});
