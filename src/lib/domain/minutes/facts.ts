// The facts of a meeting's minutes, in their order: what the text must hold, each exactly once. Made from the log alone, so nobody can type
// one, change one or leave one out. A format adds its table of makers here and nothing else in the law.
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { evolveAll } from '#lib/domain/meeting/evolve.ts';
import { emptyMeeting, type MeetingState } from '#lib/domain/meeting/state.ts';
import { consensusFacts } from './consensus-facts.ts';
import { councilFacts } from './council-facts.ts';
import { parts, type Fact, type FactMakers, type Made, type Reading } from './fact.ts';
import { hearingFacts } from './hearing-facts.ts';
import { namesOf, personAt, withMentions } from './mentions.ts';
import { openSpaceFacts } from './open-space-facts.ts';

/** A later table's entry stands in for an earlier one's. */
const factMakers: FactMakers = { ...councilFacts, ...openSpaceFacts, ...hearingFacts, ...consensusFacts };

function readingOf(events: readonly MeetingEvent[], end: MeetingState): Reading {
  const names = namesOf(end);
  return {
    events,
    end,
    said: (words) => (words?.text ? withMentions(names, words.text) : []),
    personAt: (speakerId) => personAt(end, speakerId),
  };
}

/**
 * [X4] In order: part by part, within a part as the events came, a correction directly after what it corrects. `events` is the log as the
 * reader may read it; whoever reads more reads fuller words, never another list.
 */
export function factsOf(
  meetingId: string,
  events: readonly MeetingEvent[],
  end: MeetingState = evolveAll(emptyMeeting(meetingId), events),
): Fact[] {
  const reading = readingOf(events, end);
  const made = events.flatMap((event): Fact[] => {
    const make = factMakers[event.type] as ((event: MeetingEvent, reading: Reading) => Made) | undefined;
    const fact = make?.(event, reading) ?? null;
    return fact ? [{ ...fact, seq: event.seq, at: event.at } as Fact] : [];
  });
  return parts.flatMap((part) => {
    const own = made.filter((fact) => fact.part === part);
    const seqs = new Set(own.map(({ seq }) => seq));
    const followers = (seq: number): Fact[] =>
      own.filter(({ after }) => after === seq).flatMap((fact) => [fact, ...followers(fact.seq)]);
    return own
      .filter(({ after }) => after === undefined || !seqs.has(after))
      .flatMap((fact) => [fact, ...followers(fact.seq)]);
  });
}
