// One of several named options: straw polls (意向摸底). It decides nothing by threshold.
import { countsOf, type BallotMethod } from './method.ts';

export interface SingleChoiceConfig {
  /** Two to twelve option keys, each shown by its label. */
  readonly options: readonly { readonly key: string; readonly label: string }[];
}

const isOption = (value: unknown): value is { key: string; label: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { key?: unknown }).key === 'string' &&
  /^[A-Za-z0-9_-]{1,20}$/.test((value as { key: string }).key) &&
  typeof (value as { label?: unknown }).label === 'string' &&
  (value as { label: string }).label.trim() !== '' &&
  (value as { label: string }).label.length <= 100;

export const singleChoice: BallotMethod<SingleChoiceConfig, string> = {
  id: 'single_choice',
  marks: 'one',
  parseConfig(value) {
    const options = (value as { options?: unknown } | null)?.options;
    if (!Array.isArray(options) || options.length < 2 || options.length > 12 || !options.every(isOption)) return null;
    if (new Set(options.map(({ key }) => key)).size !== options.length) return null;
    return { options: options.map(({ key, label }) => ({ key, label: label.trim() })) };
  },
  parseChoice: (config, value) => config.options.find(({ key }) => key === value)?.key ?? null,
  options: (config) => config.options.map(({ key }) => key),
  tally: (config, choices) =>
    countsOf(
      config.options.map(({ key }) => key),
      choices,
    ),
  support: () => null,
  opposition: () => 0,
  abstentions: () => 0,
  examples: [
    {
      config: {
        options: [
          { key: 'A', label: '东门外集中棚' },
          { key: 'B', label: '各片区分散' },
        ],
      },
      choices: ['A', 'B', 'A'],
    },
  ],
};
