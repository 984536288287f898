// From one run of equal shares to a counting rule: which share to open with, the completion, and the explanation. Called by the mes_ rules only.
import { Allowance } from './allowance.ts';
import type { Count } from './counting.ts';
import { EqualShares, type SharesRun } from './equal-shares.ts';
import { ExactShares } from './exact-shares.ts';
import type { Measure } from './explanation.ts';
import { comparedFractions, flooredFraction, fraction, roundedFraction, type Fraction } from './fraction.ts';
import { fillByScore } from './greedy.ts';
import { lazily } from './lazily.ts';
import { sharesPool, type SharesPool, type Utility } from './shares-pool.ts';
import type { Tally } from './tally.ts';
import { Trail } from './trail.ts';

/** The share the count ended with and what was bought with it. */
interface Opened {
  readonly run: SharesRun;
  readonly share: Fraction;
  readonly raisedYuan: number;
}

/** How the share is chosen. */
type Opening = (pool: SharesPool) => Opened;

const even = (tally: Tally): Fraction => fraction(tally.budget, Math.max(1, tally.voters));

/** [FU8] budget / n for everyone, exactly. */
export const evenShare: Opening = (pool) => {
  const { tally } = pool;
  const share = even(tally);
  return { run: new EqualShares(pool, new Allowance(tally)).run(share, tally.yuan), share, raisedYuan: 0 };
};

/** Which unfunded projects keep the share growing while they would still fit in the budget. */
type Minded = (pool: SharesPool, project: number) => boolean;

/**
 * The share grows by one yuan at a time until no minded project would fit any more, or the next outcome would cost more than the budget. Steps
 * proven to change nothing are jumped over.
 */
function raised(pool: SharesPool, start: Fraction, minded: Minded): Opened {
  const { tally } = pool;
  const shares = new EqualShares(pool, new Allowance(tally));
  const opened = (raisedYuan: number): Fraction => ({
    num: start.num + BigInt(raisedYuan) * BigInt(tally.yuan) * start.den,
    den: start.den,
  });
  // A share that pays for everything alone leaves nobody short, so a larger one changes nothing.
  const enough = fraction(tally.cost.reduce((sum, cost) => sum + cost, 0));
  let before: Opened | null = null;
  for (let raisedYuan = 0; ;) {
    const share = opened(raisedYuan);
    const run = shares.run(share, tally.yuan);
    if (before && run.cost > tally.budget) return before;
    const isLast = run.sameFor === Infinity || comparedFractions(share, enough) >= 0;
    if (isLast || isExhaustive(pool, run, minded)) return { run, share, raisedYuan };
    raisedYuan += run.sameFor;
    before = { run, share: opened(raisedYuan), raisedYuan };
    raisedYuan += 1;
  }
}

/** [FU10] From budget / n, minding the projects somebody supports. */
export const untilSupportedFit: Opening = (pool) =>
  raised(pool, even(pool.tally), ({ supporters }, project) => supporters[project]! > 0);

/** [FU11] From budget / n rounded down to a whole yuan, minding all projects; if all of them fit in the budget, budget / n as it is. */
export const fromWholeYuan: Opening = (pool) => {
  const { tally } = pool;
  const all = tally.cost.reduce((sum, cost) => sum + cost, 0);
  if (all <= tally.budget) return evenShare(pool);
  const yuan = Math.floor(tally.budget / tally.yuan / Math.max(1, tally.voters));
  return raised(pool, fraction(yuan * tally.yuan), () => true);
};

function isExhaustive(pool: SharesPool, run: SharesRun, minded: Minded): boolean {
  const allowance = new Allowance(pool.tally);
  for (const project of run.bought) allowance.take(project);
  const bought = new Set(run.bought);
  return pool.tally.ids.every(
    (_, project) => bought.has(project) || !minded(pool, project) || !allowance.fits(project),
  );
}

/** A whole count: equal shares under `utility`, then, if `completion` names a score, what is left filled by it. */
export function countByShares(tally: Tally, utility: Utility, opening: Opening, completion: Measure | null): Count {
  const pool = sharesPool(tally, utility);
  const { run, share, raisedYuan } = opening(pool);
  const trail = new Trail(tally);
  const allowance = new Allowance(tally);
  const exact = lazily(() => {
    const shares = new ExactShares(pool, share);
    return { levels: run.bought.map((project) => shares.take(project)), shares };
  });

  trail.note(() => ({
    kind: 'shares',
    perVoter: { num: String(share.num), den: String(share.den) },
    raisedYuan,
    remainingFen: tally.budget,
  }));
  run.bought.forEach((project, place) => {
    const tie = run.ties.find(({ at }) => at === place);
    if (tie) trail.tie(trail.nextStep, tie.tied);
    allowance.take(project);
    trail.take(
      project,
      () => {
        const { level, inFull, withTheirRest } = exact().levels[place]!;
        return {
          kind: 'by-shares',
          payFen: roundedFraction(level),
          perPoint: utility === 'points',
          inFull,
          withTheirRest,
        };
      },
      allowance.remaining,
    );
  });
  tally.ids.forEach((_, project) => {
    if (trail.has(project)) return;
    const closed = allowance.open(project) ? null : allowance.obstacle(project);
    // A completion meets what is closed again and says so itself.
    if (closed && completion) return;
    trail.hinder(project, () => {
      if (closed) return closed;
      if (pool.supporters[project] === 0) return { kind: 'no-supporters' };
      const holdFen = flooredFraction(exact().shares.holding(project));
      return { kind: 'supporters-short', holdFen, missingFen: tally.cost[project]! - holdFen };
    });
  });
  if (completion) {
    const remainingFen = allowance.remaining;
    trail.note(() => ({ kind: 'completion', measure: completion, remainingFen }));
    fillByScore(tally, allowance, trail, completion);
  }
  return {
    winners: trail.winners,
    ties: trail.ties(),
    explain: () => trail.explanation((project) => pool.supporters[project]!),
  };
}
