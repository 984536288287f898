// Taking a need down: from a phone without an account, through a helper, or typed in from paper. The same sending twice is one need with
// one link. Called by the residents' form and by the desk. Rules [N1], [N2], [N9].
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import type { NeedChannel } from '#lib/domain/needs/states.ts';
import { checkedNeed, type NeedAsked } from '#lib/domain/needs/submission.ts';
import { isServiceRefusal, refuseService } from '#lib/domain/service-refusal.ts';
import { idPattern, newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { countAttempt } from '#lib/server/auth/attempts.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { collectionNotices, needAuthors, needPhotos, needs, zones } from '#lib/server/db/schema/index.ts';
import { lookupCode, lookupDigest } from '#lib/server/lookup-codes.ts';
import { handOf, lockCodes, nextCode } from '#lib/server/residents-hand.ts';
import { barePhoto } from './bare-photo.ts';
import { recordNeedStep } from './history.ts';

export interface NeedSent extends NeedAsked {
  readonly noticeId: string;
  /** Made by the sender, so that resending is safe. */
  readonly sentId: string;
  readonly zoneId: string | null;
  readonly channel: NeedChannel;
  /** Supporters counted beside it on paper. */
  readonly paperSupports: number;
  readonly photo: Uint8Array | null;
}

/** One device may leave this many in a day; more is noise. Who types for others is not counted. */
const dailyNeeds = { kind: 'need', most: 10, windowMs: 24 * 3600 * 1000 };

export interface Taken {
  readonly needId: string;
  readonly code: string;
  /** The author's private link; exists nowhere else. */
  readonly lookup: string;
}

/**
 * @param author whose device it is; null where the office or a helper types for somebody
 * @param enteredBy the person of the community who typed it for the author
 */
export async function takeNeedDown(
  communityId: string,
  sent: NeedSent,
  { author, enteredBy }: { author: Actor | null; enteredBy: string | null },
): Promise<Taken | OfficeRefusal> {
  if (!idPattern.test(sent.sentId)) return refuseOffice('not-there');
  const [notice] = await db
    .select({ categories: collectionNotices.categories })
    .from(collectionNotices)
    .where(and(eq(collectionNotices.id, sent.noticeId), eq(collectionNotices.communityId, communityId)));
  if (!notice) return refuseOffice('not-there');
  const checked = checkedNeed(sent, notice.categories);
  if (isServiceRefusal(checked)) return checked;
  const photo = sent.photo === null ? null : barePhoto(sent.photo);
  if (isServiceRefusal(photo)) return photo;
  if (!Number.isSafeInteger(sent.paperSupports) || sent.paperSupports < 0 || sent.paperSupports > 10_000)
    return refuseOffice('number-unfit', { least: 0, most: 10_000 });
  const zoneId = await knownZone(communityId, sent.zoneId);
  const hand = author === null ? null : handOf(author);
  const lookup = await lookupCode(`need ${communityId} ${hand ?? enteredBy ?? ''} ${sent.sentId}`);
  if (hand !== null && (await known(lookup)) === null && (await countAttempt(dailyNeeds, hand)) !== null)
    return refuseService('N1', 'too-many-needs', { most: dailyNeeds.most });

  return db.transaction(async (tx) => {
    await lockCodes(tx, 'needs', communityId);
    const before = await known(lookup, tx);
    if (before) return { ...before, lookup };
    const needId = newId();
    const code = await nextCode(tx, {
      table: needs,
      code: needs.code,
      where: eq(needs.communityId, communityId),
      letter: 'N',
    });
    const standing = { status: 'received' as const, destination: null, mergedIntoId: null, reply: null };
    await tx.insert(needs).values({
      id: needId,
      communityId,
      noticeId: sent.noticeId,
      code,
      title: checked.title,
      detail: checked.detail,
      category: checked.category,
      zoneId,
      channel: sent.channel,
      ...standing,
      paperSupports: sent.paperSupports,
      submittedAt: Date.now(),
    });
    await tx.insert(needAuthors).values({
      needId,
      name: checked.name || null,
      contact: checked.contact || null,
      personId: author?.kind === 'person' ? author.personId : null,
      guestId: author?.kind === 'guest' ? author.guestId : null,
      enteredBy,
      sentId: sent.sentId,
      lookupHash: lookupDigest(lookup),
    });
    if (photo) await tx.insert(needPhotos).values({ needId, ...photo });
    await recordNeedStep(tx, needId, { deed: 'submitted', byPersonId: enteredBy, before: null, after: standing });
    return { needId, code, lookup };
  });
}

async function known(lookup: string, store: Queryable = db): Promise<{ needId: string; code: string } | null> {
  const [row] = await store
    .select({ needId: needs.id, code: needs.code })
    .from(needAuthors)
    .innerJoin(needs, eq(needs.id, needAuthors.needId))
    .where(eq(needAuthors.lookupHash, lookupDigest(lookup)));
  return row ?? null;
}

async function knownZone(communityId: string, zoneId: string | null): Promise<string | null> {
  if (zoneId === null) return null;
  const [zone] = await db
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.id, zoneId), eq(zones.communityId, communityId)));
  return zone?.id ?? null;
}
