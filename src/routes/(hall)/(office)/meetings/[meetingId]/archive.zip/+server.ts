// The whole archive of a meeting with everybody's name, for chair and secretary; each download is written down first.
import { error } from '@sveltejs/kit';
import { formatIsoDate } from '#lib/messages/format.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { recordDownload } from '#lib/server/meetings/downloads.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { meetingArchive } from '#lib/server/publications/archive.ts';
import { publicationDesk } from '#lib/server/publications/publications.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'watchAsHost');
  const { pages } = messagesFor(event.locals.lang);
  if (state.adjournedAt === null) error(404, pages.notFoundText);
  await recordDownload(meetingId, 'archive', event.locals.actor);
  const { rows } = await publicationDesk(meetingId);
  const row =
    rows.find(({ withdrawnAt, kind }) => withdrawnAt === null && kind === 'decision') ??
    rows.find(({ withdrawnAt }) => withdrawnAt === null) ??
    null;
  return new Response(await meetingArchive(meetingId, row, 'archive', event.locals.lang), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="yishi-archive-${formatIsoDate(state.startsAt)}.zip"`,
      'cache-control': 'private, no-store',
    },
  });
};
