// What an announced funding vote books: each winner of the deciding chamber against its envelope, where the call was made from the community's own
// books. Called by the meeting's bookings inside act's transaction, after the meeting's and the poll's locks.
import { eq } from 'drizzle-orm';
import type { FundingCall } from '#lib/domain/funding/checks.ts';
import { decidingChamber } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';
import { bookAward } from '#lib/server/ledger/awards.ts';
import { reportFailure } from '#lib/server/report-failure.ts';

/**
 * An award the envelope no longer holds, because something else was booked since the call was put, is not booked and does not undo the
 * announcement: the secretary sees it missing in the books and puts it right there.
 */
export async function bookAllocationAwards(
  tx: Queryable,
  after: MeetingState,
  pollId: string,
  { at, actorId }: { at: number; actorId: string },
): Promise<void> {
  const poll = after.polls.byId[pollId];
  const outcome = after.allocations.outcomes[pollId];
  if (poll?.frame.subject.kind !== 'allocation' || poll.result?.outcome !== 'passed' || outcome?.kind !== 'counted')
    return;
  const allocation = after.allocations.byId[poll.frame.subject.callId];
  const links = allocation?.links;
  if (!allocation || !links) return;
  const deciding = decidingChamber(allocation.voters);
  const call = poll.frame.config as FundingCall;
  for (const id of outcome.counts.find(({ chamber }) => chamber === deciding)?.winners ?? []) {
    const project = call.projects.find((each) => each.id === id);
    const envelopeId = links.envelopes[project?.envelopeId ?? ''];
    if (!project || envelopeId === undefined) continue;
    const projectId = links.projects[id] ?? null;
    const [known] =
      projectId === null
        ? []
        : await tx
            .select({ name: projects.name, payee: projects.organisationName })
            .from(projects)
            .where(eq(projects.id, projectId));
    const booked = await bookAward(
      {
        envelopeId,
        title: project.name ?? id,
        payee: known?.payee ?? '',
        projectId: known ? projectId : null,
        meetingId: after.meetingId,
        basis: allocation.title,
        amountFen: project.costFen,
      },
      { at, actorId, reason: allocation.title },
      tx,
    );
    if (isOfficeRefusal(booked)) reportFailure(`The award of ${id} could not be booked`, new Error(booked.reason));
  }
}
