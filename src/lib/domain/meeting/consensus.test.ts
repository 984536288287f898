// Parties that agree instead of voting: positions, conclusions, what goes up, the countersigned page.
import { describe, expect, it } from 'vitest';
import {
  allAgree,
  conclude,
  concludedWorld,
  jointWorld,
  playJointMeeting,
  q1,
  q2,
  say,
  sign,
  take,
} from '#tests/support/joint-session.ts';
import { personOf, seatOf } from '#tests/support/law-world.ts';
import { consensusIn, disputed, minutesDigest, outcomesOf, partiesOf, partiesSilent } from './consensus.ts';
import { followUpsIn } from './follow-ups.ts';

const adjourn = { type: 'adjournMeeting', leaveUnfinished: false } as const;

describe('positions', () => {
  it('[K1] each party has one, changed until the item is concluded, with words unless it agrees', () => {
    const world = take(jointWorld(), 'q1', q1);
    expect(partiesOf(world.state).map(({ name }) => name)).toEqual(['社区党组织', '社区居委会', '社区工作站']);
    expect(world.why('M04', say('M04', 'reserve'))).toBe('K1 position-needs-words');
    world.do('M04', say('M04', 'oppose', '人手不够'));
    // The workstation's other seat speaks for it as well.
    world.do('M03', say('M03'));
    expect(consensusIn(world.state).positions.q1?.workstation).toMatchObject({
      position: 'agree',
      seatId: seatOf('M03'),
    });
    expect(partiesSilent(world.state, 'q1').map(({ sectorId }) => sectorId)).toEqual(['party_org', 'committee']);
    allAgree(world).do('M03', conclude('declined'));
    expect(world.why('M01', say('M01'))).toBe('K1 already-concluded');
  });

  it('[K1] nobody speaks for another party, from afar, or before an item is open', () => {
    const world = jointWorld();
    expect(world.why('M01', say('M01'))).toBe('G3 item-not-open');
    take(world, 'q1', q1);
    expect(world.why('M04', say('M02'))).toBe('A2 not-your-seat');
    world.do('M04', { type: 'recordDeparture', seatId: seatOf('M04') });
    expect(world.why('M04', say('M04'))).toBe('F1 seat-not-present');
  });

  it('[K2] an invitee states none and signs nothing', () => {
    const world = take(jointWorld(), 'q1', q1);
    expect(world.why('M21', say('M21'))).toBe('P1 not-entitled');
    expect(world.why('M03', say('M21'))).toBe('K2 no-party');
    const signing = concludedWorld();
    signing.do('M03', { type: 'putMinutes' });
    expect(signing.why('M18', sign(signing, 'M18'))).toBe('P1 not-entitled');
  });

  it('[K1] there is no vote', () => {
    const world = take(jointWorld(), 'q1', q1);
    expect(world.why('M01', { type: 'putItemMotion' })).toBe('L4 not-in-format');
    expect(world.why('M01', { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null })).toBe(
      'L4 not-in-format',
    );
  });
});

describe('conclusions', () => {
  it('[K3] need every party, an owner and a day; nothing is left without one', () => {
    const world = take(jointWorld(), 'q1', q1);
    expect(world.why('M03', conclude('declined'))).toBe('K3 positions-missing');
    allAgree(world);
    expect(world.why('M03', conclude('declined', { ownerPersonId: null }))).toBe('FU1 owner-missing');
    expect(world.why('M03', conclude('declined', { dueOn: '' }))).toBe('FU1 day-missing');
    for (const leaving of [{ type: 'closeItem' }, { type: 'openItem', itemId: 'q2' }] as const)
      expect(world.why('M03', leaving)).toBe('K3 item-not-concluded');
    expect(world.why('M05', conclude('declined'))).toBe('P1 not-entitled');
    world.do('M03', conclude('declined'));
    expect(followUpsIn(world.state).set).toMatchObject([{ itemId: 'q1', ownerPersonId: personOf('M02') }]);
    world.do('M03', { type: 'closeItem' });
    take(world, 'open');
    world.do('M03', { type: 'closeItem' });
  });

  it('[K4] what a party opposes is only sent up, with words', () => {
    const world = take(jointWorld(), 'guide');
    allAgree(world).do('M04', say('M04', 'oppose', '没有场地'));
    expect(outcomesOf(world.state, 'guide')).toEqual(['sent_up']);
    expect(world.why('M03', conclude('agreed'))).toBe('K4 not-agreed');
    expect(world.why('M03', conclude('sent_up'))).toBe('C2 text-missing');
    world.do('M03', conclude('sent_up', { text: '三方不一致' }));
    expect(disputed(world.state).map(({ itemId }) => itemId)).toEqual(['guide']);
  });

  it('[K4] a reserve is recorded and stops nothing', () => {
    const world = take(jointWorld(), 'guide');
    allAgree(world).do('M04', say('M04', 'reserve', '人手紧'));
    world.do('M03', conclude('agreed'));
    expect(disputed(world.state)).toHaveLength(1);
  });

  it.each([
    ['off the list is not taken on without money', q1, 'accepted', 'K5 outcome-unfit'],
    ['money is asked with its amount', q1, 'money_asked', 'K5 amount-invalid'],
    ['on the list is not declined', q2, 'declined', 'K5 outcome-unfit'],
    ['nothing unclear is answered', { ...q1, listing: 'unclear' }, 'declined', 'K4 not-agreed'],
    ['nothing unheld is answered', { ...q1, listing: null }, 'accepted', 'K4 not-agreed'],
    ['a task is not just agreed', q2, 'agreed', 'K5 outcome-unfit'],
  ] as const)('[K5] %s', (_, matter, outcome, why) => {
    const world = allAgree(take(jointWorld(), 'q1', matter));
    expect(world.why('M03', conclude(outcome))).toBe(why);
  });

  it('[K5] a task held against the lists while its item is open is answered by the new finding', () => {
    const world = allAgree(take(jointWorld(), 'q1', { ...q1, listing: null }));
    world.facts = { ...world.facts, matter: q1 };
    world.do('M03', conclude('declined'));
    expect(world.log.filter(({ type }) => type === 'MatterBrought')).toHaveLength(2);
  });

  it('[K5] 费随事转 keeps the sum', () => {
    const world = allAgree(take(jointWorld(), 'q1', q1));
    world.do('M03', conclude('money_asked', { amountFen: 12_000_00 }));
    expect(consensusIn(world.state).conclusions.q1).toMatchObject({ outcome: 'money_asked', amountFen: 12_000_00 });
  });

  it('[K3] follow-ups are settled one by one first, and what was extended is not set twice', () => {
    const world = take(jointWorld(), 'followUps', { kind: 'follow_ups', followUpIds: ['f1', 'f2'] });
    allAgree(world);
    expect(world.why('M03', conclude('agreed'))).toBe('K3 follow-ups-open');
    const settle = (followUpId: string, done: boolean) =>
      world.do('M03', {
        type: 'settleFollowUp',
        followUpId,
        outcome: done ? 'done' : 'extended',
        dueOn: done ? null : '2026-05-29',
        note: '说明',
      });
    settle('f1', true);
    settle('f2', false);
    expect(world.why('M03', conclude('agreed', { ownerPersonId: null }))).toBe('FU1 owner-missing');
    world.do('M03', conclude('agreed', { dueOn: '2026-05-29' }));
    expect(followUpsIn(world.state).set).toEqual([]);
    expect(consensusIn(world.state).conclusions.followUps).toMatchObject({ followUpId: null, dueOn: '2026-05-29' });
  });

  it('[K3] when all are done nobody owes anything', () => {
    const world = take(jointWorld(), 'followUps', { kind: 'follow_ups', followUpIds: ['f1'] });
    world.do('M03', { type: 'settleFollowUp', followUpId: 'f1', outcome: 'done', dueOn: null, note: '办好' });
    allAgree(world).do('M03', conclude('agreed', { ownerPersonId: null, dueOn: '' }));
    expect(consensusIn(world.state).conclusions.followUps).toMatchObject({ owner: null, dueOn: null });
  });

  it('[K6] is withdrawn with a reason, and its follow-up with it', () => {
    const world = allAgree(take(jointWorld(), 'guide'));
    world.do('M03', conclude('agreed'));
    expect(world.why('M03', { type: 'withdrawConclusion', itemId: 'guide', reason: '' })).toBe('C2 text-missing');
    world.do('M03', { type: 'withdrawConclusion', itemId: 'guide', reason: '写错了' });
    expect(followUpsIn(world.state).set).toEqual([]);
    expect(world.why('M03', { type: 'withdrawConclusion', itemId: 'guide', reason: '再撤' })).toBe(
      'K6 item-not-concluded',
    );
    world.do('M01', say('M01', 'reserve', '再想想'));
    world.do('M03', conclude('agreed'));
  });
});

describe('the page', () => {
  it('[K7] is put when every item is concluded, and nothing changes while it is', () => {
    const early = allAgree(take(jointWorld(), 'q1', q1));
    expect(early.why('M03', { type: 'putMinutes' })).toBe('K7 items-left');
    const world = concludedWorld();
    world.do('M03', { type: 'putMinutes' });
    expect(world.why('M03', { type: 'putMinutes' })).toBe('K7 minutes-put');
    expect(world.why('M01', say('M01'))).toBe('K7 minutes-put');
    expect(world.why('M03', { type: 'withdrawConclusion', itemId: 'q1', reason: '改' })).toBe('K7 minutes-put');
  });

  it('[K7] is signed once by each party, with its own hand, over what was read', () => {
    const world = concludedWorld();
    expect(world.why('M01', sign(world, 'M01'))).toBe('K7 minutes-not-put');
    world.do('M03', { type: 'putMinutes' });
    expect(world.state.consensus?.minutes?.digest).toBe(minutesDigest(world.state));
    expect(world.why('M03', sign(world, 'M01'))).toBe('A2 not-your-seat');
    expect(world.why('M02', sign(world, 'M02', { digest: 'an older page' }))).toBe('K7 minutes-changed');
    expect(world.why('M02', sign(world, 'M02', { statement: 'reserved' }))).toBe('C2 text-missing');
    world.do('M04', sign(world, 'M04'));
    expect(world.why('M03', sign(world, 'M03'))).toBe('K7 already-done');
    // What was signed on paper is entered by a host, and by nobody else.
    expect(world.why('M04', sign(world, 'M04', { way: 'paper' }))).toBe('A2 not-your-seat');
    world.do('M03', sign(world, 'M02', { way: 'paper' }));
    expect(consensusIn(world.state).minutes?.signatures.committee).toMatchObject({ way: 'paper' });
  });

  it('[K7] taken back, every signature is void, and another page has another digest', () => {
    const world = concludedWorld();
    world.do('M03', { type: 'putMinutes' });
    const before = world.state.consensus?.minutes?.digest ?? '';
    world.do('M01', sign(world, 'M01'));
    world.do('M03', { type: 'takeMinutesBack', reason: '期限有误' });
    world.do('M03', { type: 'withdrawConclusion', itemId: 'guide', reason: '期限有误' });
    world.do('M03', conclude('agreed', { dueOn: '2026-05-21' }));
    world.do('M03', { type: 'putMinutes' });
    expect(world.state.consensus?.minutes?.signatures).toEqual({});
    expect(world.state.consensus?.minutes?.digest).not.toBe(before);
    expect(world.why('M01', sign(world, 'M01', { digest: before }))).toBe('K7 minutes-changed');
  });

  it('[K8] holds the end of the meeting until every party has signed or why not is recorded', () => {
    const world = concludedWorld();
    expect(world.why('M01', adjourn)).toBe('K8 minutes-not-put');
    world.do('M03', { type: 'putMinutes' });
    world.do('M01', sign(world, 'M01'));
    world.do('M02', sign(world, 'M02'));
    expect(world.refusal('M01', adjourn)).toMatchObject({ reason: 'not-countersigned', params: { missing: 1 } });
    const unsigned = { type: 'recordUnsigned', partyId: 'workstation', reason: '' } as const;
    expect(world.why('M03', { ...unsigned, reason: '拒签' })).toBe('P1 not-entitled');
    expect(world.why('M01', unsigned)).toBe('C2 text-missing');
    expect(world.why('M01', { ...unsigned, partyId: 'mars', reason: '拒签' })).toBe('K2 no-party');
    world.do('M04', sign(world, 'M04'));
    world.do('M01', adjourn);
    expect(playJointMeeting().state.phase).toBe('adjourned');
  });
});
