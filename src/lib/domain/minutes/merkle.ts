// The council's log of completed minutes as a Merkle tree (RFC 9162, section 2.1): its root, and proofs that a leaf is in it and that a later
// tree only added to an earlier one. Pure; the office keeps the leaves, the verifier checks proofs. Rules [T12] and [T13].
import { hexOf, sha256 } from '#lib/domain/sha256.ts';

export const leafHash = (entry: Uint8Array): Uint8Array => sha256(Uint8Array.of(0), entry);
const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Uint8Array.of(1), left, right);

/** The largest power of two below `size`. */
function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** The root over leaf hashes; of no leaves SHA-256 of nothing. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  const half = split(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

export function inclusionPath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const half = split(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...inclusionPath(left, index), rootOf(right)]
    : [...inclusionPath(right, index - half), rootOf(left)];
}

/** The proof that the tree of all `leaves` begins with the tree of the first `size`; both at least 1. */
export function consistencyPath(leaves: readonly Uint8Array[], size: number, whole = true): Uint8Array[] {
  if (size === leaves.length) return whole ? [] : [rootOf(leaves)];
  const half = split(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return size <= half
    ? [...consistencyPath(left, size, whole), rootOf(right)]
    : [...consistencyPath(right, size - half, false), rootOf(left)];
}

const same = (one: Uint8Array, other: Uint8Array): boolean => hexOf(one) === hexOf(other);

/** RFC 9162, 2.1.3.2. */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const step of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(step, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, step);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(hash, root);
}

export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** RFC 9162, 2.1.4.2. A tree is consistent with itself, and nothing with a smaller one. */
export function isConsistent(older: Tree, newer: Tree, path: readonly Uint8Array[]): boolean {
  if (older.size > newer.size || older.size < 1) return false;
  if (older.size === newer.size) return path.length === 0 && same(older.root, newer.root);
  const power = (older.size & (older.size - 1)) === 0;
  const steps = power ? [older.root, ...path] : [...path];
  let [at, last] = [older.size - 1, newer.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const first = steps.shift();
  if (first === undefined) return false;
  let [before, after] = [first, first];
  for (const step of steps) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, after] = [nodeHash(step, before), nodeHash(step, after)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else after = nodeHash(after, step);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(before, older.root) && same(after, newer.root);
}
