// What the text of minutes may consist of, for the editor. The names are those of protocol/minutes-document.ts, which the server reads without
// this schema: a new node or mark needs its reading there first, or frozen minutes would lose it.
import { Schema, type NodeSpec } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

const tables = tableNodes({ tableGroup: 'block', cellContent: 'paragraph', cellAttributes: {} });

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    content: 'inline*',
    group: 'block',
    defining: true,
    // `part`: where facts of a part go that have no neighbour yet; only the first text says it.
    attrs: { level: { default: 2 }, part: { default: null } },
    // One step down on the page, which has a heading of its own; what is pasted from elsewhere says no level.
    parseDOM: [
      ...[1, 2, 3].map((level) => ({ tag: `h${level + 1}[data-level]`, attrs: { level } })),
      ...[1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    ],
    toDOM: (node) => {
      const level = Math.min(3, Math.max(1, Number(node.attrs.level)));
      return [`h${level + 1}`, { 'data-level': String(level) }, 0];
    },
  },
  bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ol' }], toDOM: () => ['ol', 0] },
  list_item: {
    content: 'paragraph (paragraph | bullet_list | ordered_list)*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0],
  },
  ...tables,
  /** What the log says: only the number of its event. It is not read from pasted text, so a copy never becomes a second one. */
  fact: {
    group: 'block',
    atom: true,
    selectable: true,
    attrs: { seq: { default: 0 } },
    toDOM: (node) => ['div', { 'data-fact': String(node.attrs.seq) }],
  },
  mention: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { personId: { default: '' } },
    parseDOM: [
      { tag: 'span[data-person]', getAttrs: (element) => ({ personId: element.getAttribute('data-person') ?? '' }) },
    ],
    toDOM: (node) => ['span', { 'data-person': String(node.attrs.personId) }],
  },
  text: { group: 'inline' },
};

export const minutesSchema = new Schema({
  nodes,
  marks: {
    strong: {
      parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
      toDOM: () => ['strong', 0],
    },
    insertion: {
      attrs: { by: { default: '' } },
      excludes: 'insertion deletion',
      toDOM: (mark) => ['ins', { 'data-by': String(mark.attrs.by) }, 0],
    },
    deletion: {
      attrs: { by: { default: '' } },
      inclusive: false,
      excludes: 'insertion deletion',
      toDOM: (mark) => ['del', { 'data-by': String(mark.attrs.by) }, 0],
    },
  },
});
