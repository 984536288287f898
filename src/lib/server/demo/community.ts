// Seeds the demo community: zones, people, council, roles, rule packs, accounts. Called by seed.ts inside its transaction, and by tests.
// It uses the office's own services, so the demo holds nothing a secretary could not have entered.
import { orThrow } from '#lib/protocol/office-refusals.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import { createAccount } from '#lib/server/auth/accounts.ts';
import { addSector, foundCouncil, giveCouncilRole, seatPerson } from '#lib/server/councils/councils.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import type { RealmKind } from '#lib/server/db/schema/index.ts';
import { addEnvelope, addSourceMoney, createFund } from '#lib/server/ledger/funds.ts';
import { addBuildingGroups, addZone, createCommunity } from '#lib/server/people/communities.ts';
import { addPerson, setStaffRoles } from '#lib/server/people/register.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { additions, buildingGroupWord, dataset, hasSmartphone, organisationOf, type DemoRef } from './dataset.ts';
import { seedDemoProjects } from './projects.ts';
import { demoRulePacks } from './rule-packs.ts';

/** Ids by the dataset's own references. */
export interface DemoIds {
  readonly realmId: string;
  readonly communityId: string;
  readonly councilId: string;
  readonly people: Readonly<Record<DemoRef, string>>;
  readonly seats: Readonly<Record<DemoRef, string>>;
  /** By the dataset's sector id: `resident_rep`. */
  readonly sectors: Readonly<Record<string, string>>;
  readonly zones: Readonly<Record<string, string>>;
  /** By the dataset's pack id: `R1`. */
  readonly rulePacks: Readonly<Record<string, string>>;
  /** `P1` … `P8`, `N01` … */
  readonly projects: Readonly<Record<string, string>>;
  readonly needs: Readonly<Record<string, string>>;
  /** By the dataset's fund id: `F1`. */
  readonly funds: Readonly<Record<string, string>>;
  /** By the dataset's envelope id: `E1`. */
  readonly envelopes: Readonly<Record<string, string>>;
}

/** Seeds once more every time it is called: idempotence is seed.ts's. Throws where the office refuses, so the transaction ends. */
export async function seedDemoCommunity(
  tx: Queryable,
  { realm = 'kept' }: { realm?: RealmKind } = {},
): Promise<DemoIds> {
  const { name, subdistrict, district, city, households, population } = dataset.community;
  const facts = { name, subdistrict, district, city, households, population };
  const { realmId, communityId } = orThrow(await createCommunity(facts, { realm, isDemo: true }, tx));

  const zones: Record<string, string> = {};
  for (const zone of dataset.community.zones) {
    const { zoneId } = orThrow(await addZone(communityId, zone.name, tx));
    zones[zone.id] = zoneId;
    const groups = Array.from({ length: zone.groups }, (_, at) => `${at + 1} ${buildingGroupWord}`);
    orThrow(await addBuildingGroups(communityId, zoneId, groups, tx));
  }

  const people: Record<DemoRef, string> = {};
  const add = async (ref: DemoRef, person: Parameters<typeof addPerson>[1]) => {
    people[ref] = orThrow(await addPerson(communityId, { ...person, demoRef: ref }, tx)).personId;
  };
  for (const member of dataset.council.members) {
    await add(member.id, {
      name: member.display_name,
      phone: member.mobile_demo,
      roleNote: member.role_note,
      organisation: organisationOf(member.org_id),
      zoneId: member.zone === null ? null : (zones[member.zone] ?? null),
      largeType: member.elder_mode,
      hasSmartphone: hasSmartphone(member),
      consentPublishName: member.consent_publish_name,
      note: member.note,
    });
  }
  for (const { ref, name, roleNote } of additions.staff) await add(ref, { name, roleNote });

  const { council } = dataset;
  const { councilId } = orThrow(await foundCouncil(communityId, { name: council.name, term: council.term }, tx));
  const sectors: Record<string, string> = {};
  for (const { id, name, seats } of dataset.sectors) {
    sectors[id] = orThrow(await addSector(councilId, name, seats, tx)).sectorId;
  }
  const seats: Record<DemoRef, string> = {};
  for (const { id, sector, title } of council.members) {
    const seat = { sectorId: sectors[sector] ?? '', personId: people[id] ?? '', title, voting: true };
    seats[id] = orThrow(await seatPerson(councilId, seat, tx)).seatId;
  }

  const signInOf = new Map(additions.signIns.map((signIn) => [signIn.ref, signIn]));
  for (const [ref, signIn] of signInOf) {
    const { loginName, password } = signIn;
    // A second demo community, as tests make, finds the plain names taken.
    if (realm === 'kept') orThrow(await createAccount({ personId: people[ref] ?? '', loginName, password }, tx));
  }
  const held: [DemoRef, { staffRoles: string[]; councilRoles: string[] }][] = [
    ...Object.entries(additions.roles),
    ...additions.staff.map(({ ref, ...roles }): [DemoRef, typeof roles] => [ref, roles]),
  ];
  for (const [ref, { staffRoles, councilRoles }] of held) {
    const personId = people[ref] ?? '';
    orThrow(await setStaffRoles(communityId, personId, staffRoles, tx));
    for (const role of councilRoles) orThrow(await giveCouncilRole(councilId, personId, role as Role, tx));
  }

  const rulePacks: Record<string, string> = {};
  for (const { ref, rules } of demoRulePacks()) {
    rulePacks[ref] = orThrow(await addRulePack(communityId, rules, tx)).packId;
  }
  const { funds, envelopes } = await seedFunds(tx, communityId);
  const served = await seedDemoProjects(tx, { communityId, people, seats, zones, envelopes });
  return { realmId, communityId, councilId, people, seats, sectors, zones, rulePacks, funds, envelopes, ...served };
}

/** The dataset's three funds. Where it names no categories, the whole fund is one. */
async function seedFunds(tx: Queryable, communityId: string) {
  const occasion = { at: Date.now(), actorId: 'system', reason: additions.fundReason };
  const funds: Record<string, string> = {};
  const envelopes: Record<string, string> = {};
  for (const fund of dataset.funds) {
    const facts = {
      name: fund.name,
      year: additions.fundYear,
      principle: fund.principle.join('\n'),
      excluded: 'forbidden' in fund ? (fund.forbidden ?? []).join('\n') : '',
    };
    const { fundId } = orThrow(await createFund(communityId, facts, tx));
    funds[fund.id] = fundId;
    for (const { name, amount } of fund.sources)
      orThrow(await addSourceMoney(fundId, { name, amountFen: amount * 100 }, occasion, tx));
    const categories = 'envelopes' in fund ? (fund.envelopes ?? []) : [];
    const whole = { id: fund.id, name: additions.wholeFund, cap: fund.total };
    for (const { id, name, cap } of categories.length > 0 ? categories : [whole])
      envelopes[id] = orThrow(await addEnvelope(fundId, { name, capFen: cap * 100 }, occasion, tx)).envelopeId;
  }
  return { funds, envelopes };
}
