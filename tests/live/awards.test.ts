// Money under pressure: a hundred awards at once from two processes, and a process killed in the middle of one. The envelope is never
// overdrawn, what was acknowledged is there, what was not committed is not, and the books balance.
import { spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { awards } from '#lib/server/db/schema/index.ts';
import { bookAward } from '#lib/server/ledger/awards.ts';
import { checkBooks } from '#lib/server/ledger/books.ts';
import { readFund } from '#lib/server/ledger/funds.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { aFund } from '#tests/support/fund.ts';
import { asPerson, aSession, must } from '#tests/support/session.ts';

const occasion = { at: 1_800_000_000_000, actorId: 'system' };
const running = new Set<() => void>();
afterEach(() => running.forEach((kill) => kill()));

/** A second process, ready and waiting for `go`. */
async function awarder(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/other-awarder.ts', ...args], {
    env: process.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines: Interface = createInterface({ input: child.stdout });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  lines.on('line', (line) => {
    said.push(line);
    waiting.forEach((look) => look());
  });
  const until = (met: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!met()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  running.add(() => child.kill('SIGKILL'));
  await until(() => said.includes('ready'));
  return { said, until, kill, go: () => child.stdin.write('go\n') };
}

const bookedIn = async (fundId: string) =>
  (await db.select({ id: awards.id }).from(awards).where(eq(awards.fundId, fundId))).map(({ id }) => id);

test('[B4] 100 awards at once against one envelope, from two processes: as many as fit and not one more', async () => {
  const { fundId, envelopeIds } = await aFund({ capsFen: [12_500_000] });
  const [envelopeId = ''] = envelopeIds;
  const other = await awarder('crowd', envelopeId, '50', '300000');
  other.go();
  const here = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      bookAward({ envelopeId, title: `第 ${index}`, amountFen: 300_000 }, occasion),
    ),
  );
  await other.until(() => other.said.length > 1);
  const there = Number(other.said[1]?.split(' ')[1]);
  const fitted = here.filter((each) => !isOfficeRefusal(each));
  // 125,000 holds 41 awards of 3,000; 2,000 are left.
  expect(fitted.length + there).toBe(41);
  for (const each of here) if (isOfficeRefusal(each)) expect(each.reason).toBe('over-envelope');
  expect(await readFund(fundId)).toMatchObject({
    poolFen: 40_000_000 - 12_300_000,
    envelopes: [{ usedFen: 12_300_000, roomFen: 200_000 }],
  });
  expect(await bookedIn(fundId)).toHaveLength(41);
  expect(await checkBooks(db, fundId)).toMatchObject({ whole: true, transactions: 43 });
});

test('[B4] a process killed between booking and committing leaves nothing of it, and nobody waiting', async () => {
  const { fundId, envelopeIds } = await aFund({ capsFen: [1_000] });
  const [envelopeId = ''] = envelopeIds;
  const other = await awarder('hang', envelopeId, '1', '700');
  other.go();
  await other.until(() => other.said.includes('booked, not committed'));
  // It waits for the killed one's lock, and gets it.
  const waiting = bookAward({ envelopeId, title: '之后', amountFen: 1_000 }, occasion);
  await other.kill();
  expect(isOfficeRefusal(await waiting)).toBe(false);
  expect(await bookedIn(fundId)).toHaveLength(1);
  expect((await readFund(fundId))?.envelopes[0]).toMatchObject({ usedFen: 1_000, roomFen: 0 });
  expect(await checkBooks(db, fundId)).toMatchObject({ whole: true });
});

test('[B4] killed again and again while it books: what it acknowledged is there, and the books balance', async () => {
  const { fundId, envelopeIds } = await aFund({ capsFen: [40_000_000] });
  const [envelopeId = ''] = envelopeIds;
  const acknowledged: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    const other = await awarder('stream', envelopeId, '0', '100');
    other.go();
    await other.until(() => other.said.length > round * 3);
    await other.kill();
    acknowledged.push(...other.said.slice(1).map((line) => line.split(' ')[1] ?? ''));
    const booked = await bookedIn(fundId);
    expect(booked).toEqual(expect.arrayContaining(acknowledged));
    expect((await readFund(fundId))?.envelopes[0]?.usedFen).toBe(booked.length * 100);
    expect(await checkBooks(db, fundId)).toMatchObject({ whole: true, transactions: booked.length + 2 });
  }
});

test('[B10] two meetings announce awards on one envelope at the same moment: one is booked, the other says it does not fit', async () => {
  const { communityId, fundId, envelopeIds } = await aFund({ capsFen: [10_000] });
  const meetings = await Promise.all(
    [0, 1].map(() => aSession({ communityId, item: { amountFen: 6_000, envelopeId: envelopeIds[0] ?? null } })),
  );
  for (const { meetingId, council, secretary } of meetings) {
    await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null }, secretary);
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    for (const { seatId, personId } of council.members)
      expect(
        await castBallot({ meetingId, pollId, seatId, choice: 'for', castId: newId() }, asPerson(personId)),
      ).toMatchObject({ ok: true });
    await must(meetingId, { type: 'closePoll', pollId }, secretary);
  }
  await Promise.all(
    meetings.map(async ({ meetingId, chair }) => {
      const pollId = (await freshCopy(meetingId)).state.polls.order[0] ?? '';
      await must(meetingId, { type: 'announceResult', pollId }, chair);
    }),
  );
  const states = await Promise.all(meetings.map(async ({ meetingId }) => (await freshCopy(meetingId)).state));
  const awarded = states.map(({ motions }) => motions.byId[motions.order[0] ?? '']?.award?.status);
  expect(awarded.sort()).toEqual(['booked', 'not_booked']);
  expect((await readFund(fundId))?.envelopes[0]).toMatchObject({ usedFen: 6_000, roomFen: 4_000 });
  expect(await bookedIn(fundId)).toHaveLength(1);
  expect(await checkBooks(db, fundId)).toMatchObject({ whole: true });
  for (const { meetingId } of meetings) expect(await checkChain(meetingId)).toMatchObject({ whole: true });
});
