// What publishing needs to know of a meeting's minutes: whether they are signed to completion, what their digest is, and who signed how.
// The one place where publications read minutes.
import type { Lang } from '#lib/messages/lang.ts';
import type { SignerLine } from '#lib/protocol/publication.ts';

export interface Signing extends Omit<SignerLine, 'name'> {
  readonly personId: string;
  /** As the signed record masks the person, for one whom nothing else names any more. */
  readonly mask: string;
}

export interface SignedMinutes {
  readonly docHash: string;
  readonly edition: number;
  readonly completedAt: number;
  readonly signings: readonly Signing[];
  /** Of the installation's key, for comparing. */
  readonly fingerprint: string;
}

/** Null while they are not signed as their rule asks. */
export const signedMinutes = (_meetingId: string): Promise<SignedMinutes | null> => Promise.resolve(null);

/** Minutes, record, bundle, names, ballots, log and verifier of a signed meeting; nothing before. */
export async function* signedFiles(
  _meetingId: string,
  _kind: 'public' | 'archive',
  _lang: Lang,
): AsyncGenerator<{ what: 'record'; name: string; bytes: Uint8Array }> {
  yield* [];
}
