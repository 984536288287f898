// The signature page to print, sign by hand and scan, for the hosts; it holds names, so each download is written down first.
import { formatIsoDate } from '#lib/messages/format.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { recordDownload } from '#lib/server/meetings/downloads.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { signPagePaper } from '#lib/server/publications/papers.ts';
import { signedMinutes } from '#lib/server/publications/signed-minutes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'watchAsHost');
  await recordDownload(meetingId, 'signature-page', event.locals.actor);
  const signed = await signedMinutes(meetingId);
  const { pdf } = await typeset(signPagePaper(state, event.locals.lang, signed?.docHash ?? null), state.startsAt);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="yishi-signature-page-${formatIsoDate(state.startsAt)}.pdf"`,
      'cache-control': 'private, no-store',
    },
  });
};
