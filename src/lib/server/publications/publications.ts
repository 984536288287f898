// Putting a meeting's decision or its results before everybody, and taking it back. Judged by the law under the meeting's row, so that two desks
// never publish the same twice and numbers have no gap. Rules [PB1] to [PB5].
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  namedWithoutConsent,
  periodFault,
  publishFault,
  type PublicationFacts,
  type PublicationKind,
} from '#lib/domain/publication/publication.ts';
import { publishedAllocations, publishedMotions, publishedQuestionPolls } from '#lib/domain/meeting/published.ts';
import { lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { meetings, publicationFiles, publications, realms } from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { today } from '#lib/server/today.ts';
import { publicNames } from './public-names.ts';
import { signedMinutes, type SignedMinutes } from './signed-minutes.ts';

export type PublicationRow = typeof publications.$inferSelect;

const hasResults = (state: MeetingState): boolean =>
  publishedMotions(state).length + publishedAllocations(state).length + publishedQuestionPolls(state, 'formal').length >
  0;

const standingOf = (store: Queryable, meetingId: string) =>
  store
    .select()
    .from(publications)
    .where(and(eq(publications.meetingId, meetingId), isNull(publications.withdrawnAt)));

export interface DeskOfPublication {
  readonly facts: PublicationFacts;
  readonly signed: SignedMinutes | null;
  /** The days the pack asks for, from today. */
  readonly period: { readonly from: string; readonly until: string; readonly days: number };
  readonly rows: readonly PublicationRow[];
}

const publicityOf = (state: MeetingState) => state.rules?.publicity ?? ({ days: 0, dayType: 'calendar' } as const);

async function factsOf(store: Queryable, state: MeetingState, signed: SignedMinutes | null): Promise<PublicationFacts> {
  const standing = await standingOf(store, state.meetingId);
  return {
    adjourned: state.phase === 'adjourned',
    hasResults: hasResults(state),
    signed: signed !== null,
    resultsBeforeSigning: publicityOf(state).beforeSigning === true,
    standing: standing.map(({ kind }) => kind),
  };
}

/** What the desk may publish now, and what was published of this meeting. */
export async function publicationDesk(meetingId: string): Promise<DeskOfPublication> {
  const [{ state }, signed, rows] = await Promise.all([
    freshCopy(meetingId),
    signedMinutes(meetingId),
    db.select().from(publications).where(eq(publications.meetingId, meetingId)).orderBy(desc(publications.publishedAt)),
  ]);
  const publicity = publicityOf(state);
  const from = today();
  return {
    facts: await factsOf(db, state, signed),
    signed,
    period: { from, until: lastDayOfPublicity(from, publicity.days, publicity.dayType), days: publicity.days },
    rows,
  };
}

export interface PublicationAsked {
  readonly kind: PublicationKind;
  readonly title: string;
  readonly conclusions: string;
  readonly contact: string;
  readonly from: string;
  readonly until: string;
  readonly origin: string;
}

const most = { title: 120, conclusions: 4000, contact: 200 };

function textFault({ title, conclusions, contact }: PublicationAsked): OfficeRefusal | null {
  if (title === '') return refuseService('PB1', 'publish-title-missing');
  if (contact === '') return refuseService('PB6', 'publish-contact-missing');
  for (const [text, limit] of [
    [title, most.title],
    [conclusions, most.conclusions],
    [contact, most.contact],
  ] as const)
    if (Array.from(text).length > limit) return refuseService('PB1', 'publish-too-long', { most: limit });
  return null;
}

export async function publish(
  meetingId: string,
  asked: PublicationAsked,
  byPersonId: string,
): Promise<{ publicationId: string } | OfficeRefusal> {
  const said = {
    ...asked,
    title: asked.title.trim(),
    conclusions: asked.conclusions.trim(),
    contact: asked.contact.trim(),
  };
  const fault = textFault(said);
  if (fault) return fault;
  const { state } = await freshCopy(meetingId);
  return db.transaction(async (tx) => {
    const [meeting] = await tx
      .select({ communityId: meetings.communityId, realm: realms.kind })
      .from(meetings)
      .innerJoin(realms, eq(realms.id, meetings.realmId))
      .where(eq(meetings.id, meetingId))
      .for('update', { of: meetings });
    // What was only practised is nobody's decision.
    if (!meeting || meeting.realm !== 'kept') return refuseOffice('not-there');
    const { communityId } = meeting;
    const signed = await signedMinutes(meetingId);
    const refused =
      publishFault(said.kind, await factsOf(tx, state, signed)) ??
      periodFault({ from: said.from, until: said.until }, publicityOf(state), today());
    if (refused) return refused;
    const { people } = await publicNames(communityId, tx);
    const somebody = namedWithoutConsent([said.title, said.conclusions, said.contact], people);
    if (somebody) return refuseService('PB4', 'publish-names-somebody', somebody);
    // [PB3] One desk of the community numbers at a time.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`yishi.publications ${communityId}`}))`);
    const year = Number(today().slice(0, 4));
    const [last] = await tx
      .select({ number: sql<number>`coalesce(max(${publications.number}), 0)::int` })
      .from(publications)
      .where(and(eq(publications.communityId, communityId), eq(publications.year, year)));
    const publicationId = newId();
    await tx.insert(publications).values({
      id: publicationId,
      communityId,
      meetingId,
      kind: said.kind,
      year,
      number: (last?.number ?? 0) + 1,
      title: said.title,
      conclusions: said.conclusions,
      contact: said.contact,
      fromDay: said.from,
      untilDay: said.until,
      origin: said.origin,
      docHash: said.kind === 'decision' ? (signed?.docHash ?? null) : null,
      publishedBy: byPersonId,
      publishedAt: Date.now(),
    });
    return { publicationId };
  });
}

/** [PB5] Text and files go, the number stays taken. */
export async function withdraw(
  meetingId: string,
  publicationId: string,
  reason: string,
  byPersonId: string,
): Promise<OfficeRefusal | null> {
  const why = reason.trim();
  if (why === '' || Array.from(why).length > 300) return refuseService('PB5', 'publish-why-missing', { most: 300 });
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(publications)
      .where(and(eq(publications.id, publicationId), eq(publications.meetingId, meetingId)))
      .for('update');
    if (!row) return refuseOffice('not-there');
    if (row.withdrawnAt !== null) return refuseService('PB5', 'publish-withdrawn');
    const { people } = await publicNames(row.communityId, tx);
    const somebody = namedWithoutConsent([why], people);
    if (somebody) return refuseService('PB4', 'publish-names-somebody', somebody);
    await tx
      .update(publications)
      .set({ conclusions: '', contact: '', withdrawnAt: Date.now(), withdrawnBy: byPersonId, withdrawnReason: why })
      .where(eq(publications.id, publicationId));
    await tx.delete(publicationFiles).where(eq(publicationFiles.publicationId, publicationId));
    return null;
  });
}

/** The newest first, tombstones among them. */
export const publicationsOf = (communityId: string, limit = 200): Promise<PublicationRow[]> =>
  db
    .select()
    .from(publications)
    .where(eq(publications.communityId, communityId))
    .orderBy(desc(publications.publishedAt), asc(publications.id))
    .limit(limit);

export async function readPublication(communityId: string, publicationId: string): Promise<PublicationRow | null> {
  const [row] = await db
    .select()
    .from(publications)
    .where(and(eq(publications.id, publicationId), eq(publications.communityId, communityId)));
  return row ?? null;
}
