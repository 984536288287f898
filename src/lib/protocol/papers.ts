// A paper attached to an agenda item, as it crosses the wire: for the page that attaches it and the office that keeps it.
export interface PaperLine {
  readonly paperId: string;
  readonly name: string;
  /** bytes */
  readonly size: number;
}

/** bytes */
export const largestPaper = 10 * 1024 * 1024;

/** For the file chooser only; the office looks at the bytes. */
export const paperEndings = '.pdf,.docx,.xlsx,.png,.jpg,.jpeg,.webp';

/** Why a paper is not kept; `offline` is the page's own, when no answer came. */
export type PaperRefusal =
  'too-large' | 'kind-unfit' | 'empty' | 'too-many' | 'wrong-phase' | 'not-entitled' | 'offline';

export type PaperAnswer =
  { readonly ok: true; readonly paper: PaperLine } | { readonly ok: false; readonly reason: PaperRefusal };
