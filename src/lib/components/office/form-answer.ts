// What came back to one of several forms on a page. Used by the office's forms and pages to say it at the right place.

export interface FormAnswer {
  readonly refused?: true;
  readonly reason?: string;
  readonly sentence?: string;
  /** The texts as posted, so that a browser without scripts shows them again. */
  readonly values?: Readonly<Record<string, string>>;
  /** The action that was done. */
  readonly done?: string;
}

interface Posted extends FormAnswer {
  readonly at?: string;
  readonly of?: string;
}

/** The answer to `action`, and where `of` is given only to the form posted with that value in its field `for`. */
export function answerTo(form: unknown, action: string, of?: string): FormAnswer | null {
  const posted = (form ?? null) as Posted | null;
  if (posted === null || (posted.at ?? posted.done) !== action) return null;
  return of === undefined || (posted.of ?? posted.values?.['for']) === of ? posted : null;
}

/** A text as posted to a refused form, else the one that is stored. */
export const typedOr = (answer: FormAnswer | null, name: string, stored: string | null): string =>
  answer?.values?.[name] ?? stored ?? '';

/** A tick as posted to a refused form (an unticked box posts nothing), else the one that is stored. */
export const tickedOr = (answer: FormAnswer | null, name: string, stored: boolean): boolean =>
  answer?.values ? answer.values[name] !== undefined : stored;
