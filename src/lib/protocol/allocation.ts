// What a count of funding ballots says, between the counting thread, its table, the results page and the visitor's own browser.
import type { Explanation, Tie } from '#lib/domain/funding/explanation.ts';

/** One rule's count of one recount file. Amounts in fen. */
export interface RuleCount extends Explanation {
  readonly ruleId: string;
  readonly ballots: number;
  readonly winners: readonly string[];
  readonly costFen: number;
  readonly budgetFen: number;
  readonly ties: readonly Tie[];
}

/** Asked of a counting thread, here or in a browser. */
export interface CountAsk {
  readonly file: string;
  readonly ruleId: string;
}

export type CountAnswer =
  | { readonly ok: true; readonly count: RuleCount }
  /** `unreadable`: not a file this program writes. `uncountable`: amounts beyond what can be counted exactly. */
  | { readonly ok: false; readonly why: 'unreadable' | 'unknown-rule' | 'uncountable' };
