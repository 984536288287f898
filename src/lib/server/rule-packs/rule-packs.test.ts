// Rule packs on a real database, and the sentence a secretary reads before choosing one.
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { freshRules } from '#lib/server/rule-packs/rule-pack-form.ts';
import { describe, expect, it } from 'vitest';
import { demoRulePacks } from '#lib/server/demo/rule-packs.ts';
import { aCommunity } from '#tests/support/world.ts';
import { addRulePack, listRulePacks, readRulePack, retireRulePack, reviseRulePack } from './rule-packs.ts';
import { rulesOf } from './rule-pack-form.ts';
import { ruleSentenceFor } from './rule-sentence.ts';

const first = demoRulePacks()[0];
if (!first) throw new Error('the demo has a first rule pack');
const { rules } = first;

async function aPack() {
  const { communityId } = await aCommunity();
  const added = await addRulePack(communityId, rules);
  if ('refused' in added) throw new Error('the pack is added');
  return { communityId, packId: added.packId };
}

describe('rule packs', () => {
  it('carry their own id and come back as they went in', async () => {
    const { communityId, packId } = await aPack();
    expect((await readRulePack(communityId, packId))?.rules).toEqual({ ...rules, packId });
  });

  it('are revised as a new version that takes the place of the old one', async () => {
    const { communityId, packId } = await aPack();
    await addRulePack(communityId, { ...rules, name: 'second' });
    const revised = await reviseRulePack(communityId, packId, { ...rules, noticeDays: 7 });
    if ('refused' in revised) throw new Error('revised');
    const offered = await listRulePacks(communityId);
    expect(offered.map(({ version, rules: { name, noticeDays } }) => [name, version, noticeDays])).toEqual([
      [rules.name, 2, 7],
      ['second', 1, 3],
    ]);
    expect((await readRulePack(communityId, packId))?.rules.noticeDays).toBe(3);
    expect(await listRulePacks(communityId, { retiredToo: true })).toHaveLength(3);
  });

  it('are revised by one of two people at the same moment', async () => {
    const { communityId, packId } = await aPack();
    const answers = await Promise.all(
      [1, 2].map((days) => reviseRulePack(communityId, packId, { ...rules, noticeDays: days })),
    );
    expect(answers.filter((answer) => 'refused' in answer && answer.reason === 'rules-retired')).toHaveLength(1);
    expect(await listRulePacks(communityId)).toHaveLength(1);
  });

  it('are not offered once retired, and not retired twice', async () => {
    const { communityId, packId } = await aPack();
    expect(await retireRulePack(communityId, packId)).toBeNull();
    expect(await listRulePacks(communityId)).toEqual([]);
    expect(await retireRulePack(communityId, packId)).toMatchObject({ reason: 'rules-retired' });
  });

  it("are out of another community's reach", async () => {
    const { packId } = await aPack();
    const { communityId } = await aCommunity();
    expect(await readRulePack(communityId, packId)).toBeNull();
    expect(await retireRulePack(communityId, packId)).toMatchObject({ reason: 'rules-retired' });
    expect(await reviseRulePack(communityId, packId, rules)).toMatchObject({ reason: 'rules-retired' });
  });

  it('are refused when no meeting could keep to them, naming the field', async () => {
    const { communityId } = await aCommunity();
    const share = { numerator: 3, denominator: 2 };
    const quorum = { base: 'all_seats', operator: '>=', ratio: share, sectorsPresent: null } as const;
    expect(await addRulePack(communityId, { ...rules, quorum })).toMatchObject({
      reason: 'rules-unfit',
      params: { field: 'quorum' },
    });
  });
});

describe('[T4] who signs', () => {
  const said = (format: string, fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, format })) form.set(name, value);
    return rulesOf(form).signing;
  };

  it('is a field of the form, and nothing to choose where parties countersign', () => {
    const fields = { signingKind: 'sectors', signingLeast: '3' };
    expect(said('council', fields)).toEqual({ kind: 'sectors', least: 3 });
    expect(said('council', { ...fields, signingKind: 'joint' })?.kind).toBe('council');
    expect(said('council', {})).toEqual({ kind: 'council', least: 2 });
    expect(said('joint_meeting', fields)).toBeUndefined();
  });
});

describe('the sentence', () => {
  it('says R1 with the council of 25', () => {
    expect(ruleSentenceFor('zh-CN', rules, 25)).toBe(
      '全体委员三分之二以上（含本数）到会（25 席中 17 人）才能开会；记名表决，到会且未回避的委员中过半数同意即通过，弃权计入基数；' +
        '至少提前 3 天通知；每人每次发言 2 分钟、每项动议最多 2 次，陈述 3 分钟；动议要有人附议；有利害关系的委员要回避；' +
        '不能委托他人表决；结果公示 5 个自然日，签署完成以前就可以公示；会议记录由主席、秘书和至少 15 名委员签署。',
    );
    expect(ruleSentenceFor('en', rules, 25)).toContain('at least two thirds of all members present (17 of 25 seats)');
  });

  it.each([
    ['>', 1, 2, '过半数', 'more than half'],
    ['>=', 1, 2, '半数以上（含半数）', 'at least half'],
    ['>', 2, 3, '超过三分之二', 'more than two thirds'],
    ['>=', 3, 4, '四分之三以上（含本数）', 'at least three quarters'],
    ['>=', 1, 1, '全部', 'at least all'],
  ] as const)('says %s %i/%i', (operator, numerator, denominator, chinese, english) => {
    const majority = {
      base: 'all_seats',
      operator,
      ratio: { numerator, denominator },
      abstentionsCount: false,
    } as const;
    expect(ruleSentenceFor('zh-CN', { ...rules, majority })).toContain(
      `全体委员中${chinese}同意即通过，弃权不计入基数`,
    );
    expect(ruleSentenceFor('en', { ...rules, majority })).toContain(`${english} of all members in favour carry`);
  });

  it('says what is missing too', () => {
    const bare = {
      ...rules,
      quorum: null,
      noticeDays: 0,
      seconding: false,
      recusal: false,
      proxies: true,
      publicity: { days: 0, dayType: 'calendar' },
    } as const;
    for (const part of ['不作要求', '随时可以通知', '不需要附议', '没有回避', '可以书面委托', '不公示']) {
      expect(ruleSentenceFor('zh-CN', bare)).toContain(part);
    }
  });

  it('[AP12] says what a form asks and where its line is, and nothing of votes', () => {
    const pack = {
      ...freshRules(appraisalMeeting),
      appraisal: { indicators: ['工作态度', '工作成绩'], leastValid: 10 },
    };
    expect(ruleSentenceFor('zh-CN', pack)).toContain(
      '不记名填评议表，评总体，并逐项评工作态度、工作成绩；满意和基本满意占表态的五分之四以上（含本数）为合格，有效表不满 10 份不作结论；',
    );
    expect(ruleSentenceFor('zh-CN', pack)).not.toMatch(/动议|弃权|表决/);
    expect(ruleSentenceFor('en', pack)).toContain('at least 4/5 of those with an opinion satisfied');
  });

  it('speaks of no motions where nothing is voted on', () => {
    expect(ruleSentenceFor('zh-CN', { ...rules, majority: null })).toMatch(
      /不作有约束力的表决；.*，陈述 3 分钟；会议记录由[^；]*。$/,
    );
    expect(ruleSentenceFor('en', { ...rules, majority: null })).not.toMatch(/motion|recus|proxy/);
  });
});
