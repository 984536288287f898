// The minutes editor on one element of a page: ProseMirror over the shared document. Made by MinutesEditor.svelte, destroyed with it. All plugins
// are given at the beginning: an undo that is set up later forgets what it may take back.
import { EditorState, Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import { yCursorPlugin, ySyncPlugin, ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import type { DocumentLink } from '#lib/client/document-link.ts';
import { keyPlugins } from '#lib/client/minutes-editor/commands.ts';
import { commentsPlugin } from '#lib/client/minutes-editor/comments.ts';
import { composingPlugin } from '#lib/client/minutes-editor/composing.ts';
import { minutesSchema } from '#lib/client/minutes-editor/schema.ts';
import { suggestionsPlugin } from '#lib/client/minutes-editor/suggestions.ts';
import { textOf } from '#lib/protocol/minutes-document.ts';
import { FactView, type FactSource } from './fact-view.ts';

export interface EditorOptions {
  readonly link: DocumentLink;
  readonly personId: string;
  readonly facts: FactSource;
  /** Said of the editable area. */
  readonly label: string;
  /** Said in an empty paragraph the cursor is in. */
  readonly hint: string;
  /** Called after every change of text, selection or marks; `own` where this page's person made it. */
  changed(own: boolean): void;
  /** Called when something cannot be proposed and was not done. */
  refused(): void;
}

export interface MinutesEditing {
  readonly view: EditorView;
  /** The log has said more: facts are drawn anew. */
  redrawFacts(): void;
  destroy(): void;
}

function cursorOf(user: { readonly name: string; readonly color: string }): HTMLElement {
  const cursor = document.createElement('span');
  cursor.className = 'other-cursor';
  cursor.style.borderColor = user.color;
  const flag = document.createElement('span');
  flag.style.backgroundColor = user.color;
  flag.textContent = user.name;
  // Joined to the word beside it, so that the line never breaks at somebody's cursor.
  cursor.append('\u2060', flag, '\u2060');
  return cursor;
}

const hintPlugin = (hint: string): Plugin =>
  new Plugin({
    key: new PluginKey('hint'),
    props: {
      decorations({ doc, selection: { $from, empty } }) {
        const { parent, depth } = $from;
        if (!empty || depth !== 1 || parent.type.name !== 'paragraph' || parent.content.size > 0) return null;
        const attributes = { class: 'hinted', 'data-hint': hint };
        return DecorationSet.create(doc, [Decoration.node($from.before(), $from.after(), attributes)]);
      },
    },
  });

export function editMinutes(
  place: HTMLElement,
  { link, personId, facts, label, hint, changed, refused }: EditorOptions,
): MinutesEditing {
  const shown = new Set<FactView>();
  const text = textOf(link.doc);
  const state = EditorState.create({
    schema: minutesSchema,
    plugins: [
      ySyncPlugin(text),
      yCursorPlugin(link.awareness, { cursorBuilder: cursorOf }),
      yUndoPlugin(),
      composingPlugin(link),
      suggestionsPlugin(personId, refused),
      commentsPlugin(),
      hintPlugin(hint),
      ...keyPlugins(),
    ],
  });
  const view = new EditorView(place, {
    state,
    editable: () => link.mayWrite,
    attributes: {
      'aria-label': label,
      'aria-multiline': 'true',
      role: 'textbox',
      spellcheck: 'false',
      class: 'minutes-text',
    },
    nodeViews: {
      fact(node) {
        const factView = new FactView(node, facts);
        shown.add(factView);
        const destroy = factView.destroy.bind(factView);
        factView.destroy = () => (shown.delete(factView), destroy());
        return factView;
      },
      mention(node) {
        const dom = document.createElement('span');
        dom.className = 'person';
        dom.dataset.person = String(node.attrs.personId);
        dom.textContent = facts.names[String(node.attrs.personId)] ?? facts.say.unknownPerson;
        return { dom };
      },
    },
    // Called before there is a `view` as well: the shared text comes in while it is made.
    dispatchTransaction(this: EditorView, tr) {
      const next = this.state.apply(tr);
      if (next === this.state) return;
      this.updateState(next);
      changed((tr.docChanged || tr.selectionSet) && tr.getMeta(ySyncPluginKey) === undefined);
    },
  });
  // Permission, freezing and the first text come with the connection, not with a change of the text.
  let mayWrite = link.mayWrite;
  const stop = link.subscribe(() => {
    if (link.mayWrite === mayWrite) return;
    mayWrite = link.mayWrite;
    view.setProps({ editable: () => link.mayWrite });
    changed(false);
  });
  return {
    view,
    redrawFacts: () => shown.forEach((each) => each.draw()),
    destroy() {
      stop();
      view.destroy();
    },
  };
}
