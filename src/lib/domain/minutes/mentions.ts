// Names in free text become mentions, so that the text of the minutes holds people by id and never by a typed name. Called for every word
// of the log a fact shows, and by the office when it looks for typed names. Pure.
import { ownerOfWords } from '#lib/domain/meeting/participants.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { WrittenInline } from './record.ts';

/** Longest first, so that of two names one of which begins the other the longer is found. */
export type Names = readonly { readonly personId: string; readonly name: string }[];

/** The people of a meeting by their names; who shares a name with somebody else, or has lost theirs, is not found by it. */
export function namesOf(state: MeetingState): Names {
  const known = Object.values(state.people).flatMap(({ personId, name }) =>
    name.text && Array.from(name.text).length > 1 ? [{ personId, name: name.text }] : [],
  );
  const counts = new Map<string, number>();
  for (const { name } of known) counts.set(name, (counts.get(name) ?? 0) + 1);
  return known.filter(({ name }) => counts.get(name) === 1).sort((one, other) => other.name.length - one.name.length);
}

/**
 * Everybody the minutes may mention, by the names this state holds: the people of the meeting, and whoever took part without a seat. The latter
 * are found by id alone, never by their names in a text: a nickname may be any word.
 */
export function mentionable(
  state: MeetingState,
): readonly { readonly personId: string; readonly name: string | null; readonly participant: boolean }[] {
  const people = Object.values(state.people);
  const others = Object.values(state.participants.byId).filter(({ personId }) => !state.people[personId ?? '']);
  return [
    ...people.map(({ personId, name }) => ({ personId, name: name.text, participant: false })),
    ...others.map((each) => ({ personId: ownerOfWords(each), name: each.name.text, participant: true })),
  ];
}

/** Who that is, of a seat or of somebody who takes part without one; '' for nobody who is there. */
export function personAt(state: MeetingState, speakerId: string): string {
  const participant = state.participants.byId[speakerId];
  return state.seats[speakerId]?.personId ?? (participant ? ownerOfWords(participant) : '');
}

export function withMentions(names: Names, text: string): readonly WrittenInline[] {
  const inlines: WrittenInline[] = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = names.find(({ name }) => text.startsWith(name, at));
    if (!found) {
      plain += text.charAt(at);
      at += 1;
      continue;
    }
    if (plain !== '') inlines.push({ text: plain });
    plain = '';
    inlines.push({ personId: found.personId });
    at += found.name.length;
  }
  if (plain !== '') inlines.push({ text: plain });
  return inlines;
}
