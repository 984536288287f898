// What is refused before it can do harm: unsound calls, unsound ballots, and two ballots of one seat.
import { describe, expect, it } from 'vitest';
import {
  checkBallot,
  checkCall,
  checkElection,
  type BallotTerms,
  type CallRefusal,
  type FundingCall,
} from './checks.ts';

const call: FundingCall = {
  budgetFen: 10000,
  envelopes: [{ id: 'E', capFen: 7000 }],
  projects: [
    { id: 'a', costFen: 6000, envelopeId: 'E' },
    { id: 'b', costFen: 5000 },
    { id: 'c', costFen: 4000 },
  ],
  ties: { kind: 'id' },
  terms: { kind: 'approve', atMost: 2, withinBudget: false },
};
const under = (terms: BallotTerms): FundingCall => ({ ...call, terms });

describe('calls', () => {
  it('[FU16] a sound one passes', () => expect(checkCall(call)).toEqual([]));

  it.each<[string, Partial<FundingCall>, CallRefusal]>([
    ['no projects', { projects: [] }, { kind: 'no-projects' }],
    ['a negative cost', { projects: [{ id: 'a', costFen: -1 }] }, { kind: 'negative-fen', of: 'a' }],
    ['half a fen', { projects: [{ id: 'a', costFen: 10.5 }] }, { kind: 'fractional-fen', of: 'a' }],
    ['not a number', { budgetFen: NaN }, { kind: 'fractional-fen', of: '' }],
    ['a free project', { projects: [{ id: 'a', costFen: 0 }] }, { kind: 'amount-zero', of: 'a' }],
    ['beyond counting', { budgetFen: 2 ** 60 }, { kind: 'amount-too-large', of: '' }],
    ['a negative cap', { envelopes: [{ id: 'E', capFen: -1 }] }, { kind: 'negative-fen', of: 'E' }],
    [
      'dearer than the budget',
      { projects: [{ id: 'a', costFen: 10001 }] },
      { kind: 'cost-above-every-source', projectId: 'a', costFen: 10001, limitFen: 10000 },
    ],
    [
      'dearer than its envelope',
      { projects: [{ id: 'a', costFen: 7001, envelopeId: 'E' }] },
      { kind: 'cost-above-every-source', projectId: 'a', costFen: 7001, limitFen: 7000 },
    ],
    ['an id twice', { projects: [call.projects[1]!, call.projects[1]!] }, { kind: 'project-twice', id: 'b' }],
    ['an id with a comma', { projects: [{ id: 'a,b', costFen: 1 }] }, { kind: 'bad-id', id: 'a,b' }],
    ['no such envelope', { envelopes: [] }, { kind: 'unknown-envelope', projectId: 'a' }],
    ['an envelope twice', { envelopes: [call.envelopes[0]!, call.envelopes[0]!] }, { kind: 'envelope-twice', id: 'E' }],
    [
      'variants in two envelopes',
      {
        projects: [
          { id: 'a', costFen: 1, envelopeId: 'E', variantGroup: 'g' },
          { id: 'b', costFen: 1, variantGroup: 'g' },
        ],
      },
      { kind: 'variants-apart', projectId: 'b' },
    ],
    ['a draw without seed', { ties: { kind: 'draw', seed: ' ' } }, { kind: 'no-seed' }],
    ['terms that allow nothing', { terms: { kind: 'rank', atMost: 0 } }, { kind: 'bad-terms' }],
  ])('[FU16] %s', (_, change, refusal) => expect(checkCall({ ...call, ...change })).toEqual([refusal]));
});

describe('ballots', () => {
  it.each([
    ['empty', [], { kind: 'empty-ballot' }],
    ['more than allowed', ['a', 'b', 'c'], { kind: 'too-many-choices', chosen: 3, atMost: 2 }],
    ['twice the same', ['a', 'a'], { kind: 'choice-twice', projectId: 'a' }],
    ['not on the list', ['z'], { kind: 'unknown-choice', projectId: 'z' }],
    ['as many as allowed', ['a', 'b'], null],
  ])('[FU16] approving: %s', (_, listed, refusal) => expect(checkBallot(call, { listed })).toEqual(refusal));

  it('[FU16] approving within the budget: variants of one project count once, the dearest', () => {
    const within = under({ kind: 'approve', atMost: null, withinBudget: true });
    expect(checkBallot(within, { listed: ['a', 'c'] })).toBe(null);
    expect(checkBallot(within, { listed: ['a', 'b'] })).toEqual({
      kind: 'over-budget',
      costFen: 11000,
      budgetFen: 10000,
    });
    const [a, b, c] = call.projects;
    const variants = { ...within, projects: [a!, { ...b!, variantGroup: 'g' }, { ...c!, variantGroup: 'g' }] };
    expect(checkBallot(variants, { listed: ['b', 'c'] })).toBe(null);
    expect(checkBallot(variants, { listed: ['a', 'b', 'c'] })).toMatchObject({ kind: 'over-budget', costFen: 11000 });
  });

  it.each([
    ['all given', [4, 6], null],
    ['too few', [4, 5], { kind: 'points-do-not-sum', given: 9, total: 10 }],
    ['too many', [6, 6], { kind: 'points-do-not-sum', given: 12, total: 10 }],
    ['too many for one', [2, 8], { kind: 'too-many-points', projectId: 'b', points: 8, atMostEach: 6 }],
    ['half points', [4.5, 5.5], { kind: 'bad-points', projectId: 'a' }],
    ['negative points', [-1, 6], { kind: 'bad-points', projectId: 'a' }],
    ['one missing', [6], { kind: 'points-missing', projectId: 'b' }],
    ['one left over', [4, 6, 0], { kind: 'points-do-not-sum', given: 10, total: 10 }],
  ])('[FU16] points: %s', (_, points, refusal) =>
    expect(checkBallot(under({ kind: 'points', total: 10, atMostEach: 6 }), { listed: ['a', 'b'], points })).toEqual(
      refusal,
    ),
  );

  it('[FU16] ranking: no more than allowed', () => {
    expect(checkBallot(under({ kind: 'rank', atMost: 2 }), { listed: ['a', 'b', 'c'] })).toMatchObject({
      kind: 'too-many-choices',
    });
    expect(checkBallot(under({ kind: 'rank', atMost: 3 }), { listed: ['a', 'b', 'c'] })).toBe(null);
  });

  it('[FU16] two ballots of one seat, and each fault with its seat', () => {
    expect(
      checkElection(call, [
        { seat: 'M1', listed: ['a'] },
        { seat: 'M1', listed: ['b'] },
        { seat: 'M2', listed: [] },
      ]),
    ).toEqual([
      { kind: 'seat-twice', seat: 'M1' },
      { kind: 'empty-ballot', seat: 'M2' },
    ]);
  });
});
