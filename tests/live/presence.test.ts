// Who is away is known though the process that saw them go is gone: a process killed without a word, phones that come back by another and one that does
// not, and one that is connected elsewhere all the time.
import { beforeAll, expect, test } from 'vitest';
import { isAway } from '#lib/domain/meeting/attendance.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { openHall } from '#tests/support/hall.ts';
import { aSession, asPerson, must, secondProcess } from '#tests/support/session.ts';

let url = '';
beforeAll(async () => {
  url = await openHall();
});

test('[A5] whoever was connected to a killed process and does not come back is away after the grace; nobody else is', async () => {
  const { meetingId, council, cookies } = await aSession({ members: 6, rules: { awayGraceSeconds: 5 } });
  const seats = council.members.map(({ seatId }) => seatId);
  for (const { seatId, personId } of council.members.slice(2))
    await must(meetingId, { type: 'changeMode', seatId, mode: 'remote' }, asPerson(personId));
  const phone = (at: number, by: string) => new Participant({ url: by, meetingId, cookie: cookies[at] ?? '' }).enter();
  const [killed, other] = await Promise.all([secondProcess(), secondProcess()]);
  await Promise.all([2, 3].map((at) => phone(at, killed.url)));
  const elsewhere = await phone(4, other.url);
  await killed.kill('SIGKILL');

  // The first to join here makes this process look for all who should be; the third came back, the sixth joins for the first time.
  const back = await phone(2, url);
  const here = await phone(5, url);
  const away = async () => {
    const { state } = await freshCopy(meetingId);
    return seats.map((seatId, at) => (isAway(state, seatId) ? at : -1)).filter((at) => at >= 0);
  };
  expect(await away()).toEqual([]);
  await expect.poll(away, { timeout: 20_000, interval: 200 }).toEqual([3]);
  // Everybody who was asked for has been answered for by now: nobody else follows.
  const late = await phone(3, url);
  await expect.poll(away, { timeout: 5_000 }).toEqual([]);
  const went = (await freshCopy(meetingId)).eventsFor('hosts', 0).filter(({ type }) => type === 'SeatWentAway');
  expect(went.map(({ payload }) => payload)).toEqual([{ seatId: seats[3] }]);
  for (const each of [elsewhere, back, here, late]) each.leave();
}, 60_000);
