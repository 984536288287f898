// The steps of a need, written in the transaction that takes them. Nothing here is ever changed or deleted. Rule [N6].
import { eq, sql } from 'drizzle-orm';
import type { NeedStanding } from '#lib/domain/needs/triage.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { needHistory, needs } from '#lib/server/db/schema/index.ts';

type Row = typeof needs.$inferSelect;

export const standingOfNeed = ({ status, destination, mergedIntoId, reply }: Row): NeedStanding => ({
  status,
  destination,
  mergedIntoId,
  reply,
});

export interface Step {
  readonly deed: string;
  readonly byPersonId: string | null;
  readonly why?: string;
  readonly before: NeedStanding | null;
  readonly after: NeedStanding;
}

/** Under the need's row lock, which the caller holds. */
export async function recordNeedStep(tx: Queryable, needId: string, { why = '', ...step }: Step): Promise<void> {
  const [last] = await tx
    .select({ seq: sql<number>`coalesce(max(${needHistory.seq}), 0)::int` })
    .from(needHistory)
    .where(eq(needHistory.needId, needId));
  await tx.insert(needHistory).values({
    needId,
    seq: (last?.seq ?? 0) + 1,
    at: Date.now(),
    byPersonId: step.byPersonId,
    deed: step.deed,
    why,
    before: { ...(step.before ?? {}) },
    after: { ...step.after },
  });
}
