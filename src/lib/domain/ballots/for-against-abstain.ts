// 赞成/反对/弃权: the formal vote on a motion or an amendment.
import { countsOf, type BallotMethod } from './method.ts';

export const forAgainstAbstainOptions = ['for', 'against', 'abstain'] as const;
export type ForAgainstAbstain = (typeof forAgainstAbstainOptions)[number];

export const forAgainstAbstain: BallotMethod<Record<never, never>, ForAgainstAbstain> = {
  id: 'for_against_abstain',
  marks: 'one',
  parseConfig: (value) => (typeof value === 'object' && value !== null ? {} : null),
  parseChoice: (_config, value) => forAgainstAbstainOptions.find((option) => option === value) ?? null,
  options: () => forAgainstAbstainOptions,
  tally: (_config, choices) => countsOf(forAgainstAbstainOptions, choices),
  support: (counts) => counts.for ?? 0,
  opposition: (counts) => counts.against ?? 0,
  abstentions: (counts) => counts.abstain ?? 0,
  examples: [{ config: {}, choices: ['for', 'for', 'against', 'abstain'] }],
};
