// The public result of a funding vote: what was announced, and the steps of the count. The ballots are fetched only by who recounts.
import { ruleCount } from '#lib/server/allocations/counts.ts';
import { publishedAllocation } from '#lib/server/allocations/published.ts';
import { reconcileSlips } from '#lib/server/allocations/slip-papers.ts';
import { homeOf } from '#lib/server/meetings/meeting-door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId, pollId } = event.params;
  const { state, poll, call, counts } = await publishedAllocation(event, event.params);
  const ruleId = poll.frame.allocation?.ruleId ?? '';
  const chambers = await Promise.all(
    counts.map(async (count) => {
      const counted = await ruleCount(state, pollId, count.chamber, ruleId);
      return { ...count, steps: counted && 'count' in counted ? counted.count.steps : [] };
    }),
  );
  const { subject } = poll.frame;
  const residents = counts.some(({ chamber }) => chamber === 'residents');
  return {
    home: await homeOf(meetingId),
    meetingId,
    pollId,
    meetingTitle: state.title?.text ?? '',
    title: poll.frame.question.text ?? '',
    kind: poll.frame.kind,
    voters: poll.frame.allocation?.voters ?? 'seats',
    announcedAt: poll.announcedAt,
    ruleId,
    call,
    chambers,
    /** [D10] Where the residents' slips went. */
    slips: residents && subject.kind === 'allocation' ? await reconcileSlips(subject.callId, pollId) : null,
  };
};
