// 会议记录 or a hearing's report as a paper, from the signed record and nothing else: its text with the facts in it, then who signed how. `nameOf` says how a person is
// named in this copy, whole or masked.
import type { Block, Inline, MinutesRecord } from '#lib/domain/minutes/record.ts';
import { plainText } from '#lib/domain/minutes/record.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { dayIn, shortHash, signedAs } from '#lib/messages/publication-sentences.ts';
import type { SignerLine } from '#lib/protocol/publication.ts';
import type { Printed, PrintedBlock, Run } from '#lib/server/files/printed.ts';
import { publicationMessagesFor } from '#lib/server/publication-messages-for.ts';

export interface MinutesCopy {
  readonly record: MinutesRecord;
  readonly docHash: string;
  readonly fingerprint: string;
  readonly signers: readonly SignerLine[];
  nameOf(person: number): string;
  /** Free words once more, for what was typed in plain. */
  text(words: string): string;
}

/** A recorded text as it is printed: its title apart, where it begins with one. */
export function printedBlocks(
  recorded: readonly Block[],
  nameOf: (person: number) => string,
  text: (words: string) => string = (words) => words,
): { readonly title: string; readonly blocks: readonly PrintedBlock[] } {
  const said = (inlines: readonly Inline[]): string => text(plainText(inlines, nameOf));
  const runs = (inlines: readonly Inline[]): Run[] =>
    inlines.map((part) =>
      'mention' in part
        ? { text: nameOf(part.mention) }
        : { text: text(part.text), ...(part.bold === true && { bold: true }) },
    );
  /** A list inside a list is set as further items: minutes have no use for deeper ones on paper. */
  const itemsOf = (items: readonly (readonly Block[])[]): Run[][] =>
    items.flatMap((blocks) =>
      blocks.flatMap((block): Run[][] => {
        if (block.kind === 'paragraph' || block.kind === 'heading') return [runs(block.inlines)];
        if (block.kind === 'list') return itemsOf(block.items);
        if (block.kind === 'fact') return itemsOf([block.blocks]);
        return block.rows.map((row) => row.flatMap((cell) => [...runs(cell), { text: ' ' }]));
      }),
    );
  const printed = (block: Block): PrintedBlock[] => {
    switch (block.kind) {
      case 'heading':
        return [
          { kind: 'heading', level: block.level === 1 ? 1 : block.level === 2 ? 1 : 2, text: said(block.inlines) },
        ];
      case 'paragraph':
        return [{ kind: 'paragraph', runs: runs(block.inlines), indent: true }];
      case 'list':
        return [{ kind: 'list', ordered: block.ordered, items: itemsOf(block.items) }];
      case 'table': {
        const [first = [], ...rest] = block.rows;
        const width = Math.max(...block.rows.map((row) => row.length), 1);
        const cells = (row: readonly (readonly Inline[])[]) =>
          Array.from({ length: width }, (_, at) => said(row[at] ?? []));
        return [
          {
            kind: 'table',
            heads: block.header ? cells(first) : [],
            rows: (block.header ? rest : block.rows).map(cells),
            widths: widthsOf(block.rows.map(cells), width),
          },
        ];
      }
      case 'fact':
        return block.blocks.flatMap(printed);
    }
  };
  const [first, ...others] = recorded;
  const titled = first?.kind === 'heading' && first.level === 1;
  return { title: titled ? said(first.inlines) : '', blocks: (titled ? others : recorded).flatMap(printed) };
}

export function minutesPaper(
  { record, docHash, fingerprint, signers, nameOf, text }: MinutesCopy,
  lang: Lang,
): Printed {
  const p = publicationMessagesFor(lang);
  const { title, blocks } = printedBlocks(record.text, nameOf, text);
  return {
    lang,
    title:
      title === ''
        ? p.paper.minutesTitle({
            council: record.meeting.council,
            title: text(plainText(record.meeting.title, nameOf)),
          })
        : `${record.meeting.council}\n${title}`,
    blocks: [
      ...blocks,
      { kind: 'heading', level: 1, text: p.paper.signedHead },
      {
        kind: 'signatures',
        cells: signers.map((signer) => ({ name: signer.name, under: signedAs(p, signer) })),
      },
      { kind: 'small', text: p.paper.hashNote({ hash: docHash }) },
      { kind: 'small', text: p.keyFingerprint({ hash: shortHash(fingerprint) }) },
    ],
    closing: [record.meeting.community, dayIn(lang, record.meeting.adjournedAt)],
  };
}

/** Shares by the longest word of each column, none so narrow that it cannot be read. */
function widthsOf(rows: readonly (readonly string[])[], width: number): number[] {
  const longest = Array.from({ length: width }, (_, at) =>
    Math.max(...rows.map((row) => Math.min(Array.from(row[at] ?? '').length, 24)), 3),
  );
  return longest.map((letters) => Math.sqrt(letters));
}
