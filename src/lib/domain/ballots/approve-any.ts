// Approve any number of projects: the simplest funding ballot, one tap each. Read by every place that opens, casts or counts a funding ballot.
import { fundingBallot } from './funding-ballot.ts';

export const approveAny = fundingBallot(
  'approve_any',
  (terms) => terms.kind === 'approve' && terms.atMost === null && !terms.withinBudget,
  {
    terms: { kind: 'approve', atMost: null, withinBudget: false },
    choices: [{ listed: ['P1', 'P2', 'P3', 'P4'] }, { listed: ['P2'] }],
  },
);
