// The demo community against its dataset: whoever compares a meeting's figures with the dataset relies on these.
import { count, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRoster } from '#lib/domain/councils/roster.ts';
import { needed } from '#lib/domain/meeting/rules.ts';
import { signInWithPassword } from '#lib/server/auth/accounts.ts';
import { readCouncil } from '#lib/server/councils/councils.ts';
import { db } from '#lib/server/db/client.ts';
import {
  accounts,
  communities,
  councils,
  needs,
  people,
  projects,
  projectSeatsTied,
} from '#lib/server/db/schema/index.ts';
import { fundsOfCommunity } from '#lib/server/ledger/funds.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import { listRulePacks } from '#lib/server/rule-packs/rule-packs.ts';
import { dataset } from './dataset.ts';
import { demoRosterSheet } from './roster.ts';
import { seedDemo } from './seed.ts';

const nothingKnown = { sectors: [], people: [], thisMonth: '2026-04', newSectors: 'refuse' } as const;

describe("the demo council's roster as a sheet", () => {
  const reading = readRoster(demoRosterSheet(), nothingKnown);

  it('gives 25 rows in 7 sectors and two warnings, both about health', () => {
    expect(reading.rows.filter(({ person }) => person !== null)).toHaveLength(25);
    expect(reading.sectors.map(({ rows }) => rows)).toEqual([4, 9, 4, 3, 2, 2, 1]);
    expect(reading.rows.flatMap(({ warnings }) => warnings.map(({ reason, params }) => [reason, params]))).toEqual([
      ['sensitive-words', { words: '残障' }],
      ['sensitive-words', { words: '病' }],
    ]);
  });
});

describe('the seeded demo', () => {
  let signIns: Awaited<ReturnType<typeof seedDemo>>;
  beforeAll(async () => {
    // Three processes of one installation starting at the same moment.
    [signIns] = (await Promise.all([seedDemo(), seedDemo(), seedDemo()])) as [typeof signIns, unknown, unknown];
  });

  it('is seeded once', async () => {
    expect((await db.select({ many: count() }).from(communities))[0]?.many).toBe(1);
    // 25 members, 2 of the staff, and of the hearing ten drawn residents and one lawyer who sat in no council.
    expect((await db.select({ many: count() }).from(people))[0]?.many).toBe(38);
  });

  it('has three zones with 48 building groups', async () => {
    const [row] = await db.select({ id: communities.id }).from(communities);
    const community = await readCommunity(row?.id ?? '');
    expect(community?.zones.map(({ groups }) => groups.length)).toEqual([16, 18, 14]);
  });

  it('has a full council of 25 in 7 sectors with its officers', async () => {
    const [row] = await db.select({ id: councils.id }).from(councils);
    const council = await readCouncil(row?.id ?? '');
    expect(council?.sectors.map(({ held, vacant }) => [held.length, vacant])).toEqual(
      [4, 9, 4, 3, 2, 2, 1].map((seats) => [seats, 0]),
    );
    const withoutPhone = council?.sectors.flatMap(({ held }) => held).filter(({ hasSmartphone }) => !hasSmartphone);
    expect(withoutPhone?.map(({ name }) => name)).toEqual(['周师傅', '蒋阿姨', '潘大爷']);
    expect(council?.roles.map(({ name, role }) => `${name} ${role}`).sort()).toEqual(
      ['沈书记 chair', '沈书记 moderator', '吴社工 secretary', '俞女士 vote_monitor', '小林 helper', '小何 helper']
        .concat(['小何 teller'])
        .sort(),
    );
  });

  it('keeps R1 as the dataset has it: quorum 17 of 25, threshold 11 of 20, 3 days, 120 seconds twice, 5 days of publicity', async () => {
    const [row] = await db.select({ id: communities.id }).from(communities);
    const [first, ...others] = (await listRulePacks(row?.id ?? '')).map(({ rules }) => rules);
    expect(
      first && needed(25, first.quorum?.operator ?? '>', first.quorum?.ratio ?? { numerator: 0, denominator: 1 }),
    ).toBe(17);
    expect(
      first && needed(20, first.majority?.operator ?? '>', first.majority?.ratio ?? { numerator: 0, denominator: 1 }),
    ).toBe(11);
    expect(first).toMatchObject({
      noticeDays: 3,
      speech: { seconds: 120, timesPerMotion: 2 },
      publicity: { days: 5 },
      majority: { base: 'present_minus_recused', abstentionsCount: true },
      recusal: true,
      proxies: false,
    });
    expect(others.map(({ binding }) => binding)).toEqual([true, true, false, false, false, false]);
  });

  it('has 18 needs and four more wishes, and eight reviewed plans that ask for 470,000 yuan in all', async () => {
    const taken = await db.select({ code: needs.code, status: needs.status, to: needs.destination }).from(needs);
    expect(taken.filter(({ code }) => code.startsWith('N'))).toHaveLength(18);
    expect(taken.filter(({ to }) => to === 'micro_wish').map(({ code }) => code)).toEqual([
      'N17',
      'W02',
      'W03',
      'W04',
      'W05',
    ]);
    expect(taken.filter(({ to }) => to === 'owners_assembly').map(({ code }) => code)).toEqual(['N15', 'N16']);
    const asked = await db.select().from(projects);
    expect(asked.map(({ code, status }) => `${code} ${status}`)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `P${at} reviewed`),
    );
    expect(asked.reduce((sum, { askedFen }) => sum + askedFen, 0)).toBe(470_000_00);
    expect(await db.select().from(projectSeatsTied)).toHaveLength(7);
  });

  it('has the three funds of the dataset with their sources and ceilings', async () => {
    const [row] = await db.select({ id: communities.id }).from(communities);
    const funds = await fundsOfCommunity(row?.id ?? '');
    for (const wanted of dataset.funds) {
      const fund = funds.find(({ name }) => name === wanted.name);
      expect(fund).toMatchObject({ totalFen: wanted.total * 100, poolFen: wanted.total * 100 });
      expect(fund?.sources.map(({ name, givenFen }) => ({ name, amount: givenFen / 100 }))).toEqual(wanted.sources);
    }
    const first = funds.find(({ name }) => name === dataset.funds[0]?.name);
    expect(first?.envelopes.map(({ capFen, roomFen }) => [capFen, roomFen])).toEqual(
      [12_500_000, 8_800_000, 15_000_000, 3_700_000].map((fen) => [fen, fen]),
    );
    expect(funds).toHaveLength(3);
  });

  it('prints sign-ins that let one in, and no longer prints one whose password was changed', async () => {
    expect(signIns.map(({ loginName }) => loginName)).toEqual(['chair', 'secretary', 'monitor', 'helper', 'member']);
    for (const { loginName, password } of signIns) {
      expect(await signInWithPassword(loginName, password, '')).toHaveProperty('sessionId');
    }
    await db.update(accounts).set({ passwordHash: null }).where(eq(accounts.loginName, 'helper'));
    expect((await seedDemo()).map(({ loginName }) => loginName)).toEqual(['chair', 'secretary', 'monitor', 'member']);
  });
});
