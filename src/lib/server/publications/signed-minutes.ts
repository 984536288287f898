// What publishing needs to know of a meeting's minutes: whether they are signed to completion, what their digest is, and who signed how.
// The one place where publications read minutes.
export interface Signing {
  readonly personId: string;
  readonly role: string;
  readonly statement: 'agree' | 'reserve' | 'refuse';
  readonly onPaper: boolean;
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
