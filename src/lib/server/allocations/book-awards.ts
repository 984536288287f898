// What an announced funding vote makes of the community's projects, where the call was made from its own books: each winner of the deciding chamber is
// approved with its amount and has its award booked, the others are not approved. Called by the meeting's bookings inside act's transaction,
// after the meeting's and the poll's locks; the funds are locked here, before any project. Rules [D6], [D9], [J13].
import { inArray } from 'drizzle-orm';
import type { FundingCall } from '#lib/domain/funding/checks.ts';
import { decidingChamber } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { OfficeRefused, orThrow } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';
import { bookAward } from '#lib/server/ledger/awards.ts';
import { lockFunds } from '#lib/server/ledger/books.ts';
import { fundsOfEnvelopes } from '#lib/server/ledger/funds.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { takeStep } from '#lib/server/projects/steps.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import { reportFailure } from '#lib/server/report-failure.ts';

/**
 * A winner its envelope no longer holds, because something else was booked since the call was put, is neither booked nor approved, and does
 * not undo the announcement. A project that is not where a council can decide it stays as it is, with no second award.
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
  const count = outcome.counts.find(({ chamber }) => chamber === decidingChamber(allocation.voters));
  const call = poll.frame.config as FundingCall;
  const known = await tx
    .select({
      id: projects.id,
      communityId: projects.communityId,
      name: projects.name,
      payee: projects.organisationName,
      status: projects.status,
      ownersMatter: projects.ownersMatter,
    })
    .from(projects)
    .where(inArray(projects.id, [...Object.values(links.projects), '']));
  const occasion = { at, actorId, reason: allocation.title };
  const recorded = { meeting: after.title?.text || after.meetingId };
  const step = (
    tx: Queryable,
    projectId: string,
    deed: 'approve' | 'notApprove',
    more: Record<string, number>,
    why = allocation.title,
  ) => {
    const { communityId = '' } = known.find(({ id }) => id === projectId) ?? {};
    const said = { why, recorded: { ...recorded, ...more } };
    return takeStep(tx, communityId, projectId, deed, said, null, 'in-session');
  };
  await lockFunds(tx, await fundsToLock(tx, known[0]?.communityId, Object.values(links.envelopes)));

  const approved = new Set<string>();
  /** Winners of the vote that the books do not hold, with the reason as a person reads it. */
  const unbooked = new Map<string, string>();
  for (const callId of count?.winners ?? []) {
    const offered = call.projects.find(({ id }) => id === callId);
    const envelopeId = links.envelopes[offered?.envelopeId ?? ''];
    const project = known.find(({ id }) => id === links.projects[callId]);
    if (!offered) continue;
    const supporters = count?.reasons.find(({ projectId }) => projectId === callId)?.supporters ?? 0;
    try {
      await tx.transaction(async (part) => {
        if (project)
          orThrow(await step(part, project.id, 'approve', { approvedFen: offered.costFen, for: supporters }));
        if (envelopeId === undefined) return;
        const award = {
          envelopeId,
          title: project?.name ?? offered.name ?? callId,
          payee: project?.payee ?? '',
          projectId: project?.id ?? null,
          ownersMatter: project?.ownersMatter ?? 'none',
          meetingId: after.meetingId,
          basis: allocation.title,
          amountFen: offered.costFen,
        } as const;
        orThrow(await bookAward(award, occasion, part));
      });
      if (project) approved.add(project.id);
    } catch (error) {
      if (!(error instanceof OfficeRefused)) throw error;
      if (project) unbooked.set(project.id, sentenceOf('zh-CN', error.refusal));
      reportFailure(`The award of ${callId} could not be booked`, error);
    }
  }
  // A variant that was not funded says nothing of a project whose other one was.
  for (const { id, status } of known)
    if (!approved.has(id) && status === 'reviewed')
      await step(
        tx,
        id,
        'notApprove',
        {
          for: Math.max(
            0,
            ...(count?.reasons ?? []).flatMap((each) =>
              links.projects[each.projectId] === id ? [each.supporters] : [],
            ),
          ),
        },
        unbooked.has(id)
          ? messagesFor('zh-CN').allocation.wonUnbooked({ title: allocation.title, reason: unbooked.get(id) ?? '' })
          : allocation.title,
      );
}

async function fundsToLock(tx: Queryable, communityId: string | undefined, envelopeIds: readonly string[]) {
  if (communityId === undefined || envelopeIds.length === 0) return [];
  return [...new Set((await fundsOfEnvelopes(tx, communityId, envelopeIds)).map(({ fundId }) => fundId))];
}
