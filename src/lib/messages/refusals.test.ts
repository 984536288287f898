// Every reason the law can give is a whole sentence in both languages, with the parameters the law really sends, saying what to do.
import { describe, expect, it } from 'vitest';
import { refusalReasons, refuse } from '#lib/domain/meeting/refusal.ts';
import { messages as en } from './en.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { messages as zhCN } from './zh-CN.ts';

const params = {
  count: 31,
  days: 32,
  capacity: 43,
  counted: 44,
  expected: 45,
  mostEach: 46,
  round: 47,
  table: '一号桌',
  field: 'minutes',
  item: 33,
  least: 34,
  left: 43,
  open: 44,
  length: 35,
  limit: 36,
  missing: 37,
  most: 38,
  needed: 39,
  phase: 'recess',
  present: 40,
  returned: 41,
  sectorsMissing: 0,
  stage: 'moved',
  until: '2026-05-20',
  voters: 42,
};

/** What a sentence must mention of its reason's parameters. */
const mentions: Partial<Record<(typeof refusalReasons)[number], readonly number[]>> = {
  'no-quorum': [37, 39, 40],
  'short-notice': [32, 39],
  'agenda-item-invalid': [33],
  'text-too-long': [35, 38],
  'speech-limit-reached': [36],
  'too-few-to-hide': [34, 42],
  'second-person-needed': [31],
  'unanswered-business': [31],
};

/** What is said of a phase or stage nobody has put into words. */
const unworded = /阶段是|phase is|at stage/;

describe.each([
  ['zh-CN', zhCN],
  ['en', en],
])('[C4] refusals in %s', (_, messages) => {
  const sentenceOf = (reason: (typeof refusalReasons)[number], given: object = params) =>
    refusalSentence(messages, refuse('C4', reason, { ...params, ...given }));

  it.each(refusalReasons)('%s is whole sentences without a hole or a code', (reason) => {
    const sentence = sentenceOf(reason);
    expect(sentence).toMatch(/[。.]$/);
    expect(sentence).not.toMatch(/undefined|NaN|\[object|[a-z]_[a-z]/);
    expect(refusalReasons.filter((code) => code.includes('-') && sentence.includes(code))).toEqual([]);
    expect(sentence.length).toBeGreaterThan(messages === zhCN ? 10 : 25);
    for (const number of mentions[reason] ?? []) expect(sentence).toContain(String(number));
  });

  it('has one sentence for each reason and no two alike', () => {
    expect(Object.keys(messages.refusals).sort()).toEqual([...refusalReasons].sort());
    expect(new Set(refusalReasons.map((reason) => sentenceOf(reason))).size).toBe(refusalReasons.length);
  });

  it.each(['draft', 'convened', 'check_in', 'in_session', 'recess', 'adjourned', 'cancelled'])(
    'names the phase %s in words',
    (phase) => expect(sentenceOf('wrong-phase', { phase })).not.toMatch(unworded),
  );

  it.each(['moved', 'ready', 'presenting', 'debating', 'voting', 'decided', 'withdrawn', 'referred', 'passed'])(
    'names the stage %s of a motion in words',
    (stage) => expect(sentenceOf('motion-wrong-stage', { stage })).not.toMatch(unworded),
  );

  it.each(['itemId', 'title', 'presenter', 'note', 'decides', 'minutes', 'amountFen'])(
    'says what is wrong with the %s of an item',
    (field) => {
      const unknown = sentenceOf('agenda-item-invalid', { field: 'else' });
      expect(sentenceOf('agenda-item-invalid', { field })).not.toBe(unknown);
    },
  );
});

describe('[C4] the sentence for a missing quorum', () => {
  it('says what is missing: people, or sectors', () => {
    const sentence = (missing: number, sectorsMissing: number) =>
      refusalSentence(zhCN, refuse('Q1', 'no-quorum', { present: 15, needed: 17, missing, sectorsMissing }));
    expect(sentence(2, 0)).toBe('法定人数 17 人，实到 15 人，还差 2 人，请到场的委员先签到，或等人到齐后再试。');
    expect(sentence(0, 1)).toContain('还差 1 个界别的委员');
  });
});
