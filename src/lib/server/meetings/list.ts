// The meetings anybody may know of, for the landing page: of kept realms only, never practice or rehearsal, never drafts or cancelled ones.
// Reads the phase copied into the row after every change; the log decides everything else.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Phase } from '#lib/domain/meeting/state.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { communities, meetings, realms } from '#lib/server/db/schema/index.ts';

export interface PublicMeeting {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: number;
  readonly joinCode: string;
  readonly phase: Phase;
  readonly community: string;
}

export interface PublicMeetings {
  /** Check-in has begun, or in session, or in recess. */
  readonly live: readonly PublicMeeting[];
  /** Convened, the next one first. */
  readonly upcoming: readonly PublicMeeting[];
  /** Adjourned, the last one first; at most `endedLimit`. */
  readonly ended: readonly PublicMeeting[];
}

const livePhases: Phase[] = ['check_in', 'in_session', 'recess'];

export async function listPublicMeetings(endedLimit = 12, store: Queryable = db): Promise<PublicMeetings> {
  const rowsIn = (phases: Phase[]) =>
    store
      .select({
        id: meetings.id,
        title: meetings.title,
        place: meetings.place,
        startsAt: meetings.startsAt,
        joinCode: meetings.joinCode,
        phase: sql<Phase>`${meetings.phase}`,
        community: communities.name,
      })
      .from(meetings)
      .innerJoin(realms, eq(realms.id, meetings.realmId))
      .innerJoin(communities, eq(communities.id, meetings.communityId))
      .where(and(eq(realms.kind, 'kept'), inArray(meetings.phase, phases)));
  const [live, upcoming, ended] = await Promise.all([
    rowsIn(livePhases).orderBy(sql`${meetings.startsAt}, ${meetings.id}`),
    rowsIn(['convened']).orderBy(sql`${meetings.startsAt}, ${meetings.id}`),
    rowsIn(['adjourned']).orderBy(desc(meetings.startsAt), meetings.id).limit(endedLimit),
  ]);
  return { live, upcoming, ended };
}
