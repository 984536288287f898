// Every reason, step and refusal of a funding ballot is whole sentences in both languages, with the figures of the count in them.
import { describe, expect, it } from 'vitest';
import { countElection } from '#lib/domain/funding/count.ts';
import type { Election } from '#lib/domain/funding/election.ts';
import { parsePb, type PbRefusal } from '#lib/domain/funding/pb.ts';
import { countingRules } from '#lib/domain/funding/rules.ts';
import { smallElection } from '#tests/support/random-elections.ts';
import { messages as en } from './en.ts';
import { FundingSentences } from './funding-sentences.ts';
import { messages as zhCN } from './zh-CN.ts';

const names = { project: (id: string) => `#${id}`, envelope: (id: string) => `~${id}` };
const spoken = {
  'zh-CN': new FundingSentences('zh-CN', zhCN, names),
  en: new FundingSentences('en', en, names),
};

const town: Election = {
  budgetFen: 130_000_00,
  projects: [
    { id: 'a', costFen: 60_000_00 },
    { id: 'b', costFen: 40_000_00, envelopeId: 'E' },
    { id: 'c', costFen: 30_000_00 },
    { id: 'd', costFen: 50_000_00, envelopeId: 'E' },
  ],
  envelopes: [{ id: 'E', capFen: 45_000_00 }],
  ballotKind: 'approval',
  ballots: [['a', 'b'], ['a', 'b'], ['a'], ['c', 'd']].map((listed, index) => ({ seat: `${index}`, listed })),
  ties: { kind: 'id' },
};
function explained(election: Election, rule: string) {
  const result = countElection(election, rule);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.explain();
}

describe('[FU14] reasons', () => {
  it('say how it was funded and what stood against it', () => {
    const said = (rule: string) => explained(town, rule).reasons.map((reason) => spoken['zh-CN'].reason(reason));
    expect(said('mes_cost')).toEqual([
      '获得资助：3 位支持者每人出约 ¥20,000，凑齐了。',
      '未获资助：2 位支持者名下一共还有 ¥25,000，还差 ¥15,000。',
      '获得资助：1 位支持者每人出约 ¥30,000，凑齐了。',
      '未获资助：“~E”这一类只剩 ¥45,000，还差 ¥5,000。',
    ]);
    expect(said('greedy_votes')).toEqual([
      '获得资助：3 人支持，按票数排第 1，轮到时钱够用。',
      '获得资助：2 人支持，按票数排第 2，轮到时钱够用。',
      '获得资助：1 人支持，按票数排第 3，轮到时钱够用。它与#d完全并列，先后按事先定好的办法决定。',
      '未获资助：“~E”这一类只剩 ¥5,000，还差 ¥45,000。它与#c完全并列，先后按事先定好的办法决定。',
    ]);
    expect(explained(town, 'mes_cost_greedy').reasons.map((reason) => spoken.en.reason(reason))[3]).toBe(
      'Not funded: “~E” had ¥5,000 left, ¥45,000 too little.',
    );
  });

  it('of steps', () => {
    const { steps, reasons } = explained(town, 'mes_cost_add1u');
    const supporters = (id: string) => reasons.find(({ projectId }) => projectId === id)!.supporters;
    expect(steps.map((step) => spoken['zh-CN'].step(step, supporters))).toEqual([
      '每人的一份加了 7,500 元，到约 ¥40,000 时得出这个结果；再加就会超出总额，或已没有项目可加。',
      '资助“#a”，还剩 ¥70,000。',
      '资助“#b”，还剩 ¥30,000。',
      '资助“#c”，还剩 ¥0。',
      '还剩 ¥0，按票数从高到低补足。',
      '跳过“#d”：“~E”这一类只剩 ¥5,000，还差 ¥45,000。',
    ]);
  });
});

describe.each(['zh-CN', 'en'] as const)('in %s', (lang) => {
  const sentences = spoken[lang];
  const whole = (sentence: string): void => {
    expect(sentence).toMatch(lang === 'en' ? /^[^\p{Script=Han}]+\.$/u : /\p{Script=Han}.*。$/u);
    expect(sentence).not.toMatch(/undefined|NaN|\[object|Infinity/);
  };

  it('[FU14] every reason and every step of every rule is whole sentences', () => {
    for (let seed = 0; seed < 12; seed++) {
      const election = smallElection(seed, { ballotKind: 'points', earmarked: seed % 2 === 0 });
      for (const { id } of countingRules) {
        const { steps, reasons } = explained(election, id);
        for (const reason of reasons) whole(sentences.reason(reason));
        for (const step of steps) whole(sentences.step(step, () => 3));
      }
    }
  });

  it.each(countingRules.map(({ id }) => id))('%s has a name and is explained', (id) => {
    const { rules } = lang === 'en' ? en.funding : zhCN.funding;
    const words: Partial<Record<string, { readonly name: string; readonly how: string }>> = rules;
    whole(words[id]?.how ?? '');
    expect(words[id]?.name).toBeTruthy();
  });

  it.each(Object.keys(zhCN.funding.pbRefusals))('[FU15] a file is refused for %s', (kind) => {
    const every = { section: 'META', column: 'cost', key: 'budget', field: 'cost', value: 'x', stated: '3', id: '7' };
    const counts = { found: 2, expected: 3, projects: 4, points: 5 };
    const sentence = sentences.pb({ ...every, ...counts, kind, line: 12 } as unknown as PbRefusal);
    whole(sentence);
    expect(sentence).toContain('12');
  });

  it.each(Object.keys(zhCN.funding.callRefusals).filter((kind) => !['theBudget', 'named'].includes(kind)))(
    '[FU16] a call is refused for %s',
    (kind) => {
      const every = { id: '7', projectId: '7', of: '', costFen: 100, limitFen: 50 };
      whole(sentences.election({ ...every, kind } as unknown as Parameters<typeof sentences.election>[0]));
    },
  );

  it.each(Object.keys(zhCN.funding.ballotRefusals))('[FU16] a ballot is refused for %s', (kind) => {
    const every = {
      projectId: '7',
      chosen: 3,
      atMost: 2,
      costFen: 2,
      budgetFen: 1,
      points: 9,
      atMostEach: 6,
      given: 9,
      total: 10,
    };
    whole(sentences.election({ ...every, kind, seat: 'M07' } as unknown as Parameters<typeof sentences.election>[0]));
  });

  it('a count is refused for its rule', () => {
    whole(sentences.count({ kind: 'rule-needs-points', rule: 'mes_points' }));
    expect(sentences.count({ kind: 'unknown-rule', rule: 'x' })).toContain('mes_cost_add1u');
  });

  it('[FU15] a real refusal says its line', () => {
    const reading = parsePb(
      'META\nkey;value\nbudget;ten\nvote_type;approval\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n',
    );
    expect(!reading.ok && sentences.pb(reading.refusal)).toBe(
      lang === 'en'
        ? 'line 3: The value “ten” of budget is not an amount. Write a number such as 48000 or 48000.50.'
        : '第 3 行：budget 的值“ten”不是金额。请写成数字，例如 48000 或 48000.50。',
    );
  });
});
