// What the toolbar and the keys of the minutes editor do. Every command is a plain ProseMirror command, so a button can ask whether it applies.
import { baseKeymap, chainCommands, setBlockType, toggleMark, exitCode } from 'prosemirror-commands';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState, Plugin } from 'prosemirror-state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
} from 'prosemirror-tables';
import { redoCommand, undoCommand } from 'y-prosemirror';
import { minutesSchema } from './schema.ts';

const { nodes, marks } = minutesSchema;
const node = (name: keyof typeof nodes): NodeType => nodes[name] as NodeType;

export const toolNames = [
  'undo',
  'redo',
  'bold',
  'paragraph',
  'heading',
  'subheading',
  'bullets',
  'numbers',
  'table',
  'addRow',
  'addColumn',
  'deleteRow',
  'deleteColumn',
  'deleteTable',
] as const;
export type ToolName = (typeof toolNames)[number];

/** A small table with a head, after the block the cursor is in. */
const insertTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  const row = (cell: 'table_header' | 'table_cell') =>
    node('table_row').create(
      null,
      [0, 1, 2].map(() => node(cell).createAndFill()).filter((each) => each !== null),
    );
  const made = node('table').create(null, [row('table_header'), row('table_cell'), row('table_cell')]);
  const { $from } = state.selection;
  const at = $from.depth === 0 ? $from.pos : $from.after(1);
  dispatch?.(state.tr.insert(at, made).scrollIntoView());
  return true;
};

const listToggle =
  (name: 'bullet_list' | 'ordered_list'): Command =>
  (state, dispatch) =>
    isInList(state, name) ? liftListItem(node('list_item'))(state, dispatch) : wrapInList(node(name))(state, dispatch);

const isInList = ({ selection: { $from } }: EditorState, name: string): boolean =>
  Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)).some(({ type }) => type.name === name);

const heading = (level: number): Command => setBlockType(node('heading'), { level });

export const tools: Readonly<Record<ToolName, Command>> = {
  undo: undoCommand,
  redo: redoCommand,
  bold: toggleMark(marks.strong),
  paragraph: setBlockType(node('paragraph')),
  heading: heading(2),
  subheading: heading(3),
  bullets: listToggle('bullet_list'),
  numbers: listToggle('ordered_list'),
  table: insertTable,
  addRow: addRowAfter,
  addColumn: addColumnAfter,
  deleteRow,
  deleteColumn,
  deleteTable,
};

export const tableTools: readonly ToolName[] = ['addRow', 'addColumn', 'deleteRow', 'deleteColumn', 'deleteTable'];

/** Whether the tool's effect is what stands at the cursor already. */
export function isOn(state: EditorState, tool: ToolName): boolean {
  const { $from, from, to, empty } = state.selection;
  switch (tool) {
    case 'bold':
      return empty
        ? marks.strong.isInSet(state.storedMarks ?? $from.marks()) !== undefined
        : state.doc.rangeHasMark(from, to, marks.strong);
    case 'heading':
      return $from.parent.type.name === 'heading' && $from.parent.attrs.level === 2;
    case 'subheading':
      return $from.parent.type.name === 'heading' && $from.parent.attrs.level === 3;
    case 'bullets':
      return isInList(state, 'bullet_list');
    case 'numbers':
      return isInList(state, 'ordered_list');
    default:
      return false;
  }
}

export const insertMention =
  (personId: string): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(node('mention').create({ personId }), false).scrollIntoView());
    return true;
  };

/** Keys and what is typed as a shorthand (`# `, `- `, `1. `); in a table Tab moves between cells. */
export const keyPlugins = (): Plugin[] => [
  inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,3})\s$/, node('heading'), (match) => ({ level: match[1]?.length ?? 2 })),
      wrappingInputRule(/^\s*([-*])\s$/, node('bullet_list')),
      wrappingInputRule(/^(\d+)[.、]\s?$/, node('ordered_list')),
    ],
  }),
  keymap({
    'Mod-z': undoCommand,
    'Mod-y': redoCommand,
    'Mod-Shift-z': redoCommand,
    'Mod-b': tools.bold,
    'Mod-Alt-0': tools.paragraph,
    'Mod-Alt-2': tools.heading,
    'Mod-Alt-3': tools.subheading,
    'Mod-Shift-7': tools.numbers,
    'Mod-Shift-8': tools.bullets,
    Enter: splitListItem(node('list_item')),
    Tab: chainCommands(goToNextCell(1), sinkListItem(node('list_item'))),
    'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(node('list_item'))),
    'Mod-Enter': exitCode,
  }),
  keymap(baseKeymap),
];
