// The first text of the minutes: headings, the facts under them in their order, and room for prose where people spoke. The template of a
// meeting kind is its entry in `formats` of the messages and, where facts of its own begin a section, a line in `opens`. Pure.
import { parts, type Fact, type FactKind, type Part } from '#lib/domain/minutes/fact.ts';
import type { WrittenInline } from '#lib/domain/minutes/record.ts';
import type { OutlineBlock } from '#lib/protocol/minutes-document.ts';
import type { MinutesOutlineMessages } from './zh-CN/minutes-outline.ts';

/** Facts that begin a section, with what it is called. */
const opens: {
  readonly [Kind in FactKind]?: (said: Extract<Fact, { kind: Kind }>['said']) => readonly WrittenInline[];
} = {
  item: ({ title }) => title,
};

/** What is said on an item, or on a motion, is written after the last of these that follow each other. */
const deliberated: readonly FactKind[] = ['item', 'motion', 'speeches'];

const headingOf = (fact: Fact): readonly WrittenInline[] | null =>
  (opens[fact.kind] as ((said: Fact['said']) => readonly WrittenInline[]) | undefined)?.(fact.said) ?? null;

/** [K2] Whole as it is: whoever only reads it has complete minutes, and people improve the prose. */
export function outlineOf(
  o: MinutesOutlineMessages,
  { format, title }: { readonly format: string; readonly title: readonly WrittenInline[] },
  facts: readonly Fact[],
): OutlineBlock[] {
  const names: Partial<Record<Part | 'title', string>> = o.formats[format] ?? {};
  const blocks: OutlineBlock[] = [
    { kind: 'heading', level: 1, inlines: [...title, { text: ` ${names.title ?? o.title}` }] },
  ];
  parts.forEach((part, index) => {
    const number = o.number({ n: index + 1 });
    const text = o.section({ number, title: names[part] ?? o.parts[part] });
    blocks.push({ kind: 'heading', level: 2, inlines: [{ text }], part });
    const own = facts.filter((fact) => fact.part === part);
    let sections = 0;
    own.forEach((fact, at) => {
      const heading = headingOf(fact);
      if (heading) {
        sections += 1;
        const lead = o.subsection({ number: o.number({ n: sections }) });
        blocks.push({ kind: 'heading', level: 3, inlines: [{ text: lead }, ...heading] });
      }
      blocks.push({ kind: 'fact', seq: fact.seq });
      const next = own[at + 1];
      const goesOn = next !== undefined && deliberated.indexOf(next.kind) > deliberated.indexOf(fact.kind);
      if (deliberated.includes(fact.kind) && !goesOn)
        blocks.push({ kind: 'paragraph', inlines: [{ text: o.summary }] });
    });
  });
  return blocks;
}
