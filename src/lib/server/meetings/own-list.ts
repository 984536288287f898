// The meetings somebody signed in has to do with: of every council they lead or sit in, or that their office answers for. Drafts too, which
// no public list shows. Called by the page /meetings; reads the phase copied into the row, as the public list does.
import { asc, desc, eq, inArray, and, sql } from 'drizzle-orm';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { Phase } from '#lib/domain/meeting/state.ts';
import { mayManageCouncil, maySeeCouncil, type Standing } from '#lib/domain/policies.ts';
import { db } from '#lib/server/db/client.ts';
import { communities, councils, meetings, realms } from '#lib/server/db/schema/index.ts';
import { freshCopy } from './copies.ts';

export interface OwnMeeting {
  readonly meetingId: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: number;
  readonly phase: Phase;
  readonly council: string;
  /** Chair, secretary or office: the console is theirs. */
  readonly leads: boolean;
}

export interface OwnMeetings {
  readonly live: readonly OwnMeeting[];
  readonly drafts: readonly OwnMeeting[];
  readonly coming: readonly OwnMeeting[];
  readonly past: readonly OwnMeeting[];
}

const pastLimit = 50;

const groupOf: Readonly<Record<Phase, keyof OwnMeetings>> = {
  draft: 'drafts',
  convened: 'coming',
  check_in: 'live',
  in_session: 'live',
  recess: 'live',
  adjourned: 'past',
  cancelled: 'past',
};

/** The councils of the community this person may draft a meeting for. */
export async function councilsToConvene(who: Standing): Promise<{ councilId: string; name: string }[]> {
  const rows = await db
    .select({ councilId: councils.id, name: councils.name, communityId: councils.communityId })
    .from(councils)
    .where(eq(councils.communityId, who.communityId))
    .orderBy(desc(councils.createdAt));
  return rows.filter((council) => mayManageCouncil(who, council)).map(({ councilId, name }) => ({ councilId, name }));
}

export async function listOwnMeetings(who: Standing): Promise<OwnMeetings> {
  const rows = await db
    .select({
      meetingId: meetings.id,
      title: meetings.title,
      place: meetings.place,
      startsAt: meetings.startsAt,
      phase: sql<Phase>`${meetings.phase}`,
      councilId: councils.id,
      council: councils.name,
      communityId: meetings.communityId,
    })
    .from(meetings)
    .innerJoin(councils, eq(councils.id, meetings.councilId))
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(and(eq(meetings.communityId, who.communityId), inArray(realms.kind, ['kept'])))
    .orderBy(asc(meetings.startsAt), asc(meetings.id));
  const own: Record<keyof OwnMeetings, OwnMeeting[]> = { live: [], drafts: [], coming: [], past: [] };
  for (const { councilId, communityId, ...row } of rows) {
    const council = { councilId, communityId };
    if (!maySeeCouncil(who, council)) continue;
    const group = groupOf[row.phase];
    const leads = mayManageCouncil(who, council);
    // A council's meeting may be held by others than its members: whoever has no part in one is not led to its desk.
    if (leads || group === 'past' || (await hasPart(row.meetingId, who.personId))) own[group].push({ ...row, leads });
  }
  return { ...own, past: own.past.reverse().slice(0, pastLimit) };
}

async function hasPart(meetingId: string, personId: string): Promise<boolean> {
  const { state } = await freshCopy(meetingId);
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  return mayDo(doers, 'editAgendaDraft') || mayDo(doers, 'watchAsHost');
}
