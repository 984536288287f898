// The program killed without a word in every stage of an open space, while phones act: nothing acknowledged is missing afterwards, nothing is done
// twice, every phone finds its way back by itself, and another facilitator goes on.
import { expect, onTestFinished, test } from 'vitest';
import type { Command } from '#lib/domain/meeting/commands.ts';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { seedDemoOpenSpace } from '#lib/server/demo/open-space.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import type { Participant } from '#lib/server/practice/participant.ts';
import { OpenSpaceHall } from '#tests/support/open-space-hall.ts';
import { freePort, startProgram } from '#tests/support/program.ts';
import { aGuest, theDemo } from '#tests/support/world.ts';

const phones = 8;

/** Resent with the same id until it is answered: safe, because the same id changes nothing twice. */
async function untilAnswered(phone: Participant, command: Command): Promise<Refusal | null> {
  const commandId = newId();
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      const refusal = await phone.act(command, commandId);
      if (refusal?.reason !== 'server-failed') return refusal;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`${command.type} was never answered`);
}

test('[E1] [C3] kill -9 in every stage of an open space: nothing acknowledged is missing or done twice', async () => {
  const ids = await theDemo({ realm: 'practice' });
  const meetingId = await seedDemoOpenSpace(ids);
  const port = await freePort();
  const environment = { DATABASE_URL: process.env.DATABASE_URL ?? '', YISHI_DEMO: '0' };
  let program = await startProgram(environment, port);
  onTestFinished(() => program.kill());
  const hall = await new OpenSpaceHall(`http://127.0.0.1:${port}`, meetingId, ids).begin();
  const people = await Promise.all(
    Array.from({ length: phones }, async (_, index) => {
      const guest = await aGuest({ communityId: ids.communityId, shownName: `居民${index}` });
      return { guestId: guest.guestId, phone: await hall.phone(guest.cookie), id: '' };
    }),
  );
  const open = async () => {
    const { state } = await freshCopy(meetingId);
    if (!state.openSpace) throw new Error('no open space');
    return state.openSpace;
  };
  /** Everybody's command at once, with the program killed in the middle of it. */
  async function killedWhile(commandOf: (index: number) => Command): Promise<void> {
    const answers = people.map(({ phone }, index) => untilAnswered(phone, commandOf(index)));
    await Promise.race(answers);
    await program.kill();
    program = await startProgram(environment, port);
    expect(await Promise.all(answers)).toEqual(people.map(() => null));
  }
  const desk = async (who: Participant, command: Command) => expect(await untilAnswered(who, command)).toBeNull();
  const enter = (who: Participant, stage: string) =>
    desk(who, { type: 'enterStage', stage, allowedMs: null, reason: null });

  await killedWhile((index) => ({
    type: 'enterParticipant',
    name: `居民${index}`,
    zone: null,
    channel: 'hall',
    assisted: false,
  }));
  const { state } = await freshCopy(meetingId);
  expect(state.participants.order).toHaveLength(phones);
  for (const person of people) person.id = state.participants.idOf[`guest:${person.guestId}`] ?? '';
  const idOf = (index: number) => people[index]?.id ?? '';

  await desk(hall.chair, { type: 'openSession' });
  await enter(hall.secretary, 'topics');
  await killedWhile((index) => ({ type: 'proposeTopic', participantId: idOf(index), title: `议题${index}` }));
  const { topicOrder } = await open();
  expect(topicOrder).toHaveLength(phones);

  await enter(hall.secretary, 'market');
  await desk(hall.helper, { type: 'arrangeWall' });
  const wall = (await open()).wall;
  const tables = Object.entries(wall).flatMap(([topicId, { round }]) => (round === 1 ? [topicId] : []));
  const choose = (shift: number) => (index: number) =>
    ({
      type: 'chooseTable',
      participantId: idOf(index),
      round: 1,
      topicId: tables[(index + shift) % tables.length] ?? null,
    }) as const;
  await killedWhile(choose(0));
  await enter(hall.secretary, 'rounds');
  await desk(hall.secretary, { type: 'startRound', round: 1, allowedMs: 600_000 });
  // The secretary's laptop closes for good; the chair goes on.
  hall.secretary.leave();
  await killedWhile(choose(1));
  expect((await open()).tables[1]).toEqual(
    Object.fromEntries(people.map(({ id }, index) => [id, tables[(index + 1) % tables.length]])),
  );
  expect((await open()).wall).toEqual(wall);
  await desk(hall.chair, { type: 'endRound' });

  await enter(hall.chair, 'dots');
  await desk(hall.chair, { type: 'openDots' });
  const dotted = (await open()).dots?.topicIds ?? [];
  await killedWhile((index) => ({
    type: 'placeDots',
    participantId: idOf(index),
    dots: { [dotted[index % dotted.length] ?? '']: 2 },
  }));
  await desk(hall.chair, { type: 'closeDots' });
  expect((await open()).dots?.result).toMatchObject({ people: phones, dots: 2 * phones, unused: phones });

  await enter(hall.chair, 'commitments');
  await killedWhile((index) => ({
    type: 'commitTo',
    participantId: idOf(index),
    topicId: topicOrder[index] ?? '',
    owner: `居民${index}`,
    action: '先问一问邻居',
    dueDay: '2026-12-31',
  }));
  expect((await open()).commitments).toHaveLength(phones);
  await desk(hall.chair, { type: 'adjournMeeting', leaveUnfinished: false });
  const copy = await freshCopy(meetingId);
  await Promise.all(people.map(({ phone }) => phone.until(() => phone.state.seq === copy.state.seq)));
  for (const { phone } of people) expect(phone.state.openSpace).toEqual(copy.stateFor('everyone').openSpace);
  expect(await checkChain(meetingId)).toMatchObject({ whole: true, events: copy.state.seq });
  people.forEach(({ phone }) => phone.leave());
  hall.leave();
}, 300_000);
