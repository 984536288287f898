// Fan-out: one event of a live meeting to 2,000 connected observers, beside a bare `ws` broadcast of the same bytes to as many. Both servers are
// processes of their own. Aim: p95 within twice.
import { performance } from 'node:perf_hooks';
import WebSocket from 'ws';
import { crowd, hallProcess, ownDatabase, print, quantiles, serverProcess } from '#tests/support/bench-hall.ts';

const observers = Number(process.env.OBSERVERS ?? 2_000);
const events = 20;

const closeDatabase = await ownDatabase();
const { aSession } = await import('#tests/support/session.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { newId } = await import('#lib/protocol/ids.ts');

const session = await aSession({ members: 9 });
const { meetingId, council } = session;
const hall = await hallProcess();
const since = (await freshCopy(meetingId)).state.seq;
const sockets = await crowd(
  hall.url,
  meetingId,
  Array.from({ length: observers }, () => null),
  { since },
);
const [member] = await crowd(hall.url, meetingId, [session.cookies[2] ?? ''], { since });
if (!member) throw new Error('nobody to act');

// What one socket is sent for an event, to have the bare server send as many bytes.
const seatId = council.members[2]?.seatId ?? '';
let bytes = 0;
let heardAt = (_at: number): void => {};
for (const socket of sockets)
  socket.onEvent((name, length) => {
    if (name !== 'meeting:events') return;
    bytes = Math.max(bytes, length);
    heardAt(performance.now());
  });

async function measure(send: () => Promise<unknown>, heard: (done: (at: number) => void) => void): Promise<number[]> {
  const started = performance.now();
  const arrivals: number[] = [];
  const everybody = new Promise<void>((resolve) =>
    heard((at) => {
      arrivals.push(at - started);
      if (arrivals.length === observers) resolve();
    }),
  );
  await send();
  await everybody;
  return arrivals;
}

const ours: number[] = [];
for (let index = 0; index < events; index += 1) {
  const arrivals = await measure(
    async () => {
      const command =
        index % 2 === 0
          ? { type: 'askToSpeak', seatId, stance: 'for' }
          : { type: 'withdrawRequest', requestId: (await freshCopy(meetingId)).state.floor.requests[0]?.requestId };
      const answer = await member.ask('meeting:act', { meetingId, commandId: newId(), command });
      if (!answer.ok) throw new Error(answer.refusal.reason);
    },
    (done) => (heardAt = done),
  );
  if (index > 1) ours.push(...arrivals);
}
sockets.forEach((socket) => socket.close());
hall.stop();

const bareServer = await serverProcess('bare-broadcast.ts');
const bareSockets: WebSocket[] = [];
for (let start = 0; start < observers; start += 100)
  bareSockets.push(
    ...(await Promise.all(
      Array.from({ length: Math.min(100, observers - start) }, async () => {
        const socket = new WebSocket(bareServer.url);
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        return socket;
      }),
    )),
  );
const sender = new WebSocket(bareServer.url);
await new Promise((resolve) => sender.once('open', resolve));
const payload = 'x'.repeat(Math.max(1, bytes));
const theirs: number[] = [];
for (let index = 0; index < events; index += 1) {
  const arrivals = await measure(
    () => new Promise((resolve) => sender.send(payload, resolve)),
    (done) => bareSockets.forEach((socket) => socket.once('message', () => done(performance.now()))),
  );
  if (index > 1) theirs.push(...arrivals);
}
[...bareSockets, sender].forEach((socket) => socket.terminate());
bareServer.stop();

const [own, bare] = [quantiles(ours), quantiles(theirs)];
print({
  bench: 'fan-out',
  observers,
  bytes,
  ...own,
  bareP50: bare.p50,
  bareP95: bare.p95,
  ratioP95: Math.round((own.p95 / bare.p95) * 100) / 100,
});
await closeDatabase();
process.exit(0);
