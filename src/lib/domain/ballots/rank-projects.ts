// Put projects in order, best first; what is not ranked gets nothing. Read by every place that opens, casts or counts a funding ballot.
import { fundingBallot } from './funding-ballot.ts';

export const rankProjects = fundingBallot('rank_projects', (terms) => terms.kind === 'rank', {
  terms: { kind: 'rank', atMost: 3 },
  choices: [{ listed: ['P3', 'P1', 'P2'] }, { listed: ['P2'] }],
});
