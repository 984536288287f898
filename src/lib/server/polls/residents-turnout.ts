// How many residents have voted with their slips in a funding ballot: heads only, never a choice. Called by the ballot box's turnout.
import { and, count, eq, isNull } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { ballotSlips, slipBallots } from '#lib/server/db/schema/index.ts';

/** How many residents have voted, of the slips that are good. */
export async function residentsTurnout(callId: string, pollId: string): Promise<{ cast: number; of: number }> {
  const [[cast], [of]] = await Promise.all([
    db.select({ count: count() }).from(slipBallots).where(eq(slipBallots.pollId, pollId)),
    db
      .select({ count: count() })
      .from(ballotSlips)
      .where(and(eq(ballotSlips.callId, callId), isNull(ballotSlips.revokedAt))),
  ]);
  return { cast: cast?.count ?? 0, of: of?.count ?? 0 };
}
