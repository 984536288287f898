// A proposer's own address at an open space: what became of the topics they named, for whoever holds it, with or without a phone at the meeting.
// Derived from the meeting, the person there and this installation's secret; nothing is stored, and nobody can compute one. Rule [OS15].
import { livingTopics } from '#lib/domain/meeting/open-space/space.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { lookupCode } from '#lib/server/lookup-codes.ts';

/** Goes into the address `/m/{meetingId}/onward/{lookup}`, always the same. */
export const topicLookup = (meetingId: string, participantId: string): Promise<string> =>
  lookupCode(`topics ${meetingId} ${participantId}`);

/** Everybody who named a topic that went on, in the order of their coming. */
export function proposersOf(state: MeetingState): string[] {
  const { openSpace: open, participants } = state;
  const authors = new Set(open ? livingTopics(open).flatMap((topic) => topic.authors) : []);
  return participants.order.filter((id) => authors.has(id));
}

/** Whose address it is; null where it is nobody's of this meeting. */
export async function proposerBy(state: MeetingState, lookup: string): Promise<string | null> {
  const proposers = proposersOf(state);
  const lookups = await Promise.all(proposers.map((id) => topicLookup(state.meetingId, id)));
  return proposers[lookups.indexOf(lookup)] ?? null;
}
