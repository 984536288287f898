// Writes down who took a file with personal facts, and when. Called by the route before it sends the file: what is not written down is not sent.
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db } from '#lib/server/db/client.ts';
import { downloads } from '#lib/server/db/schema/index.ts';
import { homeOf } from './meeting-door.ts';

/** `what` names the file and its meeting, for whoever reads the list later. */
export async function recordDownload(
  meetingId: string,
  what: 'attendance' | 'votes' | 'archive' | 'sign-in-sheet',
  actor: Actor,
): Promise<void> {
  const { communityId } = await homeOf(meetingId);
  const personId = personAt(actor, meetingId);
  await db
    .insert(downloads)
    .values({ id: newId(), communityId, personId, what: `${what} ${meetingId}`, at: Date.now() });
}
