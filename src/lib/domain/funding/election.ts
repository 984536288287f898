// What a funding ballot is once it is closed: money, projects, envelopes, ballots and the tie rule fixed beforehand. Read by every counting
// rule, written by the office and by the .pb reader. It must never hold a name, and never a result.

/** How equal standings are ordered; fixed before the vote. What is still equal goes by id, compared as text ("10" before "2"). */
export type TieRule =
  | { readonly kind: 'id' }
  | { readonly kind: 'lower-cost' }
  | { readonly kind: 'more-votes' }
  /** A public draw: see `lotOf` in tie-order.ts for how anyone repeats it. */
  | { readonly kind: 'draw'; readonly seed: string };

export interface FundingProject {
  readonly id: string;
  readonly name?: string;
  readonly costFen: number;
  /** The earmarked envelope that pays for it; without one only the budget limits it. */
  readonly envelopeId?: string;
  /** Projects with the same group are variants of one project (for example the full and a smaller workable amount): at most one is funded. */
  readonly variantGroup?: string;
}

export interface FundingEnvelope {
  readonly id: string;
  readonly name?: string;
  readonly capFen: number;
}

/** One ballot of one seat or slip. A ballot without a choice still counts in n. */
export interface FundingBallot {
  readonly seat: string;
  /** Project ids, for a ranking best first. An id met again counts once, where it stands first. */
  readonly listed: readonly string[];
  /** For points: whole numbers in the order of `listed`. A project listed with 0 points is listed. */
  readonly points?: readonly number[];
  /** Projects this voter is tied to: a choice for one of them counts as unlisted, and n stays. */
  readonly recused?: readonly string[];
}

export interface Election {
  readonly budgetFen: number;
  /**
   * Amounts are fen, 100 to the yuan. Only a foreign file with amounts finer than a fen is read in a smaller unit and says here how many of
   * them make one yuan (money step of `add1`, and what is printed).
   */
  readonly unitsPerYuan?: number;
  readonly projects: readonly FundingProject[];
  readonly envelopes: readonly FundingEnvelope[];
  readonly ballotKind: 'approval' | 'points' | 'ranking';
  readonly ballots: readonly FundingBallot[];
  readonly ties: TieRule;
}

export const unitsPerYuan = (election: Election): number => election.unitsPerYuan ?? 100;
