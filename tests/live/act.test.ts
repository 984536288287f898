// The one way a meeting changes, on a real PostgreSQL: storing before telling, resending, refusing, and the chain of the log.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db } from '#lib/server/db/client.ts';
import { ballots, hiddenChoices, meetingEvents, meetingWords, sessions } from '#lib/server/db/schema/index.ts';
import { seedDemoCommunity, type DemoIds } from '#lib/server/demo/community.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { afterErasing, eraseFromMeetings } from '#lib/server/meetings/erase.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import { enteredBySlip } from '#tests/support/world.ts';

const asPerson = (personId: string | undefined): Actor => ({
  kind: 'person',
  personId: personId ?? '',
  accountId: null,
  meetingId: null,
});

async function aSession(): Promise<{ ids: DemoIds; meetingId: string; as: (ref: string) => Actor }> {
  const ids = await db.transaction((tx) => seedDemoCommunity(tx, { realm: 'practice' }));
  const meetingId = await seedDemoMeeting(ids);
  return { ids, meetingId, as: (ref) => asPerson(ids.people[ref]) };
}

const doing = (meetingId: string, command: unknown, actor: Actor, commandId = newId()) =>
  act(meetingId, { commandId, command }, actor);

const present = dataset.council.members.filter(({ meeting1_attendance: at }) => at === 'onsite' || at === 'remote');

/** Everybody the dataset has present takes the seat; the agenda is adopted; the first motion is debated. */
async function untilDebate(session: Awaited<ReturnType<typeof aSession>>): Promise<string> {
  const { meetingId, as, ids } = session;
  const ok = async (command: unknown, ref: string) =>
    expect(await doing(meetingId, command, as(ref))).toMatchObject({ ok: true });
  await ok({ type: 'openCheckIn' }, 'M03');
  for (const member of present) {
    const mode = member.meeting1_attendance === 'remote' ? 'remote' : 'hall';
    await ok({ type: 'takeSeat', seatId: ids.seats[member.id], mode, way: 'slip' }, member.id);
  }
  await ok({ type: 'openSession' }, 'M01');
  await ok({ type: 'adoptAgenda' }, 'M01');
  const { state } = await freshCopy(meetingId);
  await ok({ type: 'openItem', itemId: state.agenda.items[2]?.itemId }, 'M03');
  await ok({ type: 'putItemMotion' }, 'M03');
  // [J6] Tied to P1 on file; each test recuses whom it is about.
  const motionId = (await freshCopy(meetingId)).state.motions.currentId ?? '';
  await ok({ type: 'liftRecusal', motionId, seatId: ids.seats.M14 }, 'M03');
  await ok({ type: 'openDebate' }, 'M03');
  return motionId;
}

describe('a meeting in the office', () => {
  test('[V4] P1 with a recusal: base 20, threshold 11, every figure as in the dataset; [E2] the chain is whole', async () => {
    const session = await aSession();
    const { meetingId, as, ids } = session;
    const motionId = await untilDebate(session);
    await doing(
      meetingId,
      { type: 'declareRecusal', motionId, seatId: ids.seats.M14, reason: '本人是申请机构负责人' },
      as('M14'),
    );
    await doing(
      meetingId,
      { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: 60_000 },
      as('M03'),
    );
    const { state } = await freshCopy(meetingId);
    const pollId = state.polls.openId ?? '';
    expect(state.polls.byId[pollId]?.frame).toMatchObject({ base: 20, threshold: 11 });
    const voters = present.filter(({ id }) => id !== 'M14');
    const { for: yes, against } = dataset.projects[0]?.council_vote ?? { for: 0, against: 0 };
    await Promise.all(
      voters.map(({ id }, index) => {
        const choice = index < yes ? 'for' : index < yes + against ? 'against' : 'abstain';
        return castBallot({ meetingId, pollId, seatId: ids.seats[id], castId: newId(), choice }, as(id)).then(
          (answer) => expect(answer).toEqual({ ok: true, revision: 1 }),
        );
      }),
    );
    expect(
      await castBallot({ meetingId, pollId, seatId: ids.seats.M14, castId: newId(), choice: 'for' }, as('M14')),
    ).toMatchObject({ ok: false, refusal: { rule: 'R2', reason: 'recused' } });
    await doing(meetingId, { type: 'closePoll', pollId }, as('M03'));
    await doing(meetingId, { type: 'announceResult', pollId }, as('M01'));
    const after = (await freshCopy(meetingId)).state;
    expect(after.polls.byId[pollId]?.result).toMatchObject({
      counts: { for: 18, against: 1, abstain: 1 },
      base: 20,
      threshold: 11,
      outcome: 'passed',
    });
    expect(await checkChain(meetingId)).toMatchObject({ whole: true, events: after.seq });
  });

  test('[C3] the same command ten times at once changes the meeting once and answers the same', async () => {
    const { meetingId, as } = await aSession();
    const commandId = newId();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => doing(meetingId, { type: 'openCheckIn' }, as('M03'), commandId)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await freshCopy(meetingId)).state).toMatchObject({ phase: 'check_in', seq: 4 });
  });

  test('[E3] an erased person is nowhere in the meeting and the chain still holds', async () => {
    const { meetingId, as, ids } = await aSession();
    await doing(meetingId, { type: 'recordLeave', seatId: ids.seats.M12, reason: '因病请假' }, as('M03'));
    const erased = await db.transaction((tx) => eraseFromMeetings(tx, ids.people.M12 ?? ''));
    afterErasing(erased);
    const view = await meetingView(meetingId, as('M03'));
    if (isRefusal(view)) throw new Error(view.reason);
    expect(JSON.stringify(view)).not.toMatch(/潘大爷|因病请假/);
    expect(await checkChain(meetingId)).toMatchObject({ whole: true });
    const words = await db.select().from(meetingWords).where(eq(meetingWords.meetingId, meetingId));
    expect(JSON.stringify(words)).not.toMatch(/潘大爷|潘\*\*|因病请假/);
  });

  test('[E2] a changed byte, a missing and a swapped event break the chain', async () => {
    const { meetingId } = await aSession();
    const [first] = await db.select().from(meetingEvents).where(eq(meetingEvents.meetingId, meetingId)).limit(1);
    const body = Buffer.from(first?.body ?? []);
    const at = body.length - 3;
    body[at] = (body[at] ?? 0) ^ 1;
    await db
      .update(meetingEvents)
      .set({ body })
      .where(eq(meetingEvents.hash, first?.hash ?? new Uint8Array()));
    const check = await checkChain(meetingId).catch((error: unknown) => ({ whole: false, error }));
    expect(check).toMatchObject({ whole: false });
  });

  test('[V3] closing a vote with hidden names unlinks every choice from its seat', async () => {
    const session = await aSession();
    const { meetingId, as, ids } = session;
    await untilDebate(session);
    await doing(
      meetingId,
      { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'hidden', plannedMs: null },
      as('M03'),
    );
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    for (const { id } of present)
      await castBallot({ meetingId, pollId, seatId: ids.seats[id], castId: newId(), choice: 'for' }, as(id));
    await doing(meetingId, { type: 'closePoll', pollId }, as('M03'));
    const rows = await db.select().from(ballots).where(eq(ballots.pollId, pollId));
    expect(rows).toHaveLength(present.length);
    expect(rows.every(({ choice }) => choice === null)).toBe(true);
    expect(await db.select().from(hiddenChoices).where(eq(hiddenChoices.pollId, pollId))).toHaveLength(present.length);
    expect((await freshCopy(meetingId)).state.polls.byId[pollId]?.result).toMatchObject({
      counts: { for: 21 },
      choices: null,
    });
  });

  test('[V2] a session that has ended casts nothing more, though its socket is still open', async () => {
    const session = await aSession();
    const { meetingId, as, ids } = session;
    await untilDebate(session);
    await doing(
      meetingId,
      { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null },
      as('M03'),
    );
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    const actor = await actorFromCookie(await enteredBySlip(ids.people.M05 ?? '', meetingId));
    const cast = () => castBallot({ meetingId, pollId, seatId: ids.seats.M05, castId: newId(), choice: 'for' }, actor);
    expect(await cast()).toEqual({ ok: true, revision: 1 });
    await db.delete(sessions).where(eq(sessions.personId, ids.people.M05 ?? ''));
    expect(await cast()).toMatchObject({ ok: false, refusal: { reason: 'session-expired' } });
  });
});
