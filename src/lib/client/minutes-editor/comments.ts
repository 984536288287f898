// Comments beside the text: kept in the shared document's own map, each tied to a stretch of text by two positions that move with it. They are
// never part of the minutes. Called by the editor and its panel.
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
  type ProsemirrorBinding,
} from 'y-prosemirror';
import * as Y from 'yjs';
import { commentsName } from '#lib/protocol/minutes-document.ts';
import { newId } from '#lib/protocol/ids.ts';

export interface Comment {
  readonly commentId: string;
  readonly by: string;
  readonly at: number;
  readonly text: string;
  /** The words it was made on, for when they are gone. */
  readonly quote: string;
  /** Null while it is open. */
  readonly doneBy: string | null;
}

interface Kept extends Omit<Comment, 'commentId'> {
  readonly from: unknown;
  readonly to: unknown;
}

const commentsOf = (doc: Y.Doc): Y.Map<Kept> => doc.getMap<Kept>(commentsName);

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && typeof (value as Kept).text === 'string' && 'from' in value;

/** Oldest first. Anything in the map that is no comment is passed over. */
export const commentsIn = (doc: Y.Doc): Comment[] =>
  [...commentsOf(doc).entries()]
    .flatMap(([commentId, kept]) =>
      isKept(kept)
        ? [
            {
              commentId,
              by: String(kept.by),
              at: Number(kept.at),
              text: kept.text,
              quote: String(kept.quote),
              doneBy: kept.doneBy === null ? null : String(kept.doneBy),
            },
          ]
        : [],
    )
    .sort((one, other) => one.at - other.at);

interface Synced {
  readonly type: Y.XmlFragment;
  readonly doc: Y.Doc;
  readonly binding: ProsemirrorBinding;
}

/** On the selection of the editor. @returns false where nothing is selected */
export function addComment(view: EditorView, by: string, text: string, at: number): boolean {
  const { from, to, empty } = view.state.selection;
  if (empty || text.trim() === '') return false;
  const { type, doc, binding } = ySyncPluginKey.getState(view.state) as Synced;
  const place = (position: number): unknown =>
    JSON.parse(JSON.stringify(absolutePositionToRelativePosition(position, type, binding.mapping)));
  const quote = view.state.doc.textBetween(from, to, ' ').slice(0, 100);
  const kept: Kept = {
    by,
    at,
    text: text.trim().slice(0, 1000),
    quote,
    doneBy: null,
    from: place(from),
    to: place(to),
  };
  commentsOf(doc).set(newId(), kept);
  return true;
}

export function settleComment(doc: Y.Doc, commentId: string, doneBy: string | null): void {
  const kept = commentsOf(doc).get(commentId);
  if (isKept(kept)) commentsOf(doc).set(commentId, { ...kept, doneBy });
}

const key = new PluginKey<DecorationSet>('comments');

function places(state: EditorView['state']): { commentId: string; from: number; to: number }[] {
  const { type, doc, binding } = ySyncPluginKey.getState(state) as Synced;
  if (binding.mapping.size === 0) return [];
  const absolute = (place: unknown): number | null =>
    relativePositionToAbsolutePosition(doc, type, Y.createRelativePositionFromJSON(place), binding.mapping);
  return [...commentsOf(doc).entries()].flatMap(([commentId, kept]) => {
    if (!isKept(kept) || kept.doneBy !== null) return [];
    const [from, to] = [absolute(kept.from), absolute(kept.to)];
    return from === null || to === null || from >= to ? [] : [{ commentId, from, to }];
  });
}

/** Where an open comment stands now, null when its words are gone. */
export const placeOfComment = (view: EditorView, commentId: string): { from: number; to: number } | null =>
  places(view.state).find((place) => place.commentId === commentId) ?? null;

export function commentsPlugin(): Plugin {
  const draw = (state: EditorView['state']): DecorationSet => {
    const size = state.doc.content.size;
    return DecorationSet.create(
      state.doc,
      places(state).map(({ commentId, from, to }) =>
        Decoration.inline(Math.min(from, size), Math.min(to, size), { class: 'commented', 'data-comment': commentId }),
      ),
    );
  };
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, drawn, _before, state) {
        const synced = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
        if (tr.getMeta(key) || synced?.isChangeOrigin) return draw(state);
        return tr.docChanged ? drawn.map(tr.mapping, tr.doc) : drawn;
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view(view) {
      const { doc } = ySyncPluginKey.getState(view.state) as Synced;
      const redraw = (): void => void view.dispatch(view.state.tr.setMeta(key, true));
      // Not at once: the editor may still be in the middle of taking in the change.
      const soon = (): void => void Promise.resolve().then(() => !view.isDestroyed && redraw());
      commentsOf(doc).observe(soon);
      soon();
      return { destroy: () => commentsOf(doc).unobserve(soon) };
    },
  });
}
