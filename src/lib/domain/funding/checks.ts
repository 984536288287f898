// Whether a funding ballot is sound: when it is set up, for each ballot cast, and as a whole before it is counted. Called by the office and by the
// voting page, so that both refuse alike. Reading a foreign .pb file is more lenient on purpose: it counts what was really voted.
import type { Election, FundingBallot, FundingEnvelope, FundingProject, TieRule } from './election.ts';

/** What a voter may fill in; fixed before the vote. */
export type BallotTerms =
  /** `atMost` null: any number. `withinBudget`: what is chosen may not cost more than the budget, the dearest variant of a project counting. */
  | { readonly kind: 'approve'; readonly atMost: number | null; readonly withinBudget: boolean }
  /** All of `total` must be given out, in whole points. */
  | { readonly kind: 'points'; readonly total: number; readonly atMostEach: number | null }
  | { readonly kind: 'rank'; readonly atMost: number | null };

/** What is put to the vote. */
export interface FundingCall {
  readonly budgetFen: number;
  readonly projects: readonly FundingProject[];
  readonly envelopes: readonly FundingEnvelope[];
  readonly ties: TieRule;
  readonly terms: BallotTerms;
}

export type CallRefusal =
  | { readonly kind: 'no-projects' | 'no-seed' | 'bad-terms' }
  | { readonly kind: 'bad-id'; readonly id: string }
  | { readonly kind: 'project-twice' | 'envelope-twice'; readonly id: string }
  | { readonly kind: 'unknown-envelope' | 'variants-apart'; readonly projectId: string }
  /** `of` is a project's or an envelope's id, or empty for the budget. */
  | { readonly kind: 'negative-fen' | 'fractional-fen' | 'amount-too-large' | 'amount-zero'; readonly of: string }
  /** More than its envelope or the budget could ever pay. */
  | {
      readonly kind: 'cost-above-every-source';
      readonly projectId: string;
      readonly costFen: number;
      readonly limitFen: number;
    };

export type BallotRefusal =
  | { readonly kind: 'empty-ballot' }
  | { readonly kind: 'unknown-choice' | 'choice-twice' | 'points-missing' | 'bad-points'; readonly projectId: string }
  | { readonly kind: 'too-many-choices'; readonly chosen: number; readonly atMost: number }
  | { readonly kind: 'over-budget'; readonly costFen: number; readonly budgetFen: number }
  | {
      readonly kind: 'too-many-points';
      readonly projectId: string;
      readonly points: number;
      readonly atMostEach: number;
    }
  | { readonly kind: 'points-do-not-sum'; readonly given: number; readonly total: number };

export type ElectionRefusal =
  CallRefusal | { readonly kind: 'seat-twice'; readonly seat: string } | (BallotRefusal & { readonly seat: string });

/** An id must survive a .pb file and a list on paper: no separators, no quotes, no surrounding blanks. */
const isPlainId = (id: string): boolean => /^[^\s,;"]+$/.test(id);
const isCountOrNull = (limit: number | null): boolean => limit === null || (Number.isSafeInteger(limit) && limit > 0);

/** Everything wrong with the call; none when it may be put to the vote. */
export function checkCall(call: FundingCall): CallRefusal[] {
  const { budgetFen, projects, envelopes, ties, terms } = call;
  const refusals: CallRefusal[] = [];
  const amount = (fen: number, of: string): boolean => {
    if (!Number.isInteger(fen)) refusals.push({ kind: 'fractional-fen', of });
    else if (fen < 0) refusals.push({ kind: 'negative-fen', of });
    else if (!Number.isSafeInteger(fen)) refusals.push({ kind: 'amount-too-large', of });
    else if (fen === 0) refusals.push({ kind: 'amount-zero', of });
    else return true;
    return false;
  };

  const budgetIsSound = amount(budgetFen, '');
  if (projects.length === 0) refusals.push({ kind: 'no-projects' });
  if (ties.kind === 'draw' && (ties.seed.trim() === '' || ties.seed !== ties.seed.trim()))
    refusals.push({ kind: 'no-seed' });
  const limits = terms.kind === 'points' ? [terms.total, terms.atMostEach] : [terms.atMost];
  if (!limits.every(isCountOrNull)) refusals.push({ kind: 'bad-terms' });

  const caps = new Map<string, number>();
  for (const { id, capFen } of envelopes) {
    if (!isPlainId(id)) refusals.push({ kind: 'bad-id', id });
    if (caps.has(id)) refusals.push({ kind: 'envelope-twice', id });
    if (amount(capFen, id)) caps.set(id, capFen);
    else caps.set(id, Infinity);
  }
  const known = new Set<string>();
  const envelopeOfGroup = new Map<string, string | undefined>();
  for (const { id, costFen, envelopeId, variantGroup } of projects) {
    if (!isPlainId(id)) refusals.push({ kind: 'bad-id', id });
    if (known.has(id)) refusals.push({ kind: 'project-twice', id });
    known.add(id);
    if (envelopeId !== undefined && !caps.has(envelopeId)) refusals.push({ kind: 'unknown-envelope', projectId: id });
    if (variantGroup !== undefined) {
      if (!isPlainId(variantGroup)) refusals.push({ kind: 'bad-id', id: variantGroup });
      if (envelopeOfGroup.has(variantGroup) && envelopeOfGroup.get(variantGroup) !== envelopeId)
        refusals.push({ kind: 'variants-apart', projectId: id });
      envelopeOfGroup.set(variantGroup, envelopeId);
    }
    if (!amount(costFen, id) || !budgetIsSound) continue;
    const limitFen = Math.min(budgetFen, envelopeId === undefined ? Infinity : (caps.get(envelopeId) ?? Infinity));
    if (costFen > limitFen) refusals.push({ kind: 'cost-above-every-source', projectId: id, costFen, limitFen });
  }
  return refusals;
}

/** What is wrong with one ballot under a sound call; null when it may be counted. A recused choice is no fault: it counts as unlisted. */
export function checkBallot(call: FundingCall, ballot: Pick<FundingBallot, 'listed' | 'points'>): BallotRefusal | null {
  const { projects, terms, budgetFen } = call;
  const { listed, points } = ballot;
  if (listed.length === 0) return { kind: 'empty-ballot' };
  const chosen = new Map<string, FundingProject>();
  for (const projectId of listed) {
    const project = projects.find(({ id }) => id === projectId);
    if (!project) return { kind: 'unknown-choice', projectId };
    if (chosen.has(projectId)) return { kind: 'choice-twice', projectId };
    chosen.set(projectId, project);
  }
  if (terms.kind === 'points') {
    let given = 0;
    for (const [place, projectId] of listed.entries()) {
      const each = points?.[place];
      if (each === undefined) return { kind: 'points-missing', projectId };
      if (!Number.isSafeInteger(each) || each < 0) return { kind: 'bad-points', projectId };
      if (terms.atMostEach !== null && each > terms.atMostEach)
        return { kind: 'too-many-points', projectId, points: each, atMostEach: terms.atMostEach };
      given += each;
    }
    if (given !== terms.total || (points?.length ?? 0) > listed.length)
      return { kind: 'points-do-not-sum', given, total: terms.total };
    return null;
  }
  if (terms.atMost !== null && listed.length > terms.atMost)
    return { kind: 'too-many-choices', chosen: listed.length, atMost: terms.atMost };
  if (terms.kind === 'approve' && terms.withinBudget) {
    const dearest = new Map<string, number>();
    for (const { id, variantGroup, costFen } of chosen.values()) {
      const key = variantGroup === undefined ? `project ${id}` : `group ${variantGroup}`;
      dearest.set(key, Math.max(costFen, dearest.get(key) ?? 0));
    }
    const costFen = [...dearest.values()].reduce((sum, each) => sum + each, 0);
    if (costFen > budgetFen) return { kind: 'over-budget', costFen, budgetFen };
  }
  return null;
}

/** Everything wrong with a call and all its ballots together; none when it may be counted. */
export function checkElection(call: FundingCall, ballots: readonly FundingBallot[]): ElectionRefusal[] {
  const refusals: ElectionRefusal[] = checkCall(call);
  const seats = new Set<string>();
  for (const ballot of ballots) {
    const { seat } = ballot;
    if (seats.has(seat)) refusals.push({ kind: 'seat-twice', seat });
    seats.add(seat);
    const refusal = checkBallot(call, ballot);
    if (refusal) refusals.push({ ...refusal, seat });
  }
  return refusals;
}

/** What is counted, from a call and ballots that passed `checkElection`. */
export const electionOf = (
  { budgetFen, projects, envelopes, ties, terms }: FundingCall,
  ballots: readonly FundingBallot[],
): Election => ({
  budgetFen,
  projects,
  envelopes,
  ties,
  ballotKind: terms.kind === 'approve' ? 'approval' : terms.kind === 'points' ? 'points' : 'ranking',
  ballots,
});
