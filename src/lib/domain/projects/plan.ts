// 居民需求项目实施方案: exactly four parts, 项目需求, 项目目标, 实施进度计划, 项目预算. Read by the shared draft, by submission, by checks and pages.
// Amounts are whole fen, days `YYYY-MM-DD`. It must never know how a draft is stored or who writes it.
import { isDay } from '#lib/domain/calendar-day.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

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

export const planParts = ['need', 'goals', 'schedule', 'budget'] as const;
export type PlanPart = (typeof planParts)[number];

/** What the plan asks for: the sum of its budget lines. */
export const sumOfBudget = (budget: readonly { readonly amountFen: number }[]): number =>
  budget.reduce((sum, { amountFen }) => sum + amountFen, 0);

export const longestPlanText = 2000;
const longestLine = 200;
const mostRows = 50;
/** Ten million yuan: above it somebody has typed fen for yuan. */
const mostFen = 1_000_000_000;

/** [J3] The parts nothing has been written in yet, in their order. */
export const missingParts = (plan: Plan): PlanPart[] => planParts.filter((part) => plan[part].length === 0);

/** [J3] The plan as it can be submitted, empty rows left out, or what is still wrong and in which line. */
export function checkedPlan(draft: Plan): Plan | ServiceRefusal {
  const trimmed = (text: string) => text.trim();
  const plan: Plan = {
    need: trimmed(draft.need),
    goals: draft.goals.map(trimmed).filter((goal) => goal !== ''),
    schedule: draft.schedule
      .map((row) => ({ ...row, phase: trimmed(row.phase), deliverable: trimmed(row.deliverable) }))
      .filter(({ phase, deliverable, fromDay, toDay }) => `${phase}${deliverable}${fromDay}${toDay}` !== ''),
    budget: draft.budget
      .map((row) => ({ ...row, item: trimmed(row.item), basis: trimmed(row.basis) }))
      .filter(({ item, basis, amountFen }) => item !== '' || basis !== '' || amountFen !== 0),
  };
  const [missing] = missingParts(plan);
  if (missing !== undefined) return refuseService('J3', 'plan-part-missing', { part: missing });
  const long = (text: string, most: number): boolean => Array.from(text).length > most;
  const lines = [
    ...plan.goals,
    ...plan.schedule.flatMap(({ phase, deliverable }) => [phase, deliverable]),
    ...plan.budget.flatMap(({ item, basis }) => [item, basis]),
  ];
  if (long(plan.need, longestPlanText)) return refuseService('J3', 'plan-too-long', { most: longestPlanText });
  if (lines.some((line) => long(line, longestLine))) return refuseService('J3', 'plan-too-long', { most: longestLine });
  if ([plan.goals, plan.schedule, plan.budget].some((rows) => rows.length > mostRows))
    return refuseService('J3', 'plan-too-long', { most: mostRows });
  for (const [at, { phase, fromDay, toDay }] of plan.schedule.entries())
    if (phase === '' || !isDay(fromDay) || !isDay(toDay) || fromDay > toDay)
      return refuseService('J3', 'plan-phase-days', { n: at + 1 });
  for (const [at, { item, amountFen }] of plan.budget.entries())
    if (item === '' || !Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > mostFen)
      return refuseService('J3', 'plan-amount-unfit', { n: at + 1 });
  return plan;
}

/** One row of a comparison: as it was, as it is. Null where there is none. */
export interface PlanChange {
  readonly part: PlanPart;
  readonly before: string | null;
  readonly after: string | null;
}

const linesOf: { readonly [Part in PlanPart]: (plan: Plan) => readonly string[] } = {
  need: ({ need }) => need.split('\n'),
  goals: ({ goals }) => goals,
  schedule: ({ schedule }) =>
    schedule.map(({ phase, fromDay, toDay, deliverable }) => `${phase} ${fromDay} – ${toDay} ${deliverable}`),
  budget: ({ budget }) =>
    budget.map(({ item, amountFen, basis }) => `${item} ¥${(amountFen / 100).toFixed(2)} ${basis}`),
};

/**
 * What changed from one version to the next, line by line: lines both have are left out. A line that went and one that came at the same
 * place stand together.
 */
export function comparePlans(before: Plan, after: Plan): PlanChange[] {
  return planParts.flatMap((part) => {
    const [old, now] = [linesOf[part](before), linesOf[part](after)];
    const gone = old.filter((line) => !now.includes(line));
    const come = now.filter((line) => !old.includes(line));
    return Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => ({
      part,
      before: gone[at] ?? null,
      after: come[at] ?? null,
    }));
  });
}
