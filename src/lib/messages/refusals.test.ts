// Every reason the law can give is a whole sentence in both languages, with the parameters the law really sends.
import { describe, expect, it } from 'vitest';
import { refusalReasons, refuse } from '#lib/domain/meeting/refusal.ts';
import { messages as en } from './en.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { messages as zhCN } from './zh-CN.ts';

const params = {
  count: 2,
  days: 1,
  field: 'minutes',
  item: 3,
  least: 5,
  length: 600,
  limit: 2,
  missing: 2,
  most: 500,
  needed: 17,
  phase: 'recess',
  present: 15,
  sectorsMissing: 0,
  stage: 'moved',
  voters: 4,
};

describe.each([
  ['zh-CN', zhCN],
  ['en', en],
])('[C4] refusals in %s', (_, messages) => {
  it('are whole sentences without a hole', () => {
    const broken = refusalReasons
      .map((reason) => `${reason}: ${refusalSentence(messages, refuse('C4', reason, params))}`)
      .filter((line) => !/[。.]$/.test(line) || /undefined|NaN/.test(line));
    expect(broken).toEqual([]);
  });
});

describe('[C4] the sentence for a missing quorum', () => {
  it('says what is missing: people, or sectors', () => {
    const sentence = (missing: number, sectorsMissing: number) =>
      refusalSentence(zhCN, refuse('Q1', 'no-quorum', { present: 15, needed: 17, missing, sectorsMissing }));
    expect(sentence(2, 0)).toBe('法定人数 17 人，实到 15 人，还差 2 人，请到场的委员先签到，或等人到齐后再试。');
    expect(sentence(0, 1)).toContain('还差 1 个界别的委员');
  });
});
