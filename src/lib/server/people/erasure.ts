// Forgetting a person: what the community holds about them is emptied in one transaction; ids stay, so that logs still verify.
// Called by the people page. Whoever keeps a person's words elsewhere adds an eraser to the list below.
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  accounts,
  communities,
  councilRoles,
  guests,
  meetings,
  people,
  realms,
  seats,
  sessions,
  slips,
  staffRoles,
} from '#lib/server/db/schema/index.ts';
import { afterErasing, eraseFromMeetings } from '#lib/server/meetings/erase.ts';
import { wipeRealm } from '#lib/server/practice/copy.ts';
import { eraseFromFeedback } from '#lib/server/feedback/feedback.ts';
import { eraseFromHearings } from '#lib/server/hearings/enrol.ts';
import { eraseFromNeeds } from '#lib/server/needs/erase.ts';
import { wipePractice } from '#lib/server/practice/practices.ts';
import { eraseFromMinutes } from '#lib/server/minutes/complete.ts';
import { officeOf } from './register.ts';

/**
 * Removes everything of the person it is responsible for. Runs inside the erasing transaction; doing it twice changes nothing.
 * May return what is to be told once the transaction has committed.
 */
export type Eraser = (personId: string, store: Queryable) => Promise<void | (() => void | Promise<void>)>;

/** Entries and ways in: accounts take passkeys and sessions with them; guests admitted as the person may carry their name. */
const eraseWaysIn: Eraser = async (personId, store) => {
  await store.delete(accounts).where(eq(accounts.personId, personId));
  await store.delete(sessions).where(eq(sessions.personId, personId));
  await store.delete(slips).where(eq(slips.personId, personId));
  await store.delete(guests).where(eq(guests.admittedPersonId, personId));
};

const eraseOffices: Eraser = async (personId, store) => {
  await store.delete(staffRoles).where(eq(staffRoles.personId, personId));
  await store.delete(councilRoles).where(eq(councilRoles.personId, personId));
  await store
    .update(seats)
    .set({ endedAt: Date.now() })
    .where(and(eq(seats.personId, personId), isNull(seats.endedAt)));
};

const eraseFacts: Eraser = async (personId, store) => {
  await store
    .update(people)
    .set({
      name: null,
      phone: null,
      gender: null,
      birthMonth: null,
      roleNote: null,
      organisation: null,
      zoneId: null,
      buildingGroupId: null,
      largeType: false,
      hasSmartphone: true,
      consentPublishName: false,
      note: null,
      demoRef: null,
      erasureAskedAt: null,
      erasedAt: Date.now(),
    })
    .where(eq(people.id, personId));
};

const eraseMeetings: Eraser = async (personId, store) => {
  const meetingIds = await eraseFromMeetings(store, personId);
  return () => afterErasing(meetingIds);
};

/** Practices and rehearsals hold copies of everybody: those of this community end, and their realms go with every name in them. */
const erasePractices: Eraser = async (personId, store) => {
  const originals = store
    .select({ id: meetings.id })
    .from(meetings)
    .innerJoin(people, and(eq(people.communityId, meetings.communityId), eq(people.id, personId)));
  const copies = await store
    .select({ meetingId: meetings.id, realmId: meetings.realmId })
    .from(meetings)
    .innerJoin(realms, eq(realms.id, meetings.realmId))
    .where(and(ne(realms.kind, 'kept'), inArray(meetings.copiedFrom, originals)));
  return async () => {
    for (const { meetingId, realmId } of copies) {
      await wipePractice(meetingId);
      await wipeRealm(realmId);
    }
  };
};

/** In this order. Add one for every table that holds a person's name or words beside these. */
export const erasers: Eraser[] = [
  eraseWaysIn,
  eraseOffices,
  eraseMeetings,
  eraseFromNeeds,
  eraseFromHearings,
  eraseFromFeedback,
  eraseFromMinutes,
  erasePractices,
  eraseFacts,
];

/** Erases for good. Refused for the last person of the office, who could never be replaced. Erasing the erased changes nothing. */
export async function erasePerson(communityId: string, personId: string): Promise<OfficeRefusal | null> {
  const afterwards: (() => void | Promise<void>)[] = [];
  const refused = await db.transaction(async (tx) => {
    await tx.select().from(communities).where(eq(communities.id, communityId)).for('update');
    const [person] = await tx
      .select()
      .from(people)
      .where(and(eq(people.id, personId), eq(people.communityId, communityId)))
      .for('update');
    if (!person) return refuseOffice('not-there');
    if (person.erasedAt !== null) return null;
    const office = await officeOf(communityId, tx);
    if (office.length === 1 && office[0] === personId) return refuseOffice('last-secretary');
    for (const erase of erasers) {
      const told = await erase(personId, tx);
      if (told) afterwards.push(told);
    }
    return null;
  });
  if (refused === null) for (const tell of afterwards) await tell();
  return refused;
}
