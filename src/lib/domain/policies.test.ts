// One table: every matter against every kind of person. A new policy without a row here is a red test.
import { describe, expect, it } from 'vitest';
import * as policies from './policies.ts';
import type { Standing } from './policies.ts';

const here = 'community-1';
const council = { councilId: 'council-1', communityId: here };
const meeting = { communityId: here, councilId: 'council-1' };
const plainPerson: Standing = { personId: 'p', communityId: here, staffRoles: [], councilRoles: [], seatIn: [] };

const people: Record<string, Standing | null> = {
  nobody: null,
  resident: plainPerson,
  member: { ...plainPerson, seatIn: ['council-1'] },
  helper: { ...plainPerson, staffRoles: ['helper'] },
  monitor: { ...plainPerson, councilRoles: [{ councilId: 'council-1', role: 'vote_monitor' }] },
  'council secretary': { ...plainPerson, councilRoles: [{ councilId: 'council-1', role: 'secretary' }] },
  'other council secretary': { ...plainPerson, councilRoles: [{ councilId: 'council-2', role: 'secretary' }] },
  'office secretary': { ...plainPerson, staffRoles: ['secretary'] },
  'office chair': { ...plainPerson, staffRoles: ['chair'] },
  'office elsewhere': {
    ...plainPerson,
    communityId: 'community-2',
    staffRoles: ['secretary'],
    // Even with a stale role in our council: another community's person has no say here.
    councilRoles: [{ councilId: 'council-1', role: 'secretary' }],
    seatIn: ['council-1'],
  },
};

const inside = Object.keys(people).filter((name) => name !== 'nobody' && name !== 'office elsewhere');
const office = ['office secretary', 'office chair'];
const leaders = ['council secretary', ...office];
const allLeaders = ['council secretary', 'other council secretary', ...office];

const table: Record<keyof typeof policies, { ask: (who: Standing | null) => boolean; may: string[] }> = {
  maySeeCommunity: { ask: (who) => policies.maySeeCommunity(who, here), may: inside },
  mayManageCommunity: { ask: (who) => policies.mayManageCommunity(who, here), may: office },
  maySeePeople: { ask: (who) => policies.maySeePeople(who, here), may: allLeaders },
  mayManagePeople: { ask: (who) => policies.mayManagePeople(who, here), may: allLeaders },
  mayGiveStaffRoles: { ask: (who) => policies.mayGiveStaffRoles(who, here), may: office },
  mayManageAccountOf: {
    ask: (who) => policies.mayManageAccountOf(who, { communityId: here, holdsOffice: false }),
    may: allLeaders,
  },
  mayErasePeople: { ask: (who) => policies.mayErasePeople(who, here), may: office },
  maySeeCouncil: {
    ask: (who) => policies.maySeeCouncil(who, council),
    may: ['member', 'helper', 'monitor', ...leaders],
  },
  mayFoundCouncil: { ask: (who) => policies.mayFoundCouncil(who, here), may: office },
  mayManageCouncil: { ask: (who) => policies.mayManageCouncil(who, council), may: leaders },
  maySeeRulePacks: { ask: (who) => policies.maySeeRulePacks(who, here), may: inside },
  mayManageRulePacks: { ask: (who) => policies.mayManageRulePacks(who, here), may: allLeaders },
  mayIssueSlips: { ask: (who) => policies.mayIssueSlips(who, meeting), may: leaders },
  mayTriageNeeds: { ask: (who) => policies.mayTriageNeeds(who, here), may: allLeaders },
  mayTypeNeeds: { ask: (who) => policies.mayTypeNeeds(who, here), may: ['helper', ...allLeaders] },
  mayKeepBooks: { ask: (who) => policies.mayKeepBooks(who, here), may: office },
  mayRunProjects: { ask: (who) => policies.mayRunProjects(who, here), may: allLeaders },
  mayWritePlan: {
    ask: (who) => policies.mayWritePlan(who, { communityId: here, writers: ['somebody'] }),
    may: allLeaders,
  },
  mayRunAffairs: { ask: (who) => policies.mayRunAffairs(who, here), may: allLeaders },
  mayKeepLists: { ask: (who) => policies.mayKeepLists(who, here), may: office },
  mayConfirmLetters: { ask: (who) => policies.mayConfirmLetters(who, here), may: ['office chair'] },
  maySetUp: { ask: () => policies.maySetUp(1), may: [] },
};

describe.each(Object.keys(policies) as (keyof typeof policies)[])('%s', (name) => {
  const row = table[name];
  it.each(Object.keys(people))(`%s`, (who) => {
    expect(row.ask(people[who] ?? null)).toBe(row.may.includes(who));
  });
});

describe('narrower cases', () => {
  it('sets up only an empty installation', () => {
    expect(policies.maySetUp(0)).toBe(true);
  });

  it("keeps a council's secretary away from the accounts of the office", () => {
    const of = { communityId: here, holdsOffice: true };
    expect(policies.mayManageAccountOf(people['council secretary'] ?? null, of)).toBe(false);
    expect(policies.mayManageAccountOf(people['office secretary'] ?? null, of)).toBe(true);
  });

  it("lets a plan's writers write it, from their own community only", () => {
    const project = { communityId: here, writers: ['p'] };
    expect(policies.mayWritePlan(people.resident ?? null, project)).toBe(true);
    expect(policies.mayWritePlan(people['office elsewhere'] ?? null, project)).toBe(false);
  });

  it('leaves the slips of a meeting without a council to the office', () => {
    const open = { communityId: here, councilId: null };
    expect(policies.mayIssueSlips(people['council secretary'] ?? null, open)).toBe(false);
    expect(policies.mayIssueSlips(people['office chair'] ?? null, open)).toBe(true);
  });
});
