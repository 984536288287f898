// A paper funding ballot typed as one line, for each of the five ballots.
import { expect, test } from 'vitest';
import type { BallotTerms } from '#lib/domain/funding/checks.ts';
import { choiceOfLine, formOfLine, lineOfChoice, lineOfForm } from './paper-line.ts';

const projects = ['P1', 'P2', 'P3', 'P3b', 'x7'].map((id) => ({ id, costFen: 1 }));
const call = (terms: BallotTerms) => ({ projects, terms });
const approve = { kind: 'approve', atMost: 2, withinBudget: true } as const;
const points = { kind: 'points', total: 10, atMostEach: null } as const;
const rank = { kind: 'rank', atMost: null } as const;

test.each([
  [approve, 'p1 3', { listed: ['P1', 'P3'] }],
  [approve, ' 1，2、7 ', { listed: ['P1', 'P2', 'x7'] }],
  [approve, '', { listed: [] }],
  [points, 'P1:4 3：6', { listed: ['P1', 'P3'], points: [4, 6] }],
  [points, 'x7=10', { listed: ['x7'], points: [10] }],
  [rank, '3 1 2', { listed: ['P3', 'P1', 'P2'] }],
] as const)('%o: %s', (terms, line, choice) => {
  expect(choiceOfLine(call(terms), line)).toEqual({ choice });
  expect(choiceOfLine(call(terms), lineOfChoice(choice))).toEqual({ choice });
});

test.each([
  [approve, 'P1 9', '9'],
  [approve, '3 4', '4'],
  [approve, '0', '0'],
  [approve, 'P1:4', 'P1:4'],
  [points, 'P1 P2:3', 'P1'],
  [points, 'P1:x', 'P1:x'],
  [rank, 'P1 甲', '甲'],
] as const)('%o: %s names what it cannot read', (terms, line, unknown) =>
  expect(choiceOfLine(call(terms), line)).toEqual({ unknown }),
);

test('an id that is a number is that one', () =>
  expect(choiceOfLine({ projects: ['2', '1'].map((id) => ({ id, costFen: 1 })), terms: approve }, '2 1')).toEqual({
    choice: { listed: ['2', '1'] },
  }));

test('a number two ids have says nothing', () =>
  expect(choiceOfLine({ projects: ['A1', 'B1'].map((id) => ({ id, costFen: 1 })), terms: approve }, '1')).toEqual({
    unknown: '1',
  }));

test.each([
  ['1 2 0', 'AB-'],
  ['443', 'DDC'],
  ['1，0，0', 'A--'],
])('a form of an appraisal with two indicators: %s', (line, choice) => {
  expect(formOfLine({ indicators: ['甲', '乙'] }, line)).toEqual({ choice });
  expect(formOfLine({ indicators: ['甲', '乙'] }, lineOfForm(choice))).toEqual({ choice });
});

test.each(['12', '1234', '012', '152', 'AB-', ''])('no form of an appraisal with two indicators: %s', (line) =>
  expect(formOfLine({ indicators: ['甲', '乙'] }, line)).toEqual({ unknown: line }),
);
