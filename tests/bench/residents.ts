// Residents at a hearing: 300 and 1,000 connected, each its own device. What one's own deed costs until it is acknowledged (a choice in the straw poll while a crowd
// chooses), how long one caption takes to everybody, what a connected resident costs the server in memory, and the bytes of joining.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { PROTOCOL_VERSION } from '#lib/protocol/meeting.ts';
import { FrameSocket, hallProcess, ownDatabase, print, quantiles } from '#tests/support/bench-hall.ts';

const sizes = (process.env.RESIDENTS ?? '300,1000').split(',').map(Number);
const captions = 20;

const closeDatabase = await ownDatabase();
const { seedDemoCommunity } = await import('#lib/server/demo/community.ts');
const { seedDemoHearing } = await import('#lib/server/demo/hearing.ts');
const { createGuest, guestCookieName } = await import('#lib/server/auth/guests.ts');
const { db } = await import('#lib/server/db/client.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { newId } = await import('#lib/protocol/ids.ts');
const { asPerson, must } = await import('#tests/support/session.ts');

/** Resident memory of a process, in KiB. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

const ids = await db.transaction((tx) => seedDemoCommunity(tx, { realm: 'practice' }));
const { meetingId } = await seedDemoHearing(ids, { startsAt: Date.now() + 60_000, residents: 40 });
const [secretary, chair] = [asPerson(ids.people.M03 ?? ''), asPerson(ids.people.M01 ?? '')];
await must(meetingId, { type: 'openCheckIn' }, secretary);
const { state } = await freshCopy(meetingId);
for (const seatId of state.seatOrder)
  await must(
    meetingId,
    { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' },
    asPerson(state.seats[seatId]?.personId ?? ''),
  );
await must(meetingId, { type: 'openSession' }, chair);

for (const residents of sizes) {
  const hall = await hallProcess();
  const cookies = await Promise.all(
    Array.from({ length: residents }, async (_, at) => {
      const { token } = await createGuest(ids.communityId, `居民${at}`);
      return `${guestCookieName}=${token}`;
    }),
  );
  const memoryBefore = memoryOf(hall.pid);
  const started = performance.now();
  let joinBytes = 0;
  const sockets = await Promise.all(
    cookies.map(async (cookie) => {
      const socket = await FrameSocket.open(hall.url, cookie);
      const answer = await socket.ask('meeting:join', { version: PROTOCOL_VERSION, meetingId, since: null });
      if (!answer.ok || !('view' in answer)) throw new Error('joining was refused');
      joinBytes = Buffer.byteLength(answer.view);
      return socket;
    }),
  );
  const joinedMs = performance.now() - started;

  const fanOut: number[] = [];
  for (let sent = 0; sent < captions; sent += 1) {
    const arrivals: number[] = [];
    const all = new Promise<void>((resolve) => {
      for (const socket of sockets) {
        let heard = false;
        socket.onEvent((name) => {
          if (heard || name !== 'meeting:events') return;
          heard = true;
          arrivals.push(performance.now());
          if (arrivals.length === sockets.length) resolve();
        });
      }
    });
    const from = performance.now();
    await must(meetingId, { type: 'addCaption', text: `第 ${sent + 1} 句话`, speakerId: null }, secretary);
    await all;
    fanOut.push(...arrivals.map((at) => at - from));
  }

  await must(
    meetingId,
    {
      type: 'openPoll',
      subject: { kind: 'question', question: '放在哪里', options: ['东门', '分散', '都不'], voters: 'residents' },
      secrecy: null,
      plannedMs: null,
    },
    secretary,
  );
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  const echo: number[] = [];
  // All within ten seconds, as people do who were just told to choose.
  await Promise.all(
    sockets.map(async (socket, at) => {
      await new Promise((resolve) => setTimeout(resolve, (at / sockets.length) * 10_000));
      const asked = performance.now();
      const choice = 'ABC'[at % 3];
      const answer = await socket.ask('ballot:cast', {
        meetingId,
        pollId,
        seatId: 'resident',
        castId: newId(),
        choice,
      });
      if (!answer.ok) throw new Error(`a choice was refused: ${answer.refusal.reason}`);
      echo.push(performance.now() - asked);
    }),
  );
  const memoryAfter = memoryOf(hall.pid);
  await must(meetingId, { type: 'closePoll', pollId }, secretary);
  await must(meetingId, { type: 'announceResult', pollId }, chair);
  const counted = (await freshCopy(meetingId)).state.polls.byId[pollId]?.result?.voted;
  if (counted !== residents) throw new Error(`${residents} chose and ${counted ?? 0} were counted`);
  print({
    bench: 'residents',
    residents,
    joinedTogetherMs: Math.round(joinedMs),
    joinBytes,
    echoMs: quantiles(echo),
    fanOutMs: quantiles(fanOut),
    memoryKiBPerResident: Math.round((memoryAfter - memoryBefore) / residents),
  });
  for (const socket of sockets) socket.close();
  hall.stop();
}
await closeDatabase();
process.exit(0);
