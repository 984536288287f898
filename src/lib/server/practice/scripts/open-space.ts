// Script 6.2 of an open space for the practice page, from the dataset's topics: who does what in which order. Pure: it holds no sockets and no
// clock. It goes by people, for nobody sits for anybody here.
import type { Command } from '#lib/domain/meeting/commands.ts';
import type { OpenSpaceState } from '#lib/domain/meeting/open-space/space.ts';
import { openSpaceStages } from '#lib/domain/formats/open-space.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { additions, dataset, type DemoRef } from '#lib/server/demo/dataset.ts';
import {
  chair,
  enterStage,
  helper,
  secretary,
  step,
  type Cast,
  type PracticeScript,
  type Step,
  type StepName,
} from './step.ts';

const meeting = dataset.meetings.find(({ id }) => id === 'MT2');
const posted = meeting && 'topics_posted_list' in meeting ? (meeting.topics_posted_list ?? []) : [];
const placed = meeting && 'topics' in meeting ? (meeting.topics ?? []) : [];
const promises = meeting && 'commitments' in meeting ? (meeting.commitments ?? []) : [];
/** Those with a topic; the one among them without a phone is brought in by the helper. */
const conveners: readonly DemoRef[] = [...new Set(posted.map(({ convener }) => convener))];
const withoutPhone: readonly DemoRef[] = dataset.council.members
  .filter(({ id, phone_type: phone }) => conveners.includes(id) && phone === additions.phoneWithoutBrowser)
  .map(({ id }) => id);
const nameOf = (ref: DemoRef): string => dataset.council.members.find(({ id }) => id === ref)?.display_name ?? ref;
/** Who does it for `ref`: themselves, or the helper. */
const handOf = (ref: DemoRef): DemoRef => (withoutPhone.includes(ref) ? helper : ref);

function partOf(state: MeetingState, people: Cast['people'], ref: DemoRef): string | null {
  const own = state.participants.idOf[`person:${people[ref] ?? ''}`];
  if (own !== undefined) return own;
  return state.participants.order.find((id) => state.participants.byId[id]?.name.text === nameOf(ref)) ?? null;
}

const topicNamed = (open: OpenSpaceState | undefined, title: string) =>
  Object.values(open?.topics ?? {}).find((topic) => topic.title.text === title);
const titleOf = (id: string): string => posted.find((topic) => topic.id === id)?.title ?? '';

const enter = (stage: (typeof openSpaceStages)[number]): Step => enterStage(openSpaceStages, stage);

/** Everybody who takes part, with a command of their own. */
function* each(
  name: StepName,
  pauseMs: number,
  command: (state: MeetingState, ref: DemoRef, participantId: string, index: number) => Command | null,
): Generator<Step> {
  for (const [index, ref] of conveners.entries())
    yield step(name, handOf(ref), pauseMs, (state, { people }) => {
      const participantId = partOf(state, people, ref);
      return participantId === null ? null : command(state, ref, participantId, index);
    });
}

function* openSpaceScript(): Generator<Step> {
  yield step('open-check-in', secretary, 500, (state) => (state.phase === 'convened' ? { type: 'openCheckIn' } : null));
  for (const ref of conveners)
    yield step('come-in', handOf(ref), 300, (state, { people }) =>
      partOf(state, people, ref) === null
        ? {
            type: 'enterParticipant',
            name: nameOf(ref),
            zone: null,
            channel: 'hall',
            assisted: withoutPhone.includes(ref),
          }
        : null,
    );
  yield step('open-session', chair, 1_500, (state) => (state.phase === 'check_in' ? { type: 'openSession' } : null));
  yield enter('topics');
  for (const { title, convener } of posted)
    yield step('name-topic', handOf(convener), 700, (state, { people }) => {
      const participantId = partOf(state, people, convener);
      return participantId === null || topicNamed(state.openSpace, title)
        ? null
        : { type: 'proposeTopic', participantId, title };
    });
  for (const { title, convener, merged_into: into } of posted) {
    if (into === null) continue;
    const other = posted.find(({ id }) => id === into)?.convener ?? '';
    const mergeIn = (open: OpenSpaceState | undefined) =>
      Object.values(open?.merges ?? {}).find((merge) => merge.topicId === topicNamed(open, title)?.topicId);
    yield step('ask-merge', secretary, 700, ({ openSpace: open }) => {
      const [from, to] = [topicNamed(open, title), topicNamed(open, titleOf(into))];
      return !from || !to || from.mergedInto !== null || mergeIn(open)
        ? null
        : { type: 'proposeMerge', topicId: from.topicId, intoTopicId: to.topicId };
    });
    for (const ref of [convener, other])
      yield step('agree-merge', handOf(ref), 500, (state, { people }) => {
        const merge = mergeIn(state.openSpace);
        const participantId = partOf(state, people, ref);
        return !merge || participantId === null || merge.consents.includes(participantId)
          ? null
          : { type: 'answerMerge', mergeId: merge.mergeId, participantId, consent: true };
      });
  }
  yield enter('market');
  for (const { title, table, round } of placed)
    yield step('place-topic', secretary, 700, ({ openSpace: open }) => {
      const topic = topicNamed(open, title);
      const tableId = open?.space.tables[table - 1]?.tableId;
      return !open || !topic || tableId === undefined || open.wall[topic.topicId]
        ? null
        : { type: 'placeTopic', topicId: topic.topicId, tableId, round, from: null, swap: false };
    });
  const choose = (round: number) => (state: MeetingState, _ref: DemoRef, participantId: string, index: number) => {
    const open = state.openSpace;
    const here = Object.entries(open?.wall ?? {}).flatMap(([topicId, cell]) => (cell.round === round ? [topicId] : []));
    const topicId = here[index % here.length];
    return topicId === undefined || open?.tables[round]?.[participantId] !== undefined
      ? null
      : ({ type: 'chooseTable', participantId, round, topicId } as const);
  };
  for (const round of [1, 2]) yield* each('choose-table', 150, choose(round));
  yield enter('rounds');
  for (const round of [1, 2]) {
    yield step('start-round', secretary, 1_500, ({ openSpace: open }) =>
      open?.roundsDone === round - 1 && open.runningRound === null
        ? { type: 'startRound', round, allowedMs: open.space.roundMinutes * 60_000 }
        : null,
    );
    yield step('end-round', secretary, 8_000, ({ openSpace: open }) =>
      open?.runningRound === round ? { type: 'endRound' } : null,
    );
  }
  yield enter('reports');
  for (const { title } of placed)
    yield step('call-report', secretary, 1_500, ({ openSpace: open }) => {
      const topic = topicNamed(open, title);
      return !topic?.notesId || open?.reporting === topic.topicId || open?.reported.includes(topic.topicId)
        ? null
        : { type: 'callReport', topicId: topic.topicId };
    });
  yield enter('dots');
  yield step('open-dots', secretary, 1_000, ({ openSpace: open }) =>
    open?.dots === null ? { type: 'openDots' } : null,
  );
  yield* each('hand-in-dots', 300, ({ openSpace: open }, _ref, participantId, index) => {
    const topics = open?.dots?.topicIds ?? [];
    const [first, second] = [topics[index % topics.length], topics[(index + 1) % topics.length]];
    return open?.dots?.status !== 'open' || open.dots.handedIn[participantId] || !first || !second || first === second
      ? null
      : { type: 'placeDots', participantId, dots: { [first]: 2, [second]: 1 } };
  });
  yield step('close-dots', secretary, 1_000, ({ openSpace: open }) =>
    open?.dots?.status === 'open' ? { type: 'closeDots' } : null,
  );
  yield enter('commitments');
  for (const { topic: id, action, owner, due } of promises) {
    const ref = posted.find((topic) => topic.id === id)?.convener ?? '';
    yield step('commit', handOf(ref), 1_000, (state, { people }) => {
      const topic = topicNamed(state.openSpace, titleOf(id));
      const participantId = partOf(state, people, ref);
      const name = dataset.organizations.find((organisation) => organisation.id === owner)?.name ?? nameOf(owner);
      return !topic ||
        participantId === null ||
        state.openSpace?.commitments.some((made) => made.topicId === topic.topicId)
        ? null
        : { type: 'commitTo', participantId, topicId: topic.topicId, owner: name, action, dueDay: due };
    });
  }
  yield enter('closing');
  yield* each('say-word', 200, ({ openSpace: open }, _ref, participantId, index) =>
    open?.words[participantId]
      ? null
      : {
          type: 'sayWord',
          participantId,
          word: additions.openSpace.words[index % additions.openSpace.words.length] ?? '',
        },
  );
  yield step('adjourn', chair, 1_500, (state) =>
    state.phase === 'in_session' ? { type: 'adjournMeeting', leaveUnfinished: false } : null,
  );
}

export const openSpace: PracticeScript = {
  steps: openSpaceScript,
  players: () => [...new Set([chair, secretary, helper, ...conveners.map(handOf)])],
};
