// What a count can say about itself: steps to draw and, for each project, one structured reason. Built by the counting rules; the words are in
// messages. It must hold ids and numbers only, so that it can be told in any language and to any audience.

/** What a score counts. */
export type Measure = 'votes' | 'votes-per-cost' | 'points';

/** What a best combination has most of. */
export type Welfare = 'votes' | 'votes-times-cost';

/** An exact fraction as decimal digits, for showing or re-checking: `num`/`den`. */
export interface ExactNumber {
  readonly num: string;
  readonly den: string;
}

/** Several projects stood exactly equal and the tie order decided who goes first. */
export interface Tie {
  /** Index into the steps of the first project of the tie that was dealt with. */
  readonly step: number;
  /** In tie order. */
  readonly tied: readonly string[];
  /** True when some of them were funded and some were not: then the tie order may have decided the outcome. */
  readonly decisive: boolean;
}

/** Why a project could not be taken at some moment. Amounts are in the election's money unit (fen). */
export type Obstacle =
  | { readonly kind: 'over-budget'; readonly remainingFen: number; readonly missingFen: number }
  | {
      readonly kind: 'envelope-full';
      readonly envelopeId: string;
      readonly remainingFen: number;
      readonly missingFen: number;
    }
  /** Another variant of the same project is funded. */
  | { readonly kind: 'variant-taken'; readonly projectId: string }
  /** Equal shares: what all its supporters together still held when the count ended (rounded down) was less than its cost. */
  | { readonly kind: 'supporters-short'; readonly holdFen: number; readonly missingFen: number }
  | { readonly kind: 'no-supporters' }
  /** Phragmén: the count stopped when the next project in line no longer fitted. */
  | { readonly kind: 'stopped-at'; readonly projectId: string }
  /** Best combination: the best total with this project (null: none exists) against the best total of all. */
  | { readonly kind: 'not-in-best'; readonly welfare: Welfare; readonly best: string; readonly withIt: string | null };

/** How a project came to be funded. */
export type Funding =
  | { readonly kind: 'by-score'; readonly measure: Measure; readonly score: ExactNumber; readonly place: number }
  /**
   * Each supporter pays `payFen` (for each point given, if `perPoint`), or all they hold where that is less. Rounded to the nearest unit.
   */
  | {
      readonly kind: 'by-shares';
      readonly payFen: number;
      readonly perPoint: boolean;
      readonly inFull: number;
      readonly withTheirRest: number;
    }
  /** Phragmén: `loadFen` is the load its supporters carry after it, rounded to the nearest unit. */
  | { readonly kind: 'by-load'; readonly loadFen: number }
  | { readonly kind: 'in-best'; readonly welfare: Welfare; readonly best: string };

/** One thing the count did, in order. `remainingFen` is the budget not yet bound after it. */
export type Step =
  /** Equal shares opened with this much money per voter: budget / n plus `raisedYuan`, one yuan at a time. */
  | {
      readonly kind: 'shares';
      readonly perVoter: ExactNumber;
      readonly raisedYuan: number;
      readonly remainingFen: number;
    }
  /** The rule is done and what is left is filled by score. */
  | { readonly kind: 'completion'; readonly measure: Measure; readonly remainingFen: number }
  | { readonly kind: 'take'; readonly projectId: string; readonly how: Funding; readonly remainingFen: number }
  | { readonly kind: 'pass'; readonly projectId: string; readonly why: Obstacle; readonly remainingFen: number }
  | { readonly kind: 'stop'; readonly projectId: string; readonly why: Obstacle; readonly remainingFen: number };

interface About {
  readonly projectId: string;
  readonly costFen: number;
  /** Voters whose ballot supports it. */
  readonly supporters: number;
  /** The others it stood exactly equal with, where the tie order may have decided about it. */
  readonly tiedWith: readonly string[];
}

export type Reason =
  | (About & { readonly funded: true; readonly step: number; readonly how: Funding })
  /** In the order they were met; at least one. */
  | (About & { readonly funded: false; readonly obstacles: readonly Obstacle[] });

export interface Explanation {
  readonly steps: readonly Step[];
  /** One for each project, in the order of the election's projects. */
  readonly reasons: readonly Reason[];
}
