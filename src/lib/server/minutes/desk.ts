// The minutes as a page shows them to one reader: the stored text, every fact in the reader's words and language, people by the names this
// reader may read. Changes nothing but founding what is due.
import { eq } from 'drizzle-orm';
import type { Audience } from '#lib/domain/meeting/words.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { mentionable } from '#lib/domain/minutes/mentions.ts';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { factBlocks } from '#lib/messages/minutes-facts.ts';
import { readMinutes } from '#lib/protocol/minutes-document.ts';
import { db } from '#lib/server/db/client.ts';
import { documents } from '#lib/server/db/schema/index.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { factWordsIn, minutesFacts } from './document.ts';

export { ensureMinutes } from './document.ts';

export interface MinutesDesk {
  readonly documentId: string;
  readonly frozen: boolean;
  /** The text with its facts filled in, as it is stored now. */
  readonly blocks: readonly WrittenBlock[];
  /** What the log says, by the number of its event. */
  readonly facts: Readonly<Record<number, readonly WrittenBlock[]>>;
  readonly names: Readonly<Record<string, string>>;
}

/** Whoever was at the meeting, by the names this audience reads; an erased person is not among them. */
export const namesAt = (state: MeetingState): Record<string, string> =>
  Object.fromEntries(mentionable(state).flatMap(({ personId, name }) => (name === null ? [] : [[personId, name]])));

export async function factsInWords(
  meetingId: string,
  audience: Audience,
  lang: Lang,
): Promise<Record<number, readonly WrittenBlock[]>> {
  const words = factWordsIn(lang);
  const facts = await minutesFacts(meetingId, audience);
  return Object.fromEntries(facts.map((fact) => [fact.seq, factBlocks(words, fact)]));
}

/** Facts in the place of their numbers. One that is not known (yet) is left out. */
export const filledIn = (
  blocks: readonly WrittenBlock[],
  facts: Readonly<Record<number, readonly WrittenBlock[]>>,
): WrittenBlock[] =>
  blocks.flatMap((block): WrittenBlock[] => {
    if (block.kind !== 'fact') return [block];
    const said = facts[block.seq];
    return said ? [{ ...block, blocks: said }] : [];
  });

export async function isFrozen(documentId: string): Promise<boolean> {
  const [row] = await db.select({ frozenSeq: documents.frozenSeq }).from(documents).where(eq(documents.id, documentId));
  return row !== undefined && row.frozenSeq !== null;
}

export async function minutesDesk(
  meetingId: string,
  documentId: string,
  audience: Audience,
  lang: Lang,
): Promise<MinutesDesk> {
  const [copy, facts, doc, frozen] = await Promise.all([
    freshCopy(meetingId),
    factsInWords(meetingId, audience, lang),
    readDocument(db, documentId),
    isFrozen(documentId),
  ]);
  const blocks = doc ? filledIn(readMinutes(doc), facts) : [];
  doc?.destroy();
  return {
    documentId,
    frozen,
    blocks,
    facts,
    names: namesAt(copy.stateFor(audience)),
  };
}
