// What people take on: an owner, a first step, a day. Topics nobody takes on are named so. Then one word each, to close the circle.
// What became of a commitment may be recorded after the meeting too. Rules [OS11], [OS12].
import { isDay } from '#lib/domain/calendar-day.ts';
import { isAssisted, mayTakePartAs, ownerOfWords } from '#lib/domain/meeting/participants.ts';
import { isRefusal, refuse } from '#lib/domain/meeting/refusal.ts';
import { drafter, type Deciders, type Folders } from '#lib/domain/meeting/slice.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { official, spokenBy, type Said } from '#lib/domain/meeting/words.ts';
import { isAtDesk, openSpaceOf, runs, type Commitment } from './space.ts';

export type CommitmentCommand =
  | {
      readonly type: 'commitTo';
      readonly participantId: string;
      readonly topicId: string;
      readonly owner: string;
      readonly action: string;
      readonly dueDay: string;
    }
  | { readonly type: 'dropCommitment'; readonly commitmentId: string }
  | {
      readonly type: 'followUpCommitment';
      readonly commitmentId: string;
      readonly done: boolean;
      readonly note: string;
    }
  | { readonly type: 'sayWord'; readonly participantId: string; readonly word: string };

export interface CommitmentEvents {
  CommitmentMade: {
    readonly commitmentId: string;
    readonly topicId: string;
    readonly owner: Said;
    readonly action: Said;
    readonly dueDay: string;
    readonly byParticipantId: string;
    readonly assisted: boolean;
  };
  CommitmentDropped: { readonly commitmentId: string };
  CommitmentFollowedUp: { readonly commitmentId: string; readonly done: boolean; readonly note: Said | null };
  WordSaid: { readonly participantId: string; readonly word: Said; readonly assisted: boolean };
}

const draft = drafter<CommitmentEvents>();
const ownerAt = (state: MeetingState, participantId: string): string | null => {
  const participant = state.participants.byId[participantId];
  return participant ? ownerOfWords(participant) : null;
};

export const commitmentDeciders: Deciders<CommitmentCommand> = {
  /** [OS11] Who, what first, until when: no commitment lacks one of them. */
  commitTo(state, { participantId, topicId, owner, action, dueDay }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    const topic = open.topics[topicId];
    if (!topic || !runs(open, topic)) return refuse('OS11', 'unknown-topic');
    const who = checkedText(owner, 40);
    if (typeof who !== 'string') return who;
    const what = checkedText(action, 100);
    if (typeof what !== 'string') return what;
    if (!isDay(dueDay)) return refuse('OS11', 'day-unfit');
    const by = ownerAt(state, participantId);
    return [
      draft('CommitmentMade', {
        commitmentId: context.newId(),
        topicId,
        owner: spokenBy(by, who),
        action: spokenBy(by, what),
        dueDay,
        byParticipantId: participantId,
        assisted: isAssisted(context.actor, participantId),
      }),
    ];
  },

  dropCommitment(state, { commitmentId }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const made = open.commitments.find((each) => each.commitmentId === commitmentId);
    if (!made) return refuse('OS11', 'unknown-commitment');
    const own = context.actor.participantId === made.byParticipantId;
    if (!own && !isAtDesk(context)) return refuse('OS11', 'not-your-part');
    return [draft('CommitmentDropped', { commitmentId })];
  },

  /** Also after the meeting: at the next one's opening, or when the day has come. */
  followUpCommitment(state, { commitmentId, done, note }) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (!open.commitments.some((each) => each.commitmentId === commitmentId))
      return refuse('OS11', 'unknown-commitment');
    const said = checkedText(note, 200, true);
    if (typeof said !== 'string') return said;
    return [draft('CommitmentFollowedUp', { commitmentId, done, note: said === '' ? null : official(said) })];
  },

  /** [OS12] Said anew, the last one stands. */
  sayWord(state, { participantId, word }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    const said = checkedText(word, 12);
    if (typeof said !== 'string') return said;
    return [
      draft('WordSaid', {
        participantId,
        word: spokenBy(ownerAt(state, participantId), said),
        assisted: isAssisted(context.actor, participantId),
      }),
    ];
  },
};

const withCommitments = (
  state: MeetingState,
  change: (made: readonly Commitment[]) => readonly Commitment[],
): MeetingState =>
  state.openSpace
    ? { ...state, openSpace: { ...state.openSpace, commitments: change(state.openSpace.commitments) } }
    : state;

export const commitmentFolders: Folders<CommitmentEvents> = {
  CommitmentMade: (state, { payload: { assisted: _assisted, ...made }, at }) =>
    withCommitments(state, (all) => [...all, { ...made, at, followUp: null }]),
  CommitmentDropped: (state, { payload: { commitmentId } }) =>
    withCommitments(state, (all) => all.filter((each) => each.commitmentId !== commitmentId)),
  CommitmentFollowedUp: (state, { payload: { commitmentId, done, note }, at }) =>
    withCommitments(state, (all) =>
      all.map((each) => (each.commitmentId === commitmentId ? { ...each, followUp: { done, note, at } } : each)),
    ),
  WordSaid: (state, { payload: { participantId, word } }) =>
    state.openSpace
      ? { ...state, openSpace: { ...state.openSpace, words: { ...state.openSpace.words, [participantId]: word } } }
      : state,
};
