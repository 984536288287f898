// Every counting rule, in the order they are offered. Adding one is a file under rules/ and a line here.
import type { CountingRule } from './counting.ts';
import { greedyPoints } from './rules/greedy-points.ts';
import { greedyVotes } from './rules/greedy-votes.ts';
import { greedyVotesPerCost } from './rules/greedy-votes-per-cost.ts';
import { maxWelfareCardinality } from './rules/max-welfare-cardinality.ts';
import { maxWelfareCost } from './rules/max-welfare-cost.ts';
import { mesCardinality } from './rules/mes-cardinality.ts';
import { mesCardinalityAdd1u } from './rules/mes-cardinality-add1u.ts';
import { mesCardinalityGreedy } from './rules/mes-cardinality-greedy.ts';
import { mesCost } from './rules/mes-cost.ts';
import { mesCostAdd1u } from './rules/mes-cost-add1u.ts';
import { mesCostGreedy } from './rules/mes-cost-greedy.ts';
import { mesCostToolAdd1u } from './rules/mes-cost-tool-add1u.ts';
import { mesPoints } from './rules/mes-points.ts';
import { mesPointsGreedy } from './rules/mes-points-greedy.ts';
import { phragmen } from './rules/phragmen.ts';

export const countingRules: readonly CountingRule[] = [
  greedyVotes,
  greedyVotesPerCost,
  greedyPoints,
  mesCost,
  mesCostGreedy,
  mesCostAdd1u,
  mesCostToolAdd1u,
  mesCardinality,
  mesCardinalityGreedy,
  mesCardinalityAdd1u,
  mesPoints,
  mesPointsGreedy,
  phragmen,
  maxWelfareCardinality,
  maxWelfareCost,
];

export const countingRule = (id: string): CountingRule | null => countingRules.find((rule) => rule.id === id) ?? null;
