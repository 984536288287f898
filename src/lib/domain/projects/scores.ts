// Marks of reviewers, summed up as everybody may check: how many, their mean, and how far they spread. Pure. Rule [J5].

export interface ScoreSummary {
  readonly count: number;
  readonly mean: number;
  /** Lowest and highest mark. */
  readonly least: number;
  readonly most: number;
  /** Standard deviation of all marks (divided by their number, not by one less). */
  readonly deviation: number;
}

/** Null without marks. Mean and deviation to one decimal, half up. */
export function summaryOf(scores: readonly number[]): ScoreSummary | null {
  if (scores.length === 0) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return {
    count: scores.length,
    mean: rounded(mean),
    least: Math.min(...scores),
    most: Math.max(...scores),
    deviation: rounded(Math.sqrt(variance)),
  };
}
