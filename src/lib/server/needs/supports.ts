// How many stand behind a need: devices and people, each once among all needs that were merged, and those counted on paper. Rule [N3].
import { and, eq, inArray } from 'drizzle-orm';
import { refuseService } from '#lib/domain/service-refusal.ts';
import type { OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { needs, needSupports } from '#lib/server/db/schema/index.ts';

interface Counted {
  readonly id: string;
  readonly mergedIntoId: string | null;
  readonly paperSupports: number;
}

/** Where each need goes on in the end; itself where it was not merged. */
export function rootsOf(rows: readonly Pick<Counted, 'id' | 'mergedIntoId'>[]): Map<string, string> {
  const up = new Map(rows.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
  return new Map(
    rows.map(({ id }) => {
      let root = id;
      for (let step = 0; step < rows.length; step += 1) {
        const above = up.get(root) ?? null;
        if (above === null) break;
        root = above;
      }
      return [id, root];
    }),
  );
}

/** The count of a root is that of everything that goes on in it; of a merged need, its own. */
export async function supportsOf(communityId: string, rows: readonly Counted[]): Promise<Map<string, number>> {
  const taps = await db
    .select({ needId: needSupports.needId, supporter: needSupports.supporter })
    .from(needSupports)
    .innerJoin(needs, and(eq(needs.id, needSupports.needId), eq(needs.communityId, communityId)));
  const roots = rootsOf(rows);
  const hands = new Map<string, Set<string>>();
  const paper = new Map<string, number>();
  const add = (needId: string, supporter: string) => {
    const known = hands.get(needId) ?? new Set<string>();
    known.add(supporter);
    hands.set(needId, known);
  };
  for (const { needId, supporter } of taps) {
    add(needId, supporter);
    const root = roots.get(needId);
    if (root !== undefined && root !== needId) add(root, supporter);
  }
  for (const { id, paperSupports } of rows) {
    paper.set(id, (paper.get(id) ?? 0) + paperSupports);
    const root = roots.get(id);
    if (root !== undefined && root !== id) paper.set(root, (paper.get(root) ?? 0) + paperSupports);
  }
  return new Map(rows.map(({ id }) => [id, (hands.get(id)?.size ?? 0) + (paper.get(id) ?? 0)]));
}

/** Which of these this hand supports already. */
export async function supportedBy(hand: string | null, needIds: readonly string[]): Promise<Set<string>> {
  if (hand === null || needIds.length === 0) return new Set();
  const rows = await db
    .select({ needId: needSupports.needId })
    .from(needSupports)
    .where(and(eq(needSupports.supporter, hand), inArray(needSupports.needId, [...needIds])));
  return new Set(rows.map(({ needId }) => needId));
}

/** Supports a need everybody may read, or takes that back. Doing it twice changes nothing. */
export async function supportNeed(
  communityId: string,
  needId: string,
  hand: string,
  support: boolean,
): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [need] = await tx
      .select({ status: needs.status })
      .from(needs)
      .where(and(eq(needs.id, needId), eq(needs.communityId, communityId)))
      .for('share');
    if (!need || !['open', 'routed'].includes(need.status))
      return refuseService('N3', 'need-not-open-here', { status: need?.status ?? 'received' });
    if (support) await tx.insert(needSupports).values({ needId, supporter: hand }).onConflictDoNothing();
    else await tx.delete(needSupports).where(and(eq(needSupports.needId, needId), eq(needSupports.supporter, hand)));
    return null;
  });
}
