// The election as the counting rules read it: projects as indices, effective choices (recusals and repeats removed), votes and points, and
// equal ballots merged. Made once per count; must never change after it is made.
import type { Election } from './election.ts';
import { unitsPerYuan } from './election.ts';
import { lazily } from './lazily.ts';
import { tieRanks } from './tie-order.ts';

/** Voters merged by equal ballot, and per project the supporters among them; entries start[p] … start[p + 1] - 1 belong to project p. */
export interface Blocs {
  /** How many voters cast this ballot. */
  readonly size: Float64Array;
  readonly start: Int32Array;
  readonly bloc: Int32Array;
  /** Points each voter of the bloc gave; null where every support weighs the same. */
  readonly points: Float64Array | null;
}

export interface Tally {
  readonly election: Election;
  readonly projects: number;
  /** n: every ballot, also an empty one. */
  readonly voters: number;
  readonly budget: number;
  /** Money units in one yuan. */
  readonly yuan: number;
  readonly ids: readonly string[];
  readonly cost: Float64Array;
  /** Index of the envelope, -1 for none. */
  readonly envelope: Int32Array;
  /** Index of the variant group, -1 for none. */
  readonly group: Int32Array;
  readonly groups: number;
  /** Place in the tie order; smaller first. */
  readonly rank: Int32Array;
  /** V(p). */
  readonly votes: Float64Array;
  /** S(p); null for approval ballots. */
  readonly points: Float64Array | null;
  /** Merged by the set of listed projects. */
  readonly listing: () => Blocs;
  /** Merged by positive points; supporters are voters who gave more than 0. Only where `points` is not null. */
  readonly scoring: () => Blocs;
}

/** Effective choices of one ballot: project indices without recusals and repeats, and the points given to them. */
interface Choice {
  readonly listed: readonly number[];
  readonly points: readonly number[];
}

/** The election must have passed `checkElection` or come from `parsePb`: an unknown id is ignored here, not reported. */
export function tallyOf(election: Election): Tally {
  const { projects, envelopes, ballots, ballotKind } = election;
  const indexOf = new Map(projects.map((project, index) => [project.id, index]));
  const envelopeOf = new Map(envelopes.map((envelope, index) => [envelope.id, index]));
  const groupOf = new Map<string, number>();
  for (const { variantGroup } of projects)
    if (variantGroup !== undefined && !groupOf.has(variantGroup)) groupOf.set(variantGroup, groupOf.size);

  const votes = new Float64Array(projects.length);
  const points = ballotKind === 'approval' ? null : new Float64Array(projects.length);
  const choices = ballots.map((ballot): Choice => {
    const recused = ballot.recused && ballot.recused.length > 0 ? new Set(ballot.recused) : null;
    const listed: number[] = [];
    const given: number[] = [];
    ballot.listed.forEach((id, place) => {
      const index = indexOf.get(id);
      if (index === undefined || recused?.has(id) || listed.includes(index)) return;
      listed.push(index);
      if (ballotKind === 'points') given.push(ballot.points?.[place] ?? 0);
    });
    // The last of a ranking gets 1, whatever its length.
    if (ballotKind === 'ranking') for (let place = 0; place < listed.length; place++) given.push(listed.length - place);
    listed.forEach((index, place) => {
      votes[index]! += 1;
      if (points) points[index]! += given[place]!;
    });
    return { listed, points: given };
  });

  return {
    election,
    projects: projects.length,
    voters: ballots.length,
    budget: election.budgetFen,
    yuan: unitsPerYuan(election),
    ids: projects.map((project) => project.id),
    cost: Float64Array.from(projects, (project) => project.costFen),
    envelope: Int32Array.from(projects, ({ envelopeId }) =>
      envelopeId === undefined ? -1 : (envelopeOf.get(envelopeId) ?? -1),
    ),
    group: Int32Array.from(projects, ({ variantGroup }) =>
      variantGroup === undefined ? -1 : (groupOf.get(variantGroup) ?? -1),
    ),
    groups: groupOf.size,
    rank: tieRanks(election, votes),
    votes,
    points,
    listing: lazily(() => blocsOf(projects.length, choices, false)),
    scoring: lazily(() => blocsOf(projects.length, choices, true)),
  };
}

function blocsOf(projects: number, choices: readonly Choice[], scored: boolean): Blocs {
  const sizes: number[] = [];
  const merged: Choice[] = [];
  const known = new Map<string, number>();
  const given = new Float64Array(projects);
  for (const choice of choices) {
    choice.points.forEach((points, place) => (given[choice.listed[place]!] = points));
    const listed = choice.listed.filter((project) => !scored || given[project]! > 0).sort((a, b) => a - b);
    if (listed.length === 0) continue;
    const points = scored ? listed.map((project) => given[project]!) : [];
    const key = scored ? `${listed.join()};${points.join()}` : listed.join();
    const at = known.get(key);
    if (at !== undefined) sizes[at]! += 1;
    else {
      known.set(key, sizes.length);
      sizes.push(1);
      merged.push({ listed, points });
    }
  }
  const start = new Int32Array(projects + 1);
  for (const { listed } of merged) for (const project of listed) start[project + 1]! += 1;
  for (let project = 0; project < projects; project++) start[project + 1]! += start[project]!;
  const next = start.slice();
  const bloc = new Int32Array(start[projects]!);
  const weights = scored ? new Float64Array(bloc.length) : null;
  merged.forEach(({ listed, points }, index) =>
    listed.forEach((project, place) => {
      const at = next[project]!;
      next[project] = at + 1;
      bloc[at] = index;
      if (weights) weights[at] = points[place]!;
    }),
  );
  return { size: Float64Array.from(sizes), start, bloc, points: weights };
}
