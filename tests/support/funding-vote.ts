// The demo's council before one funding ballot over its eight projects, for tests of the office: the call put, opened, cast and counted as people do it.
// `beginVotes` opens the hall the desk's sockets talk to, before the tests of a file.
import { beforeAll, onTestFinished } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import type { CallAsked, ChamberCount } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { seedDemoMeeting } from '#lib/server/demo/meeting.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { approvals, eightProjects } from './allocation-session.ts';
import { openHall } from './hall.ts';
import { asPerson, must } from './session.ts';
import { enteredBySlip, theDemo } from './world.ts';

let url = '';
export const beginVotes = (): void =>
  beforeAll(async () => {
    url = await openHall();
  });

export const refs = [...approvals.keys()];

export interface Voting {
  readonly meetingId: string;
  readonly callId: string;
  readonly seat: (ref: string) => string;
  readonly as: (ref: string) => Actor;
  readonly enter: (ref: string) => Promise<Participant>;
  readonly state: () => Promise<MeetingState>;
}

/** The call with its projects and envelopes tied to those of the community's own books. */
export function ofTheBooks(ids: DemoIds): Partial<CallAsked> {
  const { projects, envelopes } = eightProjects();
  return {
    projects: projects.map((project) => ({
      ...project,
      tiedSeatIds: [],
      projectId: ids.projects[project.id.slice(0, 2)] ?? '',
    })),
    envelopes: envelopes.map((envelope) => ({ ...envelope, envelopeId: ids.envelopes[envelope.id] ?? '' })),
  };
}

/** The demo's council in session with the call put; M03 is its secretary, M01 its chair, M13 its monitor. */
export async function aCall(
  asked: Partial<CallAsked> | ((ids: DemoIds) => Partial<CallAsked>) = {},
): Promise<Voting & { readonly ids: DemoIds }> {
  const ids = await theDemo({ realm: 'practice' });
  const change = typeof asked === 'function' ? asked(ids) : asked;
  const meetingId = await seedDemoMeeting(ids);
  const as = (ref: string) => asPerson(ids.people[ref] ?? '');
  const seat = (ref: string) => ids.seats[ref] ?? '';
  const state = async () => (await freshCopy(meetingId)).state;
  await must(meetingId, { type: 'openCheckIn' }, as('M03'));
  await Promise.all(
    refs.map((ref) => must(meetingId, { type: 'takeSeat', seatId: seat(ref), mode: 'hall', way: 'slip' }, as(ref))),
  );
  await must(meetingId, { type: 'openSession' }, as('M01'));
  await must(meetingId, { type: 'adoptAgenda' }, as('M01'));
  await must(meetingId, { type: 'putCall', callId: null, call: eightProjects(seat, change) }, as('M03'));
  const enter = async (ref: string) => {
    const cookie = await enteredBySlip(ids.people[ref] ?? '', meetingId);
    const person = await new Participant({ url, meetingId, cookie }).enter();
    onTestFinished(() => person.leave());
    return person;
  };
  return { ids, meetingId, callId: (await state()).allocations.order[0] ?? '', seat, as, enter, state };
}

export async function opened(voting: Voting, secrecy: 'named' | 'hidden' | null = null): Promise<string> {
  const subject = { kind: 'allocation', callId: voting.callId };
  await must(voting.meetingId, { type: 'openPoll', subject, secrecy, plannedMs: null }, voting.as('M03'));
  return (await voting.state()).polls.openId ?? '';
}

export const castAs = (voting: Voting, ref: string, pollId: string, choice: unknown) =>
  castBallot(
    { meetingId: voting.meetingId, pollId, seatId: voting.seat(ref), castId: newId(), choice },
    voting.as(ref),
  );

export async function counts(voting: Voting, pollId: string): Promise<readonly ChamberCount[]> {
  const outcome = (await voting.state()).allocations.outcomes[pollId];
  if (outcome?.kind !== 'counted') throw new Error(`not counted: ${JSON.stringify(outcome)}`);
  return outcome.counts;
}

/** Closes and waits, on a desk's own socket, until the count is in the log. */
export async function closedAndCounted(voting: Voting, pollId: string): Promise<void> {
  const desk = await voting.enter('M03');
  await must(voting.meetingId, { type: 'closePoll', pollId }, voting.as('M03'));
  await desk.until(() => desk.state.allocations.outcomes[pollId] !== undefined);
}
