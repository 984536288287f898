// Every refusal has a whole sentence in both languages, with its parameters in it.
import { describe, expect, it } from 'vitest';
import { langs } from '#lib/messages/lang.ts';
import { officeRefusalReasons } from '#lib/protocol/office-refusals.ts';
import { sentenceOf } from './refusal-sentences.ts';

const params = {
  minutes: 7,
  least: 8,
  most: 40,
  loginName: 'wang',
  name: '东里',
  typed: '58.3',
  groups: 3,
  seats: 4,
  sector: '居民代表',
  held: 5,
  kilobytes: 400,
  field: '法定人数',
  amountFen: 120_000,
  roomFen: 100_000,
  poolFen: 90_000,
  reservedFen: 80_000,
  paidFen: 70_000,
  capFen: 60_000,
  usedFen: 65_000,
  earlier: 2,
  megabytes: 6,
  yuan: 300,
  part: 'budget',
  n: 2,
  open: 3,
  failed: 1,
  until: '2026-04-24',
  days: 5,
  approvedFen: 50_000,
  missing: 1,
  twice: 1,
  line: 4,
  what: 'phone',
  number: '138 1234 5678',
  found: '138 1234 5678',
  words: '会上',
  site: 'https://yishi.test',
  count: 3,
};

describe.each(langs)('%s', (lang) => {
  it.each(officeRefusalReasons)('%s', (reason) => {
    const sentence = sentenceOf(lang, { refused: true, reason, params });
    expect(sentence).not.toMatch(/undefined|\$\{|NaN/);
    expect(sentence).toMatch(lang === 'en' ? /^[A-Z"0-9].*[.]$/ : /^[\p{Script=Han}“].*[。）]$/u);
  });
});
