// Which needs say much the same, for the desk to look at before merging: shared pairs of neighbouring characters, which suits Chinese as well as
// words with letters. A suggestion, never a decision. Pure.

const bare = (text: string): string => text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '');

function pairsOf(text: string): Set<string> {
  const signs = Array.from(bare(text));
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < signs.length; at += 1) pairs.add(`${signs[at] ?? ''}${signs[at + 1] ?? ''}`);
  return pairs;
}

/** Dice's coefficient of the two texts' pairs, 0 … 1. */
export function likeness(left: string, right: string): number {
  const [a, b] = [pairsOf(left), pairsOf(right)];
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  a.forEach((pair) => {
    if (b.has(pair)) shared += 1;
  });
  return (2 * shared) / (a.size + b.size);
}

export interface Comparable {
  readonly needId: string;
  readonly title: string;
  readonly detail: string;
}

/** At most `most` others that resemble `need`, the likest first. The title counts by itself, so that a long story does not drown it. */
export function similarTo<Need extends Comparable>(need: Need, others: readonly Need[], most = 3, least = 0.2): Need[] {
  return others
    .filter(({ needId }) => needId !== need.needId)
    .map((other) => ({
      other,
      how: Math.max(likeness(need.title, other.title), likeness(need.title + need.detail, other.title + other.detail)),
    }))
    .filter(({ how }) => how >= least)
    .sort((left, right) => right.how - left.how || (left.other.needId < right.other.needId ? -1 : 1))
    .slice(0, most)
    .map(({ other }) => other);
}
