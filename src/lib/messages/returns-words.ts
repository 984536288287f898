// The returns of a 民主评议会 as one plain sentence: said aloud, on every screen and in the minutes. Pure; the words come from the caller.
import type { Returns } from '#lib/domain/appraisal/returns.ts';
import type { Ratio } from '#lib/domain/meeting/rules.ts';
import type { Lang } from './lang.ts';
import type { Messages } from './zh-CN.ts';

/** In per cent to one decimal, without an empty one. */
export const percentOf = ({ numerator, denominator }: Ratio): string =>
  String(Math.round((numerator * 1000) / denominator) / 10);

/** `outcome` as `outcomeWord` says it. */
export function returnsSentence(w: Messages, lang: Lang, returns: Returns, outcome: string): string {
  const a = w.vote.appraisal;
  const { percent, verdict, line, leastValid } = returns;
  const parts = [
    a.figures(returns),
    percent === null ? a.noOpinion : a.share({ ...returns, percent }),
    ...(line ? [a.line({ percent: percentOf(line.ratio) })] : []),
    ...(verdict === 'too_few' ? [a.fewest({ least: leastValid })] : []),
    ...(verdict === null ? [] : [outcome]),
  ];
  return lang === 'zh-CN' ? `${parts.join('；')}。` : `${parts.join('; ')}.`;
}
