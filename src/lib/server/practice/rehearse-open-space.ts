// An open space as a rehearsal plays it: N simulated phones come in, name topics, change tables all at once, and hand their dots in, against the
// very server the meeting will use. Run by rehearse.ts in its own process. Reaches no database; bounded in count and time.
import { performance } from 'node:perf_hooks';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Participant } from './participant.ts';

export interface PersonAt {
  readonly phone: Participant;
  readonly participantId: string;
}

export interface Measuring {
  readonly expect: (what: string, refusal: Refusal | null) => void;
  readonly failed: (what: string, why: unknown) => void;
  readonly tell: (stage: 'speaking' | 'voting', done: number) => void;
  readonly echoMs: number[];
  readonly voteMs: number[];
}

const mostTopics = 12;

/** The first of `people` leads, the second keeps the desk. @returns how many people's dots were counted */
export async function playOpenSpace(
  people: readonly PersonAt[],
  { expect, failed, tell, echoMs, voteMs }: Measuring,
): Promise<number> {
  const [chair, secretary] = people;
  if (!chair || !secretary) throw new Error('nobody arrived');
  const desk = secretary.phone;
  const enter = async (stage: string) =>
    expect(stage, await desk.act({ type: 'enterStage', stage, allowedMs: null, reason: null }));
  const open = () => {
    const { openSpace } = desk.state;
    if (!openSpace) throw new Error('no open space');
    return openSpace;
  };
  /** Resolves when the command's own event is back on this phone. */
  const timed = async (into: number[], what: string, act: () => Promise<Refusal | null>) => {
    const started = performance.now();
    try {
      expect(what, await act());
      into.push(performance.now() - started);
    } catch (error) {
      failed(what, error);
    }
  };

  expect('open-session', await chair.phone.act({ type: 'openSession' }));
  await enter('topics');
  const topics = Math.min(mostTopics, open().space.tables.length * open().space.rounds, people.length);
  await Promise.all(
    people
      .slice(0, topics)
      .map(({ phone, participantId }, index) =>
        timed(echoMs, 'propose-topic', () =>
          phone.act({ type: 'proposeTopic', participantId, title: String(index + 1) }),
        ),
      ),
  );
  await enter('market');
  expect('arrange', await desk.act({ type: 'arrangeWall' }));
  await enter('rounds');
  const placed = Object.entries(open().wall).flatMap(([topicId, { round }]) => (round === 1 ? [topicId] : []));
  expect('start-round', await desk.act({ type: 'startRound', round: 1, allowedMs: 60_000 }));

  tell('speaking', 0);
  await Promise.all(
    people.map(({ phone, participantId }, index) =>
      timed(echoMs, 'change-table', () =>
        phone.act({ type: 'chooseTable', participantId, round: 1, topicId: placed[index % placed.length] ?? null }),
      ),
    ),
  );
  expect('end-round', await desk.act({ type: 'endRound' }));
  await enter('dots');
  expect('open-dots', await desk.act({ type: 'openDots' }));
  const dotted = open().dots?.topicIds ?? [];

  tell('voting', 0);
  await Promise.all(
    people.map(({ phone, participantId }, index) =>
      timed(voteMs, 'dots', async () => {
        await phone.until(() => phone.state.openSpace?.dots?.status === 'open');
        const topicId = dotted[index % dotted.length] ?? '';
        return phone.act({ type: 'placeDots', participantId, dots: { [topicId]: 1 } });
      }),
    ),
  );
  tell('voting', voteMs.length);
  expect('close-dots', await desk.act({ type: 'closeDots' }));
  const counted = open().dots?.result;
  if (counted?.people !== people.length || counted.dots !== people.length)
    failed('count', `${counted?.people ?? 0} people, ${counted?.dots ?? 0} dots of ${people.length}`);
  return counted?.people ?? 0;
}
