// A 民事协商会 and a 议事委员会 from check-in to their minutes, small and whole: everybody on a phone of their own over a real socket, a resident who
// watches, against a real PostgreSQL.
import { expect, test } from 'vitest';
import { consultation } from '#lib/domain/formats/consultation.ts';
import { deliberationCommittee } from '#lib/domain/formats/deliberation-committee.ts';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { consensusIn, disputed } from '#lib/domain/meeting/consensus.ts';
import { nextStep } from '#lib/domain/meeting/next-step.ts';
import { db } from '#lib/server/db/client.ts';
import { openOfCouncil } from '#lib/server/follow-ups/follow-ups.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { freezeMinutes } from '#lib/server/minutes/freeze.ts';
import { signingView } from '#lib/server/minutes/sign.ts';
import { smallMeeting } from '#tests/support/small-meeting.ts';
import { asPerson } from '#tests/support/session.ts';

const agreed = { type: 'concludeItem', outcome: 'agreed', text: '', amountFen: null } as const;
const owed = { ownerPersonId: null, ownerName: '安居物业', dueOn: '2099-06-01' } as const;

test('[K1] [K4] [K8] two sides of a 民事协商会 agree on one matter, send the other up, and sign by phone and on paper', async () => {
  const { meetingId, council, resident, itemIds, say, why } = await smallMeeting(
    consultation,
    { members: 4, sectors: 2 },
    [
      { kind: 'deliberation', title: '三号楼楼道堆物怎么清', minutes: 20 },
      { kind: 'deliberation', title: '清运费怎么分担', minutes: 20 },
    ],
  );
  const [clearing = '', costs = ''] = itemIds;
  const seat = (at: number) => council.members[at]?.seatId ?? '';
  await say(0, { type: 'adoptAgenda' });
  // Sides agree: nobody moves anything and nothing is voted on.
  const straw = { type: 'openPoll', subject: { kind: 'question', question: '几点清', options: ['早', '晚'] } } as const;
  expect(await why(0, { ...straw, secrecy: null, plannedMs: null })).toBe('L4 not-in-format');

  await say(1, { type: 'openItem', itemId: clearing });
  const state = (at: number, position: 'agree' | 'reserve' | 'oppose', text = ''): Command => ({
    ...{ type: 'statePosition', seatId: seat(at), position, text },
  });
  await say(0, state(0, 'agree'));
  expect(await why(1, { ...agreed, ...owed })).toBe('K3 positions-missing');
  // A reserve says why, and does not stop what the sides agree on.
  expect(await why(1, state(1, 'reserve'))).toBe('K1 position-needs-words');
  await say(1, state(1, 'reserve', '清理日期要再商量'));
  expect(await why(0, { type: 'openItem', itemId: costs })).toBe('K3 item-not-concluded');
  expect(await why(1, { ...agreed, ...owed, ownerName: '' })).toBe('FU1 owner-missing');
  expect(await why(1, { ...agreed, ...owed, dueOn: '' })).toBe('FU1 day-missing');
  await say(1, { ...agreed, ...owed });

  await say(1, { type: 'openItem', itemId: costs });
  await say(0, state(0, 'agree'));
  await say(1, state(1, 'oppose', '费用应由产权单位承担'));
  expect(await why(1, { ...agreed, ...owed })).toBe('K4 not-agreed');
  await say(1, { ...agreed, ...owed, outcome: 'sent_up', text: '费用分担不一致，转人民调解' });
  await resident.until(() => consensusIn(resident.state).conclusions[costs] !== undefined);
  expect(disputed(resident.state).map(({ itemId }) => itemId)).toEqual([clearing, costs]);

  // The page goes round: one side on its phone, the other on paper, which the secretary enters.
  expect(nextStep(resident.state).kind).toBe('put_minutes');
  expect(await why(0, { type: 'adjournMeeting', leaveUnfinished: false })).toBe('K8 minutes-not-put');
  await say(1, { type: 'putMinutes' });
  await resident.until(() => consensusIn(resident.state).minutes !== null);
  const { digest } = consensusIn(resident.state).minutes ?? { digest: '' };
  const sign = { type: 'countersign', digest, statement: 'agreed', text: '' } as const;
  expect(await why(3, { ...sign, seatId: seat(0), way: 'phone' })).toMatch(/^(A2|P1)/);
  await say(0, { ...sign, seatId: seat(0), way: 'phone' });
  expect(await why(0, { type: 'adjournMeeting', leaveUnfinished: false })).toBe('K8 not-countersigned');
  await say(1, { ...sign, seatId: seat(3), way: 'paper' });
  await say(0, { type: 'adjournMeeting', leaveUnfinished: false });
  await resident.until(() => resident.state.phase === 'adjourned');

  // Signed in session, so the frozen minutes wait for nobody; what was agreed is owed with owner and day.
  expect(
    await freezeMinutes(meetingId, asPerson(council.members[1]?.personId ?? ''), 'https://yishi.test'),
  ).toHaveProperty('docHash');
  const conditions = (await signingView(meetingId))?.conditions ?? [];
  expect(conditions.map(({ met }) => met)).toEqual([true, true]);
  expect((await openOfCouncil(db, council.councilId)).map(({ owner, dueOn }) => `${owner} ${dueOn}`)).toEqual([
    '安居物业 2099-06-01',
    '安居物业 2099-06-01',
  ]);
  expect(await checkChain(meetingId)).toMatchObject({ whole: true, events: resident.state.seq });
});

test('[V4] [Q1] a 议事委员会 decides by more than half of all its members, whoever is there', async () => {
  const { meetingId, council, phones, resident, itemIds, say, why } = await smallMeeting(
    deliberationCommittee,
    { members: 9, sectors: 3, here: 6 },
    [{ kind: 'deliberation', title: '更换三号楼扶手', minutes: 20 }],
  );
  const [itemId = ''] = itemIds;
  const seat = (at: number) => council.members[at]?.seatId ?? '';
  await say(0, { type: 'adoptAgenda' });
  await say(0, { type: 'openItem', itemId });
  const vote = async (title: string, inFavour: number) => {
    const before = resident.state.motions.order.length;
    const motion = { amountFen: null, ownersMatter: 'none', listing: null, renewsMotionId: null, text: '' } as const;
    await say(3, { type: 'moveMotion', seatId: seat(3), title, ...motion });
    await resident.until(() => resident.state.motions.order.length > before);
    const motionId = resident.state.motions.order[before] ?? '';
    await say(4, { type: 'secondMotion', motionId, seatId: seat(4) });
    await say(0, { type: 'stateMotion', motionId });
    await say(0, { type: 'openDebate' });
    await say(0, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null });
    await resident.until(() => resident.state.polls.openId !== null);
    const pollId = resident.state.polls.openId ?? '';
    // Six of nine are here; the base is all nine, so five must be in favour.
    expect(resident.state.polls.byId[pollId]?.frame).toMatchObject({ base: 9, threshold: 5 });
    const cast = await Promise.all(
      phones.slice(0, 6).map((phone, at) => phone.cast(pollId, seat(at), at < inFavour ? 'for' : 'against')),
    );
    expect(cast.filter((refused) => refused !== null)).toEqual([]);
    await say(0, { type: 'closePoll', pollId });
    await say(0, { type: 'announceResult', pollId });
    await resident.until(() => resident.state.polls.byId[pollId]?.stage === 'announced');
    return resident.state.polls.byId[pollId]?.result;
  };
  // Four of the six who are there are more than half of them, and not of the committee.
  expect(await vote('由物业垫付', 4)).toMatchObject({ outcome: 'failed', base: 9, threshold: 5, counts: { for: 4 } });
  expect(await vote('用公共收益更换', 5)).toMatchObject({ outcome: 'passed', counts: { for: 5, against: 1 } });
  // Two go home, the quorum with them, and nothing is voted on any more.
  for (const at of [4, 5]) await say(at, { type: 'recordDeparture', seatId: seat(at) });
  const question = { kind: 'question', question: '下次几时开', options: ['周五', '周六'] } as const;
  expect(await why(0, { type: 'openPoll', subject: question, secrecy: null, plannedMs: null })).toBe('Q1 no-quorum');
  await say(0, { type: 'closeItem' });
  await say(0, { type: 'adjournMeeting', leaveUnfinished: false });
  await resident.until(() => resident.state.phase === 'adjourned');
  expect(await checkChain(meetingId)).toMatchObject({ whole: true });
});
