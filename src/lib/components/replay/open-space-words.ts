// An event of an open space in one plain sentence; event-words.ts hands on what is not its own. Pure; the compiler misses no event type.
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { OpenSpaceEvents } from '#lib/domain/meeting/open-space/index.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { participantName, textOf } from '#lib/messages/seat-words.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import type { ReplayMessages } from '#lib/messages/zh-CN/replay.ts';

type OpenSpaceEvent = Extract<MeetingEvent, { type: keyof OpenSpaceEvents }>;

export function openSpaceSentence(
  w: Messages,
  say: ReplayMessages,
  after: MeetingState,
  event: OpenSpaceEvent,
): string {
  const open = after.openSpace;
  const title = (topicId: string) => textOf(w, open?.topics[topicId]?.title ?? null);
  const name = (participantId: string) => participantName(w, after, participantId);
  switch (event.type) {
    case 'SpaceSetUp':
      return say.SpaceSetUp({
        tables: event.payload.tables.length,
        rounds: event.payload.rounds,
        dots: event.payload.dotsPerPerson,
      });
    case 'TopicProposed':
      return say.TopicProposed({ name: name(event.payload.convener), title: textOf(w, event.payload.title) });
    case 'TopicWithdrawn':
    case 'TopicTakenDown':
      return say[event.type]({ title: title(event.payload.topicId) });
    case 'InterestShown': {
      const said = { name: name(event.payload.participantId), title: title(event.payload.topicId) };
      return event.payload.interested ? say.InterestShown(said) : say.InterestLost(said);
    }
    case 'MergeProposed':
    case 'TopicsMerged':
      return say[event.type]({ title: title(event.payload.topicId), into: title(event.payload.intoTopicId) });
    case 'MergeAnswered': {
      const said = { name: name(event.payload.participantId) };
      return event.payload.consent ? say.MergeAgreed(said) : say.MergeDenied(said);
    }
    case 'TopicsShortlisted':
      return say.TopicsShortlisted({ count: event.payload.topicIds.length });
    case 'TopicPlaced': {
      const table = open?.space.tables.find(({ tableId }) => tableId === event.payload.tableId)?.name ?? '';
      return say.TopicPlaced({ title: title(event.payload.topicId), table, round: event.payload.round });
    }
    case 'WallArranged':
      return say.WallArranged({ count: event.payload.placements.length });
    case 'TableChosen': {
      const { participantId, round, topicId } = event.payload;
      return topicId === null
        ? say.TableLeft({ name: name(participantId), round })
        : say.TableChosen({ name: name(participantId), round, title: title(topicId) });
    }
    case 'RoundStarted':
      return say.RoundStarted({
        round: event.payload.round,
        minutes: Math.round(event.payload.allowedMs / 60_000),
      });
    case 'RoundEnded':
      return say.RoundEnded({ round: event.payload.round });
    case 'RecordTaken':
      return say.RecordTaken({ name: name(event.payload.participantId), title: title(event.payload.topicId) });
    case 'ReportCalled':
      return event.payload.topicId === null
        ? say.ReportsPaused
        : say.ReportCalled({ title: title(event.payload.topicId) });
    case 'DotsOpened':
      return say.DotsOpened({ count: event.payload.topicIds.length });
    case 'DotsPlaced': {
      const { participantId, dots } = event.payload;
      const count = Object.values(dots).reduce((sum, each) => sum + each, 0);
      return say.DotsPlaced({ name: name(participantId), count });
    }
    case 'DotsHandedIn':
      return say.DotsHandedIn({ name: name(event.payload.participantId) });
    case 'PaperDotsEntered':
      return say.PaperDotsEntered({ people: event.payload.people });
    case 'PaperDotsSettled':
      return event.payload.confirmed ? say.PaperDotsConfirmed : say.PaperDotsRejected;
    case 'DotsCounted':
      return say.DotsCounted({ people: event.payload.people, dots: event.payload.dots });
    case 'DotsReopened':
      return say.DotsReopened({ reason: textOf(w, event.payload.reason) });
    case 'CommitmentMade':
      return say.CommitmentMade({
        owner: textOf(w, event.payload.owner),
        action: textOf(w, event.payload.action),
        day: event.payload.dueDay,
      });
    case 'CommitmentDropped':
      return say.CommitmentDropped;
    case 'CommitmentFollowedUp':
      return event.payload.done ? say.CommitmentDone : say.CommitmentOpen;
    case 'WordSaid':
      return say.WordSaid({ name: name(event.payload.participantId), word: textOf(w, event.payload.word) });
  }
}
