// Greedy funding: projects by descending score, each taken if it still fits and otherwise passed over. Serves the greedy rules and the
// completion of the others. Scores are compared exactly.
import type { Count } from './counting.ts';
import { Allowance } from './allowance.ts';
import type { Measure } from './explanation.ts';
import type { Tally } from './tally.ts';
import { Trail } from './trail.ts';

/** A score as an exact fraction `num`/`den`, whole numbers; `den` 0 means more than any number. */
interface Score {
  readonly num: number;
  readonly den: number;
}

/** [FU7] */
export function scoreOf(tally: Tally, measure: Measure, project: number): Score {
  const votes = tally.votes[project]!;
  switch (measure) {
    case 'votes':
      return { num: votes, den: 1 };
    case 'votes-per-cost': {
      const cost = tally.cost[project]!;
      // Free and wanted comes first; free and unwanted has no merit.
      return votes === 0 ? { num: 0, den: 1 } : { num: votes, den: cost };
    }
    case 'points':
      return { num: tally.points?.[project] ?? 0, den: 1 };
  }
}

/** Positive when a is the higher score. */
function compared(a: Score, b: Score): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  // Products beyond 2^53 are rounded; only then is the slow way needed.
  if (Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER) return left - right;
  const exact = BigInt(a.num) * BigInt(b.den) - BigInt(b.num) * BigInt(a.den);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** Goes through the projects not yet funded, the best score first, and takes what fits. */
export function fillByScore(tally: Tally, allowance: Allowance, trail: Trail, measure: Measure): void {
  const waiting = tally.ids
    .map((_, project) => ({ project, score: scoreOf(tally, measure, project) }))
    .filter(({ project }) => !trail.has(project))
    .sort((a, b) => compared(b.score, a.score) || tally.rank[a.project]! - tally.rank[b.project]!);

  waiting.forEach(({ project, score }, index) => {
    const before = waiting[index - 1];
    if (!before || compared(before.score, score) !== 0) {
      let end = index + 1;
      for (let next = waiting[end]; next && compared(next.score, score) === 0; next = waiting[end]) end++;
      if (end > index + 1)
        trail.tie(
          trail.nextStep,
          waiting.slice(index, end).map((entry) => entry.project),
        );
    }
    const why = allowance.obstacle(project);
    if (why) trail.pass(project, why, allowance.remaining);
    else {
      allowance.take(project);
      const exact = { num: String(score.num), den: String(score.den) };
      trail.take(project, () => ({ kind: 'by-score', measure, score: exact, place: index + 1 }), allowance.remaining);
    }
  });
}

/** A whole count by score. */
export function countByScore(tally: Tally, measure: Measure): Count {
  const trail = new Trail(tally);
  fillByScore(tally, new Allowance(tally), trail, measure);
  return {
    winners: trail.winners,
    ties: trail.ties(),
    explain: () => trail.explanation((project) => tally.votes[project]!),
  };
}
