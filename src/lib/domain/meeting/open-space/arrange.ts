// "Arrange for me": puts the topics that are not on the wall yet into its free cells. Pure and deterministic: the same wall gives the same
// answer. Conveners never twice in one round, big interest to big tables, as few people as possible torn between topics. Rule [OS6].
import {
  roundBegun,
  runningTopics,
  type OpenSpaceState,
  type PlacementReason,
  type Table,
  type Topic,
} from './space.ts';

export interface Arrangement {
  readonly placements: readonly {
    readonly topicId: string;
    readonly tableId: string;
    readonly round: number;
    readonly why: PlacementReason;
  }[];
  /** What found no cell: the wall is full, or its convener is busy in every round that has one. */
  readonly left: readonly { readonly topicId: string; readonly because: 'no-cell' | 'convener-busy' }[];
}

const shared = (left: Topic, right: Topic): number => {
  const others = new Set(right.interested);
  return left.interested.filter((id) => others.has(id)).length;
};

const overlapWith = (topic: Topic, round: readonly Topic[]): number =>
  round.reduce((sum, other) => (other === topic ? sum : sum + shared(topic, other)), 0);

/** People who are interested in `topic` and in another of the round: each counted once. */
const torn = (topic: Topic, round: readonly Topic[]): number => {
  const elsewhere = new Set(round.flatMap((other) => (other === topic ? [] : other.interested)));
  return topic.interested.filter((id) => elsewhere.has(id)).length;
};

const busyIn = (topic: Topic, round: readonly Topic[]): boolean =>
  round.some((other) => other !== topic && other.convener === topic.convener);

export function arrange(open: OpenSpaceState): Arrangement {
  const { space, wall, topicOrder } = open;
  const place = (topic: Topic) => topicOrder.indexOf(topic.topicId);
  const all = runningTopics(open);
  const waiting = all
    .filter(({ topicId }) => wall[topicId] === undefined)
    .sort((left, right) => right.interested.length - left.interested.length || place(left) - place(right));
  /** Largest first; as many as come counts as largest; equal ones in the order of the wall. */
  const bySize = space.tables
    .map((table, index) => ({ table, index }))
    .sort(
      (left, right) =>
        (right.table.capacity ?? Infinity) - (left.table.capacity ?? Infinity) || left.index - right.index || 0,
    )
    .map(({ table }) => table);
  const rounds = Array.from({ length: space.rounds }, (_, index) => index + 1)
    .filter((round) => !roundBegun(open, round))
    .map((round) => {
      const fixed = all.filter(({ topicId }) => wall[topicId]?.round === round);
      const taken = new Set(fixed.map(({ topicId }) => wall[topicId]?.tableId));
      return { round, fixed, free: bySize.filter(({ tableId }) => !taken.has(tableId)), ours: [] as Topic[] };
    });
  type Round = (typeof rounds)[number];
  const inRound = ({ fixed, ours }: Round): Topic[] => [...fixed, ...ours];

  const left: Arrangement['left'][number][] = [];
  for (const topic of waiting) {
    const roomy = rounds.filter(({ free, ours }) => ours.length < free.length);
    const possible = roomy.filter((round) => !busyIn(topic, inRound(round)));
    const best = possible.reduce<Round | null>(
      (so, round) => (so && overlapWith(topic, inRound(so)) <= overlapWith(topic, inRound(round)) ? so : round),
      null,
    );
    if (best) best.ours.push(topic);
    else left.push({ topicId: topic.topicId, because: roomy.length === 0 ? 'no-cell' : 'convener-busy' });
  }
  exchange(rounds, inRound);

  const placements = rounds.flatMap((round) => {
    const { free, ours } = round;
    ours.sort((one, other) => other.interested.length - one.interested.length || place(one) - place(other));
    return ours.map((topic, index) => {
      const table = free[index] as Table;
      const why: PlacementReason = {
        interested: topic.interested.length,
        overlap: torn(topic, inRound(round)),
        size: bySize.indexOf(table) + 1,
        convenerBusy: rounds.some((other) => other !== round && busyIn(topic, inRound(other))),
      };
      return { topicId: topic.topicId, tableId: table.tableId, round: round.round, why };
    });
  });
  return { placements, left };
}

/** Swaps topics between rounds while that leaves fewer people torn. Each swap lowers a whole number, so it ends. */
function exchange<Round extends { ours: Topic[] }>(rounds: readonly Round[], inRound: (round: Round) => Topic[]): void {
  for (let better = true; better;) {
    better = false;
    for (const one of rounds)
      for (const other of rounds) {
        if (rounds.indexOf(other) <= rounds.indexOf(one)) continue;
        for (let a = 0; a < one.ours.length; a += 1)
          for (let b = 0; b < other.ours.length; b += 1) {
            const [left, right] = [one.ours[a], other.ours[b]];
            if (!left || !right) continue;
            const here = inRound(one).filter((topic) => topic !== left);
            const there = inRound(other).filter((topic) => topic !== right);
            if (busyIn(right, here) || busyIn(left, there)) continue;
            const now = overlapWith(left, here) + overlapWith(right, there);
            if (overlapWith(right, here) + overlapWith(left, there) >= now) continue;
            one.ours[a] = right;
            other.ours[b] = left;
            better = true;
          }
      }
  }
}
