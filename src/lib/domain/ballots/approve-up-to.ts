// Approve at most k projects. Read by every place that opens, casts or counts a funding ballot; it must say how many are too many before they are sent.
import { fundingBallot } from './funding-ballot.ts';

export const approveUpTo = fundingBallot(
  'approve_up_to',
  (terms) => terms.kind === 'approve' && terms.atMost !== null && !terms.withinBudget,
  {
    terms: { kind: 'approve', atMost: 2, withinBudget: false },
    choices: [{ listed: ['P1', 'P2'] }, { listed: ['P4'] }],
  },
);
