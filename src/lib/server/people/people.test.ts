// Communities, people, staff roles, erasure and the first day, on a real database.
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { nobody } from '#lib/domain/actor.ts';
import { newId } from '#lib/protocol/ids.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { signInWithPassword } from '#lib/server/auth/accounts.ts';
import { admitGuest } from '#lib/server/auth/guests.ts';
import { enterBySlip, issueSlips } from '#lib/server/auth/slips.ts';
import { readCouncil, giveCouncilRole } from '#lib/server/councils/councils.ts';
import { db } from '#lib/server/db/client.ts';
import { communities, meetings, people, realms } from '#lib/server/db/schema/index.ts';
import { aCommunity, aCouncil, aGuest, anAccount, aPerson, signedIn } from '#tests/support/world.ts';
import {
  addBuildingGroups,
  addZone,
  readCommunity,
  removeBuildingGroup,
  removeZone,
  renameZone,
  updateCommunity,
} from './communities.ts';
import { erasePerson } from './erasure.ts';
import { maskedName } from './masked-name.ts';
import { readOwnFacts } from './own-facts.ts';
import {
  addPerson,
  askForErasure,
  listPeople,
  readPerson,
  setStaffRoles,
  updatePerson,
  withdrawErasureRequest,
} from './register.ts';
import { setUpInstallation } from './set-up.ts';
import { standingOf } from './standing.ts';

const facts = { name: '云锦里', subdistrict: '', district: '', city: '', households: null, population: null };

/** Every text in the database that contains `word`, by table: nothing about a person may be left anywhere. */
async function whereIs(word: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.execute<{ many: number }>(
      sql`select count(*)::int as many from ${sql.identifier(name)} as t where t::text like ${`%${word}%`}`,
    );
    if (row && row.many > 0) found.push(name);
  }
  return found;
}

describe('the three-level community', () => {
  it('grows zones and groups in the order they were added', async () => {
    const { communityId } = await aCommunity();
    const zone = await addZone(communityId, '东里');
    await addZone(communityId, '西里');
    if ('refused' in zone) throw new Error('added');
    expect(await addBuildingGroups(communityId, zone.zoneId, ['1 组', ' 2 组 ', '', '1 组'])).toEqual({ added: 2 });
    expect(await addBuildingGroups(communityId, zone.zoneId, ['2 组', '3 组'])).toEqual({ added: 1 });
    const read = await readCommunity(communityId);
    expect(read?.zones.map(({ name, groups }) => [name, groups.map((group) => group.name)])).toEqual([
      ['东里', ['1 组', '2 组', '3 组']],
      ['西里', []],
    ]);
  });

  it('refuses a name twice, an empty one and one too long', async () => {
    const { communityId } = await aCommunity();
    await addZone(communityId, '东里');
    expect(await addZone(communityId, '东里')).toMatchObject({ reason: 'name-taken' });
    expect(await addZone(communityId, ' ')).toMatchObject({ reason: 'name-missing' });
    expect(await addZone(communityId, '里'.repeat(61))).toMatchObject({ reason: 'text-too-long' });
  });

  it('renames and removes a zone, the latter only when it is empty', async () => {
    const { communityId } = await aCommunity();
    const zone = await addZone(communityId, '东里');
    await addZone(communityId, '西里');
    if ('refused' in zone) throw new Error('added');
    await addBuildingGroups(communityId, zone.zoneId, ['1 组']);
    expect(await renameZone(communityId, zone.zoneId, '西里')).toMatchObject({ reason: 'name-taken' });
    expect(await renameZone(communityId, zone.zoneId, '东一里')).toBeNull();
    expect(await removeZone(communityId, zone.zoneId)).toMatchObject({
      reason: 'still-has-groups',
      params: { groups: 1 },
    });
    const groupId = (await readCommunity(communityId))?.zones[0]?.groups[0]?.groupId ?? '';
    expect(await removeBuildingGroup(communityId, groupId)).toBeNull();
    expect(await removeZone(communityId, zone.zoneId)).toBeNull();
  });

  it("leaves another community's zones alone", async () => {
    const [one, other] = [await aCommunity(), await aCommunity()];
    const zone = await addZone(one.communityId, '东里');
    if ('refused' in zone) throw new Error('added');
    await addBuildingGroups(one.communityId, zone.zoneId, ['1 组']);
    const groupId = (await readCommunity(one.communityId))?.zones[0]?.groups[0]?.groupId ?? '';
    const answers = [
      await renameZone(other.communityId, zone.zoneId, '别人的'),
      await removeZone(other.communityId, zone.zoneId),
      await addBuildingGroups(other.communityId, zone.zoneId, ['2 组']),
      await removeBuildingGroup(other.communityId, groupId),
    ];
    expect(answers.map((answer) => answer && 'reason' in answer && answer.reason)).toEqual(Array(4).fill('not-there'));
  });

  it('refuses facts that cannot be', async () => {
    const { communityId } = await aCommunity();
    expect(await updateCommunity(communityId, { ...facts, households: -1 })).toMatchObject({ reason: 'number-unfit' });
    expect(await updateCommunity(communityId, { ...facts, name: '' })).toMatchObject({ reason: 'name-missing' });
    expect(await updateCommunity(communityId, { ...facts, population: 10684 })).toBeNull();
    expect((await readCommunity(communityId))?.population).toBe(10684);
  });
});

describe('the register of people', () => {
  it('keeps what is written in one form', async () => {
    const { communityId } = await aCommunity();
    const added = await addPerson(communityId, {
      name: ' 王　阿姨 ',
      phone: '+86 138-0000 0001',
      birthMonth: '1958年3月',
    });
    if ('refused' in added) throw new Error('added');
    expect((await readPerson(communityId, added.personId))?.person).toMatchObject({
      name: '王阿姨',
      phone: '13800000001',
      birthMonth: '1958-03',
      hasSmartphone: true,
      consentPublishName: false,
    });
  });

  it.each([
    ['name-missing', { name: '　' }],
    ['text-too-long', { name: '王'.repeat(41) }],
    ['birth-month-unfit', { name: '王', birthMonth: '58.3' }],
    ['not-there', { name: '王', zoneId: 'a zone of nobody' }],
  ])('refuses %s', async (reason, person) => {
    const { communityId } = await aCommunity();
    expect(await addPerson(communityId, person)).toMatchObject({ reason });
  });

  it("takes a group's own zone, and no zone of another community", async () => {
    const [here, there] = [await aCommunity(), await aCommunity()];
    const zone = await addZone(here.communityId, '东里');
    if ('refused' in zone) throw new Error('added');
    await addBuildingGroups(here.communityId, zone.zoneId, ['1 组']);
    const buildingGroupId = (await readCommunity(here.communityId))?.zones[0]?.groups[0]?.groupId ?? '';
    const added = await addPerson(here.communityId, { name: '王', buildingGroupId });
    if ('refused' in added) throw new Error('added');
    expect((await readPerson(here.communityId, added.personId))?.person.zoneId).toBe(zone.zoneId);
    expect(await addPerson(there.communityId, { name: '王', buildingGroupId })).toMatchObject({ reason: 'not-there' });
  });

  it('finds by name, phone, unit or role, and takes signs of patterns as signs', async () => {
    const { communityId } = await aCommunity();
    await addPerson(communityId, { name: '顾老师', phone: '10000000005', roleNote: '楼组长' });
    await addPerson(communityId, { name: '金社长', organisation: '银龄互助社', phone: '10000000014' });
    await addPerson(communityId, { name: '100%' });
    const names = async (sought: string) => (await listPeople(communityId, sought, 1)).people.map(({ name }) => name);
    expect(await names('顾')).toEqual(['顾老师']);
    expect(await names('0014')).toEqual(['金社长']);
    expect(await names('银龄')).toEqual(['金社长']);
    expect(await names('楼组长')).toEqual(['顾老师']);
    expect(await names('%')).toEqual(['100%']);
    expect(await names('_')).toEqual([]);
    expect(await names('')).toHaveLength(3);
  });

  it('lists fifty a page', async () => {
    const { communityId } = await aCommunity();
    for (let at = 0; at < 53; at += 1) await addPerson(communityId, { name: `居民${String(at).padStart(2, '0')}` });
    const [first, second] = [await listPeople(communityId, '', 1), await listPeople(communityId, '', 2)];
    expect([first.total, first.people.length, second.people.length]).toEqual([53, 50, 3]);
    expect(new Set([...first.people, ...second.people].map(({ personId }) => personId)).size).toBe(53);
  });

  it("does not touch another community's people", async () => {
    const person = await aPerson();
    const { communityId } = await aCommunity();
    expect(await updatePerson(communityId, person.personId, { name: '别人' })).toMatchObject({ reason: 'not-there' });
    expect(await readPerson(communityId, person.personId)).toBeNull();
    expect(await setStaffRoles(communityId, person.personId, ['secretary'])).toMatchObject({ reason: 'not-there' });
    expect(await erasePerson(communityId, person.personId)).toMatchObject({ reason: 'not-there' });
  });
});

describe('standing', () => {
  it('says what somebody is in their community, and nothing for slips, guests and the erased', async () => {
    const council = await aCouncil({ members: 2 });
    const [first, second] = council.members;
    if (!first || !second) throw new Error('two members');
    await setStaffRoles(council.communityId, first.personId, ['helper']);
    const cookie = await signedIn(first);
    expect(await standingOf(await actorFromCookie(cookie))).toEqual({
      personId: first.personId,
      communityId: council.communityId,
      staffRoles: ['helper'],
      councilRoles: expect.arrayContaining([
        { councilId: council.councilId, role: 'chair' },
        { councilId: council.councilId, role: 'moderator' },
      ]),
      seatIn: [council.councilId],
    });
    const { personId } = second;
    expect(await standingOf({ kind: 'person', personId, accountId: null, meetingId: 'm' })).toBeNull();
    expect(await standingOf(nobody)).toBeNull();
    await erasePerson(council.communityId, first.personId);
    expect(await standingOf({ kind: 'person', personId: first.personId, accountId: 'a', meetingId: null })).toBeNull();
  });
});

describe('the last of the office', () => {
  it('cannot be taken out of it nor erased until another can sign in', async () => {
    const { communityId } = await aCommunity();
    const [only, next] = [
      await aPerson({ communityId, staffRoles: ['secretary'] }),
      await aPerson({ communityId, staffRoles: ['chair'] }),
    ];
    await anAccount(only.personId);
    // The other has the role but no account: nobody could sign in as them.
    expect(await setStaffRoles(communityId, only.personId, ['helper'])).toMatchObject({ reason: 'last-secretary' });
    expect(await erasePerson(communityId, only.personId)).toMatchObject({ reason: 'last-secretary' });
    await anAccount(next.personId);
    expect(await setStaffRoles(communityId, only.personId, ['helper'])).toBeNull();
  });

  it('stays when two are taken out at the same moment', async () => {
    const { communityId } = await aCommunity();
    const two = [
      await aPerson({ communityId, staffRoles: ['secretary'] }),
      await aPerson({ communityId, staffRoles: ['chair'] }),
    ];
    for (const { personId } of two) await anAccount(personId);
    const answers = await Promise.all(two.map(({ personId }) => setStaffRoles(communityId, personId, [])));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer?.reason === 'last-secretary')).toHaveLength(1);
  });
});

describe('erasing a person', () => {
  it('leaves the name, phone and ways in nowhere, and the seat vacant', async () => {
    const community = await aCommunity();
    const council = await aCouncil({ communityId: community.communityId, members: 3, sectors: 1 });
    const name = `无名氏${newId()}`;
    const { personId } = council.members[2] ?? { personId: '' };
    await updatePerson(community.communityId, personId, {
      name,
      phone: '19912345678',
      note: `住在${name}家`,
      organisation: name,
      roleNote: name,
    });
    await giveCouncilRole(council.councilId, personId, 'teller');
    const account = await anAccount(personId);
    const signedInAs = await signInWithPassword(account.loginName, account.password, '');
    const meetingId = newId();
    await db.insert(meetings).values({
      id: meetingId,
      realmId: community.realmId,
      communityId: community.communityId,
      councilId: council.councilId,
      format: 'council',
      title: 't',
      startsAt: 0,
      joinCode: '200001',
      headHash: new Uint8Array(32),
      createdAt: 0,
    });
    const [slip] = await issueSlips(meetingId, [personId]);
    const entered = await enterBySlip(slip?.code ?? '', nobody, '');
    const guest = await aGuest({ communityId: community.communityId, shownName: name });
    await admitGuest(guest.guestId, meetingId, personId);
    // A practice holds copies of everybody's name.
    const practice = await aCommunity({ realm: 'practice' });
    await aPerson({ communityId: practice.communityId, name });
    await db.insert(meetings).values({
      id: newId(),
      realmId: practice.realmId,
      communityId: practice.communityId,
      format: 'council',
      title: 't',
      startsAt: 0,
      joinCode: '200002',
      headHash: new Uint8Array(32),
      createdAt: 0,
      copiedFrom: meetingId,
    });
    expect(await whereIs(name)).toEqual(expect.arrayContaining(['people', 'guests']));

    expect(await erasePerson(community.communityId, personId)).toBeNull();
    expect(await whereIs(name)).toEqual([]);
    expect(await whereIs('19912345678')).toEqual([]);
    expect(await whereIs(account.loginName)).toEqual([]);
    for (const opened of [signedInAs, entered]) {
      if ('refused' in opened) throw new Error('was opened');
      expect(await actorFromCookie(`yishi_session=${opened.sessionId}`)).toEqual(nobody);
    }
    expect(await db.select().from(realms).where(eq(realms.id, practice.realmId))).toEqual([]);
    const after = await readCouncil(council.councilId);
    expect(after?.sectors[0]?.vacant).toBe(1);
    expect(after?.roles.map((given) => given.personId)).not.toContain(personId);
    expect(after?.ended.map((seat) => [seat.personId, seat.name])).toEqual([[personId, null]]);
    expect((await listPeople(community.communityId, '', 1)).total).toBe(2);
  });

  it('changes nothing the second time', async () => {
    const person = await aPerson();
    await erasePerson(person.communityId, person.personId);
    const [before] = await db.select().from(people).where(eq(people.id, person.personId));
    expect(await erasePerson(person.communityId, person.personId)).toBeNull();
    expect((await db.select().from(people).where(eq(people.id, person.personId)))[0]).toEqual(before);
    expect(await updatePerson(person.communityId, person.personId, { name: '又来' })).toMatchObject({
      reason: 'not-there',
    });
  });

  it('may be asked for and taken back by the person', async () => {
    const person = await aPerson();
    const askedAt = async () => (await readOwnFacts(person.personId))?.erasureAskedAt;
    await askForErasure(person.personId);
    const first = await askedAt();
    expect(first).not.toBeNull();
    await askForErasure(person.personId);
    expect(await askedAt()).toBe(first);
    await withdrawErasureRequest(person.personId);
    expect(await askedAt()).toBeNull();
  });
});

describe('names outside the council', () => {
  it.each([
    ['with consent', { name: '沈书记', consentPublishName: true }, '沈书记'],
    ['without', { name: '顾老师', consentPublishName: false }, '顾**'],
    ['erased', { name: null, consentPublishName: true }, ''],
  ])('%s', (_name, person, shown) => {
    expect(maskedName(person)).toBe(shown);
  });
});

describe('the first day', () => {
  it('sets an empty installation up once, even when two try at the same moment, and leaves nothing half done', async () => {
    // This file's own communities are out of the way: only kept realms count.
    await db.update(realms).set({ kind: 'practice' });
    const before = await db.select({ id: communities.id }).from(communities);
    const secretary = { name: '吴社工', loginName: 'first', password: 'long enough' };

    expect(await setUpInstallation(facts, { ...secretary, password: 'short' }, '')).toMatchObject({
      reason: 'password-too-short',
    });
    expect(await db.select({ id: communities.id }).from(communities)).toHaveLength(before.length);

    const answers = await Promise.all(
      [1, 2].map((at) => setUpInstallation(facts, { ...secretary, loginName: `first${at}` }, '')),
    );
    expect(answers.filter((answer) => 'refused' in answer && answer.reason === 'already-set-up')).toHaveLength(1);
    const done = answers.find((answer) => 'sessionId' in answer);
    if (!done || !('sessionId' in done)) throw new Error('one of them set it up');
    const actor = await actorFromCookie(`yishi_session=${done.sessionId}`);
    expect(await standingOf(actor)).toMatchObject({ staffRoles: ['secretary'] });
  });
});
