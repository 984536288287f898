// Enrolment for a hearing: from a phone without an account, through a helper, or from paper. The same sending twice is one enrolment with one private link.
// The contact is read by the office only and forgotten when its time is over. Rules [H2], [H4].
import { and, asc, eq, isNotNull, max, sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personSignedIn } from '#lib/domain/actor.ts';
import { markOf, type DrawEntry } from '#lib/domain/hearings/draw.ts';
import type { EnrolmentFact } from '#lib/domain/meeting/hearing.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { maskName } from '#lib/domain/meeting/words.ts';
import type { AttendingData } from '#lib/protocol/attending.ts';
import { idPattern, newId } from '#lib/protocol/ids.ts';
import { countAttempt } from '#lib/server/auth/attempts.ts';
import { createGuest, renameGuest } from '#lib/server/auth/guests.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { enrolments, hearingGuests, hearings, meetings, zones } from '#lib/server/db/schema/index.ts';
import { lookupCode, lookupDigest } from '#lib/server/lookup-codes.ts';
import { caughtUp, freshCopy } from '#lib/server/meetings/copies.ts';
import { handOf } from '#lib/server/residents-hand.ts';

export type Enrolment = typeof enrolments.$inferSelect;

export interface EnrolmentSent {
  /** Made by the sender, so that resending is safe. */
  readonly sentId: string;
  /** Null to attend without wanting a seat. */
  readonly placeKey: string | null;
  readonly name: string;
  readonly contact: string;
  readonly zone: string | null;
  readonly channel: Enrolment['channel'];
}

/** One device may enrol this many in a day: a family, not a crowd. Who types for others is not counted. */
const dailyEnrolments = { kind: 'enrolment', most: 6, windowMs: 24 * 3_600_000 };

const phone = /^\+?[\d\s\-()]{5,20}$/;

export interface Enrolled {
  readonly number: number;
  /** The author's private link; exists nowhere else. */
  readonly lookup: string;
}

export async function enrol(
  meetingId: string,
  sent: EnrolmentSent,
  {
    author,
    enteredBy,
    personId = null,
    at,
  }: {
    readonly author: Actor | null;
    readonly enteredBy: string | null;
    /** Somebody the community knows already, enrolled by the desk. */
    readonly personId?: string | null;
    readonly at?: number;
  },
): Promise<Enrolled | Refusal> {
  if (!idPattern.test(sent.sentId)) return refuse('C1', 'command-malformed', { field: 'sentId' });
  const { hearing } = (await freshCopy(meetingId)).state;
  if (!hearing) return refuse('H1', 'not-announced');
  const name = checkedText(sent.name, 20);
  if (typeof name !== 'string') return name;
  const contact = sent.contact.trim();
  if (!phone.test(contact)) return refuse('H2', 'contact-unfit');
  if (sent.placeKey !== null && !hearing.places.some(({ key }) => key === sent.placeKey))
    return refuse('H2', 'hearing-unfit', { field: 'place' });
  const zone = await knownZone(meetingId, sent.zone);
  const hand = author === null ? null : handOf(author);
  const lookup = await lookupCode(`enrolment ${meetingId} ${hand ?? enteredBy ?? ''} ${sent.sentId}`);
  const before = await enrolmentByLookup(meetingId, lookup);
  if (before) return { number: before.number, lookup };
  if (hand !== null && (await countAttempt(dailyEnrolments, `${meetingId} ${hand}`)) !== null)
    return refuse('H2', 'too-many-attempts', { most: dailyEnrolments.most });

  return db.transaction(async (tx) => {
    // Under the meeting's row: numbers count up, and sealing, which takes the same lock, sees all of them or none.
    await tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, meetingId)).for('update');
    const same = await enrolmentByLookup(meetingId, lookup, tx);
    if (same) return { number: same.number, lookup };
    // The clock is read under the lock, and what was sealed in the meantime stays as it was sealed.
    const createdAt = at ?? Date.now();
    const sealed = (await caughtUp(meetingId, tx)).state.hearing?.sealed ?? null;
    if (createdAt >= hearing.enrolBy || sealed) return refuse('H4', 'enrolment-closed');
    const [{ highest } = { highest: null }] = await tx
      .select({ highest: max(enrolments.number) })
      .from(enrolments)
      .where(eq(enrolments.meetingId, meetingId));
    const number = (highest ?? 0) + 1;
    await tx.insert(enrolments).values({
      id: newId(),
      meetingId,
      number,
      placeKey: sent.placeKey,
      name,
      contact,
      zone,
      channel: sent.channel,
      enteredBy,
      personId: author === null ? personId : personSignedIn(author),
      lookupHash: lookupDigest(lookup),
      createdAt,
    });
    return { number, lookup };
  });
}

/** The zone's own name where the community has it, else null. */
export async function knownZone(meetingId: string, name: string | null): Promise<string | null> {
  if (!name) return null;
  const [zone] = await db
    .select({ name: zones.name })
    .from(zones)
    .innerJoin(meetings, eq(meetings.communityId, zones.communityId))
    .where(and(eq(meetings.id, meetingId), eq(zones.name, name)));
  return zone?.name ?? null;
}

export async function zonesAt(meetingId: string): Promise<string[]> {
  const rows = await db
    .select({ name: zones.name })
    .from(zones)
    .innerJoin(meetings, eq(meetings.communityId, zones.communityId))
    .where(eq(meetings.id, meetingId))
    .orderBy(asc(zones.position));
  return rows.map(({ name }) => name);
}

export async function enrolmentByLookup(
  meetingId: string,
  lookup: string,
  store: Queryable = db,
): Promise<Enrolment | null> {
  const [row] = await store
    .select()
    .from(enrolments)
    .where(and(eq(enrolments.meetingId, meetingId), eq(enrolments.lookupHash, lookupDigest(lookup))));
  return row ?? null;
}

/** Takes an enrolment back, by its private link. After the sealing it stays among the entries and is passed over. Twice changes nothing. */
export async function withdrawEnrolment(meetingId: string, lookup: string): Promise<Refusal | null> {
  const [row] = await db
    .update(enrolments)
    .set({ withdrawnAt: sql`coalesce(${enrolments.withdrawnAt}, ${Date.now()})` })
    .where(and(eq(enrolments.meetingId, meetingId), eq(enrolments.lookupHash, lookupDigest(lookup))))
    .returning();
  return row ? null : refuse('H2', 'unknown-enrolment');
}

export interface Attending {
  readonly guestId: string;
  /** For the cookie of a device that had none; null where the device is known already. */
  readonly token: string | null;
  readonly shownName: string;
  readonly zone: string | null;
}

/**
 * A device that comes to watch, ask and choose: by its enrolment, or by the name and zone it gives. The same device is the same resident;
 * two devices of one enrolment have one choice between them.
 */
export async function attendHearing(
  meetingId: string,
  asked: { readonly shownName: string; readonly zone: string | null; readonly lookup: string | null },
  actor: Actor,
): Promise<Attending | Refusal> {
  const { state } = await freshCopy(meetingId);
  if (!state.hearing || state.convenedAt === null) return refuse('H1', 'not-announced');
  const enrolment = asked.lookup === null ? null : await enrolmentByLookup(meetingId, asked.lookup);
  if (asked.lookup !== null && !enrolment) return refuse('H2', 'unknown-enrolment');
  const shownName = checkedText(enrolment?.name ?? asked.shownName, 20);
  if (typeof shownName !== 'string') return shownName;
  const zone = enrolment ? enrolment.zone : await knownZone(meetingId, asked.zone);
  const [meeting] = await db
    .select({ communityId: meetings.communityId })
    .from(meetings)
    .where(eq(meetings.id, meetingId));
  const made = actor.kind === 'guest' ? null : await createGuest(meeting?.communityId ?? '', shownName);
  const guestId = actor.kind === 'guest' ? actor.guestId : (made?.guestId ?? '');
  if (actor.kind === 'guest' && actor.shownName !== shownName) await renameGuest(guestId, shownName);
  const enrolmentId = enrolment?.id ?? null;
  await db
    .insert(hearingGuests)
    .values({ meetingId, guestId, zone, enrolmentId })
    .onConflictDoUpdate({
      target: [hearingGuests.meetingId, hearingGuests.guestId],
      // An enrolment, once told, is not forgotten by typing a name.
      set: { zone, enrolmentId: sql`coalesce(${enrolmentId}::text, ${hearingGuests.enrolmentId})` },
    });
  return { guestId, token: made?.token ?? null, shownName, zone };
}

/** Where a device said it watches from; null for one that has not come in. */
export async function attendingAs(meetingId: string, actor: Actor): Promise<{ zone: string | null } | null> {
  if (actor.kind !== 'guest') return null;
  const [row] = await db
    .select({ zone: hearingGuests.zone })
    .from(hearingGuests)
    .where(and(eq(hearingGuests.meetingId, meetingId), eq(hearingGuests.guestId, actor.guestId)));
  return row ?? null;
}

/** For a resident's page: null where the meeting is no hearing. */
export async function attendingData(
  meetingId: string,
  isHearing: boolean,
  actor: Actor,
): Promise<AttendingData | null> {
  if (!isHearing) return null;
  const [zonesThere, here] = await Promise.all([zonesAt(meetingId), attendingAs(meetingId, actor)]);
  return { zones: zonesThere, zone: here?.zone ?? null };
}

/** A person who is forgotten is in no list of enrolments by name any more; number, mask and mark stay as they were published, or the draw could not be repeated. */
export async function eraseFromHearings(personId: string, store: Queryable): Promise<void> {
  await store
    .update(enrolments)
    .set({ name: sql`left(${enrolments.name}, 1) || '**'`, contact: null, zone: null, personId: null })
    .where(eq(enrolments.personId, personId));
}

// ── what the law and the office read ────────────────────────────────────────────────────────────

/** As everybody may read it: the name masked, the mark instead of the private code. */
const asEntry = ({ number, placeKey, name, lookupHash }: Enrolment): DrawEntry => ({
  number,
  placeKey: placeKey ?? '',
  shownName: maskName(name),
  mark: markOf(lookupHash),
});

/** Everybody who wants to represent and had not withdrawn when enrolment closed, by number. */
export async function entriesOf(store: Queryable, meetingId: string, enrolBy: number): Promise<DrawEntry[]> {
  const rows = await store
    .select()
    .from(enrolments)
    .where(and(eq(enrolments.meetingId, meetingId), isNotNull(enrolments.placeKey)))
    .orderBy(asc(enrolments.number));
  return rows.filter(({ withdrawnAt }) => withdrawnAt === null || withdrawnAt >= enrolBy).map(asEntry);
}

/** Read inside the deciding transaction, under the meeting's lock. */
export async function enrolmentFact(tx: Queryable, meetingId: string, enrolBy: number): Promise<EnrolmentFact | null> {
  const [hearing] = await tx.select().from(hearings).where(eq(hearings.meetingId, meetingId));
  if (!hearing) return null;
  const all = await tx.select({ id: enrolments.id }).from(enrolments).where(eq(enrolments.meetingId, meetingId));
  return { enrolled: all.length, entries: await entriesOf(tx, meetingId, enrolBy), secret: hearing.secret };
}

/** The office's list, contacts included. */
export const enrolmentsOf = (meetingId: string): Promise<Enrolment[]> =>
  db.select().from(enrolments).where(eq(enrolments.meetingId, meetingId)).orderBy(asc(enrolments.number));
