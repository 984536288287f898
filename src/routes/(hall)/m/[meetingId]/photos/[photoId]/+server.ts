// A photograph of a table's flip chart: for who is at the meeting, and for everybody once it is given out. Sent as a picture and nothing else.
import { error } from '@sveltejs/kit';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { photoFor } from '#lib/server/open-space/photos.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId, photoId } = event.params;
  const { viewer } = await inPublic(event, meetingId);
  const photo = await photoFor(meetingId, photoId, viewer);
  if (!photo) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return new Response(Buffer.from(photo.content), {
    headers: {
      'content-type': photo.mediaType,
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    },
  });
};
