// Who proposed and who commented is what a client writes beside the words; this holds it against whose hand the words came from. Words that were
// theirs before may be moved or brought back by anybody (a paragraph split, an undo, an earlier version); anything else goes to its real author.
// Knows what it was shown since it was made; the first text it is shown is believed. Rule [K7]. Called by the server for every new state.
import * as Y from 'yjs';
import { commentsName, textOf } from './minutes-document.ts';

/** The person of a clientID; undefined for the program's own hand and for one nobody knows. */
type OwnerOf = (clientId: number) => string | undefined;

interface Claimed {
  readonly text: Y.XmlText;
  readonly at: number;
  readonly words: string;
  /** The attribute, as it stands in the text. */
  readonly mark: string;
  readonly kind: 'insertion' | 'deletion';
  readonly by: string;
  /** Who else had a hand in it; undefined where it is all the author's own. */
  readonly other: string | undefined;
}

interface Kept {
  readonly by: unknown;
  readonly text: unknown;
  readonly quote: unknown;
  readonly at: unknown;
  readonly doneBy: unknown;
}

const kindOf = (mark: string): Claimed['kind'] | null =>
  /^insertion(--|$)/.test(mark) ? 'insertion' : /^deletion(--|$)/.test(mark) ? 'deletion' : null;

function* textsIn(node: Y.XmlFragment | Y.XmlElement): Generator<Y.XmlText> {
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlText) yield child;
    else if (child instanceof Y.XmlElement) yield* textsIn(child);
  }
}

/** Proposed words in their order, neighbours of one author and one hand together. */
function claimedIn(doc: Y.Doc, ownerOf: OwnerOf): Claimed[] {
  const found: Claimed[] = [];
  for (const text of textsIn(textOf(doc))) {
    const marks = new Map<string, { readonly by: string; readonly owner: string | undefined }>();
    let at = 0;
    for (let item = text._start; item; item = item.right) {
      if (item.deleted) continue;
      const { content } = item;
      if (content instanceof Y.ContentFormat) {
        const value = content.value as { by?: unknown } | null;
        if (kindOf(content.key) === null) continue;
        if (value === null) marks.delete(content.key);
        else marks.set(content.key, { by: String(value.by), owner: ownerOf(item.id.client) });
      } else if (content instanceof Y.ContentString)
        for (const [mark, { by, owner }] of marks) {
          const kind = kindOf(mark) ?? 'insertion';
          const typist = kind === 'insertion' ? ownerOf(item.id.client) : undefined;
          const other = [owner, typist].find((hand) => hand !== undefined && hand !== by);
          const last = found[found.length - 1];
          const goesOn = last?.text === text && last.at + last.words.length === at && last.mark === mark;
          if (last && goesOn && last.by === by && last.other === other)
            found[found.length - 1] = { ...last, words: last.words + content.str };
          else found.push({ text, at, words: content.str, mark, kind, by, other });
        }
      at += item.countable ? item.length : 0;
    }
  }
  return found;
}

export class MinutesAuthors {
  /** `insertion <personId>` → what that person has proposed; none within another. */
  readonly #proposed = new Map<string, string[]>();
  readonly #comments = new Map<string, Kept>();
  #isFirst = true;

  /** Changes nothing. @returns what sets the authors right, or null where they are */
  look(doc: Y.Doc, ownerOf: OwnerOf): ((doc: Y.Doc) => void) | null {
    const claimed = claimedIn(doc, ownerOf);
    const comments = this.#commentsIn(doc, ownerOf);
    if (this.#isFirst) {
      this.#isFirst = false;
      claimed.forEach((each) => this.#learn(each));
      comments.forEach(({ id, kept }) => this.#comments.set(id, kept));
      return null;
    }
    for (const each of claimed) if (each.other === undefined) this.#learn(each);
    for (const { id, kept, right } of comments) if (right === null) this.#comments.set(id, kept);
    const wrong = claimed.some((each) => this.#isFalse(each)) || comments.some(({ right }) => right !== null);
    return wrong ? (text) => this.#setRight(text, ownerOf) : null;
  }

  #setRight(doc: Y.Doc, ownerOf: OwnerOf): void {
    for (const claim of claimedIn(doc, ownerOf)) {
      const { text, at, words, mark, other } = claim;
      if (this.#isFalse(claim)) text.format(at, words.length, { [mark]: { by: other } });
    }
    for (const { id, right } of this.#commentsIn(doc, ownerOf)) if (right) doc.getMap(commentsName).set(id, right);
  }

  #isFalse({ kind, by, words, other }: Claimed): boolean {
    return other !== undefined && !this.#proposed.get(`${kind} ${by}`)?.some((known) => known.includes(words));
  }

  #learn({ kind, by, words }: Claimed): void {
    const key = `${kind} ${by}`;
    const known = this.#proposed.get(key) ?? [];
    if (known.some((each) => each.includes(words))) return;
    this.#proposed.set(key, [...known.filter((each) => !words.includes(each)), words]);
  }

  /** Every comment, with what it should be where it is not: a new one is its hand's own, a known one keeps its words and may only be settled. */
  #commentsIn(
    doc: Y.Doc,
    ownerOf: OwnerOf,
  ): { readonly id: string; readonly kept: Kept; readonly right: Kept | null }[] {
    const found: { id: string; kept: Kept; right: Kept | null }[] = [];
    for (const [id, item] of doc.getMap(commentsName)._map) {
      const kept = item.content.getContent()[item.length - 1] as Kept | null | undefined;
      if (item.deleted || typeof kept !== 'object' || kept === null) continue;
      const owner = ownerOf(item.id.client);
      const known = this.#comments.get(id);
      const { by, text, quote, at } = known ?? { ...kept, by: owner };
      const doneBy = kept.doneBy === null || kept.doneBy === known?.doneBy ? kept.doneBy : owner;
      const right = { ...kept, by, text, quote, at, doneBy };
      const isRight = (Object.keys(right) as (keyof Kept)[]).every((key) => right[key] === kept[key]);
      found.push({ id, kept, right: owner === undefined || isRight ? null : right });
    }
    return found;
  }
}
