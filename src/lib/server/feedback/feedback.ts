// 社情民意 in the office: taken down from any page without an account, handed on and answered at the desk, looked up by its author. Who left it
// never leaves through anything but the desk. Pages ask `mayTriageNeeds` before the desk's functions. Rules [FB…].
import { and, asc, desc, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import {
  checkedFeedback,
  contactKeptDays,
  isLate,
  receivedOn,
  stepFeedback,
  type FeedbackAsked,
  type FeedbackDeed,
} from '#lib/domain/feedback/feedback.ts';
import { isServiceRefusal, refuseService } from '#lib/domain/service-refusal.ts';
import { idPattern, newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { countAttempt } from '#lib/server/auth/attempts.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { feedback, feedbackAuthors, feedbackSteps } from '#lib/server/db/schema/index.ts';
import { lookupCode, lookupDigest } from '#lib/server/lookup-codes.ts';
import { handOf, lockCodes, nextCode } from '#lib/server/residents-hand.ts';
import { today } from '#lib/server/today.ts';

/** [FB2] One device may leave this many in a day; more is noise. */
const daily = { kind: 'feedback', most: 5, windowMs: 24 * 3600 * 1000 };
const dayMs = 24 * 3600 * 1000;

export interface FeedbackTaken {
  readonly code: string;
  /** The author's private link; exists nowhere else. */
  readonly lookup: string;
}

/** @param sentId made by the sender, so that resending is safe */
export async function takeFeedbackDown(
  communityId: string,
  { sentId, ...asked }: FeedbackAsked & { readonly sentId: string },
  author: Actor,
): Promise<FeedbackTaken | OfficeRefusal> {
  if (!idPattern.test(sentId)) return refuseOffice('not-there');
  const checked = checkedFeedback(asked);
  if (isServiceRefusal(checked)) return checked;
  const hand = handOf(author);
  if (hand === null) return refuseOffice('session-expired');
  const lookup = await lookupCode(`feedback ${communityId} ${hand} ${sentId}`);
  await forgetOldContacts();
  return db.transaction(async (tx) => {
    await lockCodes(tx, 'feedback', communityId);
    const before = await known(tx, lookup);
    if (before !== null) return { code: before, lookup };
    if ((await countAttempt(daily, hand, tx)) !== null)
      return refuseService('FB2', 'too-much-feedback', { most: daily.most });
    const id = newId();
    const at = Date.now();
    const where = eq(feedback.communityId, communityId);
    const code = await nextCode(tx, { table: feedback, code: feedback.code, where, letter: 'Y' });
    const { kind, text, name, contact } = checked;
    const standing = receivedOn(today());
    await tx.insert(feedback).values({ id, communityId, code, kind, text, ...standing, submittedAt: at });
    await tx.insert(feedbackAuthors).values({
      feedbackId: id,
      name: name || null,
      contact: contact || null,
      personId: author.kind === 'person' ? author.personId : null,
      guestId: author.kind === 'guest' ? author.guestId : null,
      lookupHash: lookupDigest(lookup),
    });
    await tx
      .insert(feedbackSteps)
      .values({ feedbackId: id, seq: 1, at, byPersonId: null, deed: 'submitted', dueOn: standing.dueOn });
    return { code, lookup };
  });
}

async function known(store: Queryable, lookup: string): Promise<string | null> {
  const [row] = await store
    .select({ code: feedback.code })
    .from(feedbackAuthors)
    .innerJoin(feedback, eq(feedback.id, feedbackAuthors.feedbackId))
    .where(eq(feedbackAuthors.lookupHash, lookupDigest(lookup)));
  return row?.code ?? null;
}

/** [FB3] [FB4] One step at the desk. */
export async function seeToFeedback(
  communityId: string,
  feedbackId: string,
  asked: FeedbackDeed,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(feedback)
      .where(and(eq(feedback.id, feedbackId), eq(feedback.communityId, communityId)))
      .for('update');
    if (!row) return refuseOffice('not-there');
    const after = stepFeedback(row, asked, today());
    if (isServiceRefusal(after)) return after;
    const at = Date.now();
    const answeredAt = after.status === 'answered' ? at : null;
    await tx
      .update(feedback)
      .set({ ...after, answeredAt })
      .where(eq(feedback.id, feedbackId));
    const [last] = await tx
      .select({ seq: sql<number>`coalesce(max(${feedbackSteps.seq}), 0)::int` })
      .from(feedbackSteps)
      .where(eq(feedbackSteps.feedbackId, feedbackId));
    const { handedTo, dueOn } = after;
    const seq = (last?.seq ?? 0) + 1;
    await tx.insert(feedbackSteps).values({ feedbackId, seq, at, byPersonId, deed: asked.deed, handedTo, dueOn });
    return null;
  });
}

/** Everything for the desk: what is late first, then what waits, then the answered, newest first. */
export async function feedbackAtDesk(communityId: string) {
  await forgetOldContacts();
  const rows = await db
    .select({ row: feedback, author: feedbackAuthors })
    .from(feedback)
    .innerJoin(feedbackAuthors, eq(feedbackAuthors.feedbackId, feedback.id))
    .where(eq(feedback.communityId, communityId))
    .orderBy(asc(feedback.dueOn), asc(feedback.code));
  const day = today();
  const all = rows.map(({ row, author }) => ({
    feedbackId: row.id,
    code: row.code,
    kind: row.kind,
    text: row.text,
    status: row.status,
    handedTo: row.handedTo,
    dueOn: row.dueOn,
    answer: row.answer,
    submittedAt: row.submittedAt,
    late: isLate(row, day),
    author: { name: author.name, contact: author.contact },
  }));
  const open = all.filter(({ status }) => status !== 'answered');
  return [
    ...open.filter(({ late }) => late),
    ...open.filter(({ late }) => !late),
    ...all.filter(({ status }) => status === 'answered').reverse(),
  ];
}

/** [FB4] What became of it, for whoever holds the link. Null where there is none. */
export async function feedbackByLookup(communityId: string, lookup: string) {
  const [found] = await db
    .select({ row: feedback, author: feedbackAuthors })
    .from(feedbackAuthors)
    .innerJoin(feedback, and(eq(feedback.id, feedbackAuthors.feedbackId), eq(feedback.communityId, communityId)))
    .where(eq(feedbackAuthors.lookupHash, lookupDigest(lookup)));
  if (!found) return null;
  const { row, author } = found;
  const steps = await db
    .select({
      at: feedbackSteps.at,
      deed: feedbackSteps.deed,
      handedTo: feedbackSteps.handedTo,
      dueOn: feedbackSteps.dueOn,
    })
    .from(feedbackSteps)
    .where(eq(feedbackSteps.feedbackId, row.id))
    .orderBy(desc(feedbackSteps.seq));
  const { code, kind, text, status, handedTo, dueOn, answer, submittedAt } = row;
  const keepsContact = author.name !== null || author.contact !== null;
  return { code, kind, text, status, handedTo, dueOn, answer, submittedAt, keepsContact, steps };
}

/** [FB5] An author takes name and contact back. Twice changes nothing. */
export async function forgetFeedbackAuthor(communityId: string, lookup: string): Promise<void> {
  const ours = db.select({ id: feedback.id }).from(feedback).where(eq(feedback.communityId, communityId));
  await db
    .update(feedbackAuthors)
    .set({ name: null, contact: null, erasedAt: Date.now() })
    .where(and(eq(feedbackAuthors.lookupHash, lookupDigest(lookup)), inArray(feedbackAuthors.feedbackId, ours)));
}

/** [FB5] Names and contacts whose answer is long past. Done whenever something comes in or the desk looks. */
async function forgetOldContacts(): Promise<void> {
  const past = db
    .select({ id: feedback.id })
    .from(feedback)
    .where(lt(feedback.answeredAt, Date.now() - contactKeptDays * dayMs));
  await db
    .update(feedbackAuthors)
    .set({ name: null, contact: null, erasedAt: Date.now() })
    .where(
      and(
        inArray(feedbackAuthors.feedbackId, past),
        or(isNotNull(feedbackAuthors.name), isNotNull(feedbackAuthors.contact)),
      ),
    );
}

/** Called by the erasure of a person, inside its transaction. */
export async function eraseFromFeedback(personId: string, store: Queryable): Promise<void> {
  await store
    .update(feedbackAuthors)
    .set({ name: null, contact: null, personId: null, erasedAt: Date.now() })
    .where(eq(feedbackAuthors.personId, personId));
}
