// The shape of a meeting's minutes as a shared document, for the office and the editor alike: how the first text is written, how the text is
// read without the editor's schema, and how its fact anchors are set right. What is in it comes from many hands and is never trusted: a fact is
// one number, and whatever else stands at its place is nobody's words.
import * as Y from 'yjs';
import type { Part } from '#lib/domain/minutes/fact.ts';
import type { WrittenBlock, WrittenInline } from '#lib/domain/minutes/record.ts';

/** Names of the shared types and of the nodes: the editor's schema uses these and no others. */
export const textName = 'minutes';
export const commentsName = 'comments';

export const textOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(textName);

/** What the first text consists of. A heading may say which part of the minutes begins there. */
export type OutlineBlock =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3;
      readonly inlines: readonly WrittenInline[];
      readonly part?: Part;
    }
  | { readonly kind: 'paragraph'; readonly inlines: readonly WrittenInline[] }
  | { readonly kind: 'fact'; readonly seq: number };

type Node = Y.XmlElement | Y.XmlText;

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement;
const attribute = (element: Y.XmlElement, name: string): unknown => element.getAttribute(name) as unknown;

/** y-prosemirror keeps a mark's attributes under its name, with a hash where marks of a kind may overlap. */
const markedWith = (attributes: object | undefined, mark: string): boolean =>
  Object.keys(attributes ?? {}).some((name) => name === mark || name.startsWith(`${mark}--`));

// ── writing ─────────────────────────────────────────────────────────────────────────────────────

function inlineNodes(inlines: readonly WrittenInline[]): Node[] {
  return inlines.map((inline) => {
    if ('personId' in inline) {
      const mention = new Y.XmlElement('mention');
      mention.setAttribute('personId', inline.personId);
      return mention;
    }
    const text = new Y.XmlText();
    text.insert(0, inline.text, inline.bold ? { strong: {} } : {});
    return text;
  });
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly Node[],
): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, string | number>>(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.insert(0, [...children]);
  return made as unknown as Y.XmlElement;
}

const factElement = (seq: number): Y.XmlElement => element('fact', { seq }, []);

/** Blocks as nodes of the shared text. */
export function nodesOf(blocks: readonly (OutlineBlock | WrittenBlock)[]): Y.XmlElement[] {
  return blocks.map((block) => {
    switch (block.kind) {
      case 'fact':
        return factElement(block.seq);
      case 'heading': {
        const made = element('heading', { level: block.level }, inlineNodes(block.inlines));
        if ('part' in block && block.part !== undefined) made.setAttribute('part', block.part);
        return made;
      }
      case 'paragraph':
        return element('paragraph', {}, inlineNodes(block.inlines));
      case 'list':
        return element(
          block.ordered ? 'ordered_list' : 'bullet_list',
          {},
          block.items.map((item) => element('list_item', {}, nodesOf(item))),
        );
      case 'table':
        return element(
          'table',
          {},
          block.rows.map((cells, row) =>
            element(
              'table_row',
              {},
              cells.map((cell) =>
                element(block.header && row === 0 ? 'table_header' : 'table_cell', {}, [
                  element('paragraph', {}, inlineNodes(cell)),
                ]),
              ),
            ),
          ),
        );
    }
  });
}

/** Into an empty document. */
export const writeMinutes = (doc: Y.Doc, blocks: readonly (OutlineBlock | WrittenBlock)[]): void =>
  textOf(doc).insert(0, nodesOf(blocks));

// ── reading ─────────────────────────────────────────────────────────────────────────────────────

const loneSurrogate = /[\ud800-\udfff]/gu;

function inlinesOf(nodes: readonly unknown[]): WrittenInline[] {
  const inlines: WrittenInline[] = [];
  const say = (text: string, bold: boolean): void => {
    const last = inlines[inlines.length - 1];
    if (last && 'text' in last && (last.bold ?? false) === bold)
      inlines[inlines.length - 1] = { ...last, text: last.text + text };
    else inlines.push(bold ? { text, bold } : { text });
  };
  for (const node of nodes) {
    if (node instanceof Y.XmlText) {
      for (const { insert, attributes } of node.toDelta() as { insert: unknown; attributes?: object }[]) {
        // What somebody suggests to add is not in the text until it is accepted; what they suggest to delete still is.
        if (typeof insert !== 'string' || markedWith(attributes, 'insertion')) continue;
        say(insert.replace(loneSurrogate, '\ufffd'), markedWith(attributes, 'strong'));
      }
    } else if (isElement(node)) {
      const personId = node.nodeName === 'mention' ? attribute(node, 'personId') : undefined;
      if (typeof personId === 'string') inlines.push({ personId });
      else inlinesOf(node.toArray()).forEach((inline) => inlines.push(inline));
    }
  }
  return inlines;
}

const isBlank = (inlines: readonly WrittenInline[]): boolean =>
  inlines.every((inline) => 'text' in inline && inline.text.trim() === '');

const levelOf = (element: Y.XmlElement): 1 | 2 | 3 => {
  const level = Number(attribute(element, 'level'));
  return level === 1 || level === 2 ? level : 3;
};

const elementsIn = (element: Y.XmlElement | Y.XmlFragment, ...names: string[]): Y.XmlElement[] =>
  element.toArray().filter((child): child is Y.XmlElement => isElement(child) && names.includes(child.nodeName));

function tableOf(node: Y.XmlElement): WrittenBlock[] {
  const rows = elementsIn(node, 'table_row').map((row) => elementsIn(row, 'table_cell', 'table_header'));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  if (width === 0) return [];
  const header = rows[0]?.every(({ nodeName }) => nodeName === 'table_header') ?? false;
  // Two people who added a row and a column at once leave a row short; it is filled up with empty cells.
  const filled = rows.map((cells) => Array.from({ length: width }, (_, at) => inlinesOf(cells[at]?.toArray() ?? [])));
  return [{ kind: 'table', header, rows: filled }];
}

function blockOf(node: unknown, top: boolean): WrittenBlock[] {
  if (!isElement(node)) return [];
  switch (node.nodeName) {
    case 'fact':
      return top ? [{ kind: 'fact', seq: Number(attribute(node, 'seq')), blocks: [] }] : [];
    case 'heading': {
      const inlines = inlinesOf(node.toArray());
      return isBlank(inlines) ? [] : [{ kind: 'heading', level: levelOf(node), inlines }];
    }
    case 'bullet_list':
    case 'ordered_list': {
      const items = elementsIn(node, 'list_item')
        .map((item) => item.toArray().flatMap((child) => blockOf(child, false)))
        .filter((item) => item.length > 0);
      return items.length === 0 ? [] : [{ kind: 'list', ordered: node.nodeName === 'ordered_list', items }];
    }
    case 'table':
      return tableOf(node);
    default: {
      const inlines = inlinesOf(node.toArray());
      return isBlank(inlines) ? [] : [{ kind: 'paragraph', inlines }];
    }
  }
}

/** [K1] The text as it stands, empty paragraphs left out. A fact's own blocks are empty here: whoever shows it renders them from the log. */
export const readMinutes = (doc: Y.Doc): WrittenBlock[] =>
  textOf(doc)
    .toArray()
    .flatMap((node) => blockOf(node, true));

// ── facts ───────────────────────────────────────────────────────────────────────────────────────

/** Where each fact stood when all was well, so that a deleted one returns to its place. Kept in memory only. */
export type FactPlaces = ReadonlyMap<number, Y.RelativePosition>;

const seqOf = (node: Y.XmlElement): number => Number(attribute(node, 'seq'));

/** The facts that stand at the top of the text, in their order there. */
export const anchorsIn = (doc: Y.Doc): number[] => elementsIn(textOf(doc), 'fact').map(seqOf);

function* strayFacts(
  node: Y.XmlElement | Y.XmlFragment,
  top: boolean,
): Generator<[Y.XmlElement | Y.XmlFragment, number]> {
  const children = node.toArray();
  for (let at = children.length - 1; at >= 0; at--) {
    const child = children[at];
    if (!isElement(child)) continue;
    if (child.nodeName === 'fact' && !top) yield [node, at];
    else yield* strayFacts(child, false);
  }
}

/** [K4] True when every fact stands there exactly once, in order, at the top of the text and nowhere else. */
export function factsAreRight(doc: Y.Doc, seqs: readonly number[]): boolean {
  const there = anchorsIn(doc);
  return (
    there.length === seqs.length &&
    there.every((seq, at) => seq === seqs[at]) &&
    strayFacts(textOf(doc), true).next().done === true
  );
}

/** Indexes into `order` of a longest rising run: the facts that may stay where they are. */
function longestRising(order: readonly number[]): Set<number> {
  const runs = order.map(() => ({ length: 1, from: -1 }));
  let last = -1;
  order.forEach((value, at) => {
    const run = runs[at];
    if (!run) return;
    for (let before = 0; before < at; before++) {
      const length = (runs[before]?.length ?? 0) + 1;
      if ((order[before] ?? value) < value && length > run.length) Object.assign(run, { length, from: before });
    }
    if (run.length > (runs[last]?.length ?? 0)) last = at;
  });
  const kept = new Set<number>();
  for (let at = last; at >= 0; at = runs[at]?.from ?? -1) kept.add(at);
  return kept;
}

/**
 * [K4] Sets the facts right with the fewest steps: what stands twice, out of order, inside something else or for no fact goes, what is missing comes
 * back where it stood (or after the fact before it). Nothing else is touched. Run inside a transaction.
 */
export function setFactsRight(
  doc: Y.Doc,
  facts: readonly { readonly seq: number; readonly part: Part }[],
  places: FactPlaces = new Map(),
): void {
  const text = textOf(doc);
  for (const [node, at] of [...strayFacts(text, true)]) node.delete(at, 1);
  const ranks = new Map(facts.map(({ seq }, rank) => [seq, rank]));
  const anchors = text
    .toArray()
    .flatMap((node, at) =>
      isElement(node) && node.nodeName === 'fact' ? [{ at, rank: ranks.get(seqOf(node)) ?? -1 }] : [],
    );
  const known = anchors.filter(({ rank }) => rank >= 0);
  const stay = longestRising(known.map(({ rank }) => rank));
  const keep = new Set(known.filter((_, index) => stay.has(index)).map(({ at }) => at));
  for (const { at } of anchors.slice().reverse()) if (!keep.has(at)) text.delete(at, 1);
  facts.forEach(({ seq, part }, rank) => {
    const nodes = text.toArray();
    const indexOf = (wanted: number): number =>
      nodes.findIndex((node) => isElement(node) && node.nodeName === 'fact' && seqOf(node) === wanted);
    if (indexOf(seq) >= 0) return;
    const before = rank === 0 ? -1 : indexOf(facts[rank - 1]?.seq ?? -1);
    const following = facts.slice(rank + 1).find((fact) => indexOf(fact.seq) >= 0);
    const after = following ? indexOf(following.seq) : nodes.length;
    const place = places.get(seq);
    const stood = place && Y.createAbsolutePositionFromRelativePosition(place, doc);
    const fits = stood && stood.type === text && stood.index > before && stood.index <= after;
    const at = fits ? stood.index : placeFor(nodes, part, before, after, facts[rank - 1]?.part);
    text.insert(at, [factElement(seq)]);
  });
}

/** After the fact before it; the first of its part after that part's heading, where that stands between its neighbours. */
function placeFor(nodes: readonly unknown[], part: Part, before: number, after: number, partBefore?: Part): number {
  if (partBefore !== part) {
    const heading = nodes.findIndex((node) => isElement(node) && attribute(node, 'part') === part);
    if (heading > before && heading < after) return heading + 1;
  }
  return before >= 0 ? before + 1 : Math.min(after, nodes.length);
}

/** Where every fact stands now. Valid for ever, in this and every later state of the document. */
export const placesOf = (doc: Y.Doc): FactPlaces =>
  new Map(
    elementsIn(textOf(doc), 'fact').map((node) => [
      seqOf(node),
      new Y.RelativePosition(null, null, node._item?.id ?? null, 0),
    ]),
  );
