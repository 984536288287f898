// Every ballot method there is. One file and one line each.
import type { BallotTerms } from '#lib/domain/funding/checks.ts';
import { appraisalForm } from './appraisal-form.ts';
import { approveAny } from './approve-any.ts';
import { approveUpTo } from './approve-up-to.ts';
import { approveWithinBudget } from './approve-within-budget.ts';
import { distributePoints } from './distribute-points.ts';
import { forAgainstAbstain } from './for-against-abstain.ts';
import type { BallotMethod } from './method.ts';
import { rankProjects } from './rank-projects.ts';
import { singleChoice } from './single-choice.ts';

export const methods: readonly BallotMethod[] = [
  forAgainstAbstain as BallotMethod,
  singleChoice as BallotMethod,
  appraisalForm as BallotMethod,
  approveAny as BallotMethod,
  approveUpTo as BallotMethod,
  approveWithinBudget as BallotMethod,
  distributePoints as BallotMethod,
  rankProjects as BallotMethod,
];

export const methodOf = (id: string): BallotMethod | undefined => methods.find((method) => method.id === id);

/** The funding ballot these terms describe. */
export function fundingMethod(terms: BallotTerms): BallotMethod {
  if (terms.kind === 'points') return distributePoints as BallotMethod;
  if (terms.kind === 'rank') return rankProjects as BallotMethod;
  if (terms.withinBudget) return approveWithinBudget as BallotMethod;
  return (terms.atMost === null ? approveAny : approveUpTo) as BallotMethod;
}
