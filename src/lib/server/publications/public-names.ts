// How the people of a community are named in public at this moment: whole where they consent today, masked else, not at all once erased. Everything
// published takes its names from here, and passes every free word through `text`. Rule [PB4].
import { eq } from 'drizzle-orm';
import { maskName } from '#lib/domain/meeting/words.ts';
import { withoutNames } from '#lib/domain/publication/publication.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { people } from '#lib/server/db/schema/index.ts';
import { maskedName } from '#lib/server/people/masked-name.ts';

export interface PublicNames {
  /** '' for somebody erased or unknown. */
  of(personId: string): string;
  /** Free words with nobody named who did not agree to it. */
  text(words: string): string;
  readonly people: readonly { name: string | null; phone: string | null; consentPublishName: boolean }[];
}

export async function publicNames(communityId: string, store: Queryable = db): Promise<PublicNames> {
  const rows = await store
    .select({ id: people.id, name: people.name, phone: people.phone, consentPublishName: people.consentPublishName })
    .from(people)
    .where(eq(people.communityId, communityId));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    of(personId) {
      const row = byId.get(personId);
      return row ? maskedName(row) : '';
    },
    text: (words) => withoutNames(words, rows, maskName),
    people: rows,
  };
}

/** Everything of a folded state that is words, passed through `text`: for pages that show a whole meeting to everybody. */
export function inPublicWords<T>(value: T, text: PublicNames['text']): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => inPublicWords(each, text)) as T;
  const entries = Object.entries(value);
  if ('wordsId' in value && 'text' in value && typeof value.text === 'string')
    return { ...value, text: text(value.text) };
  return Object.fromEntries(entries.map(([key, each]) => [key, inPublicWords(each as unknown, text)])) as T;
}
