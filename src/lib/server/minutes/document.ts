// The minutes of a meeting as a shared document: found right after the adjournment with a whole first text, read with its facts filled in from
// the log, and looked after so that every fact stands in it once and in order. Loaded with the doors, because the document server asks its
// access rule and its carer. Rules [K…].
import { and, desc, eq } from 'drizzle-orm';
import { personAt } from '#lib/domain/actor.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { Audience } from '#lib/domain/meeting/words.ts';
import type { Fact } from '#lib/domain/minutes/fact.ts';
import { factsOf } from '#lib/domain/minutes/facts.ts';
import { namesOf, withMentions } from '#lib/domain/minutes/mentions.ts';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { factBlocks, type FactWords } from '#lib/messages/minutes-facts.ts';
import { outlineOf } from '#lib/messages/minutes-outline.ts';
import { minutesFacts as enFacts } from '#lib/messages/en/minutes-facts.ts';
import { minutesFacts as zhFacts } from '#lib/messages/zh-CN/minutes-facts.ts';
import { minutesOutline as zhOutline } from '#lib/messages/zh-CN/minutes-outline.ts';
import {
  factsAreRight,
  placesOf,
  readMinutes,
  setFactsRight,
  writeMinutes,
  type FactPlaces,
} from '#lib/protocol/minutes-document.ts';
import { MinutesAuthors } from '#lib/protocol/minutes-authors.ts';
import { bringBack } from '#lib/protocol/minutes-history.ts';
import { bus } from '#lib/server/bus.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { documents, meetings } from '#lib/server/db/schema/index.ts';
import { registerDocumentAccess } from '#lib/server/documents/access.ts';
import { registerDocumentCare } from '#lib/server/documents/care.ts';
import { foundDocument, systemPerson } from '#lib/server/documents/found-and-freeze.ts';
import { EditRefused } from '#lib/server/documents/live-document.ts';
import { openedDocuments } from '#lib/server/documents/opened.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { meetingNotice } from '#lib/server/meetings/notice.ts';
import { caughtUp, freshCopy } from '#lib/server/meetings/copies.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { writtenDown } from './written-down.ts';

/** [K5] Members and hosts write from the adjournment until the text is frozen; whoever was at the desk or in the room reads. */
registerDocumentAccess('minutes', async ({ meetingId }, actor) => {
  if (meetingId === null) return 'none';
  const { state } = await freshCopy(meetingId);
  const personId = personAt(actor, meetingId);
  if (personId === null || state.phase !== 'adjourned') return 'none';
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (mayDo(doers, 'editMinutes')) return 'write';
  return mayDo(doers, 'readMinutesDraft') ? 'read' : 'none';
});

/** [K4] [K7] Every fact of the log stands in the text once and in order, and nobody proposes or comments under another's name, whatever hands do. */
registerDocumentCare('minutes', ({ meetingId }, again) => {
  let facts: readonly Fact[] | null = null;
  let places: FactPlaces = new Map();
  const authors = new MinutesAuthors();
  const read = (): void => {
    minutesFacts(meetingId ?? '')
      .then((now) => {
        facts = now;
        again();
      })
      .catch((error: unknown) => reportFailure('The facts of the minutes could not be read', error));
  };
  const stop = bus().subscribe(meetingNotice, ({ id }) => void (id === meetingId && read()), read);
  read();
  return {
    look(doc, ownerOf) {
      const rightAuthors = authors.look(doc, (clientId) => {
        const owner = ownerOf(clientId);
        return owner === systemPerson ? undefined : owner;
      });
      if (!facts) return rightAuthors;
      const now = facts;
      if (!factsAreRight(doc, seqsOf(now)))
        return (text) => {
          setFactsRight(text, now, places);
          rightAuthors?.(text);
        };
      places = placesOf(doc);
      return rightAuthors;
    },
    end: stop,
  };
});

const seqsOf = (facts: readonly Fact[]): number[] => facts.map(({ seq }) => seq);

/** The facts of the log as it is now, as `audience` reads them. */
export async function minutesFacts(meetingId: string, audience: Audience = 'hosts'): Promise<Fact[]> {
  const copy = await freshCopy(meetingId);
  return factsOf(meetingId, copy.eventsFor(audience, 0), copy.stateFor(audience));
}

/** The newest text of the meeting's minutes; null while there is none. */
export async function minutesDocumentOf(store: Queryable, meetingId: string): Promise<string | null> {
  const [row] = await store
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.meetingId, meetingId), eq(documents.kind, 'minutes')))
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(1);
  return row?.id ?? null;
}

/**
 * [K2] The minutes of an adjourned meeting, found with their whole first text if they are not there yet; null before. Several at once find one.
 * Done right after the adjournment and whenever somebody asks: a program killed in between finds it later.
 */
export async function ensureMinutes(meetingId: string): Promise<string | null> {
  const known = await minutesDocumentOf(db, meetingId);
  if (known !== null) return known;
  return db.transaction(async (tx) => {
    const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update');
    if (meeting?.phase !== 'adjourned') return null;
    const found = await minutesDocumentOf(tx, meetingId);
    if (found !== null) return found;
    const { state, ...copy } = await readAll(meetingId, tx);
    const title = withMentions(namesOf(state), state.title?.text ?? '');
    const written = await writtenDown(state, copy.events, copy.facts, zhOutline, tx);
    const outline = outlineOf(zhOutline, { format: state.format, title }, copy.facts, written);
    return foundDocument(tx, {
      kind: 'minutes',
      meetingId,
      at: Date.now(),
      seed: (doc) => writeMinutes(doc, outline),
    });
  });
}

/** A new edition of frozen minutes: another document that begins with the old one's text and with every fact of the log as it is now. */
export async function foundMinutesFrom(
  tx: Queryable,
  meetingId: string,
  oldDocumentId: string,
  at: number,
): Promise<string> {
  const old = await readDocument(tx, oldDocumentId);
  const { facts } = await readAll(meetingId, tx);
  const documentId = await foundDocument(tx, {
    kind: 'minutes',
    meetingId,
    at,
    seed: (doc) => {
      if (old) bringBack(doc, old);
      setFactsRight(doc, facts);
    },
  });
  old?.destroy();
  return documentId;
}

async function readAll(meetingId: string, store: Queryable) {
  const copy = await caughtUp(meetingId, store);
  const events = copy.eventsFor('hosts', 0);
  return { state: copy.state, events, facts: factsOf(meetingId, events, copy.state) };
}

/** After an event that changed the facts of an adjourned meeting: the text gets what is new. Open texts have it already. */
export async function tendMinutes(meetingId: string): Promise<void> {
  const documentId = await ensureMinutes(meetingId);
  if (documentId === null) return;
  const facts = await minutesFacts(meetingId);
  try {
    await openedDocuments().edit(documentId, systemPerson, (doc) => {
      if (!factsAreRight(doc, seqsOf(facts))) setFactsRight(doc, facts);
    });
  } catch (error) {
    // A frozen text stays as it was signed; a new one begins with the new facts.
    if (!(error instanceof EditRefused)) throw error;
  }
}

export const factWordsIn = (lang: Lang): FactWords => ({
  lang,
  w: messagesFor(lang),
  f: lang === 'en' ? enFacts : zhFacts,
});

/** Facts that do not stand in the text exactly once and in order; by the numbers of their events. */
export interface FactsAmiss {
  readonly missing: readonly number[];
  readonly twice: readonly number[];
}

/**
 * [K1] The text of a document with every fact in the words of the log, as it is stored for the transaction that reads it; or what is amiss.
 * For freezing and for files.
 */
export async function minutesBlocks(
  tx: Queryable,
  meetingId: string,
  lang: Lang,
  documentId?: string,
): Promise<WrittenBlock[] | FactsAmiss> {
  const id = documentId ?? (await minutesDocumentOf(tx, meetingId));
  const doc = id === null ? null : await readDocument(tx, id);
  const blocks = doc ? readMinutes(doc) : [];
  const { facts } = await readAll(meetingId, tx);
  const right = doc !== null && factsAreRight(doc, seqsOf(facts));
  doc?.destroy();
  const there = blocks.flatMap((block) => (block.kind === 'fact' ? [block.seq] : []));
  if (!right)
    return {
      missing: seqsOf(facts).filter((seq) => !there.includes(seq)),
      twice: there.filter((seq, at) => there.indexOf(seq) !== at),
    };
  const words = factWordsIn(lang);
  const bySeq = new Map(facts.map((fact) => [fact.seq, fact]));
  return blocks.map((block) => {
    const fact = block.kind === 'fact' ? bySeq.get(block.seq) : undefined;
    return fact ? { kind: 'fact', seq: fact.seq, blocks: factBlocks(words, fact) } : block;
  });
}
