// What must hold whatever the order things arrive in: real sockets, a real PostgreSQL, one process and two.
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#lib/protocol/ids.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { openHall } from '#tests/support/hall.ts';
import { aSession, must, secondProcess, type SessionMade } from '#tests/support/session.ts';

const voters = 200;
const closers = 20;
let here = '';
let there = '';

beforeAll(async () => {
  here = await openHall();
  ({ url: there } = await secondProcess());
});

/** Everybody connected, spread over the processes. */
const enterAll = (session: SessionMade, urls: readonly string[]): Promise<Participant[]> =>
  Promise.all(
    session.cookies.map((cookie, index) =>
      new Participant({ url: urls[index % urls.length] ?? here, meetingId: session.meetingId, cookie }).enter(),
    ),
  );

describe.each([
  ['one process', () => [here]],
  ['two processes', () => [here, there]],
] as const)('%s', (_name, urls) => {
  test('[V3] 200 ballots against 20 closes: the result is exactly the accepted ballots', async () => {
    const session = await aSession({ members: voters });
    const { meetingId, council, chair, secretary } = session;
    const people = await enterAll(session, urls());
    for (let round = 0; round < 3; round += 1) {
      await must(
        meetingId,
        { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null },
        secretary,
      );
      const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
      await Promise.all(people.map((person) => person.until(() => person.state.polls.openId === pollId)));
      const choices = ['for', 'against', 'abstain'];
      let accepted: string[] = [];
      const casts = people.map(async (person, index) => {
        const choice = choices[(index + round) % 3] ?? 'for';
        const seatId = council.members[index]?.seatId ?? '';
        const refusal = await person.cast(pollId, seatId, choice);
        if (!refusal) accepted.push(choice);
        else expect(['poll-not-open']).toContain(refusal.reason);
      });
      const closes = Array.from({ length: closers }, (_, index) => {
        const desk = people[index % 2] as Participant;
        // Each round the closes come a little later among the casts.
        return desk
          .until(() => accepted.length >= (round * voters) / 4)
          .then(
            () => desk.act({ type: 'closePoll', pollId }),
            () => desk.act({ type: 'closePoll', pollId }),
          );
      });
      // `until` looks again on events; casting makes none, so the looking is helped along.
      const nudge = setInterval(() => people.slice(0, 2).forEach((person) => person.look()), 5);
      const outcomes = await Promise.all(closes).finally(() => clearInterval(nudge));
      await Promise.all(casts);
      expect(outcomes.filter((refusal) => refusal === null)).toHaveLength(1);
      const { result } = (await freshCopy(meetingId)).state.polls.byId[pollId] ?? {};
      const count = (choice: string) => accepted.filter((each) => each === choice).length;
      expect(result?.counts).toEqual({ for: count('for'), against: count('against'), abstain: count('abstain') });
      expect(result?.voted).toBe(accepted.length);
      await must(meetingId, { type: 'announceResult', pollId }, chair);
      const { state } = await freshCopy(meetingId);
      const failed = state.motions.order[state.motions.order.length - 1];
      accepted = [];
      if (state.motions.byId[failed ?? '']?.outcome === 'passed') break;
      if (round < 2) await moveAnew(session, failed ?? '');
    }
    people.forEach((person) => person.leave());
    expect(await checkChain(meetingId)).toMatchObject({ whole: true });
  });

  test('[E1] 50 commands at one seq: each is decided once, in one order everybody sees', async () => {
    const session = await aSession({ members: 50 });
    const people = await enterAll(session, urls());
    const before = people[0]?.state.seq ?? 0;
    const refusals = await Promise.all(
      people.map((person, index) =>
        person.act({ type: 'askToSpeak', seatId: session.council.members[index]?.seatId ?? '', stance: 'for' }),
      ),
    );
    expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
    await Promise.all(people.map((person) => person.until(() => person.state.seq === before + 50)));
    const order = people.map((person) => person.state.floor.requests.map(({ requestId }) => requestId).join());
    expect(new Set(order).size).toBe(1);
    people.forEach((person) => person.leave());
    expect(await checkChain(session.meetingId)).toMatchObject({ whole: true, events: before + 50 });
  });

  test('[C3] the same command sent ten times through every process changes the meeting once', async () => {
    const session = await aSession({ members: 5 });
    const people = await enterAll(session, urls());
    const before = people[0]?.state.seq ?? 0;
    const commandId = newId();
    const command = { type: 'askToSpeak', seatId: session.council.members[0]?.seatId ?? '', stance: 'for' } as const;
    // The same member on several devices, one for each process.
    const devices = await Promise.all(
      urls().map((url) =>
        new Participant({ url, meetingId: session.meetingId, cookie: session.cookies[0] ?? '' }).enter(),
      ),
    );
    const refusals = await Promise.all(
      Array.from({ length: 10 }, (_, index) => devices[index % devices.length]?.act(command, commandId)),
    );
    expect(refusals).toEqual(Array.from({ length: 10 }, () => null));
    expect((await freshCopy(session.meetingId)).state.seq).toBe(before + 1);
    [...people, ...devices].forEach((person) => person.leave());
  });

  test('[V2] a cast sent again late does not undo the one that came after it', async () => {
    const session = await aSession({ members: 5 });
    const { meetingId, council, secretary } = session;
    await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null }, secretary);
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    const seatId = council.members[2]?.seatId ?? '';
    const [first, second] = await Promise.all(
      [...urls(), ...urls()]
        .slice(0, 2)
        .map((url) => new Participant({ url, meetingId, cookie: session.cookies[2] ?? '' }).enter()),
    );
    const castId = newId();
    expect(await first?.cast(pollId, seatId, 'for', castId)).toBeNull();
    expect(await second?.cast(pollId, seatId, 'against')).toBeNull();
    expect(await first?.cast(pollId, seatId, 'for', castId)).toBeNull();
    await must(meetingId, { type: 'closePoll', pollId }, secretary);
    expect((await freshCopy(meetingId)).state.polls.byId[pollId]?.result?.choices).toEqual({ [seatId]: 'against' });
    first?.leave();
    second?.leave();
  });
});

/** The failed motion comes again, so that the next round has something to vote on. */
async function moveAnew({ meetingId, council, chair, secretary }: SessionMade, failed: string): Promise<void> {
  const seat = (index: number) => council.members[index]?.seatId ?? '';
  await must(
    meetingId,
    {
      type: 'moveMotion',
      seatId: seat(0),
      title: '再次提出',
      text: '',
      amountFen: null,
      ownersMatter: 'none',
      listing: null,
      renewsMotionId: failed,
    },
    chair,
  );
  const { state } = await freshCopy(meetingId);
  const motionId = state.motions.order[state.motions.order.length - 1] ?? '';
  await must(meetingId, { type: 'secondMotion', motionId, seatId: seat(1) }, secretary);
  await must(meetingId, { type: 'stateMotion', motionId }, chair);
  const answer = await act(meetingId, { commandId: newId(), command: { type: 'openDebate' } }, secretary);
  expect(answer.ok).toBe(true);
}
