// How a meeting comes to be: its row, its join code, its first event and the shared document its agenda is drafted in.
import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { mayManageCouncil } from '#lib/domain/policies.ts';
import { insertItem, type NewItem } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { foundDocument } from '#lib/server/documents/found-and-freeze.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { communities, councils, meetings, realms } from '#lib/server/db/schema/index.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { act } from './act.ts';
import { emptyHash } from './log.ts';

export interface NewMeeting {
  readonly councilId: string;
  readonly format: string;
  readonly title: string;
  readonly place: string;
  /** ms since 1970 */
  readonly startsAt: number;
  readonly plannedMinutes: number;
  readonly callLink: string | null;
  /** What the agenda document starts with. */
  readonly agenda?: readonly NewItem[];
  /** The meeting a practice or rehearsal copies. */
  readonly copiedFrom?: string;
}

/** Only a council's own chair or secretary, or the community's office. `system` is the demo and copies. */
export async function createMeeting(meeting: NewMeeting, actor: Actor): Promise<{ meetingId: string } | Refusal> {
  const [council] = await db
    .select({ councilId: councils.id, communityId: councils.communityId, realmId: realms.id, kind: realms.kind })
    .from(councils)
    .innerJoin(communities, eq(communities.id, councils.communityId))
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(eq(councils.id, meeting.councilId));
  if (!council) return refuse('L2', 'no-roster');
  if (actor.kind !== 'system' && !mayManageCouncil(await standingOf(actor), council))
    return refuse('P1', 'not-entitled', { deed: 'draftMeeting' });

  const meetingId = newId();
  const { agenda = [], councilId, copiedFrom = null, ...described } = meeting;
  const joinCode = await db.transaction(async (tx) => {
    const joinCode = await freeJoinCode(tx);
    await tx.insert(meetings).values({
      id: meetingId,
      realmId: council.realmId,
      communityId: council.communityId,
      councilId,
      ...described,
      joinCode,
      headHash: emptyHash,
      createdBy: actor.kind === 'person' ? actor.personId : null,
      createdAt: Date.now(),
      copiedFrom,
    });
    await foundDocument(tx, {
      kind: 'agenda',
      meetingId,
      at: Date.now(),
      seed: (doc) => {
        let afterItemId: string | null = null;
        for (const item of agenda) {
          insertItem(doc, item, afterItemId);
          afterItemId = item.itemId;
        }
      },
    });
    return joinCode;
  });
  const command = { type: 'draftMeeting', ...described, joinCode, practice: council.kind !== 'kept' };
  const answer = await act(meetingId, { commandId: newId(), command }, actor);
  if (answer.ok) return { meetingId };
  await db.delete(meetings).where(eq(meetings.id, meetingId));
  return answer.refusal;
}

/** Six digits nobody uses. A community has few meetings; a collision is tried again. */
async function freeJoinCode(tx: Queryable): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const joinCode = String(randomInt(100_000, 1_000_000));
    const [taken] = await tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.joinCode, joinCode));
    if (!taken) return joinCode;
  }
  throw new Error('no free join code in fifty tries');
}
