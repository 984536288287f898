// The file of every vote, for the meeting's desk; every download is written down first.
import { formatIsoDate } from '#lib/messages/format.ts';
import { recordDownload } from '#lib/server/meetings/downloads.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { votesFile } from '#lib/server/meetings/result-files.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'watchAsHost');
  await recordDownload(meetingId, 'votes', event.locals.actor);
  const file = await votesFile(state, event.locals.lang);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="yishi-votes-${formatIsoDate(state.startsAt)}.xlsx"`,
      'cache-control': 'private, no-store',
    },
  });
};
