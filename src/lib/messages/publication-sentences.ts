// A published decision in sentences and tables, the same on its page, in its papers and in its feed. Pure; the words come from the caller.
import { totalsOf, type DecisionLine, type DecisionView, type SignerLine } from '#lib/protocol/publication.ts';
import { formatDate, formatYuan } from './format.ts';
import type { Lang } from './lang.ts';
import type { PublicationMessages } from './zh-CN/publication.ts';
import type { Messages } from './zh-CN.ts';

/** `48,000`: where the column says yuan already. */
export const bareYuan = (fen: number): string => formatYuan(fen).replace('¥', '');

/** `2026年4月18日`, `Sat 18 Apr 2026`: as papers are dated. */
export const dayIn = (lang: Lang, at: number): string =>
  lang === 'zh-CN' ? (formatDate(lang, at).split(' ')[0] ?? '') : formatDate(lang, at);

export const numberOf = (p: PublicationMessages, { year, number }: Pick<DecisionView, 'year' | 'number'>): string =>
  p.number({ year, n: number });

export const periodOf = (
  p: PublicationMessages,
  { fromDay, untilDay, days }: Pick<DecisionView, 'fromDay' | 'untilDay' | 'days'>,
): string => p.period({ from: fromDay, until: untilDay, days });

/** Who met, when, how many, and what it came to. */
export function leadSentences(p: PublicationMessages, lang: Lang, view: DecisionView): string[] {
  const { meeting, attendance } = view;
  const { voted, passed, grantedFen } = totalsOf(view);
  return [
    p.lead({
      council: view.council,
      title: meeting.title,
      day: dayIn(lang, meeting.openedAt),
      place: meeting.place,
    }),
    p.attendance({
      expected: attendance.expected,
      came: attendance.came,
      needed: attendance.needed,
      met: attendance.came >= attendance.needed ? 1 : 0,
    }),
    ...(attendance.onLeave + attendance.absent > 0 ? [p.leave({ ...attendance })] : []),
    ...(voted > 0 ? [p.votedSentence({ voted, passed, amount: grantedFen > 0 ? bareYuan(grantedFen) : '' })] : []),
    ...view.funded.map(({ question, ballots, winners, costFen, remainderFen }) =>
      p.fundedSentence({
        question,
        ballots,
        winners: winners.length,
        amount: bareYuan(costFen),
        rest: bareYuan(remainderFen),
      }),
    ),
  ];
}

export const joined = (lang: Lang, sentences: readonly string[]): string => sentences.join(lang === 'zh-CN' ? '' : ' ');

/** The cells of a decided line, in the order of `p.columns`. */
export function lineCells(w: Messages, p: PublicationMessages, line: DecisionLine): string[] {
  const { figures } = line;
  if (!figures) return [line.title, line.organisation, '', '', '', ''];
  const corrected = figures.corrected > 0 ? p.corrected({ times: figures.corrected }) : '';
  const recused = figures.recused > 0 ? ` ${p.recusedCount({ n: figures.recused })}` : '';
  return [
    line.title,
    line.organisation,
    `${figures.for} / ${figures.against} / ${figures.abstain}${recused}`,
    `${figures.threshold ?? '—'} / ${figures.base}`,
    line.amountFen === null || figures.outcome !== 'passed' ? '' : bareYuan(line.amountFen),
    `${w.vote.outcomes[figures.outcome]}${corrected}`,
  ];
}

export const votedLines = (view: DecisionView): DecisionLine[] => view.lines.filter(({ figures }) => figures !== null);
export const leftLines = (view: DecisionView): DecisionLine[] => view.lines.filter(({ figures }) => figures === null);

/** `主持人 · 已签 · 纸质` */
export const signedAs = (p: PublicationMessages, { office, sector, statement, way }: SignerLine): string =>
  [office ? p.offices[office] : sector, p.statements[statement], ...(way === 'key' ? [] : [p.ways[way]])]
    .filter((part) => part !== '')
    .join(' · ');

/** Who has a line of their own where room is short: the first who simply agreed, and everybody who did not. `rest` agreed too. */
export function shownSigners(
  signers: readonly SignerLine[],
  most = 5,
): { readonly shown: readonly SignerLine[]; readonly rest: number } {
  const agreed = signers.filter(({ statement }) => statement === 'agree');
  const apart = signers.filter(({ statement }) => statement !== 'agree');
  return { shown: [...agreed.slice(0, most), ...apart], rest: Math.max(0, agreed.length - most) };
}

/** Sixteen characters of a digest in fours: enough to compare by eye. */
export const shortHash = (hash: string): string => (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');

/** Below the table: why it is public and where one objects. */
export function closingSentences(p: PublicationMessages, view: DecisionView): string[] {
  return [
    p.publicSentence({ from: view.fromDay, until: view.untilDay, days: view.days }),
    p.objectSentence,
    ...(view.contact === '' ? [] : [p.contactSentence({ contact: view.contact })]),
  ];
}
