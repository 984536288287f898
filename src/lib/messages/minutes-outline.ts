// The first text of the minutes: headings, the facts under them in their order, and room for prose where people spoke. The template of a
// meeting kind is its entry in `formats` of the messages and, where facts of its own begin a section, a line in `opens`. Pure.
import { parts, type Fact, type FactKind, type Part } from '#lib/domain/minutes/fact.ts';
import type { WrittenInline } from '#lib/domain/minutes/record.ts';
import type { OutlineBlock } from '#lib/protocol/minutes-document.ts';
import type { MinutesOutlineMessages } from './zh-CN/minutes-outline.ts';

/** Facts that begin a section, with what it is called. */
const opens: {
  readonly [Kind in FactKind]?: (said: Extract<Fact, { kind: Kind }>['said']) => readonly WrittenInline[] | null;
} = {
  item: ({ title }) => title,
  // One that was merged, withdrawn or never had its turn is a line under the topic before it.
  topic: ({ title, fate }) => (fate === 'talked' ? title : null),
};

/** What is said on an item, a motion or a topic is written after the last of these that follow each other. */
const deliberated: readonly FactKind[] = ['item', 'matter', 'motion', 'speeches', 'topic'];

const headingOf = (fact: Fact): readonly WrittenInline[] | null =>
  (opens[fact.kind] as ((said: Fact['said']) => readonly WrittenInline[] | null) | undefined)?.(fact.said) ?? null;

const isDeliberated = (fact: Fact): boolean =>
  deliberated.includes(fact.kind) && (fact.kind !== 'topic' || fact.said.fate === 'talked');

/**
 * [K2] Whole as it is: whoever only reads it has complete minutes, and people improve the prose. `written` is what was written down while the
 * meeting went on, as paragraphs by the number of the fact they belong to.
 */
export function outlineOf(
  o: MinutesOutlineMessages,
  { format, title }: { readonly format: string; readonly title: readonly WrittenInline[] },
  facts: readonly Fact[],
  written: ReadonlyMap<number, readonly (readonly WrittenInline[])[]> = new Map(),
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
    let prose: (readonly WrittenInline[])[] = [];
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
      prose.push(...(written.get(fact.seq) ?? []));
      if (!isDeliberated(fact) || goesOn) return;
      for (const inlines of [[{ text: o.summary }], ...prose]) blocks.push({ kind: 'paragraph', inlines });
      prose = [];
    });
  });
  return blocks;
}
