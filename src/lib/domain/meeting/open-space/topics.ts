// Topics: named by whoever has one, wanted by others, merged only where both conveners agree, shortlisted where the meeting works that way.
// Rules [OS2] to [OS4].
import { similarTo } from '#lib/domain/needs/similar.ts';
import { isAssisted, mayTakePartAs, ownerOfWords } from '#lib/domain/meeting/participants.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { drafter, type Context, type Deciders, type Folders } from '#lib/domain/meeting/slice.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { spokenBy, type Said } from '#lib/domain/meeting/words.ts';
import {
  isAtDesk,
  livingTopics,
  mayConvene,
  openSpaceOf,
  roundBegun,
  type MergeProposal,
  type OpenSpaceState,
  type Topic,
} from './space.ts';

export type TopicCommand =
  | { readonly type: 'proposeTopic'; readonly participantId: string; readonly title: string }
  | { readonly type: 'withdrawTopic'; readonly topicId: string }
  | {
      readonly type: 'showInterest';
      readonly participantId: string;
      readonly topicId: string;
      readonly interested: boolean;
    }
  | { readonly type: 'proposeMerge'; readonly topicId: string; readonly intoTopicId: string }
  | {
      readonly type: 'answerMerge';
      readonly mergeId: string;
      readonly participantId: string;
      readonly consent: boolean;
    }
  | { readonly type: 'shortlistTopics'; readonly topicIds: readonly string[] };

export interface TopicEvents {
  TopicProposed: {
    readonly topicId: string;
    readonly title: Said;
    readonly convener: string;
    readonly assisted: boolean;
  };
  TopicWithdrawn: { readonly topicId: string };
  InterestShown: {
    readonly topicId: string;
    readonly participantId: string;
    readonly interested: boolean;
    readonly assisted: boolean;
  };
  MergeProposed: { readonly mergeId: string; readonly topicId: string; readonly intoTopicId: string };
  MergeAnswered: {
    readonly mergeId: string;
    readonly participantId: string;
    readonly consent: boolean;
    readonly assisted: boolean;
  };
  TopicsMerged: { readonly topicId: string; readonly intoTopicId: string };
  TopicsShortlisted: { readonly topicIds: readonly string[] };
}

const draft = drafter<TopicEvents>();
export const longestTopic = 40;
/** More would not fit on any wall. */
export const mostTopics = 120;

function livingTopic(open: OpenSpaceState, topicId: string): Topic | Refusal {
  const topic = open.topics[topicId];
  return topic && !topic.withdrawn && topic.mergedInto === null ? topic : refuse('OS2', 'unknown-topic');
}

const conveners = (open: OpenSpaceState, { topicId, intoTopicId }: Omit<MergeProposal, 'consents' | 'mergeId'>) => [
  ...new Set([open.topics[topicId]?.convener ?? '', open.topics[intoTopicId]?.convener ?? '']),
];

/** Pairs that say much the same and are not being asked about yet, the likest first. A suggestion, never a decision. */
export function similarTopics(open: OpenSpaceState, topic: Topic, most = 2): Topic[] {
  const comparable = livingTopics(open)
    .filter(({ topicId }) => open.wall[topicId] === undefined || !roundBegun(open, open.wall[topicId]?.round ?? 0))
    .map((each) => ({ needId: each.topicId, title: each.title.text ?? '', detail: '', topic: each }));
  const own = comparable.find(({ needId }) => needId === topic.topicId);
  return own ? similarTo(own, comparable, most, 0.18).map((each) => each.topic) : [];
}

/** Pairs worth asking about that nobody has asked about yet: the later topic into the earlier. */
export function pairsToMerge(
  open: OpenSpaceState,
): { readonly key: string; readonly into: Topic; readonly from: Topic }[] {
  const keyOf = (left: string, right: string): string => [left, right].sort().join();
  const seen = new Set(Object.values(open.merges).map((merge) => keyOf(merge.topicId, merge.intoTopicId)));
  return livingTopics(open).flatMap((topic) =>
    similarTopics(open, topic, 1).flatMap((other) => {
      const key = keyOf(topic.topicId, other.topicId);
      if (seen.has(key)) return [];
      seen.add(key);
      const [into, from] = topic.at <= other.at ? [topic, other] : [other, topic];
      return [{ key, into, from }];
    }),
  );
}

/** Who has been asked and has not answered. */
export const mergeWaitsFor = (open: OpenSpaceState, merge: MergeProposal): string[] =>
  conveners(open, merge).filter((id) => !merge.consents.includes(id));

const begun = (open: OpenSpaceState, topicId: string): boolean => {
  const placed = open.wall[topicId];
  return placed !== undefined && roundBegun(open, placed.round);
};

export const topicDeciders: Deciders<TopicCommand> = {
  /** [OS2] One sentence; who names it convenes it. */
  proposeTopic(state, { participantId, title }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    const text = checkedText(title, longestTopic);
    if (typeof text !== 'string') return text;
    if (open.topicOrder.length >= mostTopics) return refuse('OS2', 'too-many-topics', { most: mostTopics });
    if (livingTopics(open).some((topic) => topic.title.text === text)) return refuse('OS2', 'topic-there-already');
    const participant = state.participants.byId[participantId];
    const owner = participant ? ownerOfWords(participant) : null;
    return [
      draft('TopicProposed', {
        topicId: context.newId(),
        title: spokenBy(owner, text),
        convener: participantId,
        assisted: isAssisted(context.actor, participantId),
      }),
    ];
  },

  withdrawTopic(state, { topicId }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const topic = livingTopic(open, topicId);
    if (isRefusal(topic)) return topic;
    if (begun(open, topicId)) return refuse('OS5', 'round-over');
    return mayConvene(topic, context) ?? [draft('TopicWithdrawn', { topicId })];
  },

  showInterest(state, { participantId, topicId, interested }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    const topic = livingTopic(open, topicId);
    if (isRefusal(topic)) return topic;
    if (topic.interested.includes(participantId) === interested) return refuse('OS2', 'already-done');
    const assisted = isAssisted(context.actor, participantId);
    return [draft('InterestShown', { topicId, participantId, interested, assisted })];
  },

  /** [OS3] A host or one of the two conveners asks; whoever asks as a convener has said yes. */
  proposeMerge(state, { topicId, intoTopicId }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const [topic, into] = [livingTopic(open, topicId), livingTopic(open, intoTopicId)];
    if (isRefusal(topic)) return topic;
    if (isRefusal(into)) return into;
    if (topicId === intoTopicId) return refuse('OS3', 'unknown-topic');
    if (begun(open, topicId) || begun(open, intoTopicId)) return refuse('OS5', 'round-over');
    const asks = context.actor.participantId;
    const concerned = conveners(open, { topicId, intoTopicId });
    if (!isAtDesk(context) && !(asks !== null && concerned.includes(asks))) return refuse('OS3', 'not-convener');
    const pending = Object.values(open.merges);
    if (
      pending.some((merge) => [merge.topicId, merge.intoTopicId].sort().join() === [topicId, intoTopicId].sort().join())
    )
      return refuse('OS3', 'already-done');
    const mergeId = context.newId();
    const proposed = draft('MergeProposed', { mergeId, topicId, intoTopicId });
    if (asks === null || !concerned.includes(asks)) return [proposed];
    const answered = draft('MergeAnswered', { mergeId, participantId: asks, consent: true, assisted: false });
    return concerned.length === 1
      ? [proposed, answered, draft('TopicsMerged', { topicId, intoTopicId })]
      : [proposed, answered];
  },

  /** [OS3] Each convener answers for themselves; the desk writes down what a convener without a phone says. */
  answerMerge(state, { mergeId, participantId, consent }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const merge = open.merges[mergeId];
    if (!merge) return refuse('OS3', 'unknown-merge');
    const foreign = mayAnswerFor(state, context, participantId);
    if (foreign) return foreign;
    if (!conveners(open, merge).includes(participantId)) return refuse('OS3', 'not-convener');
    if (merge.consents.includes(participantId) && consent) return refuse('OS3', 'already-done');
    const assisted = isAssisted(context.actor, participantId);
    const answered = draft('MergeAnswered', { mergeId, participantId, consent, assisted });
    const waiting = mergeWaitsFor(open, merge).filter((id) => id !== participantId);
    if (!consent || waiting.length > 0) return [answered];
    const { topicId, intoTopicId } = merge;
    if (begun(open, topicId) || begun(open, intoTopicId)) return refuse('OS5', 'round-over');
    return [answered, draft('TopicsMerged', { topicId, intoTopicId })];
  },

  /** [OS4] Only where the meeting works with a shortlist; a topic already on the wall stays on the list. */
  shortlistTopics(state, { topicIds }) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (open.space.way !== 'shortlist') return refuse('OS4', 'all-topics-run');
    const chosen = [...new Set(topicIds)];
    for (const topicId of chosen) {
      const topic = livingTopic(open, topicId);
      if (isRefusal(topic)) return topic;
    }
    if (Object.keys(open.wall).some((topicId) => !chosen.includes(topicId))) return refuse('OS4', 'table-in-use');
    return [draft('TopicsShortlisted', { topicIds: chosen })];
  },
};

/** A convener without a phone is asked by the desk; one with a phone of their own answers alone. */
function mayAnswerFor(state: MeetingState, context: Context, participantId: string): Refusal | null {
  const foreign = mayTakePartAs(state, context, participantId);
  if (foreign) return foreign;
  const own = context.actor.participantId === participantId;
  return own || state.participants.byId[participantId]?.assistedBy !== null ? null : refuse('OS3', 'not-your-part');
}

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

const withTopic = (state: MeetingState, topicId: string, change: (topic: Topic) => Topic): MeetingState => {
  const open = state.openSpace;
  const topic = open?.topics[topicId];
  if (!open || !topic) return state;
  return { ...state, openSpace: { ...open, topics: { ...open.topics, [topicId]: change(topic) } } };
};

const withoutMerges = (open: OpenSpaceState, gone: (merge: MergeProposal) => boolean): OpenSpaceState['merges'] =>
  Object.fromEntries(Object.entries(open.merges).filter(([, merge]) => !gone(merge)));

const offTheWall = (open: OpenSpaceState, topicId: string): OpenSpaceState['wall'] => {
  const { [topicId]: _down, ...wall } = open.wall;
  return wall;
};

const movedOver = (tables: OpenSpaceState['tables'], from: string, to: string | null): OpenSpaceState['tables'] =>
  Object.fromEntries(
    Object.entries(tables).map(([round, seats]) => [
      round,
      Object.fromEntries(Object.entries(seats).map(([id, at]) => [id, at === from ? to : at])),
    ]),
  );

export const topicFolders: Folders<TopicEvents> = {
  TopicProposed: (state, { payload: { topicId, title, convener }, at }) => {
    const open = state.openSpace;
    if (!open) return state;
    const topic: Topic = {
      topicId,
      title,
      convener,
      authors: [convener],
      interested: [convener],
      mergedInto: null,
      withdrawn: false,
      recorder: null,
      notesId: null,
      at,
    };
    return {
      ...state,
      openSpace: { ...open, topics: { ...open.topics, [topicId]: topic }, topicOrder: [...open.topicOrder, topicId] },
    };
  },
  TopicWithdrawn: (state, { payload: { topicId } }) => {
    const after = withTopic(state, topicId, (topic) => ({ ...topic, withdrawn: true }));
    const open = after.openSpace;
    if (!open) return after;
    const merges = withoutMerges(open, (merge) => merge.topicId === topicId || merge.intoTopicId === topicId);
    const tables = movedOver(open.tables, topicId, null);
    return { ...after, openSpace: { ...open, merges, tables, wall: offTheWall(open, topicId) } };
  },
  InterestShown: (state, { payload: { topicId, participantId, interested } }) =>
    withTopic(state, topicId, (topic) => {
      const others = topic.interested.filter((id) => id !== participantId);
      return { ...topic, interested: interested ? [...others, participantId] : others };
    }),
  MergeProposed: (state, { payload }) =>
    state.openSpace
      ? {
          ...state,
          openSpace: {
            ...state.openSpace,
            merges: { ...state.openSpace.merges, [payload.mergeId]: { ...payload, consents: [] } },
          },
        }
      : state,
  MergeAnswered: (state, { payload: { mergeId, participantId, consent } }) => {
    const open = state.openSpace;
    const merge = open?.merges[mergeId];
    if (!open || !merge) return state;
    const merges = consent
      ? { ...open.merges, [mergeId]: { ...merge, consents: [...merge.consents, participantId] } }
      : withoutMerges(open, (each) => each.mergeId === mergeId);
    return { ...state, openSpace: { ...open, merges } };
  },
  TopicsMerged: (state, { payload: { topicId, intoTopicId } }) => {
    const from = state.openSpace?.topics[topicId];
    if (!from) return state;
    const joined = withTopic(state, intoTopicId, (into) => ({
      ...into,
      authors: [...new Set([...into.authors, ...from.authors])],
      interested: [...new Set([...into.interested, ...from.interested])],
    }));
    const after = withTopic(joined, topicId, (topic) => ({ ...topic, mergedInto: intoTopicId }));
    const open = after.openSpace;
    if (!open) return after;
    // What was asked about the topic that goes on in another is asked of nobody any more.
    const merges = withoutMerges(open, (merge) => merge.topicId === topicId || merge.intoTopicId === topicId);
    const shortlist = open.shortlist?.filter((id) => id !== topicId) ?? null;
    return {
      ...after,
      openSpace: {
        ...open,
        merges,
        shortlist,
        wall: offTheWall(open, topicId),
        tables: movedOver(open.tables, topicId, null),
      },
    };
  },
  TopicsShortlisted: (state, { payload: { topicIds } }) =>
    state.openSpace ? { ...state, openSpace: { ...state.openSpace, shortlist: topicIds } } : state,
};
