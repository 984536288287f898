// The scan of a signature page, for whoever confirms it. Never cached, never run as a page.
import { error } from '@sveltejs/kit';
import { db } from '#lib/server/db/client.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { standingRecord } from '#lib/server/minutes/freeze.ts';
import { scanOf } from '#lib/server/minutes/paper.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId, paper, paperId } = event.params;
  await atDesk(event, meetingId, 'enterPaperSignature');
  const record = await standingRecord(db, meetingId, paper);
  const found = record && (await scanOf(record.id, paperId));
  if (!found) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return new Response(found.scan as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': found.mediaType,
      'content-disposition': 'inline',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
};
