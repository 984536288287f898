// The one way a signed paper is written as bytes, RFC 8785 (JCS), and what is hashed over them. Used when freezing, signing and verifying, in
// Node and in browsers. Give it only what a strict shape has passed: other values have no canonical form here. Rules [T1] and [T2].
import { concat, hexOf, sha256, utf8 } from '#lib/domain/sha256.ts';

/** RFC 8785: keys in the order of their UTF-16 units, JSON's own spelling of strings and whole numbers. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/** What a digest is of. Each has a prefix of its own, so that no digest can be passed off as another kind of paper's. */
export type DigestDomain = 'minutes' | 'manifest' | 'bundle' | 'ballots' | 'person' | 'image' | 'enrolment';

/** SHA-256("yishi.<domain>.v1\0" ‖ bytes). */
export const domainDigest = (domain: DigestDomain, ...parts: readonly Uint8Array[]): Uint8Array =>
  sha256(utf8(`yishi.${domain}.v1\0`), concat(...parts));

/** SHA-256("yishi.<domain>.v1\0" ‖ JCS of the value), hex: of a record its docHash. */
export const paperDigest = (domain: DigestDomain, value: unknown): string =>
  hexOf(domainDigest(domain, utf8(canonical(value))));

/** The digest that stands for a name in the record. */
export const personDigest = (salt: Uint8Array, name: string): string => hexOf(domainDigest('person', salt, utf8(name)));
