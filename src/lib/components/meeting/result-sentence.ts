// A vote's result as one whole sentence: counts, who was there, base, threshold, outcome. Said aloud, shown on every screen. Pure.
import { callOf, outcomeSentence } from '#lib/messages/allocation-words.ts';
import type { CountOutcome } from '#lib/domain/meeting/allocation.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import { formatList } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import { returnsSentence } from '#lib/messages/returns-words.ts';
import { returnsOf } from '#lib/domain/appraisal/returns.ts';
import { optionsOf, outcomeWord } from './seat-words.ts';

/** `count` is what the state holds of an allocation's count. */
export function resultSentence(w: Messages, lang: Lang, poll: Poll, count?: CountOutcome): string {
  const { result } = poll;
  if (!result) return '';
  const { base, threshold, present, quorumNeeded: quorum, outcome, notVoted, spoiled } = result;
  if (outcome === 'void_no_quorum') return w.vote.resultVoid({ present, quorum });
  const call = callOf(poll);
  if (call) return outcomeSentence(w, lang, call, count);
  const returns = returnsOf(poll);
  if (returns) return returnsSentence(w, lang, returns, outcomeWord(w, poll));
  const parts = optionsOf(w, poll).map(({ key, label }) =>
    w.vote.optionCount({ option: label, count: result.counts[key] ?? 0 }),
  );
  if (spoiled > 0) parts.push(w.vote.spoiledCount({ count: spoiled }));
  if (notVoted > 0) parts.push(w.vote.notVotedCount({ count: notVoted }));
  const counts = formatList(lang, parts);
  return outcome === 'not_binding' || threshold === null
    ? w.vote.resultStraw({ counts, base })
    : w.vote.result({
        counts,
        base,
        threshold,
        present,
        quorum,
        recused: result.recusedSeatIds.length,
        outcome: w.vote.outcomes[outcome],
      });
}
