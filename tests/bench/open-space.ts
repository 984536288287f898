// The wall of an open space with 200 connected: from letting a card go to seeing it moved on the mover's own screen and on everybody's, and 200
// people changing tables at once. The server is a process of its own. Beside it a bare broadcast of the same bytes to as many.
import { performance } from 'node:perf_hooks';
import WebSocket from 'ws';
import { crowd, hallProcess, ownDatabase, print, quantiles, serverProcess } from '#tests/support/bench-hall.ts';

const people = Number(process.env.PEOPLE ?? 200);
const moves = 60;

const closeDatabase = await ownDatabase();
const { aSession, must, plainRules } = await import('#tests/support/session.ts');
const { aGuest } = await import('#tests/support/world.ts');
const { openSpace } = await import('#lib/domain/formats/open-space.ts');
const { isRefusal } = await import('#lib/domain/meeting/refusal.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { createMeeting } = await import('#lib/server/meetings/create.ts');
const { addRulePack } = await import('#lib/server/rule-packs/rule-packs.ts');
const { orThrow } = await import('#lib/protocol/office-refusals.ts');
const { newId } = await import('#lib/protocol/ids.ts');

const { council, chair, secretary } = await aSession({ members: 3 });
const { communityId } = council;
const rules = { ...plainRules, format: openSpace.id, quorum: null, majority: null, binding: false };
const { packId } = orThrow(await addRulePack(communityId, rules));
const described = { title: '开放空间', place: '', startsAt: Date.now() + 1_000, plannedMinutes: 180, callLink: null };
const created = await createMeeting(
  { councilId: council.councilId, format: openSpace.id, ...described },
  { kind: 'system' },
);
if (isRefusal(created)) throw new Error(created.reason);
const { meetingId } = created;
await must(meetingId, { type: 'conveneMeeting', rulePackId: packId, shortNoticeReason: '测量' }, secretary);
await must(
  meetingId,
  {
    type: 'setUpSpace',
    theme: '测量',
    principles: [],
    law: '双脚法则',
    tables: Array.from({ length: 6 }, (_, index) => ({
      tableId: null,
      name: `${index + 1}`,
      place: '',
      capacity: null,
      link: null,
    })),
    rounds: 3,
    roundMinutes: 30,
    way: 'all',
    dotsPerPerson: 3,
    dotsPerTopic: 2,
  },
  secretary,
);
await must(meetingId, { type: 'openCheckIn' }, secretary);
const guests = await Promise.all(Array.from({ length: people }, () => aGuest({ communityId })));
for (const { guestId, shownName } of guests)
  await must(
    meetingId,
    { type: 'enterParticipant', name: shownName, zone: null, channel: 'hall', assisted: false },
    { kind: 'guest', guestId, shownName },
  );
await must(meetingId, { type: 'openSession' }, chair);
await must(meetingId, { type: 'enterStage', stage: 'market', allowedMs: null, reason: null }, secretary);
const ids = (await freshCopy(meetingId)).state.participants.idOf;
const participantIds = guests.map(({ guestId }) => ids[`guest:${guestId}`] ?? '');
for (let index = 0; index < 9; index += 1) {
  const { guestId, shownName } = guests[index] ?? { guestId: '', shownName: '' };
  await must(
    meetingId,
    { type: 'proposeTopic', participantId: participantIds[index], title: `议题${index}` },
    { kind: 'guest', guestId, shownName },
  );
}
await must(meetingId, { type: 'arrangeWall' }, secretary);

const { signedIn } = await import('#tests/support/world.ts');
const hostCookie = await signedIn({ personId: council.members[1]?.personId ?? '' });
const hall = await hallProcess();
const since = (await freshCopy(meetingId)).state.seq;
const sockets = await crowd(
  hall.url,
  meetingId,
  guests.map(({ cookie }) => cookie),
  { since },
);
const [mover] = await crowd(hall.url, meetingId, [hostCookie], { since });
if (!mover) throw new Error('nobody moves');

let bytes = 0;
let heard = (_at: number): void => {};
for (const socket of sockets)
  socket.onEvent((name, length) => {
    if (name !== 'meeting:events') return;
    bytes = Math.max(bytes, length);
    heard(performance.now());
  });
let echoed = (): void => {};
mover.onEvent((name) => name === 'meeting:events' && echoed());

const echo: number[] = [];
const everywhere: number[] = [];
for (let index = 0; index < moves; index += 1) {
  const { openSpace: open } = (await freshCopy(meetingId)).state;
  const topicId = open?.topicOrder[0] ?? '';
  const from = open?.wall[topicId];
  const free = (open?.space.tables ?? []).flatMap(({ tableId }) =>
    [1, 2, 3].flatMap((round) =>
      Object.values(open?.wall ?? {}).some((placed) => placed.tableId === tableId && placed.round === round)
        ? []
        : [{ tableId, round }],
    ),
  );
  const to = free[index % free.length];
  const started = performance.now();
  const own = new Promise<void>((resolve) => (echoed = resolve));
  let left = people;
  const all = new Promise<void>((resolve) => {
    heard = (at) => {
      if (index > 4) everywhere.push(at - started);
      left -= 1;
      if (left === 0) resolve();
    };
  });
  const command = {
    type: 'placeTopic',
    topicId,
    ...to,
    from: from && { tableId: from.tableId, round: from.round },
    swap: false,
  };
  const answer = await mover.ask('meeting:act', { meetingId, commandId: newId(), command });
  if (!answer.ok) throw new Error(answer.refusal.reason);
  await own;
  if (index > 4) echo.push(performance.now() - started);
  await all;
}

heard = () => {};
const { openSpace: open } = (await freshCopy(meetingId)).state;
const tables = Object.entries(open?.wall ?? {}).flatMap(([topicId, { round }]) => (round === 1 ? [topicId] : []));
const roams: number[] = [];
const roamsStarted = performance.now();
await Promise.all(
  sockets.map(async (socket, index) => {
    const started = performance.now();
    const command = {
      type: 'chooseTable',
      participantId: participantIds[index],
      round: 1,
      topicId: tables[index % tables.length] ?? null,
    };
    const answer = await socket.ask('meeting:act', { meetingId, commandId: newId(), command });
    if (!answer.ok) throw new Error(answer.refusal.reason);
    roams.push(performance.now() - started);
  }),
);
const roamsMs = performance.now() - roamsStarted;
[...sockets, mover].forEach((socket) => socket.close());
hall.stop();

const bareServer = await serverProcess('bare-broadcast.ts');
const bare = await Promise.all(
  Array.from({ length: people }, async () => {
    const socket = new WebSocket(bareServer.url);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  }),
);
const sender = new WebSocket(bareServer.url);
await new Promise((resolve) => sender.once('open', resolve));
const theirs: number[] = [];
for (let index = 0; index < 20; index += 1) {
  const started = performance.now();
  const all = bare.map(
    (socket) =>
      new Promise<void>((resolve) =>
        socket.once('message', () => resolve(void theirs.push(performance.now() - started))),
      ),
  );
  sender.send('x'.repeat(Math.max(1, bytes)));
  await Promise.all(all);
}
[...bare, sender].forEach((socket) => socket.terminate());
bareServer.stop();

const [own, everybody, roam, plain] = [quantiles(echo), quantiles(everywhere), quantiles(roams), quantiles(theirs)];
print({
  bench: 'open-space',
  people,
  moves: echo.length,
  bytes,
  wallEchoP50: own.p50,
  wallEchoP95: own.p95,
  wallEverywhereP95: everybody.p95,
  bareP95: plain.p95,
  ratioP95: Math.round((everybody.p95 / plain.p95) * 100) / 100,
  roams: roams.length,
  roamP95: roam.p95,
  roamsAllMs: Math.round(roamsMs),
});
await closeDatabase();
process.exit(0);
