// Judges an update before anything is done with it: is it one, does the document have all it builds on, and is it typed by whom it says.
// Called by the live document for every update it receives. Pure: it must never change a document or trust a length it has not read.
import * as Y from 'yjs';
import { caps } from '#lib/protocol/documents.ts';

/** A run of characters or elements one clientID made, as far as judging needs it. */
interface Run {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
  readonly skip: boolean;
  /** What it stands beside or inside of: the document must have that already, or the same update must bring it. */
  readonly needs: readonly Y.ID[];
}

export interface DecodedUpdate {
  readonly bytes: Uint8Array;
  readonly runs: readonly Run[];
  /** How far up each clientID's characters are deleted. */
  readonly deletesUpTo: ReadonlyMap<number, number>;
}

export type Verdict =
  /** `brings` are the clientIDs with something new, in order; `claims` those of them nobody has claimed yet; `reaches` how far each goes. */
  | {
      readonly verdict: 'fits';
      readonly brings: readonly number[];
      readonly claims: readonly number[];
      readonly reaches: ReadonlyMap<number, number>;
    }
  /** It builds on something this document does not have. */
  | { readonly verdict: 'gap' }
  /** It brings something under a clientID that is somebody else's. */
  | { readonly verdict: 'foreign' }
  | { readonly verdict: 'malformed' };

const largestClientId = 0xffffffff;

const asId = (value: unknown): Y.ID[] => (value instanceof Y.ID ? [value] : []);

/** Null when the bytes are not an update. */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate | null {
  try {
    const { structs, ds } = Y.decodeUpdate(bytes);
    const runs = structs.map((struct): Run => {
      const { client, clock } = struct.id;
      if (client > largestClientId) throw new RangeError('No Yjs client has such an id');
      const needs =
        struct instanceof Y.Item ? [struct.origin, struct.rightOrigin, struct.parent as unknown].flatMap(asId) : [];
      return { client, clock, end: clock + struct.length, skip: struct instanceof Y.Skip, needs };
    });
    const deletesUpTo = new Map<number, number>();
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) {
        if (!Number.isSafeInteger(clock + len)) throw new RangeError('No text is that long');
        deletesUpTo.set(client, Math.max(deletesUpTo.get(client) ?? 0, clock + len));
      }
    return { bytes, runs, deletesUpTo };
  } catch {
    return null;
  }
}

/**
 * @param stateOf how much of a clientID's text the document has
 * @param ownerOf whose a clientID is; undefined when nobody has claimed it
 */
export function examine(
  { runs, deletesUpTo }: DecodedUpdate,
  stateOf: (client: number) => number,
  ownerOf: (client: number) => string | undefined,
  personId: string,
): Verdict {
  const reaches = new Map<number, number>();
  const reach = (client: number): number => reaches.get(client) ?? stateOf(client);
  const brings = new Set<number>();
  for (const run of runs) {
    if (run.end <= stateOf(run.client)) continue;
    if (run.skip || run.clock > reach(run.client)) return { verdict: 'gap' };
    reaches.set(run.client, Math.max(reach(run.client), run.end));
    brings.add(run.client);
  }
  const claims: number[] = [];
  for (const client of brings) {
    const owner = ownerOf(client);
    if (owner === undefined) claims.push(client);
    else if (owner !== personId) return { verdict: 'foreign' };
  }
  if (claims.length > caps.newClients) return { verdict: 'malformed' };
  for (const run of runs) {
    if (run.end <= stateOf(run.client)) continue;
    for (const { client, clock } of run.needs) {
      // Nobody can stand beside what they themselves have yet to type. Yjs would throw here, in the middle of applying.
      if (client === run.client && clock >= run.clock) return { verdict: 'malformed' };
      if (clock >= reach(client)) return { verdict: 'gap' };
    }
  }
  for (const [client, end] of deletesUpTo) if (end > reach(client)) return { verdict: 'gap' };
  return { verdict: 'fits', brings: [...brings], claims, reaches };
}
