// A meeting copied into a realm of its own, people and rules and all, to practise on or to rehearse with. Wiping the realm is one delete and
// touches nothing that is kept.
import { asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Words } from '#lib/domain/meeting/words.ts';
import { readAgenda } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  agendaSources,
  communities,
  councilRoles,
  councils,
  meetings,
  people,
  realms,
  rulePacks,
  seats,
  sectors,
  staffRoles,
  zones,
} from '#lib/server/db/schema/index.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { announceHearing, drawPublicly, type Announcement } from '#lib/server/hearings/announce.ts';
import { enrol } from '#lib/server/hearings/enrol.ts';
import { appoint, hearingSeatsOf, type HearingSeat } from '#lib/server/hearings/roster.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { copyFunds } from '#lib/server/ledger/copy-funds.ts';
import { copyAffairs } from '#lib/server/joint/copy-affairs.ts';
import { copyProjects } from '#lib/server/projects/copy-projects.ts';
import { agendaDocumentOf } from '#lib/server/meetings/drafted-agenda.ts';

export interface CopiedMeeting {
  readonly meetingId: string;
  readonly realmId: string;
  readonly format: string;
  /** New seat and person ids by the demo's own references, and by their own new id for people who have none. */
  readonly seats: Readonly<Record<string, string>>;
  readonly people: Readonly<Record<string, string>>;
}

/** Copies a convened meeting and convenes the copy under the same rules. The original is only read. */
export async function copyMeeting(meetingId: string, kind: 'practice' | 'rehearsal'): Promise<CopiedMeeting | Refusal> {
  const { state } = await freshCopy(meetingId);
  if (state.rules === null) return refuse('L2', 'no-rules');
  const [meeting] = await db.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!meeting?.councilId) return refuse('L1', 'unknown-meeting');
  const { councilId, communityId } = meeting;
  const hearingSeats = await hearingSeatsOf(meetingId);
  const alsoHere = hearingSeats.map(({ personId }) => personId);
  const copied = await db.transaction((tx) =>
    copyCouncil(tx, communityId, councilId, { kind, beforeMeetingId: meetingId, alsoHere }),
  );

  const documentId = await agendaDocumentOf(db, meetingId);
  const doc = documentId === null ? null : await readDocument(db, documentId);
  const itemIds = new Map<string, string>();
  const itemIdFor = (old: string): string => {
    const fresh = newId();
    itemIds.set(old, fresh);
    return fresh;
  };
  const agenda = doc
    ? readAgenda(doc).map((item) => ({
        ...item,
        itemId: itemIdFor(item.itemId),
        paperIds: [],
        projectId: copied.projectIds.get(item.projectId ?? '') ?? null,
        envelopeId: copied.envelopeIds.get(item.envelopeId ?? '') ?? null,
      }))
    : [];
  doc?.destroy();
  const created = await createMeeting(
    {
      councilId: copied.councilId,
      format: meeting.format,
      title: meeting.title,
      place: meeting.place,
      startsAt: Date.now() + 60_000,
      plannedMinutes: meeting.plannedMinutes,
      callLink: null,
      agenda,
      copiedFrom: meetingId,
    },
    { kind: 'system' },
  );
  if (isRefusal(created)) return created;
  const convener = { kind: 'person', personId: copied.secretaryId ?? '', accountId: null, meetingId: null } as const;
  await copySources(db, { from: meetingId, to: created.meetingId, itemIds, refIds: copied.refIds });
  if (state.hearing) {
    const refused = await prepareHearing(created.meetingId, state, hearingSeats, copied.personIds, convener);
    if (refused) {
      await wipeRealm(copied.realmId);
      return refused;
    }
  }
  const command = {
    type: 'conveneMeeting',
    rulePackId: copied.packs[state.rules.packId] ?? '',
    shortNoticeReason: null,
  };
  const answer = await act(created.meetingId, { commandId: newId(), command }, convener);
  if (!answer.ok) {
    await wipeRealm(copied.realmId);
    return answer.refusal;
  }
  const setUp = setUpOf(state);
  if (setUp) await act(created.meetingId, { commandId: newId(), command: setUp }, convener);
  const seated = Object.values((await freshCopy(created.meetingId)).state.seats);
  const refOf = new Map(Object.entries(copied.people).map(([ref, personId]) => [personId, ref]));
  return {
    meetingId: created.meetingId,
    realmId: copied.realmId,
    format: meeting.format,
    people: copied.people,
    seats: Object.fromEntries(seated.map(({ seatId, personId }) => [refOf.get(personId ?? '') ?? '', seatId])),
  };
}

/** A hearing's copy goes the same way to its roster: announced, the same representatives enrolled and drawn, benches filled, as long before as they were. */
async function prepareHearing(
  meetingId: string,
  { hearing, startsAt }: MeetingState,
  seated: readonly HearingSeat[],
  personIds: ReadonlyMap<string, string>,
  convener: Actor,
): Promise<Refusal | null> {
  if (!hearing) return null;
  const sooner = startsAt - Date.now() - 60_000;
  const { matter, how, places, publicSource, publicKnownAt, enrolBy, announcedAt } = hearing;
  const announcement: Announcement = {
    matter: matter.text ?? '-',
    how: how.text ?? '-',
    places,
    enrolBy: enrolBy - sooner,
    publicSource: publicSource.text ?? '-',
    publicKnownAt: publicKnownAt - sooner,
    contactDays: 1,
  };
  const announced = await announceHearing(meetingId, announcement, convener, announcedAt - sooner);
  if (announced) return announced;
  const drawn = seated.filter(({ sectorKey }) => places.some(({ key }) => key === sectorKey));
  for (const { sectorKey, personId, name } of drawn) {
    // Practice needs no way to reach anybody.
    const sent = {
      sentId: newId(),
      placeKey: sectorKey,
      name,
      contact: '00000',
      zone: null,
      channel: 'paper',
    } as const;
    const by = { author: null, enteredBy: null, personId: personIds.get(personId) ?? null, at: enrolBy - sooner - 1 };
    const enrolled = await enrol(meetingId, sent, by);
    if (isRefusal(enrolled)) return enrolled;
  }
  const refused = await drawPublicly(meetingId, '-', convener, publicKnownAt - sooner);
  if (refused) return refused;
  for (const { sectorKey, personId } of seated.filter((seat) => !drawn.includes(seat))) {
    const left = await appoint(meetingId, personIds.get(personId) ?? '', sectorKey);
    if (left) return left;
  }
  return null;
}

/** Where the items of the copy come from: the copies of what the original's come from. */
async function copySources(
  tx: Queryable,
  {
    from,
    to,
    itemIds,
    refIds,
  }: {
    readonly from: string;
    readonly to: string;
    readonly itemIds: ReadonlyMap<string, string>;
    readonly refIds: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const rows = await tx.select().from(agendaSources).where(eq(agendaSources.meetingId, from));
  const copies = rows.flatMap(({ itemId, kind, refId }) => {
    const [item, ref] = [itemIds.get(itemId), refIds.get(refId)];
    return item === undefined || ref === undefined ? [] : [{ meetingId: to, itemId: item, kind, refId: ref }];
  });
  if (copies.length > 0) await tx.insert(agendaSources).values(copies);
}

/** How an open space is set up, as the command that sets another up alike; null in other formats. `capacity` stands in for every table's own. */
export function setUpOf({ openSpace }: MeetingState, capacity?: null): Extract<Command, { type: 'setUpSpace' }> | null {
  if (!openSpace) return null;
  const { theme, law, principles, tables, ...numbers } = openSpace.space;
  const textOf = ({ text }: Words): string => text ?? '-';
  return {
    type: 'setUpSpace',
    ...numbers,
    theme: textOf(theme),
    law: textOf(law),
    principles: principles.map(textOf),
    tables: tables.map((table) => ({ ...table, tableId: null, ...(capacity === null ? { capacity } : {}) })),
  };
}

/** Everything of the realm goes, by cascade. Kept realms are never touched. */
export async function wipeRealm(realmId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [realm] = await tx.select().from(realms).where(eq(realms.id, realmId)).for('update');
    if (!realm || realm.kind === 'kept') return;
    // Seats hold their sectors back, so councils go first.
    const gone = await tx.select({ id: communities.id }).from(communities).where(eq(communities.realmId, realmId));
    const communityIds = gone.map(({ id }) => id);
    if (communityIds.length > 0) {
      await tx.delete(meetings).where(inArray(meetings.communityId, communityIds));
      const old = await tx
        .select({ id: councils.id })
        .from(councils)
        .where(inArray(councils.communityId, communityIds));
      const councilIds = old.map(({ id }) => id);
      if (councilIds.length > 0) await tx.delete(seats).where(inArray(seats.councilId, councilIds));
    }
    await tx.delete(realms).where(eq(realms.id, realmId));
  });
}

async function copyCouncil(
  tx: Queryable,
  communityId: string,
  councilId: string,
  {
    kind,
    beforeMeetingId,
    alsoHere,
  }: { kind: 'practice' | 'rehearsal'; beforeMeetingId: string; alsoHere: readonly string[] },
) {
  const [community] = await tx.select().from(communities).where(eq(communities.id, communityId));
  const [council] = await tx.select().from(councils).where(eq(councils.id, councilId));
  if (!community || !council) throw new Error('the meeting has no council to copy');
  const realmId = newId();
  const now = Date.now();
  await tx.insert(realms).values({ id: realmId, kind, createdAt: now });
  const newCommunityId = newId();
  await tx.insert(communities).values({ ...community, id: newCommunityId, realmId });
  const zoneRows = await tx.select().from(zones).where(eq(zones.communityId, communityId));
  if (zoneRows.length > 0)
    await tx.insert(zones).values(zoneRows.map((row) => ({ ...row, id: newId(), communityId: newCommunityId })));
  const newCouncilId = newId();
  await tx.insert(councils).values({ ...council, id: newCouncilId, communityId: newCommunityId, createdAt: now });

  const sectorRows = await tx.select().from(sectors).where(eq(sectors.councilId, councilId));
  const sectorIds = new Map(sectorRows.map(({ id }) => [id, newId()]));
  if (sectorRows.length > 0)
    await tx
      .insert(sectors)
      .values(sectorRows.map((row) => ({ ...row, id: sectorIds.get(row.id) ?? '', councilId: newCouncilId })));

  const seatRows = await tx.select().from(seats).where(eq(seats.councilId, councilId)).orderBy(asc(seats.position));
  const officers = await tx.select().from(councilRoles).where(eq(councilRoles.councilId, councilId));
  const staff = await tx.select().from(staffRoles).where(eq(staffRoles.communityId, communityId));
  const wanted = new Set(
    [...seatRows, ...officers, ...staff]
      .flatMap(({ personId }) => (personId === null ? [] : [personId]))
      .concat(alsoHere),
  );
  const personRows = await tx
    .select()
    .from(people)
    .where(inArray(people.id, [...wanted]));
  const personIds = new Map(personRows.map(({ id }) => [id, newId()]));
  if (personRows.length > 0)
    await tx.insert(people).values(
      // Practice needs names and roles, not phone numbers or private notes.
      personRows.map((row) => ({
        ...row,
        id: personIds.get(row.id) ?? '',
        communityId: newCommunityId,
        phone: null,
        note: null,
        birthMonth: null,
        gender: null,
        zoneId: null,
        buildingGroupId: null,
      })),
    );
  const seatIds = new Map(seatRows.map(({ id }) => [id, newId()]));
  if (seatRows.length > 0)
    await tx.insert(seats).values(
      seatRows.map((row) => ({
        ...row,
        id: seatIds.get(row.id) ?? '',
        councilId: newCouncilId,
        sectorId: sectorIds.get(row.sectorId) ?? '',
        personId: row.personId === null ? null : (personIds.get(row.personId) ?? null),
      })),
    );
  if (officers.length > 0)
    await tx
      .insert(councilRoles)
      .values(
        officers.map((row) => ({ ...row, councilId: newCouncilId, personId: personIds.get(row.personId) ?? '' })),
      );
  if (staff.length > 0)
    await tx
      .insert(staffRoles)
      .values(
        staff.map((row) => ({ ...row, communityId: newCommunityId, personId: personIds.get(row.personId) ?? '' })),
      );

  const packRows = await tx.select().from(rulePacks).where(eq(rulePacks.communityId, communityId));
  const packs = Object.fromEntries(packRows.map(({ id }) => [id, newId()]));
  if (packRows.length > 0)
    await tx.insert(rulePacks).values(
      packRows.map((row) => {
        const id = packs[row.id] ?? '';
        return { ...row, id, communityId: newCommunityId, retiredAt: null, rules: { ...row.rules, packId: id } };
      }),
    );

  const [from, to] = [communityId, newCommunityId];
  const envelopeIds = await copyFunds(tx, { from, to, beforeMeetingId });
  const { projectIds, needIds } = await copyProjects(tx, { from, to, seatIds, envelopeIds });
  const affairs = await copyAffairs(tx, { from, to, councilId, newCouncilId, personIds });

  const secretary = [...officers, ...staff].find(({ role }) => role === 'secretary');
  return {
    realmId,
    councilId: newCouncilId,
    envelopeIds,
    projectIds,
    packs,
    personIds,
    refIds: new Map([...needIds, ...affairs]),
    people: Object.fromEntries(
      personRows.map(({ id, demoRef }) => [demoRef ?? personIds.get(id) ?? '', personIds.get(id) ?? '']),
    ),
    secretaryId: secretary ? (personIds.get(secretary.personId) ?? null) : null,
  };
}
