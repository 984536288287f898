// The first text of the minutes: whole the moment the meeting is adjourned, every fact once and in order under its heading.
import { describe, expect, it } from 'vitest';
import { factsOf } from '#lib/domain/minutes/facts.ts';
import { playFundingSession } from '#tests/support/funding-session.ts';
import { minutesOutline as en } from './en/minutes-outline.ts';
import { outlineOf } from './minutes-outline.ts';
import { minutesOutline as zhCN } from './zh-CN/minutes-outline.ts';

const facts = factsOf('meeting-1', playFundingSession().log);
const about = { format: 'council', title: [{ text: '第二次会议' }] };

describe.each([
  ['zh-CN', zhCN],
  ['en', en],
] as const)('the first text in %s', (_, messages) => {
  const blocks = outlineOf(messages, about, facts);
  it('[K2] holds every fact once, in order', () =>
    expect(blocks.flatMap((block) => (block.kind === 'fact' ? [block.seq] : []))).toEqual(facts.map(({ seq }) => seq)));
  it('[K2] has a heading for each part and each item that was opened', () => {
    const headings = blocks.filter((block) => block.kind === 'heading');
    expect(headings.flatMap((block) => block.part ?? [])).toEqual(['opening', 'course', 'decisions', 'closing']);
    expect(headings.filter(({ level }) => level === 3)).toHaveLength(
      facts.filter(({ kind }) => kind === 'item').length,
    );
  });
  it('[K2] leaves room for prose on every item and every motion, after who spoke', () => {
    const kinds = blocks.map((block) =>
      block.kind === 'fact' ? (facts.find(({ seq }) => seq === block.seq)?.kind ?? '') : block.kind,
    );
    const proseAfter = (at: number): boolean => {
      const rest = kinds.slice(at + 1);
      return rest.indexOf('paragraph') === rest.findIndex((kind) => !['motion', 'speeches'].includes(kind));
    };
    kinds.forEach((kind, at) =>
      expect([at, kind !== 'item' && kind !== 'motion' ? true : proseAfter(at)]).toEqual([at, true]),
    );
    expect(kinds.filter((kind) => kind === 'paragraph').length).toBeGreaterThan(10);
  });
});

it('counts in Chinese as far as an agenda goes', () =>
  expect([1, 10, 11, 20, 23].map((n) => zhCN.number({ n }))).toEqual(['一', '十', '十一', '二十', '二十三']));

it('a format the template does not know gets the common one', () => {
  const blocks = outlineOf(zhCN, { ...about, format: 'something-new' }, facts);
  expect(blocks.filter((block) => block.kind === 'heading' && block.level === 2)).toHaveLength(4);
});
