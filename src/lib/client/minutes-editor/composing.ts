// While a person composes a character here (pinyin, handwriting), others' changes wait: applying one would redraw the paragraph under the input
// method, which then repeats or drops letters. What is composed goes out as it is typed. Called by the editor; the link does the waiting.
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { DocumentLink } from '#lib/client/document-link.ts';

export function composingPlugin(link: Pick<DocumentLink, 'holdRemote' | 'releaseRemote'>): Plugin {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** The editor reads the composed text a little after the end of the composition, and another may begin before that. */
  const releaseWhenDone = (view: EditorView): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (view.composing ? releaseWhenDone(view) : link.releaseRemote()), 50);
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        compositionstart: () => {
          clearTimeout(waiting);
          link.holdRemote();
          return false;
        },
        compositionend: (view) => {
          releaseWhenDone(view);
          return false;
        },
        // Some input methods end without saying so when the field loses the focus.
        blur: (view) => {
          releaseWhenDone(view);
          return false;
        },
      },
    },
    view: () => ({
      destroy() {
        clearTimeout(waiting);
        link.releaseRemote();
      },
    }),
  });
}
