// Builders of a world for tests: each makes the parents it is not given, through the office's own services, so that nothing is in a test
// that a secretary could not have entered. They need the database of tests/support/database.ts and work on whatever is already there.
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import { createAccount } from '#lib/server/auth/accounts.ts';
import { openSession, sessionCookieName } from '#lib/server/auth/sessions.ts';
import { createGuest, guestCookieName } from '#lib/server/auth/guests.ts';
import { addSector, foundCouncil, giveCouncilRole, seatPerson } from '#lib/server/councils/councils.ts';
import { db } from '#lib/server/db/client.ts';
import type { RealmKind } from '#lib/server/db/schema/index.ts';
import { seedDemoCommunity, type DemoIds } from '#lib/server/demo/community.ts';
import { createCommunity } from '#lib/server/people/communities.ts';
import { addPerson, setStaffRoles, type PersonFacts } from '#lib/server/people/register.ts';

let made = 0;
/** A number no other builder of this test file has used. */
const next = (): number => (made += 1);

export interface CommunityMade {
  readonly realmId: string;
  readonly communityId: string;
}

export async function aCommunity({ name = `社区${next()}`, realm = 'kept' as RealmKind } = {}): Promise<CommunityMade> {
  const facts = { name, subdistrict: '', district: '', city: '', households: null, population: null };
  return orThrow(await createCommunity(facts, { realm }));
}

export interface PersonMade {
  readonly personId: string;
  readonly communityId: string;
  readonly name: string;
}

export async function aPerson({
  communityId,
  staffRoles = [],
  ...facts
}: Partial<PersonFacts> & { communityId?: string; staffRoles?: readonly Role[] } = {}): Promise<PersonMade> {
  const home = communityId ?? (await aCommunity()).communityId;
  const name = facts.name ?? `居民${next()}`;
  const { personId } = orThrow(await addPerson(home, { ...facts, name }));
  if (staffRoles.length > 0) orThrow(await setStaffRoles(home, personId, staffRoles));
  return { personId, communityId: home, name };
}

export interface AccountMade {
  readonly accountId: string;
  readonly loginName: string;
  readonly password: string;
}

/** Opens an account; the password is the builder's unless given. */
export async function anAccount(personId: string, password = `password-${next()}`): Promise<AccountMade> {
  const loginName = `login-${newId().slice(0, 8)}`;
  const { accountId } = orThrow(await createAccount({ personId, loginName, password }));
  return { accountId, loginName, password };
}

const accountOf = new Map<string, string>();

/** A Cookie header of somebody signed in for everything; opens their account the first time. */
export async function signedIn(person: { readonly personId: string }): Promise<string> {
  let accountId = accountOf.get(person.personId);
  if (accountId === undefined) {
    ({ accountId } = await anAccount(person.personId));
    accountOf.set(person.personId, accountId);
  }
  const sessionId = await openSession(person.personId, { accountId, meetingId: null, slipId: null, device: 'test' });
  return `${sessionCookieName}=${sessionId}`;
}

/** A Cookie header of somebody who entered by a slip for this meeting only. */
export async function enteredBySlip(personId: string, meetingId: string): Promise<string> {
  const sessionId = await openSession(personId, { accountId: null, meetingId, slipId: null, device: 'test' });
  return `${sessionCookieName}=${sessionId}`;
}

/** A Cookie header of a resident without an account. */
export async function aGuest({
  communityId,
  shownName = `访客${next()}`,
}: { communityId?: string; shownName?: string } = {}) {
  const home = communityId ?? (await aCommunity()).communityId;
  const { guestId, token } = await createGuest(home, shownName);
  return { guestId, shownName, communityId: home, cookie: `${guestCookieName}=${token}` };
}

export interface CouncilMade {
  readonly councilId: string;
  readonly communityId: string;
  /** In the order they were seated: the first is chair and moderator, the second secretary. */
  readonly members: readonly (PersonMade & { readonly seatId: string; readonly sectorId: string })[];
  readonly sectorIds: readonly string[];
}

/** A council whose seats are all held, spread evenly over its sectors. */
export async function aCouncil({
  members = 5,
  sectors = 2,
  communityId,
  names = [],
}: { members?: number; sectors?: number; communityId?: string; names?: readonly string[] } = {}): Promise<CouncilMade> {
  const home = communityId ?? (await aCommunity()).communityId;
  const { councilId } = orThrow(await foundCouncil(home, { name: `议事会${next()}`, term: '2026' }));
  const sectorIds: string[] = [];
  for (let at = 0; at < sectors; at += 1) {
    const seats = Math.max(1, Math.ceil((members - at) / sectors));
    sectorIds.push(orThrow(await addSector(councilId, `界别${at + 1}`, seats)).sectorId);
  }
  const seated: CouncilMade['members'][number][] = [];
  for (let at = 0; at < members; at += 1) {
    const person = await aPerson({ communityId: home, name: names[at] ?? `委员${at + 1}` });
    const sectorId = sectorIds[at % sectors] ?? '';
    const seat = { sectorId, personId: person.personId, title: '委员', voting: true };
    seated.push({ ...person, sectorId, seatId: orThrow(await seatPerson(councilId, seat)).seatId });
  }
  const roles: [number, Role][] = [
    [0, 'chair'],
    [0, 'moderator'],
    [1, 'secretary'],
  ];
  for (const [at, role] of roles) {
    const member = seated[at];
    if (member) orThrow(await giveCouncilRole(councilId, member.personId, role));
  }
  return { councilId, communityId: home, members: seated, sectorIds };
}

/** The whole demo community; its accounts exist only in the first one of a database. */
export async function theDemo({ realm = 'kept' as RealmKind } = {}): Promise<DemoIds> {
  return db.transaction((tx) => seedDemoCommunity(tx, { realm }));
}
