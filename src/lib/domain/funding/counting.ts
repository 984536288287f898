// What a counting rule is. A rule is one object in one file under rules/, listed by one line in rules.ts; it reads the tally and never the clock,
// chance or anything outside the election, so that everyone who counts the same ballots gets the same result.
import type { Explanation, Tie } from './explanation.ts';
import type { Tally } from './tally.ts';

export interface Count {
  /** Project indices in the order they were funded. */
  readonly winners: readonly number[];
  readonly ties: readonly Tie[];
  /** Worked out when called; may take as long as the count itself. */
  readonly explain: () => Explanation;
}

export interface CountingRule {
  /** As in the reference outcomes and in files; never renamed. */
  readonly id: string;
  /** True for rules that weigh points: they cannot count approval ballots. */
  readonly needsPoints: boolean;
  readonly count: (tally: Tally) => Count;
}
