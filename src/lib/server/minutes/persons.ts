// The people of a record while it is being built: each gets an index, a role, a mask and a salted digest, and stands there once. Called by
// freezing. It also turns whole names in official words into mentions, and finds those that were typed in plain.
import { randomBytes } from 'node:crypto';
import { personDigest } from '#lib/domain/minutes/canonical.ts';
import type { Block, BlockOf, Inline, Person, WrittenInline } from '#lib/domain/minutes/record.ts';
import { withoutPersonalNumbers } from '#lib/domain/personal-numbers.ts';
import { maskName } from '#lib/domain/meeting/words.ts';

export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
  readonly role: string;
  readonly consents: boolean;
}

export interface NameRow {
  readonly person: number;
  readonly personId: string;
  readonly name: string;
  readonly salt: Uint8Array;
  readonly consents: boolean;
}

/** A name of one sign would be found everywhere. */
const shortestName = 2;

/** Somebody who took part without a seat. Mentioned by id only, for what one calls oneself may be any word of a text. */
export const participantRole = 'participant';

export class Persons {
  readonly #rows: (NameRow & { readonly role: string })[] = [];
  readonly #index = new Map<string, number>();

  constructor(known: readonly KnownPerson[]) {
    for (const { personId, name, role, consents } of known) {
      if (this.#index.has(personId)) continue;
      this.#index.set(personId, this.#rows.length);
      this.#rows.push({ person: this.#rows.length, personId, name, salt: randomBytes(16), consents, role });
    }
  }

  /** The index of somebody who is known. */
  of(personId: string): number {
    const index = this.#index.get(personId);
    if (index === undefined) throw new Error(`${personId} is nobody of this record`);
    return index;
  }

  has = (personId: string): boolean => this.#index.has(personId);

  get names(): readonly NameRow[] {
    return this.#rows;
  }

  get persons(): Person[] {
    return this.#rows.map(({ role, name, salt }) => ({
      role,
      mask: maskName(name),
      digest: personDigest(salt, name),
    }));
  }

  /** The longest first, so that a name within a longer one does not split it. */
  get #byLength(): readonly NameRow[] {
    return this.#rows
      .filter(({ name, role }) => role !== participantRole && Array.from(name).length >= shortestName)
      .sort((a, b) => b.name.length - a.name.length);
  }

  /** Official words with every whole name made a mention and without numbers that name somebody: they come from the log, where nobody can correct them. */
  mentioning(words: string, bold = false): Inline[] {
    const text = withoutPersonalNumbers(words);
    const hit = this.#byLength
      .map((row) => ({ row, at: text.indexOf(row.name) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.row.name.length - a.row.name.length)[0];
    const plain = (part: string): Inline[] => (part === '' ? [] : [bold ? { text: part, bold } : { text: part }]);
    if (!hit) return plain(text);
    return [
      ...plain(text.slice(0, hit.at)),
      { mention: hit.row.person },
      ...this.mentioning(text.slice(hit.at + hit.row.name.length), bold),
    ];
  }

  /** Names that stand in plain in a line of prose. */
  plainIn(inlines: readonly WrittenInline[]): string[] {
    const lines = inlines.map((part) => ('text' in part ? part.text : '\n')).join('');
    return this.#byLength.filter(({ name }) => lines.includes(name)).map(({ name }) => name);
  }
}

/** Each line of prose in its order; facts are not prose. */
export function* proseOf(blocks: readonly BlockOf<WrittenInline>[]): Generator<readonly WrittenInline[]> {
  for (const block of blocks) {
    if (block.kind === 'heading' || block.kind === 'paragraph') yield block.inlines;
    else if (block.kind === 'list') for (const item of block.items) yield* proseOf(item);
    else if (block.kind === 'table') for (const row of block.rows) yield* row;
  }
}

/** The text as it stands in the record: mentions by index, names in facts' official words made mentions. */
export function recordedText(blocks: readonly BlockOf<WrittenInline>[], persons: Persons): Block[] {
  const inlines = (parts: readonly WrittenInline[]): Inline[] =>
    parts.flatMap((part) =>
      'personId' in part
        ? [{ mention: persons.of(part.personId) }]
        : persons.mentioning(part.text.replace(/\p{Surrogate}/gu, '\ufffd'), part.bold === true),
    );
  return blocks.map((block): Block => {
    if (block.kind === 'heading' || block.kind === 'paragraph') return { ...block, inlines: inlines(block.inlines) };
    if (block.kind === 'list') return { ...block, items: block.items.map((item) => recordedText(item, persons)) };
    if (block.kind === 'table') return { ...block, rows: block.rows.map((row) => row.map(inlines)) };
    return { ...block, blocks: recordedText(block.blocks, persons) };
  });
}

/** Everybody a text mentions. */
export function* mentionedIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if ('personId' in value && typeof value.personId === 'string') yield value.personId;
  else for (const each of Object.values(value)) yield* mentionedIn(each);
}
