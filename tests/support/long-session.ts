// A session that has been going for three hours: motion after motion from the floor, speeches, votes. For the benches of minutes and files.
import { newId } from '#lib/protocol/ids.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { asPerson, aSession, must, type SessionMade } from './session.ts';

/** Members who vote on each motion: enough for a majority of those present. */
const ballots = 20;

/** Twenty-five members, `entries` entries in the log or a few more, still in session. */
export async function longSession(entries: number): Promise<SessionMade> {
  const session = await aSession({ members: 25, rules: { speech: { seconds: 120, timesPerMotion: 2 } } });
  const { meetingId, chair, secretary, council } = session;
  const seat = (at: number) => council.members[at % council.members.length] ?? council.members[0];
  for (let turn = 0; (await freshCopy(meetingId)).seq < entries - 1; turn++) {
    const { state } = await freshCopy(meetingId);
    const [mover, seconder, ...speakers] = [2, 3, 4, 5, 6].map((at) => seat(at + turn));
    const motionId = state.motions.currentId;
    if (motionId === null) {
      const moved = {
        seatId: mover?.seatId,
        title: `动议 ${turn}`,
        text: '内容',
        amountFen: null,
        ownersMatter: 'none',
      };
      await must(
        meetingId,
        { type: 'moveMotion', ...moved, listing: null, renewsMotionId: null },
        asPerson(mover?.personId ?? ''),
      );
      const id = (await freshCopy(meetingId)).state.motions.order.slice(-1)[0];
      const second = { type: 'secondMotion', motionId: id, seatId: seconder?.seatId };
      await must(meetingId, second, asPerson(seconder?.personId ?? ''));
      await must(meetingId, { type: 'stateMotion', motionId: id }, chair);
      await must(meetingId, { type: 'openDebate' }, secretary);
    }
    for (const speaker of speakers) {
      const actor = asPerson(speaker?.personId ?? '');
      await must(meetingId, { type: 'askToSpeak', seatId: speaker?.seatId, stance: 'for' }, actor);
      const [request] = (await freshCopy(meetingId)).state.floor.requests;
      await must(meetingId, { type: 'giveFloor', requestId: request?.requestId, overrideReason: null }, chair);
      await must(meetingId, { type: 'endSpeech' }, chair);
    }
    await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null }, secretary);
    const pollId = (await freshCopy(meetingId)).state.polls.openId;
    for (const { seatId, personId } of council.members.slice(0, ballots))
      await castBallot({ meetingId, pollId: pollId ?? '', seatId, castId: newId(), choice: 'for' }, asPerson(personId));
    await must(meetingId, { type: 'closePoll', pollId }, secretary);
    await must(meetingId, { type: 'announceResult', pollId }, chair);
  }
  return session;
}
