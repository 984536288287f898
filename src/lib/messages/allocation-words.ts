// A funding ballot, its rule and its result in words: for phones, console, big screen, results and replay alike. Pure; the words come from the
// caller. It must never say anything of a count before the state holds it.
import type { BallotTerms, FundingCall } from '#lib/domain/funding/checks.ts';
import {
  chambers,
  type Allocation,
  type Chamber,
  type ChamberCount,
  type CountOutcome,
} from '#lib/domain/meeting/allocation.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatList, formatYuan } from './format.ts';
import type { FundingNames } from './funding-sentences.ts';
import type { Lang } from './lang.ts';
import type { Messages } from './zh-CN.ts';

/** The call as the poll's frame froze it; null for any other vote. */
export const callOf = (poll: Poll): FundingCall | null =>
  poll.frame.subject.kind === 'allocation' ? (poll.frame.config as FundingCall) : null;

export const allocationOf = (state: MeetingState, poll: Poll): Allocation | null =>
  poll.frame.subject.kind === 'allocation' ? (state.allocations.byId[poll.frame.subject.callId] ?? null) : null;

/** Name and explanation of a counting rule. */
export function ruleWords(w: Messages, ruleId: string): { readonly name: string; readonly how: string } {
  const rules: Readonly<Record<string, { name: string; how: string }>> = w.funding.rules;
  return rules[ruleId] ?? { name: ruleId, how: '' };
}

export const projectName = (call: FundingCall, projectId: string): string =>
  call.projects.find(({ id }) => id === projectId)?.name ?? projectId;

/** What the sentences of a count call things. */
export const namesIn = (call: FundingCall): FundingNames => ({
  project: (id) => projectName(call, id),
  envelope: (id) => call.envelopes.find((envelope) => envelope.id === id)?.name ?? id,
});

export function termsWords(w: Messages, terms: BallotTerms, budgetFen: number): string {
  const said = w.allocation.terms;
  if (terms.kind === 'points')
    return terms.atMostEach === null
      ? said.points({ total: terms.total })
      : said.pointsEach({ total: terms.total, most: terms.atMostEach });
  if (terms.kind === 'rank') return terms.atMost === null ? said.rank : said.rankUpTo({ most: terms.atMost });
  if (terms.withinBudget) return said.within({ budget: formatYuan(budgetFen) });
  return terms.atMost === null ? said.any : said.upTo({ most: terms.atMost });
}

interface Choice {
  readonly listed: readonly string[];
  readonly points?: readonly number[];
}

const isChoice = (value: unknown): value is Choice =>
  typeof value === 'object' && value !== null && Array.isArray((value as Choice).listed);

export const costOf = (call: FundingCall, listed: readonly string[]): number =>
  call.projects.reduce((sum, { id, costFen }) => sum + (listed.includes(id) ? costFen : 0), 0);

/** The whole choice, for reading back. */
export function choiceWords(w: Messages, lang: Lang, call: FundingCall, choice: unknown): string {
  if (!isChoice(choice)) return '';
  const name = (id: string) => projectName(call, id);
  const { listed, points } = choice;
  if (call.terms.kind === 'points')
    return formatList(
      lang,
      listed.map((id, index) => w.allocation.choicePoints({ name: name(id), points: points?.[index] ?? 0 })),
    );
  if (call.terms.kind === 'rank')
    return formatList(
      lang,
      listed.map((id, index) => w.allocation.choiceRank({ place: index + 1, name: name(id) })),
    );
  return w.allocation.choiceApprove({
    names: formatList(lang, listed.map(name)),
    cost: formatYuan(costOf(call, listed)),
  });
}

export const shortChoice = (w: Messages, choice: unknown): string =>
  isChoice(choice) ? w.allocation.shortChoice({ count: choice.listed.length }) : '';

/** The announced counts of a poll, council first; none before. */
export function countsIn(outcome: CountOutcome | undefined): ChamberCount[] {
  if (outcome?.kind !== 'counted') return [];
  return chambers.flatMap((chamber: Chamber) => outcome.counts.filter((count) => count.chamber === chamber));
}

/** One sentence a chamber. */
export function outcomeSentence(w: Messages, lang: Lang, call: FundingCall, outcome: CountOutcome | undefined): string {
  return countsIn(outcome)
    .map(({ chamber, ballots, winners, costFen, remainderFen }) => {
      const who = { chamber: w.allocation.chambers[chamber], ballots };
      if (winners.length === 0) return w.allocation.resultNobody(who);
      return w.allocation.result({
        ...who,
        line: w.allocation.fundedLine({
          count: winners.length,
          cost: formatYuan(costFen),
          remainder: formatYuan(remainderFen),
        }),
        names: formatList(
          lang,
          winners.map((id) => projectName(call, id)),
        ),
      });
    })
    .join(lang === 'zh-CN' ? '' : ' ');
}
