// What the facts of the minutes are set with: lines, lists and tables of words in which people stand as mentions, never as names. Pure.
import type { FactKind, FactOf, Said } from '#lib/domain/minutes/fact.ts';
import type { WrittenBlock, WrittenInline } from '#lib/domain/minutes/record.ts';
import { formatDate } from './format.ts';
import type { Lang } from './lang.ts';
import type { MinutesFactsMessages } from './zh-CN/minutes-facts.ts';
import type { Messages } from './zh-CN.ts';

export interface FactWords {
  readonly lang: Lang;
  readonly w: Messages;
  readonly f: MinutesFactsMessages;
}

export type Part = string | Said;
/** How each kind is set; a format's kinds stand in a file of their own. */
export type Setting = {
  readonly [Kind in FactKind]: (words: FactWords, fact: FactOf<Kind>) => readonly WrittenBlock[];
};

export const inlinesOf = (part: Part): readonly WrittenInline[] =>
  typeof part === 'string' ? (part === '' ? [] : [{ text: part }]) : part;
export const person = (personId: string): Said => [{ personId }];

export const paragraph = (...parts: readonly Part[]): WrittenBlock => ({
  kind: 'paragraph',
  inlines: parts.flatMap(inlinesOf),
});
export const line = ({ f }: FactWords, label: string, ...parts: readonly Part[]): WrittenBlock => ({
  kind: 'paragraph',
  inlines: [{ text: `${label}${f.colon}`, bold: true }, ...parts.flatMap(inlinesOf)],
});
export const table = (heads: readonly string[], rows: readonly (readonly Part[])[]): WrittenBlock => ({
  kind: 'table',
  header: true,
  rows: [
    heads.map((head): readonly WrittenInline[] => [{ text: head, bold: true }]),
    ...rows.map((row) => row.map(inlinesOf)),
  ],
});
export const list = (ordered: boolean, items: readonly (readonly Part[])[]): WrittenBlock => ({
  kind: 'list',
  ordered,
  items: items.map((parts) => [paragraph(...parts)]),
});

/** Items with the language's own comma between them. */
export const joined = (between: string, items: readonly Said[]): Said =>
  items.flatMap((item, index) => (index === 0 ? item : [{ text: between }, ...item]));
export const people = ({ f }: FactWords, personIds: readonly string[]): Said =>
  joined(f.listing, personIds.map(person));

/** Each of `lines` that says anything. */
export const blocks = (...lines: readonly (WrittenBlock | null | false)[]): WrittenBlock[] =>
  lines.filter((each): each is WrittenBlock => each !== null && each !== false);

/** A calendar day in words: noon of it, wherever the reader is. */
export const dayOf = ({ lang }: FactWords, day: string): string => formatDate(lang, Date.parse(`${day}T04:00:00Z`));
