// A rule pack as one plain sentence in the reader's language. Called by the rule pack pages and by convening, before a pack is chosen.
import type { Lang } from '#lib/messages/lang.ts';
import { ruleSentence as en } from '#lib/messages/en/rule-sentence.ts';
import { ruleSentence as zhCN } from '#lib/messages/zh-CN/rule-sentence.ts';
import type { RulesWithoutId } from './rule-packs.ts';

/** `seats`: the council's voting seats, null where no council is chosen yet. */
export const ruleSentenceFor = (lang: Lang, rules: RulesWithoutId, seats: number | null = null): string =>
  (lang === 'en' ? en : zhCN)(rules, seats);
