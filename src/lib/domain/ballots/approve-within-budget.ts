// Approve projects that together cost no more than the budget: every voter makes a whole plan. Of the variants of one project the dearest counts.
// Read by every place that opens, casts or counts a funding ballot.
import { fundingBallot } from './funding-ballot.ts';

export const approveWithinBudget = fundingBallot(
  'approve_within_budget',
  (terms) => terms.kind === 'approve' && terms.withinBudget,
  {
    terms: { kind: 'approve', atMost: null, withinBudget: true },
    choices: [{ listed: ['P1', 'P2'] }, { listed: ['P1', 'P3', 'P4'] }],
  },
);
