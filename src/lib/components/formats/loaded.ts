// A format's screen together with the words it was fetched with, and no others: what ties the two for the page that shows them.
import type { Loaded } from './screens.ts';

export const loaded = <Props>(view: unknown, say: unknown): Loaded<Props> => ({ view, say }) as Loaded<Props>;
