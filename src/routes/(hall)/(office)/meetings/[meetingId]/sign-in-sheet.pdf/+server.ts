// The sign-in sheet to print, landscape, for the hosts; it holds names, so each download is written down first.
import { formatIsoDate } from '#lib/messages/format.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { recordDownload } from '#lib/server/meetings/downloads.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { sheetPaper } from '#lib/server/publications/papers.ts';

import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'watchAsHost');
  await recordDownload(meetingId, 'sign-in-sheet', event.locals.actor);

  const { pdf } = await typeset(sheetPaper(state, event.locals.lang), state.startsAt);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="yishi-sign-in-sheet-${formatIsoDate(state.startsAt)}.pdf"`,
      'cache-control': 'private, no-store',
    },
  });
};
