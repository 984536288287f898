// An announced funding vote as everybody may read it. The first line of its page and of the files beside it. 404 for anything else.
import { error, type RequestEvent } from '@sveltejs/kit';
import type { FundingCall } from '#lib/domain/funding/checks.ts';
import { chambers, type Chamber, type ChamberCount } from '#lib/domain/meeting/allocation.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';

export interface PublishedAllocation {
  readonly state: MeetingState;
  readonly poll: Poll;
  readonly call: FundingCall;
  /** None before the announcement. */
  readonly counts: readonly ChamberCount[];
}

export async function publishedAllocation(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  { meetingId, pollId }: { meetingId: string; pollId: string },
): Promise<PublishedAllocation> {
  const { state } = await inPublic(event, meetingId);
  const poll = state.polls.byId[pollId];
  if (!poll || poll.frame.subject.kind !== 'allocation') error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const outcome = poll.stage === 'announced' ? state.allocations.outcomes[pollId] : undefined;
  const counts = outcome?.kind === 'counted' ? outcome.counts : [];
  return { state, poll, call: poll.frame.config as FundingCall, counts };
}

/** Which chamber's file is asked for; the first that voted where the address does not say. */
export const chamberAsked = (url: URL, counts: readonly ChamberCount[]): Chamber | null =>
  chambers.find((chamber) => chamber === url.searchParams.get('chamber')) ?? counts[0]?.chamber ?? null;
