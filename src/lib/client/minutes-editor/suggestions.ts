// Suggestions: what is typed or deleted stands in the text as proposed, under the name of who proposed it, until somebody accepts or declines it.
// Plain marks, so they merge like any other text. Freezing leaves a proposed insertion out and keeps what was proposed to go.
import type { Mark, Node } from 'prosemirror-model';
import { Plugin, PluginKey, TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from 'prosemirror-transform';
import { ySyncPluginKey } from 'y-prosemirror';
import { minutesSchema } from './schema.ts';

const { insertion, deletion } = minutesSchema.marks;

export interface Suggestion {
  readonly kind: 'insertion' | 'deletion';
  readonly by: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const suggestingKey = new PluginKey<boolean>('suggesting');

export const isSuggesting = (state: EditorState): boolean => suggestingKey.getState(state) ?? false;

export const setSuggesting =
  (on: boolean): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.setMeta(suggestingKey, on));
    return true;
  };

const markOf = (node: Node): Mark | undefined => node.marks.find(({ type }) => type === insertion || type === deletion);

/** The suggestions of the text in their order; neighbouring pieces of one hand are one. */
export function suggestionsIn(doc: Node): Suggestion[] {
  const found: Suggestion[] = [];
  doc.descendants((node, from) => {
    const mark = node.isText ? markOf(node) : undefined;
    if (!mark) return;
    const kind = mark.type === insertion ? 'insertion' : 'deletion';
    const by = String(mark.attrs.by);
    const to = from + node.nodeSize;
    const last = found[found.length - 1];
    if (last && last.to === from && last.kind === kind && last.by === by)
      found[found.length - 1] = { ...last, to, text: last.text + (node.text ?? '') };
    else found.push({ kind, by, from, to, text: node.text ?? '' });
  });
  return found;
}

/** Accepting an insertion or declining a deletion keeps the text; the other two take it away. */
export function settleSuggestion({ kind, from, to }: Suggestion, accept: boolean): Command {
  return (state, dispatch) => {
    const keeps = (kind === 'insertion') === accept;
    const tr = keeps
      ? state.tr.removeMark(from, to, kind === 'insertion' ? insertion : deletion)
      : state.tr.delete(from, to);
    dispatch?.(tr.setMeta(suggestingKey, isSuggesting(state)).setMeta('settles', true));
    return true;
  };
}

/** Proposes to delete a range: own proposed insertions really go, everything else is marked. */
function proposeDeletion(tr: Transaction, from: number, to: number, by: string): Transaction {
  const own: [number, number][] = [];
  tr.doc.nodesBetween(from, to, (node, at) => {
    if (!node.isText) return;
    const [start, end] = [Math.max(from, at), Math.min(to, at + node.nodeSize)];
    const mark = markOf(node);
    if (mark?.type === insertion) {
      if (mark.attrs.by === by) own.push([start, end]);
    } else tr.addMark(start, end, deletion?.create({ by }) as Mark);
  });
  for (const [start, end] of own.reverse()) tr.delete(start, end);
  return tr;
}

/** One character back or forth, or the selection. */
function deleteKey(forward: boolean, by: string): Command {
  return (state, dispatch) => {
    const { from, to, empty, $from } = state.selection;
    if (!empty) {
      const tr = proposeDeletion(state.tr, from, to, by);
      dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(forward ? to : from)))));
      return true;
    }
    const text = $from.parent.textBetween(0, $from.parent.content.size, undefined, '\ufffc');
    const at = $from.parentOffset;
    const piece = forward ? Array.from(text.slice(at))[0] : Array.from(text.slice(0, at)).pop();
    // At the edge of a paragraph nothing is proposed: paragraphs are joined and split outright.
    if (piece === undefined || !$from.parent.isTextblock) return false;
    const [start, end] = forward ? [from, from + piece.length] : [from - piece.length, from];
    const tr = proposeDeletion(state.tr, start, end, by);
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(forward ? end : start))).scrollIntoView());
    return true;
  };
}

/** Whether only words change: nothing is split, joined, wrapped, set bold or made a heading. Only words can be proposed. */
const isOnlyWords = (tr: Transaction): boolean =>
  tr.steps.every((step, index) => {
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep)
      return step.mark.type === insertion || step.mark.type === deletion;
    if (!(step instanceof ReplaceStep)) return false;
    const before = tr.docs[index] ?? tr.before;
    const { openStart, openEnd, content } = step.slice;
    let words = openStart === 0 && openEnd === 0;
    content.forEach((node) => (words &&= node.isText));
    return words && before.resolve(step.from).sameParent(before.resolve(step.to));
  });

/**
 * @param by who proposes: the person of this page
 * @param refused called when something was not done because it cannot be proposed
 */
export function suggestionsPlugin(by: string, refused: () => void): Plugin {
  const proposed = (): Mark => insertion?.create({ by }) as Mark;
  return new Plugin<boolean>({
    key: suggestingKey,
    state: {
      init: () => false,
      apply: (tr, on) => (tr.getMeta(suggestingKey) as boolean | undefined) ?? on,
    },
    props: {
      handleKeyDown(view, event) {
        if (!isSuggesting(view.state) || view.composing || (event.key !== 'Backspace' && event.key !== 'Delete'))
          return false;
        return deleteKey(event.key === 'Delete', by)(view.state, view.dispatch);
      },
      /** Several lines come in as one: new paragraphs cannot be proposed. */
      handlePaste(view, _event, slice) {
        if (!isSuggesting(view.state)) return false;
        const text = slice.content.textBetween(0, slice.content.size, ' ').trim();
        const { from, to } = view.state.selection;
        const tr = proposeDeletion(view.state.tr, from, to, by);
        if (text !== '') tr.insert(tr.mapping.map(to), minutesSchema.text(text, [proposed()]));
        view.dispatch(tr.scrollIntoView());
        return true;
      },
      handleTextInput(view, from, to, text) {
        if (!isSuggesting(view.state) || view.composing) return false;
        const tr = proposeDeletion(view.state.tr, from, to, by);
        const at = tr.mapping.map(to);
        view.dispatch(tr.insert(at, minutesSchema.text(text, [proposed()])).scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        compositionstart(view) {
          if (!isSuggesting(view.state)) return false;
          const { from, to, empty } = view.state.selection;
          const tr = empty ? view.state.tr : proposeDeletion(view.state.tr, from, to, by);
          const at = tr.mapping.map(to);
          // Typed into the mark from the first letter on: setting it afterwards would redraw the text under the input method.
          view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at)).setStoredMarks([proposed()]));
          return false;
        },
      },
    },
    filterTransaction(tr, state) {
      // What others do, what is taken back and what is settled comes through the shared text or says so.
      if (!isSuggesting(state) || !tr.docChanged || tr.getMeta(ySyncPluginKey) !== undefined || tr.getMeta('settles'))
        return true;
      const fits = isOnlyWords(tr);
      if (!fits) void Promise.resolve().then(refused);
      return fits;
    },
    /** Whatever else puts text in (pasting, dropping) is proposed as well. */
    appendTransaction(transactions, _before, state) {
      if (!isSuggesting(state)) return null;
      const typed = transactions.filter(
        (tr) =>
          tr.docChanged &&
          tr.getMeta(ySyncPluginKey) === undefined &&
          !tr.getMeta('settles') &&
          !tr.getMeta('composition'),
      );
      const tr = state.tr;
      for (const each of typed)
        each.mapping.maps.forEach((map, index) =>
          map.forEach((_from, _to, start, end) => {
            const rest = each.mapping.slice(index + 1);
            state.doc.nodesBetween(rest.map(start), rest.map(end), (node, at) => {
              if (!node.isText || markOf(node)) return;
              const [from, to] = [Math.max(at, rest.map(start)), Math.min(at + node.nodeSize, rest.map(end))];
              if (from < to) tr.addMark(from, to, proposed());
            });
          }),
        );
      return tr.docChanged ? tr : null;
    },
  });
}
