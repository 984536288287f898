// The facts of an open space: what it was about, its topics and what became of each, the dots, what people have taken on.
import { peopleAt, roundBegun, runs, tableOf, type Topic } from '#lib/domain/meeting/open-space/space.ts';
import type { OpenSpaceState } from '#lib/domain/meeting/open-space/space.ts';
import type { FactMakers, FactSaid, Reading, TopicFate } from './fact.ts';

function fateOf(open: OpenSpaceState, topic: Topic): TopicFate {
  if (topic.mergedInto !== null) return 'merged';
  if (topic.withdrawn) return 'withdrawn';
  if (!runs(open, topic)) return 'not_chosen';
  const placed = open.wall[topic.topicId];
  return placed && roundBegun(open, placed.round) ? 'talked' : 'not_reached';
}

function tableOfTopic(open: OpenSpaceState, topicId: string, { events }: Reading): FactSaid['topic']['table'] {
  const placed = open.wall[topicId];
  if (!placed) return null;
  const { tableId, round } = placed;
  const timeOf = (type: 'RoundStarted' | 'RoundEnded'): number | null =>
    events.find((event) => event.type === type && event.payload.round === round)?.at ?? null;
  return {
    name: tableOf(open, tableId)?.name ?? '',
    round,
    from: timeOf('RoundStarted'),
    to: timeOf('RoundEnded'),
    people: peopleAt(open, topicId).length,
  };
}

const isLast = ({ events }: Reading, type: string, seq: number): boolean =>
  !events.some((event) => event.type === type && event.seq > seq);

export const openSpaceFacts: FactMakers = {
  SpaceSetUp: ({ seq }, reading) => {
    const space = reading.end.openSpace?.space;
    if (!space || !isLast(reading, 'SpaceSetUp', seq)) return null;
    const { theme, tables, rounds, roundMinutes, dotsPerPerson, dotsPerTopic } = space;
    return {
      part: 'opening',
      kind: 'space',
      said: {
        ...{ theme: reading.said(theme), tables: tables.map(({ name }) => name), rounds, roundMinutes },
        ...{ dotsPerPerson, dotsPerTopic },
      },
    };
  },
  TopicProposed: ({ payload: { topicId } }, reading) => {
    const open = reading.end.openSpace;
    const topic = open?.topics[topicId];
    if (!open || !topic) return null;
    const { title, convener, authors, interested, mergedInto, recorder } = topic;
    return {
      part: 'course',
      kind: 'topic',
      said: {
        topicId,
        title: reading.said(title),
        convener: reading.personAt(convener),
        authors: authors.filter((id) => id !== convener).map(reading.personAt),
        interested: interested.length,
        fate: fateOf(open, topic),
        into: mergedInto === null ? null : reading.said(open.topics[mergedInto]?.title ?? null),
        table: tableOfTopic(open, topicId, reading),
        recorder: recorder === null ? null : reading.personAt(recorder),
      },
    };
  },
  DotsCounted: ({ seq, payload }, reading) => {
    const topics = reading.end.openSpace?.topics;
    if (!topics || !isLast(reading, 'DotsCounted', seq) || !isLast(reading, 'DotsReopened', seq)) return null;
    const counted = Object.entries(payload.counts).map(([topicId, dots]) => ({
      title: reading.said(topics[topicId]?.title ?? null),
      dots,
    }));
    return {
      part: 'decisions',
      kind: 'dots',
      said: { result: payload, topics: counted.sort((one, other) => other.dots - one.dots) },
    };
  },
  CommitmentMade: ({ payload: { commitmentId } }, { end, said, personAt }) => {
    const made = end.openSpace?.commitments.find((each) => each.commitmentId === commitmentId);
    if (!made) return null;
    const { topicId, action, owner, dueDay, byParticipantId, followUp } = made;
    // Who names somebody who takes part, oneself first of all, means the person.
    const { byId, order } = end.participants;
    const isNamed = (id: string): boolean => owner.text !== null && byId[id]?.name.text === owner.text;
    const named = [byParticipantId, ...order].find(isNamed);
    return {
      part: 'decisions',
      kind: 'commitment',
      said: {
        topic: said(end.openSpace?.topics[topicId]?.title ?? null),
        action: said(action),
        owner: named === undefined ? said(owner) : [{ personId: personAt(named) }],
        dueOn: dueDay,
        by: personAt(byParticipantId),
        followUp: followUp && { done: followUp.done, note: said(followUp.note) },
      },
    };
  },
  /** Told once, by whoever spoke first. */
  WordSaid: ({ seq }, { end, said, events }) => {
    if (events.find(({ type }) => type === 'WordSaid')?.seq !== seq) return null;
    const words = Object.values(end.openSpace?.words ?? {}).map(said);
    return { part: 'closing', kind: 'circle', said: { words: words.filter((word) => word.length > 0) } };
  },
};
