// What everybody reads of a fund: sums that agree with the books, every booking in order, and files a spreadsheet opens without running anything.
import { expect, test } from 'vitest';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { aFund } from '#tests/support/fund.ts';
import { bookAward, commitAward, freezeTranche, payTranche, recordCondition } from './awards.ts';
import { listPublicFunds, statementOf } from './statement.ts';
import { statementCsv, statementXlsx } from './statement-files.ts';

const occasion = { at: Date.UTC(2026, 4, 6, 2), actorId: 'system' };
const plan = [
  { name: '首款', share: 50, condition: '签约后' },
  { name: '尾款', share: 50, condition: '结项' },
];

async function aKeptFund() {
  const { fundId, envelopeIds, communityId } = await aFund({ capsFen: [12_500_000, 8_800_000] });
  const [envelopeId = ''] = envelopeIds;
  const { awardId } = orThrow(
    await bookAward({ envelopeId, title: '=银龄"守护"', payee: '服务社', amountFen: 9_000_001 }, occasion),
  );
  const { trancheIds } = orThrow(await commitAward(awardId, plan, occasion));
  await recordCondition(trancheIds[0] ?? '', '合同已签', occasion);
  await payTranche(trancheIds[0] ?? '', { ...occasion, reason: '五月首款' });
  await freezeTranche(trancheIds[1] ?? '', occasion);
  orThrow(await bookAward({ envelopeId, title: '未签约', amountFen: 100 }, { ...occasion, at: occasion.at + 1 }));
  return { fundId, communityId };
}

test('[B1] the statement tells every fen and every booking in order', async () => {
  const { fundId } = await aKeptFund();
  const statement = await statementOf(fundId);
  const held = (statement?.awards ?? []).reduce((sum, { amountFen }) => sum + amountFen, 0);
  expect(held + (statement?.fund.poolFen ?? 0)).toBe(statement?.fund.totalFen);
  expect(statement?.awards[0]).toMatchObject({ paidFen: 4_500_001, frozenFen: 4_500_000, committedFen: 0 });
  expect(statement?.bookings.map(({ seq, kind, amountFen, about }) => [seq, kind, amountFen, about])).toEqual([
    [1, 'allot', 40_000_000, '市级安排'],
    [2, 'set_ceiling', 12_500_000, '类别 1'],
    [3, 'set_ceiling', 8_800_000, '类别 2'],
    [4, 'award', 9_000_001, '=银龄"守护"'],
    [5, 'commit', 9_000_001, '=银龄"守护"'],
    [6, 'pay', 4_500_001, '=银龄"守护"'],
    [7, 'freeze', 4_500_000, '=银龄"守护"'],
    [8, 'award', 100, '未签约'],
  ]);
  expect(await statementOf('no-such-fund')).toBeNull();
});

test('the files hold the same, and a name that begins like a formula stays a name', async () => {
  const { fundId } = await aKeptFund();
  const statement = await statementOf(fundId);
  if (!statement) throw new Error('no statement');
  const csv = statementCsv(statement, 'zh-CN');
  expect(csv.startsWith('\ufeff类别,项目,')).toBe(true);
  expect(csv).toContain(`类别 1,"'=银龄""守护""",服务社,90000.01,首款,签约后,45000.01,已拨付,45000.01,合同已签\r\n`);
  expect(csv).toContain(`90000.01,尾款,结项,45000,暂停拨付,0,\r\n`);
  expect(csv).toContain('类别 1,未签约,,1,,,1,已立项待签约,0,\r\n');
  const book = await statementXlsx(statement, 'en');
  expect(book.subarray(0, 2).toString()).toBe('PK');
  expect(book.length).toBeGreaterThan(3_000);
});

test('only funds of kept communities are listed for everybody', async () => {
  const { fundId } = await aKeptFund();
  const { aCommunity } = await import('#tests/support/world.ts');
  const practice = await aCommunity({ realm: 'practice' });
  const played = await aFund({ capsFen: [100], communityId: practice.communityId });
  const listed = (await listPublicFunds()).map((each) => each.fundId);
  expect(listed).toContain(fundId);
  expect(listed).not.toContain(played.fundId);
});
