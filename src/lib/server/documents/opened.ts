// The open documents of this process, for office code that edits one: those of the door where there is one, so that whoever is connected sees
// the edit at once; else its own, opened when first asked for.
import { bus } from '#lib/server/bus.ts';
import { client } from '#lib/server/db/client.ts';
import { accessTo } from './access.ts';
import { OpenDocuments } from './open-documents.ts';

let atTheDoor: OpenDocuments | undefined;
let own: OpenDocuments | undefined;

/** The door says which are its own, and null when it closes. */
export function keepOpened(documents: OpenDocuments | null): void {
  atTheDoor = documents ?? undefined;
}

export const openedDocuments = (): OpenDocuments =>
  atTheDoor ??
  (own ??= new OpenDocuments({
    sql: client,
    bus: bus(),
    recognise: () => Promise.resolve({ kind: 'nobody' }),
    accessTo,
  }));
