// What the program itself looks after in the text of a document, beside what people type: each kind may register a carer here. The open documents
// show it every new state of the text; where it answers with a change, that is made as the program's own edit, after everybody's. Nobody's
// typing is ever refused for it.
import type * as Y from 'yjs';
import type { DocumentKind } from '#lib/protocol/documents.ts';
import type { DocumentAddress } from './access.ts';

export type OwnerOf = (clientId: number) => string | undefined;

export interface Carer {
  /**
   * Called for each state that was stored and shown. Must be quick, change nothing, and answer null when all is well. `ownerOf` knows whose a
   * clientID is.
   */
  look(doc: Y.Doc, ownerOf: OwnerOf): ((doc: Y.Doc) => void) | null;
  /** The document is let go. */
  end(): void;
}

/** `again` asks to be shown the text once more, because what it is cared by has changed. */
type CarerFor = (address: DocumentAddress, again: () => void) => Carer;

const carers = new Map<DocumentKind, CarerFor>();

/** The last one registered counts, as with access. */
export function registerDocumentCare(kind: DocumentKind, carer: CarerFor): void {
  carers.set(kind, carer);
}

export const carerFor: CarerFor = (address, again) =>
  carers.get(address.kind)?.(address, again) ?? { look: () => null, end: () => {} };
