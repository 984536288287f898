// Micro-wishes in the office: claimed from a phone or through the desk, released, fulfilled, rated by the author's link. Every step under the
// wish's row lock, with a row in the need's history. Rules [W1]-[W3].
import { and, eq } from 'drizzle-orm';
import { claimed, fulfilled, rated, released, type WishStanding } from '#lib/domain/needs/wishes.ts';
import { isServiceRefusal, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { microWishes, needAuthors, needs } from '#lib/server/db/schema/index.ts';
import { lookupDigest } from '#lib/server/lookup-codes.ts';
import { recordNeedStep, standingOfNeed } from './history.ts';

export type WishDeed =
  | { readonly deed: 'claim'; readonly by: string; readonly contact: string }
  | { readonly deed: 'release'; readonly reason: string }
  | { readonly deed: 'fulfil'; readonly spentFen: number; readonly note: string }
  | { readonly deed: 'rate'; readonly rating: number };

function after(wish: WishStanding, asked: WishDeed): WishStanding | ServiceRefusal {
  if (asked.deed === 'claim') return claimed(wish, asked.by, asked.contact);
  if (asked.deed === 'release') return released(wish);
  return asked.deed === 'fulfil' ? fulfilled(wish, asked.spentFen) : rated(wish, asked.rating);
}

const whyOf = (asked: WishDeed): string =>
  asked.deed === 'claim'
    ? asked.by.trim()
    : asked.deed === 'release'
      ? asked.reason.trim()
      : asked.deed === 'fulfil'
        ? asked.note.trim()
        : String(asked.rating);

export async function stepWish(
  communityId: string,
  needId: string,
  asked: WishDeed,
  byPersonId: string | null,
): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [need] = await tx
      .select()
      .from(needs)
      .where(and(eq(needs.id, needId), eq(needs.communityId, communityId)))
      .for('update');
    const [wish] = await tx.select().from(microWishes).where(eq(microWishes.needId, needId)).for('update');
    if (!need || !wish) return refuseOffice('not-there');
    const next = after(wish, asked);
    if (isServiceRefusal(next)) return next;
    const before = standingOfNeed(need);
    const standing =
      asked.deed === 'fulfil' ? { ...before, status: 'done' as const, reply: asked.note.trim() } : before;
    const at = Date.now();
    await tx
      .update(microWishes)
      .set({
        ...next,
        ...(asked.deed === 'claim' ? { claimedAt: at } : {}),
        ...(asked.deed === 'fulfil' ? { fulfilledAt: at } : {}),
      })
      .where(eq(microWishes.needId, needId));
    if (asked.deed === 'fulfil') await tx.update(needs).set(standing).where(eq(needs.id, needId));
    await recordNeedStep(tx, needId, {
      deed: asked.deed,
      byPersonId,
      why: whyOf(asked).slice(0, 300),
      before,
      after: standing,
    });
    return null;
  });
}

/** [W3] By the author's own link alone. */
export async function rateWish(communityId: string, lookup: string, rating: number): Promise<OfficeRefusal | null> {
  const [own] = await db
    .select({ needId: needAuthors.needId })
    .from(needAuthors)
    .where(eq(needAuthors.lookupHash, lookupDigest(lookup)));
  return own ? stepWish(communityId, own.needId, { deed: 'rate', rating }, null) : refuseOffice('not-there');
}
