// The completed bundle as a file: it holds no name, so whoever may watch the meeting may have it.
import { error } from '@sveltejs/kit';
import { db } from '#lib/server/db/client.ts';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { publishedBundle } from '#lib/server/minutes/complete.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await inPublic(event, event.params.meetingId);
  const published = await publishedBundle(event.params.meetingId, db, event.params.paper);
  if (!published) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return new Response(published.bundleJson as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="bundle.json"' },
  });
};
