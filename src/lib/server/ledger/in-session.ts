// The books as a meeting sees and moves them: the fact its commands decide on, and what its award events book. Called by meetings/facts.ts
// and meetings/bookings.ts inside act's transaction, always after the meeting's and the poll's locks.
import { eq } from 'drizzle-orm';
import { balanceOf, type Books } from '#lib/domain/ledger/books.ts';
import type { FundsFact } from '#lib/domain/meeting/awards.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { awards, meetings, projects } from '#lib/server/db/schema/index.ts';
import { bookAward, reduceAward } from './awards.ts';
import { lockFunds, readBooks } from './books.ts';
import { fundsOfEnvelopes, standingOfFunds } from './funds.ts';

/** @param lock where the command may book: nobody else books in these funds until the transaction ends. */
export async function fundsFact(
  tx: Queryable,
  meetingId: string,
  { envelopeIds, awardIds, lock }: { envelopeIds: readonly string[]; awardIds: readonly string[]; lock: boolean },
): Promise<FundsFact> {
  if (envelopeIds.length === 0) return { funds: [], reservedFen: {} };
  const [meeting] = await tx
    .select({ communityId: meetings.communityId })
    .from(meetings)
    .where(eq(meetings.id, meetingId));
  const found = await fundsOfEnvelopes(tx, meeting?.communityId ?? '', envelopeIds);
  const fundIds = [...new Set(found.map(({ fundId }) => fundId))];
  if (lock) await lockFunds(tx, fundIds);
  const standings = await standingOfFunds(tx, fundIds);
  const books: Books[] = [];
  for (const fundId of awardIds.length > 0 ? fundIds : []) books.push(await readBooks(tx, fundId));
  return {
    funds: standings.map(({ fundId, name, totalFen, poolFen, envelopes }) => ({
      fundId,
      name,
      totalFen,
      poolFen,
      envelopes: envelopes.map(({ envelopeId, name, capFen, roomFen }) => ({ envelopeId, name, capFen, roomFen })),
    })),
    reservedFen: Object.fromEntries(
      awardIds.map((awardId) => [awardId, books.reduce((sum, own) => sum + balanceOf(own, 'reserved', awardId), 0)]),
    ),
  };
}

type EventOf<Type extends MeetingEvent['type']> = Extract<MeetingEvent, { type: Type }>;

/** [B10] The law decided on these very balances under this very lock: a refusal here is a fault of the program, and undoes the announcement. */
export async function bookAwardOf(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'AwardBooked'>,
  after: MeetingState,
): Promise<void> {
  const { awardId, envelopeId, projectId, motionId, amountFen } = payload;
  const [project] =
    projectId === null
      ? []
      : await tx
          .select({ name: projects.name, payee: projects.organisationName })
          .from(projects)
          .where(eq(projects.id, projectId));
  const motion = after.motions.byId[motionId];
  const title = project?.name ?? motion?.title.text ?? '';
  const booked = await bookAward(
    {
      awardId,
      envelopeId,
      title,
      payee: project?.payee ?? '',
      projectId: project ? projectId : null,
      meetingId: after.meetingId,
      motionId,
      ownersMatter: motion?.ownersMatter ?? 'none',
      amountFen,
    },
    { at, actorId, reason: after.title?.text ?? '' },
    tx,
  );
  if (isOfficeRefusal(booked)) throw new Error(`award ${awardId} was decided and not booked: ${booked.reason}`);
}

/** [B11] What the corrected result no longer grants and no contract holds. */
export async function releaseAwardOf(
  tx: Queryable,
  { payload, at, actorId }: EventOf<'AwardReleased'>,
  reason: string,
) {
  const { awardId, releasedFen } = payload;
  const [award] = await tx.select({ id: awards.id }).from(awards).where(eq(awards.id, awardId));
  if (!award || releasedFen === 0) return;
  const refused = await reduceAward(awardId, releasedFen, { at, actorId, reason }, tx);
  if (refused) throw new Error(`award ${awardId} was corrected and not released: ${refused.reason}`);
}
