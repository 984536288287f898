// Ballots: a hall of 2,000 casting in one burst over sockets, committed for good, beside the same rows written by a bare postgres.js loop with
// the best of several batch sizes. Aim: at least half of that bare limit, p99 under 500 ms.
// The bare loop hears nobody and answers nobody, so a second limit stands beside it: as many sockets answered by a server that does nothing
// else. `ratioToBoth` is taken of one after the other, the most a server can do that both answers and writes on one thread.
import { performance } from 'node:perf_hooks';
import WebSocket from 'ws';
import {
  crowd,
  hallProcess,
  ownDatabase,
  print,
  processorMsOf,
  quantiles,
  serverProcess,
} from '#tests/support/bench-hall.ts';

const voters = Number(process.env.VOTERS ?? 2_000);
const rounds = 5;

const closeDatabase = await ownDatabase();
const { aSession, must } = await import('#tests/support/session.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { newId } = await import('#lib/protocol/ids.ts');
const { default: postgres } = await import('postgres');

const session = await aSession({ members: voters });
const { meetingId, council, secretary } = session;
const hall = await hallProcess();
const { seq } = (await freshCopy(meetingId)).state;
const sockets = await crowd(hall.url, meetingId, session.cookies, { since: seq });

let told = 0;
let allTold = (): void => {};
for (const socket of sockets)
  socket.onEvent((name) => {
    if (name === 'meeting:events' && (told += 1) === voters) allTold();
  });
/** Does something in the meeting and waits until every phone has heard of it: nobody votes before the ballot is on the screen. */
async function seenByAll(change: () => Promise<unknown>): Promise<void> {
  told = 0;
  const seen = new Promise<void>((resolve) => (allTold = resolve));
  await change();
  await seen;
}

const middle = (values: number[]): number =>
  values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

let hallMs = 0;
const perSecond: number[] = [];
const all: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const opening = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null };
  await seenByAll(() => must(meetingId, opening, secretary));
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  const hallBefore = processorMsOf(hall.pid);
  const started = performance.now();
  const took = await Promise.all(
    sockets.map(async (socket, index) => {
      const seatId = council.members[index]?.seatId ?? '';
      const sent = performance.now();
      const answer = await socket.ask('ballot:cast', { meetingId, pollId, seatId, choice: 'for', castId: newId() });
      if (!answer.ok) throw new Error(`a ballot was refused: ${answer.refusal.reason}`);
      return performance.now() - sent;
    }),
  );
  const wholeMs = performance.now() - started;
  if (round > 0) {
    perSecond.push((voters / wholeMs) * 1000);
    all.push(...took);
    hallMs += processorMsOf(hall.pid) - hallBefore;
  }
  await seenByAll(() => must(meetingId, { type: 'voidPoll', pollId, reason: '测量' }, session.chair));
}
sockets.forEach((socket) => socket.close());
hall.stop();

/** As many questions and answers over as many sockets, and nothing done for them. */
const echo = await serverProcess('bare-echo.ts');
const bareSockets = await Promise.all(
  Array.from({ length: voters }, async () => {
    const socket = new WebSocket(echo.url, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  }),
);
const asked = `4211["ballot:cast",${'x'.repeat(190)}]`;
const echoes: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const started = performance.now();
  await Promise.all(
    bareSockets.map((socket) => {
      const answered = new Promise((resolve) => socket.once('message', resolve));
      socket.send(asked);
      return answered;
    }),
  );
  if (round > 0) echoes.push((voters / (performance.now() - started)) * 1000);
}
bareSockets.forEach((socket) => socket.terminate());
echo.stop();

/** The same rows by a loop that does nothing else. */
const bare = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
await bare`create table bare_ballots (like ballots including all)`;
const limit: { batch: number; perSecond: number }[] = [];
for (const batch of [50, 100, 200, 500, 1000]) {
  const runs: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    await bare`truncate bare_ballots`;
    const rows = Array.from({ length: voters }, (_, index) => ({
      poll_id: 'bare',
      seat_id: council.members[index]?.seatId ?? '',
      acting_id: council.members[index]?.personId ?? '',
      channel: 'phone',
      revision: 1,
      choice: JSON.stringify('for'),
      cast_ids: `{${newId()}}`,
      cast_at: Date.now(),
    }));
    const started = performance.now();
    for (let start = 0; start < rows.length; start += batch)
      await bare`insert into bare_ballots ${bare(rows.slice(start, start + batch))}`;
    runs.push((voters / (performance.now() - started)) * 1000);
  }
  limit.push({ batch, perSecond: middle(runs) });
}
await bare.end();
const best = limit.reduce((left, right) => (right.perSecond > left.perSecond ? right : left));
const [acknowledged, echoed] = [middle(perSecond), middle(echoes)];
const round3 = (ratio: number): number => Math.round(ratio * 1000) / 1000;
print({
  bench: 'ballots',
  voters,
  acknowledgedPerSecond: Math.round(acknowledged),
  ...quantiles(all),
  hallMicrosPerBallot: Math.round((hallMs * 1000) / all.length),
  barePerSecond: Math.round(best.perSecond),
  bareBatch: best.batch,
  ratioToBare: round3(acknowledged / best.perSecond),
  echoPerSecond: Math.round(echoed),
  ratioToEcho: round3(acknowledged / echoed),
  ratioToBoth: round3(acknowledged * (1 / best.perSecond + 1 / echoed)),
});
await closeDatabase();
process.exit(0);
