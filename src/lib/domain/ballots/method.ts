// What a ballot method is. Adding one: write a file that exports a BallotMethod, add one line to `methods` in index.ts; `contract.test.ts` then judges it.
import type { Refusal } from '#lib/domain/meeting/refusal.ts';

export interface BallotMethod<Config = unknown, Choice = unknown> {
  readonly id: string;
  /** The config read from unknown JSON; null when it is not one. */
  readonly parseConfig: (value: unknown) => Config | null;
  /** The choice read from unknown JSON; null when this config does not allow it. */
  readonly parseChoice: (config: Config, value: unknown) => Choice | null;
  /** How many options one ballot marks: with `many` the counts may sum to more than the ballots, and unlinked paper is entered ballot by ballot. */
  readonly marks: 'one' | 'many';
  /** What is wrong with a choice that `parseChoice` gave null for, where there is more to say than that it is invalid. */
  readonly fault?: (config: Config, value: unknown) => Refusal | null;
  /** What the count is broken down by, in the order shown. */
  readonly options: (config: Config) => readonly string[];
  /** Votes per option, every option present. Pure and order-independent. */
  readonly tally: (config: Config, choices: readonly Choice[]) => Readonly<Record<string, number>>;
  /** Votes that count towards the threshold; null where the method decides nothing by threshold. */
  readonly support: (counts: Readonly<Record<string, number>>) => number | null;
  /** Votes against what the support is for; 0 where the method knows no sides. */
  readonly opposition: (counts: Readonly<Record<string, number>>) => number;
  /** Votes that a pack with `abstentionsCount: false` takes out of the base. */
  readonly abstentions: (counts: Readonly<Record<string, number>>) => number;
  /** Fewer valid ballots than this, or none with a side, come to no outcome. Absent where any number does. */
  readonly leastCounted?: (config: Config) => number;
  readonly examples: readonly { readonly config: unknown; readonly choices: readonly unknown[] }[];
}

export const countsOf = (options: readonly string[], choices: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = Object.fromEntries(options.map((option) => [option, 0]));
  for (const choice of choices) counts[choice] = (counts[choice] ?? 0) + 1;
  return counts;
};
