// A meeting's state with everybody named as they may be named in public today, and every free word masked: what the public copy of a desk's file is
// made of. Choices by name are left out: beside a sector they would tell who a mask is.
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Words } from '#lib/domain/meeting/words.ts';
import type { PublicNames } from './public-names.ts';

export function namedForAll(state: MeetingState, names: PublicNames): MeetingState {
  const renamed = <T extends { readonly personId: string; readonly name: Words }>(one: T): T => ({
    ...one,
    name: { ...one.name, text: names.of(one.personId) || null },
  });
  const said = (words: Words): Words => (words.text === null ? words : { ...words, text: names.text(words.text) });
  const polls = Object.fromEntries(
    Object.entries(state.polls.byId).map(([pollId, poll]) => [
      pollId,
      {
        ...poll,
        frame: { ...poll.frame, question: said(poll.frame.question) },
        result: poll.result && { ...poll.result, choices: null },
        superseded: poll.superseded.map((one) => ({
          ...one,
          reason: said(one.reason),
          result: { ...one.result, choices: null },
        })),
      },
    ]),
  );
  return {
    ...state,
    title: state.title && said(state.title),
    seats: Object.fromEntries(Object.entries(state.seats).map(([id, seat]) => [id, renamed(seat)])),
    people: Object.fromEntries(Object.entries(state.people).map(([id, person]) => [id, renamed(person)])),
    polls: { ...state.polls, byId: polls },
  };
}
