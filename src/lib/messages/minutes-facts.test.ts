// Facts in words: every kind of the demo session says something in both languages, people only as mentions, figures complete.
import { describe, expect, it } from 'vitest';
import type { WrittenBlock, WrittenInline } from '#lib/domain/minutes/record.ts';
import { factsOf } from '#lib/domain/minutes/facts.ts';
import { LawWorld, members } from '#tests/support/law-world.ts';
import { playFundingSession } from '#tests/support/funding-session.ts';
import { messages as en } from './en.ts';
import { minutesFacts as enFacts } from './en/minutes-facts.ts';
import { factBlocks } from './minutes-facts.ts';
import { messages as zhCN } from './zh-CN.ts';
import { minutesFacts as zhFacts } from './zh-CN/minutes-facts.ts';

const facts = factsOf('meeting-1', playFundingSession().log);
const inZh = { lang: 'zh-CN', w: zhCN, f: zhFacts } as const;
const inEn = { lang: 'en', w: en, f: enFacts } as const;

const inlinesText = (inlines: readonly WrittenInline[]): string =>
  inlines.map((part) => ('text' in part ? part.text : `@${part.personId}`)).join('');
const textOf = (blocks: readonly WrittenBlock[]): string =>
  blocks
    .map((block) => {
      if (block.kind === 'table') return block.rows.map((row) => row.map(inlinesText).join(' | ')).join('\n');
      if (block.kind === 'list') return block.items.map((item) => textOf(item)).join('\n');
      return block.kind === 'fact' ? textOf(block.blocks) : inlinesText(block.inlines);
    })
    .join('\n');

describe.each([
  ['zh-CN', inZh],
  ['en', inEn],
] as const)('facts in %s', (_, words) => {
  it('say something each, and never undefined', () => {
    const said = facts.map((fact) => [fact.kind, textOf(factBlocks(words, fact))] as const);
    expect(said.filter(([, text]) => text.trim() === '' || /undefined|NaN|null|\[object/.test(text))).toEqual([]);
    expect(new Set(facts.map(({ kind }) => kind)).size).toBeGreaterThan(12);
  });

  it('[K6] name nobody: people are mentions', () => {
    const all = facts.map((fact) => textOf(factBlocks(words, fact))).join('\n');
    expect(members.filter(({ name }) => all.includes(name))).toEqual([]);
    expect(all).toContain('@person-M01');
  });
});

describe('a result in words', () => {
  const result = facts.find(({ kind, said }) => kind === 'result' && JSON.stringify(said).includes('银龄守护'));
  it('[V4] gives counts, base and what it is taken of, threshold, presence, quorum, recusals and channels', () =>
    expect(result && textOf(factBlocks(inZh, result))).toMatchInlineSnapshot(`
      "表决结果：银龄守护·独居老人探访与助餐（记名表决，13:45 开始，13:45 结束）
      票数：赞成 18 票、反对 1 票、弃权 1 票
      表决基数 20（到会且未回避的委员），须 11 票赞成，到会 21 人，法定 17 人。
      回避，不计入基数：@person-M14
      投票渠道：本人手机 18 票、代录 1 票、纸质票 1 票
      结果：通过
      赞成：@person-M01、@person-M02、@person-M03、@person-M04、@person-M05、@person-M06、@person-M07、@person-M08、@person-M09、@person-M10、@person-M11、@person-M13、@person-M15、@person-M16、@person-M17、@person-M18、@person-M20、@person-M21
      反对：@person-M22
      弃权：@person-M23"
    `));
  it('[K3] says that it was corrected, and the correction says why and from what', () => {
    const [announced, correction] = ['result', 'correction'].map((kind) =>
      facts.find(
        (fact) =>
          fact.kind === kind &&
          (kind === 'correction' || (fact.said as { supersededBy: number | null }).supersededBy !== null),
      ),
    );
    expect(announced && textOf(factBlocks(inZh, announced))).toContain(zhFacts.result.replaced);
    const text = correction ? textOf(factBlocks(inZh, correction)) : '';
    expect(text).toContain('更正原因：纸质票录入有误，监票人已核对');
    expect(text).toContain('更正前：赞成 16 票');
  });
});

it('[FU1] what was agreed says its owner, its day and the item it came of', () => {
  const session = new LawWorld().open();
  session.do('M01', { type: 'openItem', itemId: 'P1' });
  const owing = { ownerPersonId: null, ownerName: '物业公司', dueOn: '2026-05-25' };
  session.do('M03', { type: 'setFollowUp', itemId: 'P1', text: '更换东门路灯', ...owing });
  const decision = factsOf('meeting-1', session.log).find(({ kind }) => kind === 'decision');
  expect(decision && textOf(factBlocks(inZh, decision))).toBe(
    '议定事项：更换东门路灯，责任人：物业公司，期限：2026年5月25日 周一（所属议题：议题 P1）',
  );
});
