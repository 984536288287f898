// The first line of every desk page of a meeting: who looks, and may they? Inside a meeting its own table decides (domain/meeting/policy.ts).
// Called by loads, actions and downloads under /meetings/[meetingId]. It changes nothing.
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { eq } from 'drizzle-orm';
import { mayDo, type Deed } from '#lib/domain/meeting/policy.ts';
import type { CommandType } from '#lib/domain/meeting/commands.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Viewer } from '#lib/protocol/meeting.ts';
import { db } from '#lib/server/db/client.ts';
import { communities, councils, meetings } from '#lib/server/db/schema/index.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { freshCopy } from './copies.ts';
import { mayWatch, viewerAt } from './views.ts';

type Asking = Pick<RequestEvent, 'locals' | 'url'>;

export interface MeetingAtDesk {
  readonly viewer: Viewer;
  /** As this viewer may read it. */
  readonly state: MeetingState;
  may(deed: CommandType | Deed): boolean;
}

/** The meeting for somebody who may do one of `deeds`; else the sign-in page for nobody, 403 for everybody else, 404 where there is no meeting. */
export async function atDesk(
  event: Asking,
  meetingId: string,
  ...deeds: readonly (CommandType | Deed)[]
): Promise<MeetingAtDesk> {
  const copy = await freshCopy(meetingId);
  const viewer = viewerAt(copy.state, event.locals.actor);
  const may = (each: CommandType | Deed) => mayDo(viewer.doers, each);
  if (copy.state.seq > 0 && deeds.some(may)) return { viewer, may, state: copy.stateFor(viewer.audience) };
  if (event.locals.actor.kind === 'nobody')
    redirect(303, `/sign-in?back=${encodeURIComponent(event.url.pathname + event.url.search)}`);
  const { pages } = messagesFor(event.locals.lang);
  if (copy.state.seq === 0) error(404, pages.notFoundText);
  error(403, pages.forbiddenText);
}

/** What anybody may look at once it is convened: notice, poster, calendar, results. 404 for a draft, as if it were not there. */
export async function inPublic(event: Asking, meetingId: string): Promise<MeetingAtDesk> {
  const copy = await freshCopy(meetingId);
  const viewer = viewerAt(copy.state, event.locals.actor);
  if (!mayWatch(copy.state, viewer) || copy.state.convenedAt === null)
    error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return { viewer, may: (each) => mayDo(viewer.doers, each), state: copy.stateFor(viewer.audience) };
}

export interface MeetingHome {
  readonly communityId: string;
  readonly community: string;
  readonly councilId: string | null;
  readonly council: string;
}

/** Whose meeting it is, for the words at the top of its papers. */
export async function homeOf(meetingId: string): Promise<MeetingHome> {
  const [row] = await db
    .select({
      communityId: meetings.communityId,
      community: communities.name,
      councilId: meetings.councilId,
      council: councils.name,
    })
    .from(meetings)
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .leftJoin(councils, eq(councils.id, meetings.councilId))
    .where(eq(meetings.id, meetingId));
  if (!row) throw new Error(`There is no meeting ${meetingId}`);
  return { ...row, council: row.council ?? row.community };
}
