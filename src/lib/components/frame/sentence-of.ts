// What an error page may say of an error: `error(status, sentence)` with a full sentence from the messages is shown as it is, anything
// else (Kit's own "Not Found", a bare code) is replaced by the page's kind words for the status. Called by the +error.svelte pages.

/** The sentence written for the reader, or undefined when the message is not one. */
export function sentenceOf(error: { readonly message: string } | null): string | undefined {
  return error && /[。！？.!?]$/.test(error.message) ? error.message : undefined;
}
