// Counts an election under a rule: the one entry for the office, the results page and the command line. The same election and rule always give the
// same result, on any machine.
import type { Explanation, Tie } from './explanation.ts';
import { unitsPerYuan, type Election } from './election.ts';
import { yuanText } from './decimal.ts';
import { countingRule } from './rules.ts';
import { tallyOf } from './tally.ts';

export type CountRefusal =
  | { readonly kind: 'unknown-rule'; readonly rule: string }
  /** The rule weighs points, and approval ballots have none. */
  | { readonly kind: 'rule-needs-points'; readonly rule: string };

export interface CountResult {
  readonly ok: true;
  readonly rule: string;
  /** In the order they were funded. */
  readonly winners: readonly string[];
  readonly costFen: number;
  readonly budgetFen: number;
  readonly ties: readonly Tie[];
  /** Steps and reasons; worked out when called, which may take as long as the count. */
  readonly explain: () => Explanation;
}

/** The election must have passed `checkElection` or come from `parsePb`. */
export function countElection(
  election: Election,
  ruleId: string,
): CountResult | { readonly ok: false; readonly refusal: CountRefusal } {
  const rule = countingRule(ruleId);
  if (!rule) return { ok: false, refusal: { kind: 'unknown-rule', rule: ruleId } };
  if (rule.needsPoints && election.ballotKind === 'approval')
    return { ok: false, refusal: { kind: 'rule-needs-points', rule: ruleId } };
  const tally = tallyOf(election);
  const { winners, ties, explain } = rule.count(tally);
  return {
    ok: true,
    rule: ruleId,
    winners: winners.map((project) => tally.ids[project]!),
    costFen: winners.reduce((sum, project) => sum + tally.cost[project]!, 0),
    budgetFen: election.budgetFen,
    ties,
    explain,
  };
}

/** What the recount command prints, amounts in yuan; with `explained` also steps and reasons, amounts in money units (fen unless the file is finer). */
export function countJson(election: Election, result: CountResult, explained: boolean): string {
  const perYuan = unitsPerYuan(election);
  const inYuan = (units: number): number => Number(yuanText(units, perYuan));
  return JSON.stringify({
    rule: result.rule,
    winners: result.winners,
    cost: inYuan(result.costFen),
    budget: inYuan(result.budgetFen),
    ties: result.ties,
    ...(explained && { unitsPerYuan: perYuan, ...result.explain() }),
  });
}
