// The notes of a table as a shared document: four texts, for the page that writes them and the office that reads them. Anything else a client
// might put into the document is not read.
import type * as Y from 'yjs';

export const noteParts = ['points', 'conclusion', 'support', 'actions'] as const;
export type NotePart = (typeof noteParts)[number];

export type TableNotes = Readonly<Record<NotePart, string>>;

/** What the news wall is told: the notes by topic, and the photographs whoever asks may see. */
export interface NewsWallView {
  readonly notes: Readonly<Record<string, TableNotes>>;
  readonly photos: readonly { readonly photoId: string; readonly topicId: string }[];
}

/** More of one part than this is not shown elsewhere; the document keeps it. */
const longestPart = 4000;

export const noteText = (doc: Y.Doc, part: NotePart): Y.Text => doc.getText(part);

export const readNotes = (doc: Y.Doc): TableNotes => {
  const said = (part: NotePart) => noteText(doc, part).toString().trim().slice(0, longestPart);
  return { points: said('points'), conclusion: said('conclusion'), support: said('support'), actions: said('actions') };
};
