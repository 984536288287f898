// The law of the residents' appraisal: forms, double entry, the figures of the demo's two projects, small groups.
import { describe, expect, it } from 'vitest';
import { countAppraisal, satisfactionPercent, smallestGroup, type Returned } from './count.ts';
import { differences, parseForm, type AppraisalAnswer, type AppraisalForm } from './form.ts';

const form = (answer: AppraisalAnswer, marks: (number | null)[] = []): AppraisalForm => ({
  answer,
  marks,
  comment: '',
});
const rules = { passRatio: { numerator: 4, denominator: 5 }, minValid: 30 };
const many = (counts: Partial<Record<AppraisalAnswer, number>>, group = '一片区'): Returned[] =>
  Object.entries(counts).flatMap(([answer, count]) =>
    Array.from({ length: count }, () => ({ group, channel: 'phone' as const, form: form(answer as AppraisalAnswer) })),
  );
const voided = (count: number): Returned[] =>
  Array.from({ length: count }, () => ({ group: '一片区', channel: 'paper', form: { void: 'no_answer' } }));
const count = (returned: Returned[], issued = 500) => countAppraisal(returned, { issued, items: 0, rules });

describe('the figures', () => {
  it('[AP4] [AP5] P1: 84 of 93 is 90.3 % and passes', () => {
    const answers = { satisfied: 58, fairly_satisfied: 26, dissatisfied: 9, unknown: 3 };
    const result = count([...many(answers), ...voided(2)], 120);
    expect(result).toMatchObject({ issued: 120, returned: 98, valid: 96, void: 2, opinions: 93, satisfied: 84 });
    expect([result.verdict, satisfactionPercent(result)]).toEqual(['passed', 90.3]);
  });
  it('[AP4] [AP5] P7: 30 of 40 is 75 % and does not', () => {
    const answers = { satisfied: 17, fairly_satisfied: 13, dissatisfied: 10, unknown: 1 };
    const result = count([...many(answers), ...voided(1)], 50);
    expect(result).toMatchObject({ returned: 42, valid: 41, void: 1, opinions: 40, satisfied: 30, verdict: 'failed' });
    expect(satisfactionPercent(result)).toBe(75);
  });
  it.each([
    [{ satisfied: 32, dissatisfied: 8 }, 'passed'],
    [{ satisfied: 31, dissatisfied: 8 }, 'failed'],
    [{ satisfied: 29 }, 'too_few'],
    [{ unknown: 40 }, 'too_few'],
  ] as const)('[AP5] %o: %s', (answers, verdict) => expect(count(many(answers)).verdict).toBe(verdict));
  it('[AP6] gives no mean of fewer than five marks', () => {
    const marked = (marks: (number | null)[]): Returned => ({
      group: '',
      channel: 'paper',
      form: form('satisfied', marks),
    });
    const returned = [...Array.from({ length: 4 }, () => marked([5, 2])), marked([4, null])];
    expect(countAppraisal(returned, { issued: 9, items: 2, rules }).items).toEqual([
      { marks: 5, mean: 4.8 },
      { marks: 4, mean: null },
    ]);
  });
});

describe('[AP6] small groups', () => {
  const groups = (sizes: Record<string, number>) =>
    count(Object.entries(sizes).flatMap(([group, size]) => many({ satisfied: size }, group))).groups.map(
      ({ group, valid }) => [group, valid],
    );
  it('are taken together', () =>
    expect(groups({ 甲: 9, 乙: 3, 丙: 4 })).toEqual([
      ['甲', 9],
      [null, 7],
    ]));
  it('take the next smallest with them, for the total less the shown would tell', () =>
    expect(groups({ 甲: 9, 乙: 3, 丙: 6 })).toEqual([
      ['甲', 9],
      [null, 9],
    ]));
  it('are not shown at all when they are everybody', () => expect(groups({ 甲: 2, 乙: 2 })).toEqual([]));
  it('never let a number below five through or be computed', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const sizes = Object.fromEntries(['a', 'b', 'c', 'd'].map((name, at) => [name, (seed * (at * 7 + 3)) % 13]));
      const shown = groups(sizes);
      const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
      const left = total - shown.reduce((sum, [, valid]) => sum + Number(valid), 0);
      for (const [, valid] of shown) expect(valid).toBeGreaterThanOrEqual(smallestGroup);
      expect(left === 0 || shown.length === 0).toBe(true);
    }
  });
});

describe('a form', () => {
  it('[AP2] is taken with marks left out and its words trimmed', () =>
    expect(parseForm({ answer: 'satisfied', marks: [5], comment: ' 好 ' }, 3)).toEqual({
      answer: 'satisfied',
      marks: [5, null, null],
      comment: '好',
    }));
  it.each([
    [null, 'appraisal-answer-missing'],
    [{ answer: 'great' }, 'appraisal-answer-missing'],
    [{ answer: 'satisfied', marks: [6] }, 'appraisal-mark-unfit'],
    [{ answer: 'satisfied', marks: [1.5] }, 'appraisal-mark-unfit'],
    [{ answer: 'satisfied', marks: [1, 1, 1, 1] }, 'appraisal-mark-unfit'],
    [{ answer: 'satisfied', comment: '长'.repeat(501) }, 'appraisal-comment-long'],
  ])('[AP2] %o is refused', (value, reason) =>
    expect(parseForm(value, 3)).toMatchObject({ refused: true, rule: 'AP2', reason }),
  );
  it('[AP3] typed twice differs where it differs', () => {
    expect(differences(form('satisfied', [1, 2]), form('satisfied', [1, 2]))).toEqual([]);
    expect(differences(form('satisfied', [1, 2]), form('unknown', [1, 3]))).toEqual(['answer', 'mark2']);
    expect(differences({ void: 'unreadable' }, form('unknown'))).toEqual(['void']);
    expect(differences({ void: 'unreadable' }, { void: 'unreadable' })).toEqual([]);
    const wordy = { ...form('satisfied'), comment: '很 好' } as AppraisalForm;
    expect(differences(wordy, { ...wordy, comment: '很好' } as AppraisalForm)).toEqual([]);
  });
});
