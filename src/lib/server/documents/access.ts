// Who may read or write which document. Each kind of document registers its rule here, once, when its office module is loaded; the document
// server asks at the opening of a connection and again whenever it is told that something changed. A kind without a rule is closed to all.
import type { Actor } from '#lib/domain/actor.ts';
import type { DocumentKind } from '#lib/protocol/documents.ts';
import { bus } from '#lib/server/bus.ts';

export type Access = 'none' | 'read' | 'write';

export interface DocumentAddress {
  readonly documentId: string;
  readonly kind: DocumentKind;
  /** Null for a document outside any meeting. */
  readonly meetingId: string | null;
}

/** Must answer from what is stored now, and never throw for a stranger: a stranger has `none`. */
export type AccessRule = (document: DocumentAddress, actor: Actor) => Promise<Access>;

const rules = new Map<DocumentKind, AccessRule>();

/** The rule of a kind; the last one registered counts, so that a restarted development server takes the new one. */
export function registerDocumentAccess(kind: DocumentKind, rule: AccessRule): void {
  rules.set(kind, rule);
}

export const accessTo: AccessRule = async (document, actor) =>
  (await rules.get(document.kind)?.(document, actor)) ?? 'none';

/** The bus kinds of the document server. */
export const documentNotice = {
  /** There are rows up to `seq`. */
  rows: 'document',
  /** Ask again who may do what, and whether the text is frozen. */
  access: 'document-access',
  /** Cursors. */
  presence: 'document-presence',
} as const;

/**
 * Call after the commit that changed who may do what with a document (a role, a phase, an admission, a session's end) or froze it: every
 * process then asks again for each open connection, tells the clients, and closes those who may no longer read.
 */
export function documentAccessChanged(documentId: string): void {
  bus().publish(documentNotice.access, documentId, 0);
}
