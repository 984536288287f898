// What an earlier text and a later one have in common, how the earlier one is brought back by a further edit, and whose hand wrote which words. Pure
// readings of shared documents; who may do it is the office's to say.
import * as Y from 'yjs';
import type { WrittenBlock, WrittenInline } from '#lib/domain/minutes/record.ts';
import { textOf } from './minutes-document.ts';

/** Which of the first list's entries stand in the second as well, in order: pairs of places. */
function commonRun(one: readonly string[], other: readonly string[]): [number, number][] {
  let [start, endOne, endOther] = [0, one.length, other.length];
  while (start < endOne && start < endOther && one[start] === other[start]) start++;
  while (endOne > start && endOther > start && one[endOne - 1] === other[endOther - 1]) {
    endOne--;
    endOther--;
  }
  const [rows, columns] = [endOne - start, endOther - start];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const line = lengths[row];
      if (line)
        line[column] =
          one[start + row] === other[start + column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
    }
  const pairs: [number, number][] = Array.from({ length: start }, (_, each) => [each, each]);
  for (let [row, column] = [0, 0]; row < rows && column < columns;) {
    if (one[start + row] === other[start + column]) pairs.push([start + row++, start + column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  for (let each = 0; each < one.length - endOne; each++) pairs.push([endOne + each, endOther + each]);
  return pairs;
}

export interface Difference {
  /** `removed`: only in the earlier text; `added`: only in the later. */
  readonly what: 'same' | 'removed' | 'added';
  readonly block: WrittenBlock;
}

/** Two texts block by block, in reading order. */
export function compareTexts(earlier: readonly WrittenBlock[], later: readonly WrittenBlock[]): Difference[] {
  const say = (block: WrittenBlock): string => JSON.stringify(block);
  const pairs = commonRun(earlier.map(say), later.map(say));
  const differences: Difference[] = [];
  let [from, to] = [0, 0];
  for (const [at, place] of [...pairs, [earlier.length, later.length] as const]) {
    earlier.slice(from, at).forEach((block) => differences.push({ what: 'removed', block }));
    later.slice(to, place).forEach((block) => differences.push({ what: 'added', block }));
    const block = later[place];
    if (block) differences.push({ what: 'same', block });
    [from, to] = [at + 1, place + 1];
  }
  return differences;
}

/** [D12] Makes the text what `earlier` is by going forward: what both have stays as it is, with its authors and cursors. Run inside a transaction. */
export function bringBack(doc: Y.Doc, earlier: Y.Doc): void {
  const text = textOf(doc);
  const [now, then] = [text.toArray(), textOf(earlier).toArray()];
  const say = (node: Y.XmlElement | Y.XmlText | Y.XmlHook): string => node.toString();
  const pairs = commonRun(now.map(say), then.map(say));
  const copy = (from: number, to: number): (Y.XmlElement | Y.XmlText)[] =>
    then.slice(from, to).flatMap((node) => (node instanceof Y.XmlHook ? [] : [node.clone()]));
  // From the end, so that places before it stay what they are.
  let [end, until] = [now.length, then.length];
  for (const [at, place] of [[-1, -1] as const, ...pairs].reverse()) {
    if (end > at + 1) text.delete(at + 1, end - at - 1);
    const nodes = copy(place + 1, until);
    if (nodes.length > 0) text.insert(at + 1, nodes);
    [end, until] = [at, place];
  }
}

/** Words of one hand. */
export interface HandRun {
  readonly by: string;
  readonly inlines: readonly WrittenInline[];
}

/** The words of each paragraph, heading, list or table of the text with who wrote them; facts are nobody's. `ownerOf` knows each clientID's person. */
export function handsIn(doc: Y.Doc, ownerOf: (clientId: number) => string): HandRun[][] {
  return textOf(doc)
    .toArray()
    .flatMap((node) => {
      const runs: HandRun[] = [];
      collect(node, ownerOf, runs);
      return runs.length > 0 ? [runs] : [];
    });
}

function collect(node: unknown, ownerOf: (clientId: number) => string, runs: HandRun[]): void {
  const say = (clientId: number, inline: WrittenInline): void => {
    const by = ownerOf(clientId);
    const last = runs[runs.length - 1];
    const before = last?.inlines[last.inlines.length - 1];
    if (last?.by !== by) runs.push({ by, inlines: [inline] });
    else if (before && 'text' in before && 'text' in inline)
      runs[runs.length - 1] = { by, inlines: [...last.inlines.slice(0, -1), { text: before.text + inline.text }] };
    else runs[runs.length - 1] = { by, inlines: [...last.inlines, inline] };
  };
  if (node instanceof Y.XmlText) {
    for (let item = node._start; item; item = item.right)
      if (!item.deleted && item.content instanceof Y.ContentString) say(item.id.client, { text: item.content.str });
  } else if (node instanceof Y.XmlElement) {
    const personId = node.nodeName === 'mention' ? node.getAttribute('personId') : undefined;
    if (personId !== undefined) say(node._item?.id.client ?? 0, { personId });
    else for (const child of node.toArray()) collect(child, ownerOf, runs);
  }
}
