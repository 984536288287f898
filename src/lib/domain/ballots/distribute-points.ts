// Give out a fixed number of points, all of them. Read by every place that opens, casts or counts a funding ballot.
import { fundingBallot } from './funding-ballot.ts';

export const distributePoints = fundingBallot('distribute_points', (terms) => terms.kind === 'points', {
  terms: { kind: 'points', total: 10, atMostEach: 7 },
  choices: [
    { listed: ['P1', 'P2'], points: [7, 3] },
    { listed: ['P4', 'P3', 'P1'], points: [4, 6, 0] },
  ],
});
