// Funding elections made from a seed, for property tests and the bench: the same seed gives the same election. Small ones are made so that ties,
// exhausted voters and exact fits are common; the large one resembles a town.
import type { Election, FundingBallot, FundingProject, TieRule } from '#lib/domain/funding/election.ts';

/** Uniform in [0, 1), from a 32-bit state (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface ElectionShape {
  readonly ballotKind?: Election['ballotKind'];
  /** Envelopes with caps, variants and recusals, or none of them. */
  readonly earmarked?: boolean;
}

/** Up to 9 projects and 12 voters. */
export function smallElection(
  seed: number,
  { ballotKind = 'approval', earmarked = false }: ElectionShape = {},
): Election {
  const random = randomFrom(seed * 2654435761);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  // Coarse amounts make ties and exact fits, fine ones make long fractions.
  const grain = [10000, 5000, 100, 1][upTo(4)]!;
  const envelopes = earmarked
    ? Array.from({ length: 1 + upTo(2) }, (_, index) => ({ id: `E${index}`, capFen: (1 + upTo(12)) * 4000 }))
    : [];
  const projects = Array.from({ length: 2 + upTo(8) }, (_, index): FundingProject => {
    const envelope = earmarked ? envelopes[upTo(envelopes.length + 1)] : undefined;
    return { id: `${index + 1}`, costFen: Math.ceil((1 + upTo(30000)) / grain) * grain, envelopeId: envelope?.id };
  });
  if (earmarked && projects.length > 3) {
    const [full, smaller] = [projects[0]!, projects[1]!];
    projects[0] = { ...full, variantGroup: 'G' };
    projects[1] = { ...smaller, envelopeId: full.envelopeId, variantGroup: 'G' };
  }
  const eager = 0.2 + random() * 0.7;
  const ballots = Array.from({ length: 1 + upTo(12) }, (_, index): FundingBallot => {
    const listed = projects
      .map(({ id }) => id)
      .filter(() => random() < eager)
      .sort(() => random() - 0.5);
    return {
      seat: `S${index}`,
      listed,
      ...(ballotKind === 'points' && { points: listed.map(() => upTo(4)) }),
      ...(earmarked && upTo(3) === 0 && { recused: [projects[upTo(projects.length)]!.id] }),
    };
  });
  const total = projects.reduce((sum, { costFen }) => sum + costFen, 0);
  const ties: TieRule[] = [
    { kind: 'id' },
    { kind: 'lower-cost' },
    { kind: 'more-votes' },
    { kind: 'draw', seed: `seed ${seed}` },
  ];
  return {
    budgetFen: Math.ceil((total * (0.1 + random() * 0.9)) / grain) * grain,
    projects,
    envelopes,
    ballotKind,
    ballots,
    ties: ties[upTo(ties.length)]!,
  };
}

/** A town: costs over two orders of magnitude, a few popular projects, a quarter of what all of them would cost. */
export function townElection(
  seed: number,
  projectCount: number,
  ballotCount: number,
  ballotKind: Election['ballotKind'],
): Election {
  const random = randomFrom(seed);
  const projects = Array.from({ length: projectCount }, (_, index) => ({
    id: `${index + 1}`,
    costFen: Math.round(5000 * 60 ** random()) * 100,
  }));
  let popularity = 0;
  const upToHere = projects.map(() => (popularity += random() ** 2 + 0.02));
  const pick = (): string => {
    const at = random() * popularity;
    return projects[upToHere.findIndex((limit) => limit > at)]!.id;
  };
  const ballots = Array.from({ length: ballotCount }, (_, index) => {
    const listed = [...new Set(Array.from({ length: 1 + Math.floor(random() * 15) }, pick))];
    return { seat: `${index + 1}`, listed, points: listed.map(() => 1 + Math.floor(random() * 5)) };
  });
  const total = projects.reduce((sum, { costFen }) => sum + costFen, 0);
  return {
    budgetFen: Math.round(total / 400) * 100,
    projects,
    envelopes: [],
    ballotKind,
    ballots,
    ties: { kind: 'id' },
  };
}
