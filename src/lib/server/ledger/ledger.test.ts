// The books in PostgreSQL: the demo's figures through the office, and everything raw SQL may try against what the database itself holds.
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { isLedgerRefusal } from '#lib/domain/ledger/refusal.ts';
import { isOfficeRefusal, orThrow } from '#lib/protocol/office-refusals.ts';
import { client, db } from '#lib/server/db/client.ts';
import { ledgerAccounts, ledgerEntries, ledgerTransactions, realms } from '#lib/server/db/schema/index.ts';
import { wipeRealm } from '#lib/server/practice/copy.ts';
import { aFund } from '#tests/support/fund.ts';
import { aCommunity } from '#tests/support/world.ts';
import {
  awardsOfFund,
  bookAward,
  commitAward,
  freezeProject,
  payTranche,
  readAward,
  recordCondition,
  recoverPaid,
  reduceAward,
  releaseProject,
  unfreezeProject,
} from './awards.ts';
import { checkBooks, readBooks } from './books.ts';
import {
  addEnvelope,
  addSourceMoney,
  changeCeiling,
  createFund,
  handBackToSource,
  setTrancheShares,
  readFund,
} from './funds.ts';

const occasion = { at: 1_800_000_000_000, actorId: 'system' };
const plan = [
  { name: '首款', share: 50, condition: '签约后' },
  { name: '中期款', share: 40, condition: '中期评估合格' },
  { name: '尾款', share: 10, condition: '居民评估达标并结项' },
];

describe('a fund through the office', () => {
  test('[B4] awards, contracts, pays, freezes and recovers, and the figures stand where they should', async () => {
    const { fundId, envelopeIds } = await aFund({ capsFen: [12_500_000, 8_800_000] });
    const [e1 = '', e2 = ''] = envelopeIds;
    const projectId = 'project-1';
    const { awardId } = orThrow(
      await bookAward({ envelopeId: e1, title: '银龄守护', projectId, amountFen: 9_600_000 }, occasion),
    );
    expect(await reduceAward(awardId, 600_000, occasion)).toBeNull();
    expect(await bookAward({ envelopeId: e1, title: '数字助老', amountFen: 3_600_000 }, occasion)).toMatchObject({
      refused: true,
      rule: 'B4',
      params: { roomFen: 3_500_000 },
    });
    orThrow(await bookAward({ envelopeId: e2, title: '青苗课堂', amountFen: 5_800_000 }, occasion));

    const { trancheIds } = orThrow(await commitAward(awardId, plan, { ...occasion, payee: '银龄服务社' }));
    const [first = '', second = '', third = ''] = trancheIds;
    expect((await readAward(awardId))?.tranches.map(({ amountFen, status }) => [amountFen, status])).toEqual([
      [4_500_000, 'waiting'],
      [3_600_000, 'waiting'],
      [900_000, 'waiting'],
    ]);
    expect(await commitAward(awardId, plan, occasion)).toMatchObject({ reason: 'already-contracted' });
    expect(await payTranche(first, occasion)).toMatchObject({ reason: 'tranche-not-due' });
    expect(await recordCondition(first, '合同已签', occasion)).toBeNull();
    expect(await payTranche(first, occasion)).toBeNull();
    expect(await payTranche(first, occasion)).toMatchObject({ reason: 'tranche-not-waiting' });
    expect(await recordCondition(third, '结项', occasion)).toBeNull();
    expect(await payTranche(third, occasion)).toMatchObject({ reason: 'tranche-out-of-turn' });

    expect(await freezeProject(projectId, occasion)).toBe(2);
    expect(await recordCondition(second, '中期评估合格', occasion)).toBeNull();
    expect(await payTranche(second, occasion)).toMatchObject({ reason: 'tranche-not-waiting' });
    expect(await unfreezeProject(projectId, occasion)).toBe(2);
    expect(await payTranche(second, occasion)).toBeNull();
    expect(await recoverPaid(second, 600_000, { ...occasion, reason: '中期不合格部分追回' })).toBeNull();
    await releaseProject(projectId, occasion);

    const award = await readAward(awardId);
    expect(award).toMatchObject({ payee: '银龄服务社', paidFen: 7_500_000, committedFen: 0, amountFen: 7_500_000 });
    expect(award?.tranches.map(({ status }) => status)).toEqual(['paid', 'paid', 'released']);
    const fund = await readFund(fundId);
    expect(fund).toMatchObject({ totalFen: 40_000_000, poolFen: 40_000_000 - 7_500_000 - 5_800_000 });
    expect(fund?.envelopes.map(({ usedFen, roomFen }) => [usedFen, roomFen])).toEqual([
      [7_500_000, 5_000_000],
      [5_800_000, 3_000_000],
    ]);
    expect(await checkBooks(db, fundId)).toMatchObject({ whole: true });
    expect(await awardsOfFund(fundId)).toHaveLength(2);
  });

  test('[B5] a ceiling goes down to what is used; [B3] a slip goes back to its source', async () => {
    const { fundId, envelopeIds, sourceId } = await aFund({ capsFen: [1_000] });
    const [envelopeId = ''] = envelopeIds;
    orThrow(await bookAward({ envelopeId, title: '一', amountFen: 600 }, occasion));
    expect(await changeCeiling(fundId, { envelopeId, capFen: 599 }, occasion)).toMatchObject({
      reason: 'ceiling-below-used',
      params: { usedFen: 600 },
    });
    expect(await changeCeiling(fundId, { envelopeId, capFen: 600 }, occasion)).toBeNull();
    expect(await changeCeiling(fundId, { envelopeId, capFen: 600 }, occasion)).toBeNull();
    expect(await handBackToSource(fundId, { sourceId, amountFen: 40_000_000 }, occasion)).toMatchObject({
      reason: 'over-pool',
    });
    expect(await handBackToSource(fundId, { sourceId, amountFen: 39_999_400 }, occasion)).toBeNull();
    expect((await readFund(fundId))?.poolFen).toBe(0);
    expect(await checkBooks(db, fundId)).toMatchObject({ whole: true });
  });

  test('[B1] bad figures and names are refused and change nothing', async () => {
    const { communityId } = await aCommunity();
    const facts = { name: '基金', year: 2026, principle: '', excluded: '' };
    const { fundId } = orThrow(await createFund(communityId, facts));
    for (const amountFen of [0, -1, 0.5, 1e15]) {
      expect(isOfficeRefusal(await addSourceMoney(fundId, { name: '市级', amountFen }, occasion))).toBe(true);
      expect(isLedgerRefusal(await addEnvelope(fundId, { name: '类', capFen: amountFen }, occasion))).toBe(true);
    }
    expect(await createFund(communityId, facts)).toMatchObject({ reason: 'name-taken' });
    expect(await createFund(communityId, { ...facts, year: 1.5 })).toMatchObject({ reason: 'number-unfit' });
    expect(await createFund(communityId, { ...facts, name: ' ' })).toMatchObject({ reason: 'name-missing' });
    expect(await readFund(fundId)).toMatchObject({ totalFen: 0, sources: [], envelopes: [] });
    // [B6] A fund's contracts start from 50/40/10 until it says otherwise.
    for (const shares of [[], [50, 0], [1.5], Array<number>(13).fill(1)])
      expect(await setTrancheShares(fundId, shares)).toMatchObject({ reason: 'plan-unfit' });
    expect((await readFund(fundId))?.trancheShares).toEqual([50, 40, 10]);
    expect(await setTrancheShares(fundId, [30, 70])).toBeNull();
    expect((await readFund(fundId))?.trancheShares).toEqual([30, 70]);
  });
});

describe('raw SQL against the books', () => {
  let fundId = '';
  let fund: { fundId: string; envelopeIds: string[]; sourceId: string };

  beforeAll(async () => {
    fund = await aFund({ capsFen: [10_000] });
    ({ fundId } = fund);
    orThrow(await bookAward({ envelopeId: fund.envelopeIds[0] ?? '', title: '一', amountFen: 4_000 }, occasion));
  });

  const said = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'done';
    } catch (error) {
      const cause = (error as { cause?: Error }).cause ?? (error as Error);
      return cause.message;
    }
  };

  /** A transaction written by hand: its entries as [account, fen], and how many it says it has. */
  const byHand = (entries: readonly (readonly [string, number])[], lines = entries.length) =>
    client.begin(async (tx) => {
      const id = `by-hand-${Math.trunc(performance.now() * 1e6)}`;
      await tx`insert into ledger_transactions (id, fund_id, seq, kind, at, actor_id, lines)
        values (${id}, ${fundId}, (select max(seq) + 1 from ledger_transactions where fund_id = ${fundId}), 'award', 1, 'x', ${lines})`;
      for (const [line, [account, fen]] of entries.entries())
        await tx`insert into ledger_entries (transaction_id, line, account_id, amount_fen) values (${id}, ${line}, ${account}, ${fen})`;
    });

  test('[B1] an unbalanced transaction does not commit', async () => {
    const pool = `pool:${fundId}`;
    const room = `room:${fund.envelopeIds[0] ?? ''}`;
    expect(await said(byHand([[pool, 5]]))).toContain('[B1]');
    expect(await said(byHand([]))).toContain('[B1]');
    expect(
      await said(
        byHand([
          [pool, -5],
          [room, 5],
        ]),
      ),
    ).toContain('[B1]');
    expect(
      await said(
        byHand(
          [
            [pool, -5],
            [`source:${fund.sourceId}`, 5],
          ],
          3,
        ),
      ),
    ).toContain('[B1]');
    // The same two entries, honestly counted, are a transaction.
    expect(
      await said(
        byHand([
          [pool, -5],
          [`source:${fund.sourceId}`, 5],
        ]),
      ),
    ).toBe('done');
  });

  test('[B1] nothing is added to a transaction afterwards, not even in balance, and no other fund is drawn in', async () => {
    const [first] = await db.select().from(ledgerTransactions).where(eq(ledgerTransactions.fundId, fundId));
    const add = client.begin(async (tx) => {
      for (const [line, fen] of [
        [90, -5],
        [91, 5],
      ])
        await tx`insert into ledger_entries values (${first?.id ?? ''}, ${line ?? 0}, ${`pool:${fundId}`}, ${fen ?? 0})`;
    });
    expect(await said(add)).toContain('[B1]');
    const other = await aFund({ capsFen: [10_000] });
    expect(
      await said(
        byHand([
          [`pool:${other.fundId}`, -5],
          [`pool:${fundId}`, 5],
        ]),
      ),
    ).toContain('[B1]');
  });

  test('[B2] no account is overdrawn, however it is written', async () => {
    const reserved = (await db.select().from(ledgerAccounts).where(eq(ledgerAccounts.kind, 'reserved'))).find(
      (account) => account.fundId === fundId,
    );
    const fen = (reserved?.balanceFen ?? 0) + 1;
    expect(
      await said(
        byHand([
          [reserved?.id ?? '', -fen],
          [`pool:${fundId}`, fen],
        ]),
      ),
    ).toContain('ledger_account_not_overdrawn');
  });

  test('[B3] entries, transactions and balances are not changed or deleted', async () => {
    const before = await readBooks(db, fundId);
    const tries = [
      sql`update ledger_entries set amount_fen = amount_fen + 1`,
      sql`delete from ledger_entries`,
      sql`truncate ledger_entries`,
      sql`truncate ledger_entries cascade`,
      sql`truncate funds cascade`,
      sql`update ledger_transactions set reason = 'x'`,
      sql`delete from ledger_transactions`,
      sql`update ledger_accounts set balance_fen = 0`,
      sql`update ledger_accounts set kind = 'source' where kind = 'pool'`,
      sql`delete from ledger_accounts`,
      sql`insert into ledger_accounts values ('pool:forged', ${fundId}, 'pool', 'forged', 5)`,
      sql`delete from funds`,
      sql`delete from fund_sources`,
      sql`delete from envelopes`,
      sql`delete from awards`,
      sql`update awards set envelope_id = 'x'`,
    ];
    for (const attempt of tries) expect(await said(db.execute(attempt))).toContain('[B3]');
    expect(await readBooks(db, fundId)).toEqual(before);
    expect(await checkBooks(db, fundId)).toMatchObject({ whole: true });
  });

  test('[B3] a practice realm goes with its books, and takes nothing kept along', async () => {
    const kept = await db.select().from(ledgerEntries);
    const { realmId, communityId } = await aCommunity({ realm: 'practice' });
    const played = await aFund({ capsFen: [10_000], communityId });
    const { awardId } = orThrow(
      await bookAward({ envelopeId: played.envelopeIds[0] ?? '', title: '练', amountFen: 100 }, occasion),
    );
    orThrow(await commitAward(awardId, plan, occasion));
    expect((await db.select().from(ledgerEntries)).length).toBeGreaterThan(kept.length);
    await wipeRealm(realmId);
    expect(await db.select().from(realms).where(eq(realms.id, realmId))).toEqual([]);
    expect(await db.select().from(ledgerEntries)).toEqual(kept);
    expect(await checkBooks(db, fundId)).toMatchObject({ whole: true });
  });
});
