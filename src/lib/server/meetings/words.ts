// Sealing and revealing: words leave an event's payload for the erasable table before the event is stored, and come back for an audience
// when it is read. What is hashed never holds text; what an audience receives never holds text it may not read.
import { createHash, randomBytes } from 'node:crypto';
import { isSaid, mayRead, type Audience, type Said, type Words } from '#lib/domain/meeting/words.ts';
import { newId } from '#lib/protocol/ids.ts';

export interface WordsRow {
  readonly id: string;
  readonly personId: string | null;
  readonly scope: Audience;
  readonly salt: Uint8Array;
  readonly text: string;
  readonly elsewhere: string | null;
}

/** How far words may be read, kept beside an event in memory. */
export type Scopes = ReadonlyMap<string, { readonly scope: Audience; readonly elsewhere: string | null }>;

const isWords = (value: unknown): value is { wordsId: string; digest: string } =>
  typeof value === 'object' && value !== null && typeof (value as { wordsId?: unknown }).wordsId === 'string';

/** The payload with every object `change` answers for replaced, the rest copied. */
function mapped(value: unknown, change: (part: object) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, change)]));
}

export const digestOfWords = (salt: Uint8Array, text: string): string =>
  createHash('sha256').update(salt).update(text, 'utf8').digest('hex');

/** The payload as it is stored (id and digest), as it is folded (with text), and the rows of the words it said. */
export function seal(payload: unknown): { stored: unknown; whole: unknown; rows: WordsRow[] } {
  const rows: WordsRow[] = [];
  const whole = mapped(payload, (part) => {
    if (!isSaid(part)) return undefined;
    const { said, scope, elsewhere, personId }: Said = part;
    const salt = randomBytes(16);
    const row: WordsRow = { id: newId(), personId, scope, salt, text: said, elsewhere };
    rows.push(row);
    return { wordsId: row.id, digest: digestOfWords(salt, said), text: said } satisfies Words;
  });
  const stored = mapped(whole, (part) => (isWords(part) ? { wordsId: part.wordsId, digest: part.digest } : undefined));
  return { stored, whole, rows };
}

/** Puts text back into a stored payload; erased or unknown words read as null. */
export const withTexts = (stored: unknown, texts: ReadonlyMap<string, string | null>): unknown =>
  mapped(stored, (part) =>
    isWords(part) ? { wordsId: part.wordsId, digest: part.digest, text: texts.get(part.wordsId) ?? null } : undefined,
  );

/** A whole payload as an audience reads it. */
export function revealed(whole: unknown, scopes: Scopes, audience: Audience): unknown {
  if (audience === 'hosts') return whole;
  return mapped(whole, (part) => {
    if (!isWords(part)) return undefined;
    const words = part as Words;
    const scope = scopes.get(words.wordsId);
    if (!scope || mayRead(audience, scope.scope)) return words;
    return { ...words, text: words.text === null ? null : scope.elsewhere };
  });
}
