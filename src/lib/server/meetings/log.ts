// The log of a meeting in the database: appending with the hash chain, reading back with words, checking the chain.
// Appending happens only in act.ts, under the meeting row's lock. Stored bytes are bytea, never jsonb: the chain covers exactly them.
import { createHash } from 'node:crypto';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { upcast, versionOf, type MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { Draft, Logged } from '#lib/domain/meeting/slice.ts';
import { mayRead, type Audience } from '#lib/domain/meeting/words.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { meetingEvents, meetings, meetingWords } from '#lib/server/db/schema/index.ts';
import { digestOfWords, revealed, seal, withTexts, type Scopes, type WordsRow } from './words.ts';

export const emptyHash = new Uint8Array(32);

/** One event in memory: whole, with how far its words may be read. */
export interface Entry {
  readonly event: MeetingEvent;
  readonly scopes: Scopes;
}

/** An event ready to be stored and folded. */
export interface Sealing {
  readonly entry: Entry;
  readonly body: Uint8Array;
  readonly hash: Uint8Array;
  readonly words: readonly WordsRow[];
}

const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** SHA-256(previous ‖ SHA-256(body)). */
export const chained = (previous: Uint8Array, body: Uint8Array): Uint8Array => sha256(previous, sha256(body));

export function sealEvent(
  draft: Draft,
  at: { seq: number; at: number; actorId: string; commandId: string; previous: Uint8Array },
): Sealing {
  const { stored, whole, rows } = seal(draft.payload);
  const { seq, actorId, commandId, previous } = at;
  const head = { type: draft.type, version: versionOf(draft.type), at: at.at, actorId, audience: draft.audience };
  const body = Buffer.from(JSON.stringify({ seq, ...head, commandId, payload: stored }));
  const event = { seq, ...head, payload: whole } as MeetingEvent;
  const scopes = new Map(rows.map(({ id, scope, elsewhere }) => [id, { scope, elsewhere }]));
  return { entry: { event, scopes }, body, hash: chained(previous, body), words: rows };
}

/** Stores sealed events; the caller holds the meeting's lock and moves its head in the same transaction. */
export async function appendEvents(tx: Queryable, meetingId: string, sealings: readonly Sealing[]): Promise<void> {
  await tx
    .insert(meetingEvents)
    .values(sealings.map(({ entry, body, hash }) => ({ meetingId, seq: entry.event.seq, body, hash })));
  const words = sealings.flatMap(({ entry, words }) =>
    words.map((row) => ({ ...row, meetingId, seq: entry.event.seq })),
  );
  if (words.length > 0) await tx.insert(meetingWords).values(words);
}

const utf8 = new TextDecoder();

/** The events after `since` with their words, in order. */
export async function readEntries(store: Queryable, meetingId: string, since: number): Promise<Entry[]> {
  const [rows, words] = await Promise.all([
    store
      .select({ seq: meetingEvents.seq, body: meetingEvents.body })
      .from(meetingEvents)
      .where(and(eq(meetingEvents.meetingId, meetingId), gt(meetingEvents.seq, since)))
      .orderBy(asc(meetingEvents.seq)),
    store
      .select()
      .from(meetingWords)
      .where(and(eq(meetingWords.meetingId, meetingId), gt(meetingWords.seq, since))),
  ]);
  const texts = new Map(words.map(({ id, text }) => [id, text]));
  const scopesOf = new Map<number, Map<string, { scope: Audience; elsewhere: string | null }>>();
  for (const { seq, id, scope, elsewhere } of words) {
    const scopes = scopesOf.get(seq) ?? new Map();
    scopesOf.set(seq, scopes.set(id, { scope, elsewhere }));
  }
  return rows.map(({ seq, body }) => {
    const { payload, ...head } = JSON.parse(utf8.decode(body)) as Logged & { commandId: string };
    const event = upcast({ ...head, seq, payload: withTexts(payload, texts) });
    return { event, scopes: scopesOf.get(seq) ?? new Map() };
  });
}

/** The event as an audience reads it, or null where it may not read it at all. */
export function entryFor({ event, scopes }: Entry, audience: Audience): MeetingEvent | null {
  if (!mayRead(audience, event.audience)) return null;
  if (audience === 'hosts') return event;
  return { ...event, payload: revealed(event.payload, scopes, audience) } as MeetingEvent;
}

export interface ChainCheck {
  readonly whole: boolean;
  readonly events: number;
  /** The first seq that does not fit, null when the chain is whole. */
  readonly brokenAt: number | null;
  /** Words whose text does not match the digest in the log; erased words are not among them. */
  readonly changedWords: readonly string[];
}

/** [E2] Recomputes the chain from the stored bytes up to the meeting's recorded head, and every digest of words not erased. */
export async function checkChain(meetingId: string, store: Queryable = db): Promise<ChainCheck> {
  const [meeting] = await store.select().from(meetings).where(eq(meetings.id, meetingId));
  const rows = await store
    .select()
    .from(meetingEvents)
    .where(eq(meetingEvents.meetingId, meetingId))
    .orderBy(asc(meetingEvents.seq));
  const digests = new Map<string, string>();
  let previous: Uint8Array = emptyHash;
  let brokenAt: number | null = null;
  for (const [index, row] of rows.entries()) {
    const parsed = JSON.parse(utf8.decode(row.body)) as { seq?: unknown; payload: unknown };
    const hash = chained(previous, row.body);
    if (row.seq !== index + 1 || parsed.seq !== row.seq || !Buffer.from(hash).equals(row.hash)) brokenAt ??= row.seq;
    previous = row.hash;
    collectDigests(parsed.payload, digests);
  }
  if (meeting && (meeting.headSeq !== rows.length || !Buffer.from(previous).equals(meeting.headHash)))
    brokenAt ??= rows.length + 1;
  const changedWords: string[] = [];
  const ids = [...digests.keys()];
  for (let start = 0; start < ids.length; start += 1000) {
    const words = await store
      .select()
      .from(meetingWords)
      .where(inArray(meetingWords.id, ids.slice(start, start + 1000)));
    for (const { id, salt, text } of words)
      if (salt !== null && text !== null && digestOfWords(salt, text) !== digests.get(id)) changedWords.push(id);
  }
  return { whole: brokenAt === null && changedWords.length === 0, events: rows.length, brokenAt, changedWords };
}

function collectDigests(value: unknown, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { wordsId, digest } = value as { wordsId?: unknown; digest?: unknown };
  if (typeof wordsId === 'string' && typeof digest === 'string') into.set(wordsId, digest);
  else for (const each of Object.values(value)) collectDigests(each, into);
}

/**
 * [E3] Forgets everything a person said or was called in any meeting: text, masked form and salt go, so not even a guess can be checked.
 * Returns the meetings whose folded copies must be thrown away.
 */
export async function eraseWords(tx: Queryable, personId: string, now: number): Promise<string[]> {
  const erased = await tx
    .update(meetingWords)
    .set({ text: null, elsewhere: null, salt: null, erasedAt: now })
    .where(and(eq(meetingWords.personId, personId), sql`${meetingWords.erasedAt} is null`))
    .returning({ meetingId: meetingWords.meetingId });
  return [...new Set(erased.map(({ meetingId }) => meetingId))];
}
