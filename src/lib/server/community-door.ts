// The first line of every public page of a community: is there such a one, and whose hand asks? Called by loads and actions under
// /c/[communityId]. A hand is a device or a person, never an address; it is made at the first deed, never by looking.
import { error, type RequestEvent } from '@sveltejs/kit';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { createGuest } from '#lib/server/auth/guests.ts';
import { setGuestCookie } from '#lib/server/auth/recognise.ts';
import { db } from '#lib/server/db/client.ts';
import { communities } from '#lib/server/db/schema/index.ts';
import { messagesFor } from '#lib/server/messages-for.ts';

export interface PublicCommunity {
  readonly communityId: string;
  readonly name: string;
}

/** The community, or 404. */
export async function communityAt(event: Pick<RequestEvent, 'locals'>, communityId: string): Promise<PublicCommunity> {
  const [row] = await db
    .select({ communityId: communities.id, name: communities.name })
    .from(communities)
    .where(eq(communities.id, communityId));
  if (!row) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return row;
}

/** The actor, or a guest made now and kept in a cookie of this device. */
export async function handAt(event: RequestEvent, communityId: string): Promise<Actor> {
  const { actor } = event.locals;
  if (actor.kind === 'guest' || actor.kind === 'person') return actor;
  const { guestId, token } = await createGuest(communityId, '');
  setGuestCookie(event.cookies, event.url, token);
  return { kind: 'guest', guestId, shownName: '' };
}
