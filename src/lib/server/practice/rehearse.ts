// A rehearsal as its own process runs it: N simulated phones join, speak and vote against the very server the meeting will use, over its real
// sockets, and the times are measured where the phones are. Reaches no database; everything it knows is in its plan. Bounded in count and time.
import { performance } from 'node:perf_hooks';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { Participant, SharedFolding } from './participant.ts';
import { playOpenSpace, type Measuring } from './rehearse-open-space.ts';

interface Seated {
  readonly phone: Participant;
  readonly seatId: string;
}

export interface RehearsalPlan {
  readonly url: string;
  readonly meetingId: string;
  /** One phone each: its cookie and its seat; the first leads (chair), the second keeps the desk (secretary). */
  readonly phones: readonly { readonly cookie: string; readonly seatId: string }[];
  /** How long the phones take to arrive, in ms. */
  readonly arriveWithinMs: number;
  /** How an open space is set up; null where a council session is rehearsed. */
  readonly setUp: Extract<Command, { type: 'setUpSpace' }> | null;
}

export type RehearsalStage = 'joining' | 'speaking' | 'voting' | 'done';

export interface RehearsalReport {
  readonly phones: number;
  readonly joined: number;
  readonly joinP50Ms: number;
  readonly joinP95Ms: number;
  /** From pressing a button to seeing its own effect come back as an event. */
  readonly echoP50Ms: number;
  readonly echoP95Ms: number;
  readonly voteP95Ms: number;
  readonly votesCounted: number;
  readonly errors: readonly string[];
  readonly passed: boolean;
}

/** What "pass" means, in ms. */
export const joinLimitMs = 3_000;
export const echoLimitMs = 1_000;

const mostErrors = 20;
const mostSpeakers = 50;

function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

export async function rehearse(
  { url, meetingId, phones, arriveWithinMs, setUp }: RehearsalPlan,
  tell: (stage: RehearsalStage, done: number) => void,
): Promise<RehearsalReport> {
  const errors: string[] = [];
  const failed = (what: string, why: unknown): void => {
    if (errors.length < mostErrors) errors.push(`${what}: ${why instanceof Error ? why.message : JSON.stringify(why)}`);
  };
  const expect = (what: string, refusal: Refusal | null): void => {
    if (refusal) failed(what, refusal.reason);
  };
  const joinMs: number[] = [];
  const echoMs: number[] = [];
  const voteMs: number[] = [];
  const people: Seated[] = [];
  const folding = new SharedFolding();
  let votesCounted = 0;

  try {
    tell('joining', 0);
    const arrived = await Promise.all(
      phones.map(async ({ cookie, seatId }, index) => {
        await new Promise((resolve) => setTimeout(resolve, (arriveWithinMs * index) / phones.length));
        const started = performance.now();
        try {
          const phone = await new Participant({ url, meetingId, cookie, folding }).enter();
          const mode = index % 4 === 3 ? 'remote' : 'hall';
          const coming: Command =
            setUp === null
              ? { type: 'takeSeat', seatId, mode, way: 'slip' }
              : { type: 'enterParticipant', name: String(index + 1), zone: null, channel: mode, assisted: false };
          expect('take-seat', await phone.act(coming));
          joinMs.push(performance.now() - started);
          if (joinMs.length % 10 === 0) tell('joining', joinMs.length);
          return { phone, seatId };
        } catch (error) {
          failed('join', error);
          return null;
        }
      }),
    );
    people.push(...arrived.filter((person) => person !== null));
    const [chair, secretary] = people;
    if (!chair || !secretary) throw new Error('nobody arrived');
    if (setUp !== null) {
      expect('set-up', await secretary.phone.act(setUp));
      votesCounted = await playOpenSpace(
        people.map(({ phone }) => {
          const key = `person:${phone.viewer.personId ?? ''}`;
          return { phone, participantId: phone.state.participants.idOf[key] ?? '' };
        }),
        { expect, failed, tell, echoMs, voteMs },
      );
    } else votesCounted = await playCouncil(chair, secretary, people, { expect, failed, tell, echoMs, voteMs });
  } catch (error) {
    failed('rehearsal', error);
  } finally {
    for (const { phone } of people) phone.leave();
  }
  const report = {
    phones: phones.length,
    joined: joinMs.length,
    joinP50Ms: quantile(joinMs, 0.5),
    joinP95Ms: quantile(joinMs, 0.95),
    echoP50Ms: quantile(echoMs, 0.5),
    echoP95Ms: quantile(echoMs, 0.95),
    voteP95Ms: quantile(voteMs, 0.95),
    votesCounted,
    errors,
  };
  tell('done', joinMs.length);
  const passed =
    errors.length === 0 &&
    report.joined === phones.length &&
    report.joinP95Ms < joinLimitMs &&
    report.echoP95Ms < echoLimitMs &&
    report.voteP95Ms < echoLimitMs;
  return { ...report, passed };
}

/** @returns how many votes were counted */
async function playCouncil(
  chair: Seated,
  secretary: Seated,
  people: readonly Seated[],
  { expect, failed, tell, echoMs, voteMs }: Measuring,
): Promise<number> {
  expect('open-session', await chair.phone.act({ type: 'openSession' }));
  expect('adopt-agenda', await chair.phone.act({ type: 'adoptAgenda' }));
  const itemId = secretary.phone.state.agenda.items[0]?.itemId ?? '';
  expect('open-item', await secretary.phone.act({ type: 'openItem', itemId }));

  tell('speaking', 0);
  await Promise.all(
    people.slice(0, mostSpeakers).map(async ({ phone, seatId }) => {
      const started = performance.now();
      try {
        // Resolves when the event itself is back on this phone.
        expect('ask-to-speak', await phone.act({ type: 'askToSpeak', seatId, stance: 'for' }));
        echoMs.push(performance.now() - started);
      } catch (error) {
        failed('ask-to-speak', error);
      }
    }),
  );
  expect('put-motion', await secretary.phone.act({ type: 'putItemMotion' }));
  expect('open-debate', await secretary.phone.act({ type: 'openDebate' }));

  tell('voting', 0);
  const open = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'named', plannedMs: null } as const;
  expect('open-poll', await secretary.phone.act(open));
  const pollId = secretary.phone.state.polls.openId ?? '';
  await Promise.all(
    people.map(async ({ phone, seatId }, index) => {
      try {
        await phone.until(() => phone.state.polls.openId === pollId);
        const started = performance.now();
        expect('cast', await phone.cast(pollId, seatId, (['for', 'against', 'abstain'] as const)[index % 3]));
        voteMs.push(performance.now() - started);
      } catch (error) {
        failed('cast', error);
      }
    }),
  );
  tell('voting', voteMs.length);
  expect('close-poll', await secretary.phone.act({ type: 'closePoll', pollId }));
  const votesCounted = secretary.phone.state.polls.byId[pollId]?.result?.voted ?? 0;
  if (votesCounted !== people.length) failed('count', `${votesCounted} of ${people.length}`);
  expect('announce', await chair.phone.act({ type: 'announceResult', pollId }));
  return votesCounted;
}
