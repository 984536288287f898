// What of a community one can follow without visiting: its decisions as an Atom feed, its meetings as a calendar. Both say what the pages say.
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Lang } from '#lib/messages/lang.ts';
import { joined, leadSentences, numberOf, periodOf } from '#lib/messages/publication-sentences.ts';
import { db } from '#lib/server/db/client.ts';
import { meetings, realms } from '#lib/server/db/schema/index.ts';
import { calendarOfMany } from '#lib/server/meetings/calendar.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { publicationMessagesFor } from '#lib/server/publication-messages-for.ts';
import { decisionView } from './decision.ts';
import { publicationsOf } from './publications.ts';

const mostEntries = 30;

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    // XML 1.0 has no word for the other control characters.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

/** RFC 4287. A withdrawn entry stays with its reason, so that whoever follows learns of it. */
export async function decisionsFeed(
  community: { readonly communityId: string; readonly name: string },
  origin: string,
  lang: Lang,
): Promise<string> {
  const p = publicationMessagesFor(lang);
  const rows = await publicationsOf(community.communityId, mostEntries);
  const base = `${origin}/c/${community.communityId}/decisions`;
  const entries: string[] = [];
  for (const row of rows) {
    const view = await decisionView(row);
    const updated = Math.max(
      row.publishedAt,
      view.withdrawn?.at ?? 0,
      ...view.objections.map(({ answeredAt }) => answeredAt ?? 0),
    );
    const summary = view.withdrawn
      ? p.feedWithdrawn({ reason: view.withdrawn.reason })
      : [periodOf(p, view), joined(lang, leadSentences(p, lang, view)), ...view.conclusions].join('\n');
    entries.push(
      [
        '<entry>',
        `<id>urn:yishi:${row.id}</id>`,
        `<title>${escaped(`${numberOf(p, view)} ${view.title}`)}</title>`,
        `<link rel="alternate" type="text/html" href="${escaped(`${base}/${row.id}`)}"/>`,
        `<published>${new Date(row.publishedAt).toISOString()}</published>`,
        `<updated>${new Date(updated).toISOString()}</updated>`,
        `<summary type="text">${escaped(summary)}</summary>`,
        '</entry>',
      ].join('\n'),
    );
  }
  const updated = rows.reduce((last, row) => Math.max(last, row.publishedAt, row.withdrawnAt ?? 0), 0);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">`,
    `<id>urn:yishi:${community.communityId}:decisions</id>`,
    `<title>${escaped(p.feedTitle({ community: community.name }))}</title>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(`${base}/feed.xml`)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(base)}"/>`,
    `<author><name>${escaped(community.name)}</name></author>`,
    `<updated>${new Date(updated).toISOString()}</updated>`,
    ...entries,
    '</feed>',
    '',
  ].join('\n');
}

/** The meetings anybody may know of, convened or over, newest first; of kept realms only. */
export async function meetingsCalendar(
  community: { readonly communityId: string; readonly name: string },
  origin: string,
  lang: Lang,
): Promise<string> {
  const p = publicationMessagesFor(lang);
  const rows = await db
    .select({ id: meetings.id })
    .from(meetings)
    .innerJoin(realms, eq(realms.id, meetings.realmId))
    .where(
      and(
        eq(meetings.communityId, community.communityId),
        eq(realms.kind, 'kept'),
        inArray(meetings.phase, ['convened', 'check_in', 'in_session', 'recess', 'adjourned', 'cancelled']),
      ),
    )
    .orderBy(desc(meetings.startsAt))
    .limit(mostEntries);
  const states = [];
  for (const { id } of rows) states.push((await freshCopy(id)).stateFor('everyone'));
  return calendarOfMany(
    states.filter(({ convenedAt }) => convenedAt !== null),
    {
      name: p.calendarName({ community: community.name }),
      describe: ({ meetingId, phase }) => ({
        description: '',
        url: `${origin}/m/${meetingId}/${phase === 'adjourned' ? 'results' : 'notice'}`,
      }),
    },
  );
}
