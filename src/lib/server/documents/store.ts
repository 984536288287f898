// The rows of shared documents: an append-only log under the document's row lock, claims of clientIDs, snapshots that make loading fast.
// Called by the live documents, and by office code that founds, freezes or reads a document. It must never change or delete a row of the
// log, and never answer with a document it could not read whole.
import { hash } from 'node:crypto';
import type postgres from 'postgres';
import * as Y from 'yjs';
import type { DocumentKind } from '#lib/protocol/documents.ts';
import type { DocumentAddress } from './access.ts';

/** What is written of one accepted update. */
export interface Draft {
  readonly bytes: Uint8Array;
  readonly personId: string;
  readonly clientId: number;
  /** clientIDs this update claims for its person. */
  readonly claims: readonly number[];
}

export interface StoredUpdate {
  readonly seq: number;
  readonly personId: string;
  readonly clientId: number;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly hash: Uint8Array;
}

export interface Claim {
  readonly clientId: number;
  readonly personId: string;
}

export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly size: number;
  readonly frozenSeq: number | null;
}

/** Rows another process has written since. */
export interface Missed {
  readonly updates: readonly StoredUpdate[];
  readonly claims: readonly Claim[];
}

export interface LoadedDocument {
  readonly address: DocumentAddress;
  readonly head: Head;
  readonly doc: Y.Doc;
  readonly claims: readonly Claim[];
  readonly snapshotSeq: number;
}

/** The rows do not make up a document: a hole, a broken chain, bytes that cannot be applied. Nothing may be stored on top of that. */
export class BrokenDocument extends Error {
  constructor(documentId: string, why: string) {
    super(`Document ${documentId} cannot be loaded: ${why}`);
    this.name = 'BrokenDocument';
  }
}

/** The document has been deleted while it was open. */
export class DocumentGone extends Error {
  constructor(documentId: string) {
    super(`Document ${documentId} is gone`);
    this.name = 'DocumentGone';
  }
}

const sha256 = (bytes: Uint8Array | string): Buffer => hash('sha256', bytes, 'buffer');

/** The hash before the first update. */
export const genesisHash = (documentId: string): Uint8Array => sha256(`yishi.document.v1\0${documentId}`);

/** The chain covers who, when and in which order as well as the bytes. */
export function linkHash(
  previous: Uint8Array,
  documentId: string,
  { seq, personId, clientId, at, bytes }: Omit<StoredUpdate, 'hash'>,
): Uint8Array {
  const header = JSON.stringify([documentId, seq, personId, clientId, at]);
  return sha256(Buffer.concat([previous, sha256(header), sha256(bytes)]));
}

interface UpdateRow {
  seq: number;
  person_id: string;
  client_id: string;
  bytes: Buffer;
  at: string;
  hash: Buffer;
}

const asUpdate = (row: UpdateRow): StoredUpdate => ({
  seq: row.seq,
  personId: row.person_id,
  clientId: Number(row.client_id),
  bytes: row.bytes,
  at: Number(row.at),
  hash: row.hash,
});

interface HeadRow {
  head_seq: number;
  head_hash: Buffer;
  size: number;
  frozen_seq: number | null;
}

const asHead = (row: HeadRow): Head => ({
  seq: row.head_seq,
  hash: row.head_hash,
  size: row.size,
  frozenSeq: row.frozen_seq,
});

/** Throws unless the rows continue the chain without a hole. */
function verifyLinks(
  documentId: string,
  after: { seq: number; hash: Uint8Array },
  rows: readonly StoredUpdate[],
): void {
  let { seq, hash: previous } = after;
  for (const row of rows) {
    if (row.seq !== seq + 1) throw new BrokenDocument(documentId, `update ${seq + 1} is missing`);
    if (!Buffer.from(row.hash).equals(linkHash(previous, documentId, row)))
      throw new BrokenDocument(documentId, `update ${row.seq} does not continue the chain`);
    seq = row.seq;
    previous = row.hash;
  }
}

export class DocumentStore {
  readonly #sql: postgres.Sql;

  constructor(sql: postgres.Sql) {
    this.#sql = sql;
  }

  /** Null when there is no such document. */
  async address(documentId: string): Promise<DocumentAddress | null> {
    const [row] = await this.#sql<{ kind: DocumentKind; meeting_id: string | null }[]>`
      select kind, meeting_id from documents where id = ${documentId}`;
    return row ? { documentId, kind: row.kind, meetingId: row.meeting_id } : null;
  }

  /**
   * The whole document as of one moment. Null when there is none; throws `BrokenDocument` rather than give less than all of it.
   * A snapshot that cannot be read is passed over: the log is the document.
   */
  async load(documentId: string): Promise<LoadedDocument | null> {
    return this.#sql.begin('isolation level repeatable read read only', async (tx) => {
      const [row] = await tx<(HeadRow & { kind: DocumentKind; meeting_id: string | null })[]>`
        select kind, meeting_id, head_seq, head_hash, size, frozen_seq from documents where id = ${documentId}`;
      if (!row) return null;
      const head = asHead(row);
      const claims = await tx<{ client_id: string; person_id: string }[]>`
        select client_id, person_id from document_clients where document_id = ${documentId}`;
      const snapshots = await tx<{ seq: number; bytes: Buffer; hash: Buffer | null }[]>`
        select s.seq, s.bytes, u.hash from document_snapshots s
        left join document_updates u on u.document_id = s.document_id and u.seq = s.seq
        where s.document_id = ${documentId} and s.seq <= ${head.seq} order by s.seq desc`;
      let from = { seq: 0, hash: genesisHash(documentId) };
      let doc = new Y.Doc();
      for (const { seq, bytes, hash: at } of snapshots) {
        if (at === null) continue;
        try {
          Y.applyUpdate(doc, bytes);
          if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('it has gaps');
          from = { seq, hash: at };
          break;
        } catch (error) {
          console.error(`Snapshot ${seq} of document ${documentId} cannot be read; trying what is older`, error);
          doc = new Y.Doc();
        }
      }
      const updates = await this.#updates(tx, documentId, from.seq);
      verifyLinks(documentId, from, updates);
      const last = updates[updates.length - 1] ?? from;
      if (last.seq !== head.seq || !Buffer.from(last.hash).equals(head.hash))
        throw new BrokenDocument(documentId, `its log ends at ${last.seq}, not at its head ${head.seq}`);
      try {
        doc.transact(() => updates.forEach(({ bytes }) => Y.applyUpdate(doc, bytes)));
      } catch (error) {
        throw new BrokenDocument(documentId, `an update cannot be applied: ${String(error)}`);
      }
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
        throw new BrokenDocument(documentId, 'an update builds on something that is not there');
      return {
        address: { documentId, kind: row.kind, meetingId: row.meeting_id },
        head,
        doc,
        claims: claims.map(({ client_id, person_id }) => ({ clientId: Number(client_id), personId: person_id })),
        snapshotSeq: from.seq,
      };
    });
  }

  /** What was stored after `seq`, with the head as it is then. */
  async since(documentId: string, seq: number): Promise<Missed & { head: Head }> {
    return this.#sql.begin('isolation level repeatable read read only', async (tx) => {
      const [row] = await tx<HeadRow[]>`
        select head_seq, head_hash, size, frozen_seq from documents where id = ${documentId}`;
      if (!row) throw new DocumentGone(documentId);
      return { head: asHead(row), ...(await this.#missed(tx, documentId, seq, row.head_seq)) };
    });
  }

  /**
   * Appends in one round trip, if the document still stands at `head`: the row's lock is taken and the head compared in the same statement.
   * Null when another process has written meanwhile or the text is frozen: nothing was written then. When it rejects, nothing may be taken
   * for stored, though the rows may be there (a connection lost during the commit).
   */
  async appendAt(documentId: string, head: Head, drafts: readonly Draft[]): Promise<StoredUpdate[] | null> {
    return this.#insert(this.#sql, documentId, head, drafts);
  }

  /**
   * Appends under the document's lock, taken first. `judge` is told what this process has not yet seen and answers what to append; it is
   * called exactly once and must not wait. Rejects as `appendAt` does.
   */
  async append(
    documentId: string,
    knownSeq: number,
    judge: (missed: Missed, head: Head) => readonly Draft[],
  ): Promise<StoredUpdate[]> {
    return this.#sql.begin(async (tx) => {
      const [row] = await tx<HeadRow[]>`
        select head_seq, head_hash, size, frozen_seq from documents where id = ${documentId} for update`;
      if (!row) throw new DocumentGone(documentId);
      const head = asHead(row);
      const drafts = judge(await this.#missed(tx, documentId, knownSeq, head.seq), head);
      if (drafts.length === 0) return [];
      const stored = await this.#insert(tx, documentId, head, drafts);
      if (!stored) throw new BrokenDocument(documentId, 'its head moved under its lock');
      return stored;
    });
  }

  /** Keeps `bytes`, the whole document as of `seq`, to load from; the one before stays as a fallback. The log is untouched. */
  async keepSnapshot(documentId: string, seq: number, bytes: Uint8Array): Promise<void> {
    await this.#sql.begin(async (tx) => {
      const [row] = await tx`select 1 from documents where id = ${documentId} for update`;
      if (!row) return;
      await tx`
        insert into document_snapshots (document_id, seq, bytes) values (${documentId}, ${seq}, ${Buffer.from(bytes)})
        on conflict do nothing`;
      await tx`
        delete from document_snapshots where document_id = ${documentId} and seq not in (
          select seq from document_snapshots where document_id = ${documentId} order by seq desc limit 2)`;
      await tx`
        update documents set size = ${bytes.byteLength} + coalesce((
          select sum(length(bytes)) from document_updates where document_id = ${documentId} and seq > ${seq}), 0)
        where id = ${documentId}`;
    });
  }

  /** The head of each of these documents; those that are gone are not in the answer. */
  async heads(documentIds: readonly string[]): Promise<Map<string, Head>> {
    const rows = await this.#sql<(HeadRow & { id: string })[]>`
      select id, head_seq, head_hash, size, frozen_seq from documents where id = any(${[...documentIds]}::text[])`;
    return new Map(rows.map((row) => [row.id, asHead(row)]));
  }

  /** The log up to `seq`: who typed what, when. Throws `BrokenDocument` where the chain does not hold. */
  async history(documentId: string, upTo = 2 ** 31 - 1): Promise<StoredUpdate[]> {
    const updates = (await this.#updates(this.#sql, documentId, 0)).filter(({ seq }) => seq <= upTo);
    verifyLinks(documentId, { seq: 0, hash: genesisHash(documentId) }, updates);
    return updates;
  }

  /** One statement: head, claims and rows, or nothing at all. */
  async #insert(
    sql: postgres.Sql | postgres.TransactionSql,
    documentId: string,
    head: Head,
    drafts: readonly Draft[],
  ): Promise<StoredUpdate[] | null> {
    const at = Date.now();
    const stored: StoredUpdate[] = [];
    const claims: { clientId: number; personId: string; seq: number }[] = [];
    let previous = head.hash;
    for (const { bytes, personId, clientId, claims: claimed } of drafts) {
      const unlinked = { seq: head.seq + stored.length + 1, personId, clientId, bytes, at };
      previous = linkHash(previous, documentId, unlinked);
      stored.push({ ...unlinked, hash: previous });
      for (const client of claimed) claims.push({ clientId: client, personId, seq: unlinked.seq });
    }
    const asBuffers = (all: readonly Uint8Array[]) => sql.array(all.map(asBuffer), byteaOid);
    const { count } = await sql`
      with head as (
        update documents set head_seq = ${head.seq + stored.length}, head_hash = ${asBuffer(previous)},
          size = size + ${drafts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)}
        where id = ${documentId} and head_seq = ${head.seq} and frozen_seq is null
        returning id
      ), claimed as (
        insert into document_clients (document_id, client_id, person_id, seq)
        select head.id, claim.* from head, unnest(${claims.map((claim) => claim.clientId)}::bigint[],
          ${claims.map((claim) => claim.personId)}::text[], ${claims.map((claim) => claim.seq)}::int[]) as claim
      )
      insert into document_updates (document_id, seq, person_id, client_id, bytes, at, hash)
      select head.id, made.* from head, unnest(${stored.map((one) => one.seq)}::int[],
        ${stored.map((one) => one.personId)}::text[], ${stored.map((one) => one.clientId)}::bigint[],
        ${asBuffers(stored.map((one) => one.bytes))}::bytea[], ${stored.map((one) => one.at)}::bigint[],
        ${asBuffers(stored.map((one) => one.hash))}::bytea[]) as made`;
    return count === stored.length ? stored : null;
  }

  async #updates(sql: postgres.Sql | postgres.TransactionSql, documentId: string, after: number) {
    const rows = await sql<UpdateRow[]>`
      select seq, person_id, client_id, bytes, at, hash from document_updates
      where document_id = ${documentId} and seq > ${after} order by seq`;
    return rows.map(asUpdate);
  }

  async #missed(tx: postgres.TransactionSql, documentId: string, after: number, headSeq: number): Promise<Missed> {
    if (headSeq === after) return { updates: [], claims: [] };
    const [updates, claims] = await Promise.all([
      this.#updates(tx, documentId, after),
      tx<{ client_id: string; person_id: string }[]>`
        select client_id, person_id from document_clients where document_id = ${documentId} and seq > ${after}`,
    ]);
    if (updates.length !== headSeq - after || headSeq < after)
      throw new BrokenDocument(documentId, `its log has a hole after ${after}`);
    return {
      updates,
      claims: claims.map(({ client_id, person_id }) => ({ clientId: Number(client_id), personId: person_id })),
    };
  }
}

const byteaOid = 17;
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
