// Who acts: what a cookie proved, and nothing more. Rooms, sockets and the document server ask here whose hand it is.
// Whether that hand may do something is decided elsewhere (policies.ts, the meeting's own table); never here.

export type Actor =
  /** Signed in. `meetingId` is set when a printed slip opened the session: then it counts at that one meeting only. */
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly accountId: string | null;
      readonly meetingId: string | null;
      /** Stored id of the session that proved it, to ask again whether it still stands; absent where no cookie did. */
      readonly sessionKey?: string;
      /** A place this device has taken at one practice meeting, beside being who they are everywhere else. */
      readonly admitted?: { readonly meetingId: string; readonly personId: string };
    }
  /** A resident without an account. `admitted`: a host or helper let this device take that person's seat at that meeting. */
  | {
      readonly kind: 'guest';
      readonly guestId: string;
      readonly shownName: string;
      readonly admitted?: { readonly meetingId: string; readonly personId: string };
    }
  /** The program itself: clocks that run out, migrations, the demo. Never made from a cookie. */
  | { readonly kind: 'system' }
  | { readonly kind: 'nobody' };

export const nobody: Actor = { kind: 'nobody' };

/** The person whose hand this is at `meetingId`: slips and admissions count at their own meeting only. */
export function personAt(actor: Actor, meetingId: string): string | null {
  if ((actor.kind === 'person' || actor.kind === 'guest') && actor.admitted?.meetingId === meetingId)
    return actor.admitted.personId;
  if (actor.kind === 'person') return actor.meetingId === null || actor.meetingId === meetingId ? actor.personId : null;
  return null;
}

/** The person signed in for everything, outside any one meeting: never by a slip, never by admission. */
export function personSignedIn(actor: Actor): string | null {
  return actor.kind === 'person' && actor.meetingId === null && actor.accountId !== null ? actor.personId : null;
}
