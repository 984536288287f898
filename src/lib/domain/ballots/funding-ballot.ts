// What the ballot methods over service projects share: reading a call and a choice from unknown JSON, and counting who listed what. Called by
// the five methods beside this file. What a sound call and a sound ballot are is said in funding/checks.ts alone, never here.
import type { BallotTerms, FundingCall } from '#lib/domain/funding/checks.ts';
import { checkBallot, checkCall } from '#lib/domain/funding/checks.ts';
import type { FundingEnvelope, FundingProject, TieRule } from '#lib/domain/funding/election.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { BallotMethod } from './method.ts';

/** Project ids, best first for a ranking; `points` in the order of `listed`, only where points are given. */
export interface FundingChoice {
  readonly listed: readonly string[];
  readonly points?: readonly number[];
}

const mostProjects = 500;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isLimit = (value: unknown): value is number | null => value === null || typeof value === 'number';
const arrayOf = <T>(value: unknown, read: (each: unknown) => T | null): T[] | null => {
  if (!Array.isArray(value)) return null;
  const items = value.map(read);
  return items.some((item) => item === null) ? null : (items as T[]);
};

function readProject(value: unknown): FundingProject | null {
  if (!isObject(value) || !isText(value.id) || typeof value.costFen !== 'number') return null;
  const { id, costFen, name, envelopeId, variantGroup } = value;
  return {
    id,
    costFen,
    ...(isText(name) && { name }),
    ...(isText(envelopeId) && { envelopeId }),
    ...(isText(variantGroup) && { variantGroup }),
  };
}

function readEnvelope(value: unknown): FundingEnvelope | null {
  if (!isObject(value) || !isText(value.id) || typeof value.capFen !== 'number') return null;
  return { id: value.id, capFen: value.capFen, ...(isText(value.name) && { name: value.name }) };
}

function readTerms(value: unknown): BallotTerms | null {
  if (!isObject(value)) return null;
  const { kind, atMost, withinBudget, total, atMostEach } = value;
  if (kind === 'approve' && isLimit(atMost) && typeof withinBudget === 'boolean') return { kind, atMost, withinBudget };
  if (kind === 'points' && typeof total === 'number' && isLimit(atMostEach)) return { kind, total, atMostEach };
  return kind === 'rank' && isLimit(atMost) ? { kind, atMost } : null;
}

function readTies(value: unknown): TieRule | null {
  if (!isObject(value)) return null;
  const { kind, seed } = value;
  if (kind === 'draw') return isText(seed) ? { kind, seed } : null;
  return kind === 'id' || kind === 'lower-cost' || kind === 'more-votes' ? { kind } : null;
}

/** A sound call from unknown JSON, or null. Unknown fields are dropped. */
export function readCall(value: unknown): FundingCall | null {
  if (!isObject(value) || typeof value.budgetFen !== 'number') return null;
  const projects = arrayOf(value.projects, readProject);
  const envelopes = arrayOf(value.envelopes, readEnvelope);
  const terms = readTerms(value.terms);
  const ties = readTies(value.ties);
  if (!projects || !envelopes || !terms || !ties || projects.length > mostProjects) return null;
  const call = { budgetFen: value.budgetFen, projects, envelopes, ties, terms };
  return checkCall(call).length === 0 ? call : null;
}

/** The shape of a choice, whatever the call allows. */
function readChoice(value: unknown): FundingChoice | null {
  if (!isObject(value)) return null;
  const listed = arrayOf(value.listed, (id) => (isText(id) ? id : null));
  if (!listed || listed.length > mostProjects) return null;
  if (value.points === undefined) return { listed };
  const points = arrayOf(value.points, (each) => (typeof each === 'number' ? each : null));
  return points && points.length <= mostProjects ? { listed, points } : null;
}

function parseChoice(call: FundingCall, value: unknown): FundingChoice | null {
  const choice = readChoice(value);
  if (!choice || checkBallot(call, choice)) return null;
  return call.terms.kind === 'points' ? choice : { listed: choice.listed };
}

/** [FU16] Why this choice may not be cast, in numbers and names. */
function fault(call: FundingCall, value: unknown): Refusal | null {
  const choice = readChoice(value);
  const refusal = choice && checkBallot(call, choice);
  if (!refusal) return null;
  const { kind, ...params } = refusal;
  const named =
    'projectId' in params
      ? { ...params, project: call.projects.find(({ id }) => id === params.projectId)?.name ?? params.projectId }
      : params;
  return refuse('FU16', 'ballot-unsound', { kind, ...named });
}

/** How many ballots list each project. */
function tally(call: FundingCall, choices: readonly FundingChoice[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(call.projects.map(({ id }) => [id, 0]));
  for (const { listed } of choices) for (const id of listed) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}

const exampleCall = (terms: BallotTerms): FundingCall => ({
  budgetFen: 500_00,
  projects: [
    { id: 'P1', name: 'A', costFen: 300_00, envelopeId: 'E1' },
    { id: 'P2', name: 'B', costFen: 200_00 },
    { id: 'P3', name: 'C', costFen: 200_00, variantGroup: 'v' },
    { id: 'P4', name: 'D', costFen: 100_00, variantGroup: 'v' },
  ],
  envelopes: [{ id: 'E1', name: 'E', capFen: 300_00 }],
  ties: { kind: 'id' },
  terms,
});

/** A method over projects: `fits` says which terms are its own. */
export const fundingBallot = (
  id: string,
  fits: (terms: BallotTerms) => boolean,
  example: { readonly terms: BallotTerms; readonly choices: readonly FundingChoice[] },
): BallotMethod<FundingCall, FundingChoice> => ({
  id,
  marks: 'many',
  parseConfig(value) {
    const call = readCall(value);
    return call && fits(call.terms) ? call : null;
  },
  parseChoice,
  fault,
  options: (call) => call.projects.map((project) => project.id),
  tally,
  support: () => null,
  opposition: () => 0,
  abstentions: () => 0,
  examples: [{ config: exampleCall(example.terms), choices: example.choices }],
});
