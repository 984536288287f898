// How a seat, a person and a text of the log are put into words, on a screen or in a file: a name where there is one, and what to say after
// an erasure. Used by components (through components/meeting/seat-words.ts) and by the office. Pure; the words come from the caller.
import { indicatorsOf, isAppraisalForm } from '#lib/domain/appraisal/returns.ts';
import { shortChoice } from './allocation-words.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Words } from '#lib/domain/meeting/words.ts';
import type { Messages } from './zh-CN.ts';

/** Of a seat, or of a participant where one speaks without. */
export const nameOf = (w: Messages, state: MeetingState, seatId: string): string =>
  state.seats[seatId]?.name.text ?? state.participants.byId[seatId]?.name.text ?? w.meeting.erased;

export const textOf = (w: Messages, words: Words | null): string =>
  words ? (words.text ?? w.meeting.vacantWords) : '';

export const sectorOf = (state: MeetingState, seatId: string): string => {
  const sectorId = state.seats[seatId]?.sectorId;
  const sector = state.sectors.find((each) => each.sectorId === sectorId)?.name;
  return sector ?? state.participants.byId[seatId]?.zone ?? '';
};

export const participantName = (w: Messages, state: MeetingState, participantId: string): string =>
  state.participants.byId[participantId]?.name.text ?? w.meeting.erased;

export const stageName = (w: Messages, stage: string): string => (w.stages as Record<string, string>)[stage] ?? '';
/** What a meeting format is called. */
export const formatName = (w: Messages, format: string): string =>
  (w.formats as Readonly<Record<string, string>>)[format] ?? '';

/** A party of a joint meeting is a sector of its roster. */
export const partyName = (state: MeetingState, partyId: string): string =>
  state.sectors.find(({ sectorId }) => sectorId === partyId)?.name ?? '';

/** `personId` or `guest:…` of an event → the name it goes by here, empty when unknown. */
export const actorName = (w: Messages, state: MeetingState, actorId: string): string => {
  const person = state.people[actorId];
  return person ? (person.name.text ?? w.meeting.erased) : '';
};

/** The options of a poll in the order they are offered, with what each is called. */
export function optionsOf(w: Messages, poll: Poll): { readonly key: string; readonly label: string }[] {
  const { method, config } = poll.frame;
  if (method === 'for_against_abstain')
    return (['for', 'against', 'abstain'] as const).map((key) => ({ key, label: w.meeting.options[key] }));
  const options = (config as { options?: readonly { key: string; label: string }[] } | null)?.options;
  return options ? [...options] : [];
}

export function optionLabel(w: Messages, poll: Poll, choice: unknown): string {
  if (poll.frame.subject.kind === 'allocation') return shortChoice(w, choice);
  const options = optionsOf(w, poll);
  const label = (key: unknown) => options.find((option) => option.key === key)?.label;
  const indicators = indicatorsOf(poll);
  if (indicators.length === 0 || typeof choice !== 'string') return label(choice) ?? '';
  // A form of several answers, read back whole.
  const marks = indicators.map((name, at) => {
    const answer = label(choice[at + 1]);
    return answer === undefined ? w.vote.appraisal.notMarked({ name }) : w.vote.appraisal.mark({ name, answer });
  });
  return w.vote.appraisal.marks({ whole: label(choice[0]) ?? '', marks: marks.join(w.vote.appraisal.between) });
}

/** That people vote, or fill in forms. */
export const openWord = (w: Messages, poll: Poll): string =>
  isAppraisalForm(poll) ? w.vote.appraisal.open : w.vote.open;

/** What a counted vote came to, in a word: a form of an appraisal reaches its line, a vote passes. */
export const outcomeWord = (w: Messages, poll: Poll): string =>
  poll.result ? (isAppraisalForm(poll) ? w.vote.appraisal : w.vote).outcomes[poll.result.outcome] : '';
