// The order that decides between exactly equal standings, from the tie rule fixed before the vote. Called by tally.ts once per count.
import { sha256Hex } from '#lib/domain/sha256.ts';
import type { Election, TieRule } from './election.ts';

/**
 * The lot of a project in a public draw: SHA-256 over the UTF-8 bytes of the seed, one line feed (0x0A) and the project's id, in lower-case
 * hex. The smallest lot, compared as text, goes first. Anyone repeats it with `printf '%s\n%s' SEED ID | sha256sum`, one line per project,
 * sorted. The seed is fixed when the vote opens, after the projects and their ids, so that nobody could have chosen ids to suit it.
 */
export const lotOf = (seed: string, projectId: string): string => sha256Hex(`${seed}\n${projectId}`);

const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** rank[p]: the smaller goes first. `votes[p]` is the number of ballots that list project p. */
export function tieRanks(election: Election, votes: ArrayLike<number>): Int32Array {
  const { projects, ties } = election;
  const key = keyOf(ties);
  const order = projects.map((project, index) => ({ index, id: project.id, key: key(index) }));
  order.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byId(a.id, b.id)));
  const ranks = new Int32Array(projects.length);
  order.forEach(({ index }, rank) => (ranks[index] = rank));
  return ranks;

  function keyOf(rule: TieRule): (index: number) => number | string {
    switch (rule.kind) {
      case 'id':
        return () => 0;
      case 'lower-cost':
        return (index) => projects[index]?.costFen ?? 0;
      case 'more-votes':
        return (index) => -votes[index]!;
      case 'draw':
        return (index) => lotOf(rule.seed, projects[index]?.id ?? '');
    }
  }
}
