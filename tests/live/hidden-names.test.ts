// Where names are hidden, nobody who reads the whole database after close can tell who voted what: the test is that reader, and tries the orders
// rows stand in, their ids and times, the pages of the table's file, and every row of every table.
import { randomInt } from 'node:crypto';
import postgres from 'postgres';
import { expect, inject, onTestFinished, test } from 'vitest';
import { newId } from '#lib/protocol/ids.ts';
import { client } from '#lib/server/db/client.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { castBallot, forgetOldVersions } from '#lib/server/polls/ballot-box.ts';
import { asPerson, aSession, must, type SessionMade } from '#tests/support/session.ts';

const members = 6;
const motion = { subject: { kind: 'motion' }, common: 'against', rare: 'for' };
/** May be taken again and again; its ballots are unlinked by the very same code as a motion's. */
const straw = {
  subject: { kind: 'question', question: '先修哪一处？', options: ['路灯', '长椅'] },
  common: 'A',
  rare: 'B',
};

/** One vote with hidden names in which exactly one seat makes the rare choice. Returns who that was. */
async function aHiddenVote(
  session: SessionMade,
  { subject, common, rare }: typeof motion | typeof straw,
): Promise<{ pollId: string; lone: string }> {
  const { meetingId, council, secretary } = session;
  await must(meetingId, { type: 'openPoll', subject, secrecy: 'hidden', plannedMs: null }, secretary);
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  const left = [...council.members];
  const lone = left[randomInt(left.length)]?.seatId ?? '';
  while (left.length > 0) {
    const [{ seatId, personId } = { seatId: '', personId: '' }] = left.splice(randomInt(left.length), 1);
    const choice = seatId === lone ? rare : common;
    const answer = await castBallot({ meetingId, pollId, seatId, castId: newId(), choice }, asPerson(personId));
    expect(answer).toMatchObject({ ok: true });
  }
  await must(meetingId, { type: 'closePoll', pollId }, secretary);
  if (subject.kind === 'question') await must(meetingId, { type: 'announceResult', pollId }, session.chair);
  return { pollId, lone };
}

test('[V3] neither order nor ids nor times lead from a hidden choice to its seat', async () => {
  const session = await aSession({ members });
  const votes: Awaited<ReturnType<typeof aHiddenVote>>[] = [];
  for (let round = 0; round < 30; round += 1) votes.push(await aHiddenVote(session, straw));

  const seatOrders = ['ctid', 'seat_id', 'cast_at, ctid', 'cast_ids[1]', 'xmin::text::bigint, ctid'];
  const choiceOrders = ['ctid', 'id', 'xmin::text::bigint, ctid'];
  for (const seatOrder of seatOrders)
    for (const choiceOrder of choiceOrders) {
      let found = 0;
      for (const { pollId, lone } of votes) {
        const seats: readonly { seat_id: string }[] = await client.unsafe<{ seat_id: string }[]>(
          `select seat_id from ballots where poll_id = $1 order by ${seatOrder}`,
          [pollId],
        );
        const choices: readonly { choice: string }[] = await client.unsafe<{ choice: string }[]>(
          `select choice from hidden_choices where poll_id = $1 order by ${choiceOrder}`,
          [pollId],
        );
        expect([seats.length, choices.length]).toEqual([members, members]);
        const at = choices.findIndex(({ choice }) => choice === straw.rare);
        if (seats[at]?.seat_id === lone) found += 1;
      }
      // A sixth by chance: 5 of 30. An order that tells finds 30; 18 by chance is one in ten million.
      expect(found, `seats by ${seatOrder}, choices by ${choiceOrder}`).toBeLessThan(18);
    }
});

test('[V3] the pages of the table keep no choice, and no row of any table holds one beside a seat or a person', async () => {
  const session = await aSession({ members: 120 });
  const { pollId } = await aHiddenVote(session, motion);
  await forgetOldVersions();
  const adminUrl = new URL(inject('postgresAdminUrl'));
  adminUrl.pathname = new URL(process.env.DATABASE_URL ?? '').pathname;
  const admin = postgres(adminUrl.href, { max: 1, onnotice: () => {} });
  onTestFinished(() => admin.end());
  await admin`checkpoint`;
  const [table] = await admin<
    { pages: Buffer }[]
  >`select pg_read_binary_file(pg_relation_filepath('ballots')) as pages`;
  const pages = table?.pages ?? Buffer.alloc(0);
  const seatId = session.council.members[0]?.seatId ?? '';
  expect(pages.includes(seatId)).toBe(true);
  expect(pages.includes('against')).toBe(false);

  const voters = session.council.members.flatMap((member) => [member.seatId, member.personId]);
  const tables = await client<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  expect(tables.length).toBeGreaterThan(10);
  let rowsRead = 0;
  for (const { name } of tables)
    for (const { row } of await client<{ row: string }[]>`select to_jsonb(t)::text as row from ${client(name)} t`) {
      rowsRead += 1;
      // What an event says is stored as bytes; the count of a result names its options as keys, a ballot as a value.
      const said = row.replace(/"\\\\x([0-9a-f]+)"/g, (_all, hex: string) => Buffer.from(hex, 'hex').toString());
      const beside = voters.some((id) => said.includes(id)) && /: ?"(for|against|abstain)"/.test(said);
      expect(beside, `${name}: ${said.slice(0, 400)}`).toBe(false);
    }
  expect(rowsRead).toBeGreaterThan(120);
  const [kept] = await client<{ choices: number }[]>`
    select count(*)::int as choices from hidden_choices where poll_id = ${pollId}`;
  expect(kept?.choices).toBe(120);
});
