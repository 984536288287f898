// The worst that can happen to a running session: the program or its PostgreSQL killed without a word, again and again, while people act and vote.
// Nothing acknowledged may be missing afterwards, nothing may be done twice, and every phone finds its way back by itself.
// Fifty seeded moments; YISHI_CRASHES asks for another number.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPostgres } from '#server/postgres/start.js';
import { freePort, startProgram } from '#tests/support/program.ts';

const crashes = Number(process.env.YISHI_CRASHES ?? 50);

/** Mulberry32: the same moments every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test(
  `[E1] ${crashes} kills of the program and of PostgreSQL in a running session: nothing acknowledged is missing`,
  { retry: 0, timeout: 900_000 },
  async () => {
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'yishi-crash-'));
    const running = await startPostgres({ dataFolder });
    process.env.DATABASE_URL = running.url;
    const { migrateDatabase } = await import('#lib/server/db/migrate.ts');
    await migrateDatabase(running.url);
    const { aSession, must } = await import('#tests/support/session.ts');
    const { freshCopy } = await import('#lib/server/meetings/copies.ts');
    const { checkChain } = await import('#lib/server/meetings/log.ts');
    const { pollFact } = await import('#lib/server/polls/count.ts');
    const { Participant } = await import('#lib/server/practice/participant.ts');
    const { db, client } = await import('#lib/server/db/client.ts');
    const { bus } = await import('#lib/server/bus.ts');
    const { newId } = await import('#lib/protocol/ids.ts');
    onTestFinished(async () => {
      await bus().close();
      await client.end({ timeout: 5 });
      await running.stop();
      await rm(dataFolder, { recursive: true, force: true });
    });

    const members = 9;
    const session = await aSession({ members, rules: { speech: { seconds: 120, timesPerMotion: 99 } } });
    const { meetingId, council, secretary } = session;
    await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null }, secretary);
    const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    // The program as it is served, built: a driver that ends it with an exception would show here.
    const start = () => startProgram({ DATABASE_URL: running.url, YISHI_DEMO: '0' }, port);
    let program = await start();
    onTestFinished(() => program.kill());
    const people = await Promise.all(
      session.cookies.map((cookie) => new Participant({ url, meetingId, cookie }).enter()),
    );

    const random = seeded(20_261_121);
    let stopping = false;
    const lastChoice: string[] = [];
    let acknowledgedCommands = 0;
    /** Resent with the same id until it is answered: safe, because the same id changes nothing twice. */
    async function untilAnswered<Value>(ask: () => Promise<Value>): Promise<Value> {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        try {
          return await ask();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      throw new Error('never answered');
    }
    const working = people.map(async (person, index) => {
      const seatId = council.members[index]?.seatId ?? '';
      let revisions = 0;
      while (!stopping) {
        // [V2] A ballot may be changed a hundred times; a long run goes on without changing it.
        if (revisions < 90) {
          const castId = newId();
          const choice = random() < 0.5 ? 'for' : 'against';
          const refusal = await untilAnswered(async () => {
            const answer = await person.cast(pollId, seatId, choice, castId);
            if (answer?.reason === 'server-failed') throw new Error('again');
            return answer;
          });
          expect(refusal).toBeNull();
          lastChoice[index] = choice;
          revisions += 1;
        }
        const commandId = newId();
        const command = { type: 'raisePointOfOrder', seatId } as const;
        const asked = await untilAnswered(async () => {
          const answer = await person.act(command, commandId);
          if (answer?.reason === 'server-failed') throw new Error('again');
          return answer;
        });
        if (asked === null) acknowledgedCommands += 1;
        const mine = person.state.floor.requests.find((request) => request.seatId === seatId);
        if (mine)
          await untilAnswered(() => person.act({ type: 'withdrawRequest', requestId: mine.requestId }, newId()));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });

    const { livingServer } = (await import('#server/postgres/cluster.js')) as {
      livingServer: (folder: string) => { pid: number } | undefined;
    };
    for (let crash = 0; crash < crashes; crash += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 500));
      if (crash % 2 === 0) {
        await program.kill();
        program = await start();
      } else {
        const server = livingServer(path.join(dataFolder, 'postgres', 'cluster'));
        expect(server).toBeDefined();
        process.kill(server?.pid ?? 0, 'SIGKILL');
      }
      // Every phone is back by itself before the next blow; one answer each may still come from before this one.
      const before = acknowledgedCommands;
      await expect.poll(() => acknowledgedCommands > before + members, { timeout: 60_000, interval: 50 }).toBe(true);
    }
    stopping = true;
    await Promise.all(working);

    const fact = await db.transaction((tx) => pollFact(tx, pollId));
    expect(fact?.turnout).toHaveLength(members);
    council.members.forEach(({ seatId }, index) => expect(fact?.choicesBySeat?.[seatId]).toBe(lastChoice[index]));
    const { state } = await freshCopy(meetingId);
    const asked = (await freshCopy(meetingId))
      .eventsFor('hosts', 0)
      .filter(({ type }) => type === 'FloorRequested').length;
    expect(asked).toBe(acknowledgedCommands);
    expect(await checkChain(meetingId)).toMatchObject({ whole: true, events: state.seq });
    await Promise.all(people.map((person) => person.until(() => person.state.seq === state.seq)));
    people.forEach((person) => person.leave());
  },
);
