// Ballots: a hall of 2,000 casting in one burst over sockets, committed for good, beside the same rows written by a bare postgres.js loop with
// the best of several batch sizes. Aim: at least half of that bare limit, p99 under 500 ms.
import { performance } from 'node:perf_hooks';
import { crowd, hallProcess, ownDatabase, print, quantiles } from '#tests/support/bench-hall.ts';

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

const perSecond: number[] = [];
const all: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null }, secretary);
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  const started = performance.now();
  const took = await Promise.all(
    sockets.map(async (socket, index) => {
      const seatId = council.members[index]?.seatId ?? '';
      const sent = performance.now();
      const answer = await socket
        .timeout(30_000)
        .emitWithAck('ballot:cast', { meetingId, pollId, seatId, choice: 'for', castId: newId() });
      if (!answer.ok) throw new Error(`a ballot was refused: ${answer.refusal.reason}`);
      return performance.now() - sent;
    }),
  );
  const wholeMs = performance.now() - started;
  if (round > 0) {
    perSecond.push((voters / wholeMs) * 1000);
    all.push(...took);
  }
  await must(meetingId, { type: 'voidPoll', pollId, reason: '测量' }, session.chair);
}
sockets.forEach((socket) => socket.close());
hall.stop();

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
  limit.push({ batch, perSecond: runs.sort((left, right) => left - right)[1] ?? 0 });
}
await bare.end();
const best = limit.reduce((left, right) => (right.perSecond > left.perSecond ? right : left));
const median = perSecond.sort((left, right) => left - right)[Math.floor(perSecond.length / 2)] ?? 0;
print({
  bench: 'ballots',
  voters,
  acknowledgedPerSecond: Math.round(median),
  ...quantiles(all),
  barePerSecond: Math.round(best.perSecond),
  bareBatch: best.batch,
  ratioToBare: Math.round((median / best.perSecond) * 1000) / 1000,
});
await closeDatabase();
process.exit(0);
