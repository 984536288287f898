// A meeting copied into a realm of its own, people and rules and all, to practise on or to rehearse with. Wiping the realm is one delete and
// touches nothing that is kept.
import { asc, eq, inArray } from 'drizzle-orm';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Words } from '#lib/domain/meeting/words.ts';
import { readAgenda } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
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
} from '#lib/server/db/schema/index.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { copyFunds } from '#lib/server/ledger/copy-funds.ts';
import { copyProjects } from '#lib/server/projects/copy-projects.ts';
import { agendaDocumentOf } from '#lib/server/meetings/drafted-agenda.ts';

export interface CopiedMeeting {
  readonly meetingId: string;
  readonly realmId: string;
  readonly format: string;
  /** New seat and person ids by the dataset's own references, where the people have one. */
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
  const copied = await db.transaction((tx) =>
    copyCouncil(tx, communityId, councilId, { kind, beforeMeetingId: meetingId }),
  );

  const documentId = await agendaDocumentOf(db, meetingId);
  const doc = documentId === null ? null : await readDocument(db, documentId);
  const agenda = doc
    ? readAgenda(doc).map((item) => ({
        ...item,
        itemId: newId(),
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
  const convener = copied.secretaryId ?? '';
  const command = {
    type: 'conveneMeeting',
    rulePackId: copied.packs[state.rules.packId] ?? '',
    shortNoticeReason: null,
  };
  const answer = await act(
    created.meetingId,
    { commandId: newId(), command },
    { kind: 'person', personId: convener, accountId: null, meetingId: null },
  );
  if (!answer.ok) {
    await wipeRealm(copied.realmId);
    return answer.refusal;
  }
  const setUp = setUpOf(state);
  if (setUp) {
    const who = { kind: 'person', personId: convener, accountId: null, meetingId: null } as const;
    await act(created.meetingId, { commandId: newId(), command: setUp }, who);
  }
  const { seats: seatIds, people: personIds, realmId } = copied;
  return { meetingId: created.meetingId, realmId, format: meeting.format, seats: seatIds, people: personIds };
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
  { kind, beforeMeetingId }: { kind: 'practice' | 'rehearsal'; beforeMeetingId: string },
) {
  const [community] = await tx.select().from(communities).where(eq(communities.id, communityId));
  const [council] = await tx.select().from(councils).where(eq(councils.id, councilId));
  if (!community || !council) throw new Error('the meeting has no council to copy');
  const realmId = newId();
  const now = Date.now();
  await tx.insert(realms).values({ id: realmId, kind, createdAt: now });
  const newCommunityId = newId();
  await tx.insert(communities).values({ ...community, id: newCommunityId, realmId });
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
    [...seatRows, ...officers, ...staff].flatMap(({ personId }) => (personId === null ? [] : [personId])),
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
  const projectIds = await copyProjects(tx, { from, to, seatIds, envelopeIds });

  const byRef = (ids: ReadonlyMap<string, string>, idOf: (personId: string) => string | undefined) =>
    Object.fromEntries(
      personRows.flatMap(({ id, demoRef }) => {
        const old = idOf(id);
        const fresh = old === undefined ? undefined : ids.get(old);
        return demoRef !== null && fresh !== undefined ? [[demoRef, fresh] as const] : [];
      }),
    );
  const secretary = [...officers, ...staff].find(({ role }) => role === 'secretary');
  return {
    realmId,
    councilId: newCouncilId,
    envelopeIds,
    projectIds,
    packs,
    people: byRef(personIds, (personId) => personId),
    seats: byRef(seatIds, (personId) => seatRows.find((seat) => seat.personId === personId)?.id),
    secretaryId: secretary ? (personIds.get(secretary.personId) ?? null) : null,
  };
}
