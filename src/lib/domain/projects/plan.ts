// 居民需求项目实施方案: exactly four parts, 项目需求, 项目目标, 实施进度计划, 项目预算. Read by the shared draft, by submission, by checks and pages.
// Amounts are whole fen, days `YYYY-MM-DD`. It must never know how a draft is stored or who writes it.

export interface SchedulePhase {
  readonly phase: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly deliverable: string;
}

export interface BudgetLine {
  readonly item: string;
  readonly amountFen: number;
  /** How the amount comes about: `40份×6元×180天`. */
  readonly basis: string;
}

export interface Plan {
  readonly need: string;
  readonly goals: readonly string[];
  readonly schedule: readonly SchedulePhase[];
  readonly budget: readonly BudgetLine[];
}

/** What the plan asks for: the sum of its budget lines. */
export const sumOfBudget = (budget: readonly { readonly amountFen: number }[]): number =>
  budget.reduce((sum, { amountFen }) => sum + amountFen, 0);
