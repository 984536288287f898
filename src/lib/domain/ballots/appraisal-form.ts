// The form of a 民主评议会: one answer on the whole and, where the pack names indicators, one for each, all by the same scale. It passes by what share
// of those with an opinion is satisfied. A choice is a letter for the whole and one for each indicator, `-` where nothing was marked: `ABA-`.
import type { BallotMethod } from './method.ts';

/** 满意, 基本满意, 不满意, 不了解, in the order they are printed. */
export const scaleKeys = ['A', 'B', 'C', 'D'] as const;

export interface AppraisalFormConfig {
  /** The scale as it is printed, one label for each of `scaleKeys`. */
  readonly options: readonly { readonly key: string; readonly label: string }[];
  readonly indicators: readonly string[];
  /** [AP5] With fewer valid forms there is no verdict. */
  readonly leastValid: number;
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest;

/** What an option of the count is called: the whole's are the letters alone, the third indicator's `3A`. */
export const indicatorOption = (at: number, key: string): string => `${at + 1}${key}`;

export const appraisalForm: BallotMethod<AppraisalFormConfig, string> = {
  id: 'appraisal_form',
  marks: 'many',
  parseConfig(value) {
    const { options, indicators, leastValid } = (value ?? {}) as Partial<Record<keyof AppraisalFormConfig, unknown>>;
    if (!Array.isArray(options) || options.length !== scaleKeys.length) return null;
    const labels = options.map((option: { key?: unknown; label?: unknown } | null) => option?.label);
    if (!labels.every((label) => isText(label, 100))) return null;
    if (!Array.isArray(indicators) || indicators.length > 12 || !indicators.every((each) => isText(each, 40)))
      return null;
    if (!Number.isSafeInteger(leastValid)) return null;
    return {
      options: scaleKeys.map((key, at) => ({ key, label: (labels[at] ?? '').trim() })),
      indicators: indicators.map((each) => each.trim()),
      leastValid: leastValid as number,
    };
  },
  parseChoice: ({ indicators }, value) =>
    typeof value === 'string' && value.length === indicators.length + 1 && /^[A-D][A-D-]*$/.test(value) ? value : null,
  options: ({ indicators }) => [
    ...scaleKeys,
    ...indicators.flatMap((_, at) => scaleKeys.map((key) => indicatorOption(at, key))),
  ],
  tally(config, choices) {
    const counts: Record<string, number> = Object.fromEntries(appraisalForm.options(config).map((key) => [key, 0]));
    const add = (option: string) => (counts[option] = (counts[option] ?? 0) + 1);
    for (const [whole = '', ...marks] of choices) {
      add(whole);
      marks.forEach((key, at) => key !== '-' && add(indicatorOption(at, key)));
    }
    return counts;
  },
  support: (counts) => (counts.A ?? 0) + (counts.B ?? 0),
  // The line alone decides, wherever the pack draws it.
  opposition: () => 0,
  abstentions: (counts) => counts.D ?? 0,
  leastCounted: ({ leastValid }) => leastValid,
  examples: [
    {
      config: {
        options: scaleKeys.map((key) => ({ key, label: key.toLowerCase() })),
        indicators: ['x', 'y'],
        leastValid: 5,
      },
      choices: ['ABA', 'BB-', 'CAB', 'D--'],
    },
  ],
};
