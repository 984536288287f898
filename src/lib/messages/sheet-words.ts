// Ballots on paper in words: what a sheet says, for whoever enters it and whoever checks it. Pure; the words come from the caller.
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { TallyContent } from '#lib/protocol/meeting.ts';
import { callOf, choiceWords } from './allocation-words.ts';
import { formatList } from './format.ts';
import type { Lang } from './lang.ts';
import { optionLabel, optionsOf } from './seat-words.ts';
import type { Messages } from './zh-CN.ts';

/** A whole ballot, for reading back. */
export function ballotWords(w: Messages, lang: Lang, poll: Poll, choice: unknown): string {
  const call = callOf(poll);
  return call ? choiceWords(w, lang, call, choice) : optionLabel(w, poll, choice);
}

/** Each ballot on a line of its own, or the counts of a bundle. */
export function sheetWords(w: Messages, lang: Lang, poll: Poll, content: TallyContent): string {
  if ('counts' in content) {
    const counts = optionsOf(w, poll).map(({ key, label }) => ({ label, count: content.counts[key] ?? 0 }));
    if (content.spoiled > 0) counts.push({ label: w.vote.spoiled, count: content.spoiled });
    return formatList(
      lang,
      counts.map(({ label, count }) => w.vote.optionCount({ option: label, count })),
    );
  }
  if ('choice' in content) return ballotWords(w, lang, poll, content.choice);
  if (!('choices' in content)) return w.vote.spoiled;
  const lines = content.choices.map((choice) => ballotWords(w, lang, poll, choice));
  if (content.spoiled > 0) lines.push(w.vote.spoiledCount({ count: content.spoiled }));
  return lines.join('\n');
}
