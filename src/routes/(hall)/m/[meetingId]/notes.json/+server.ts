// What the tables of an open space have written so far, for the news wall; for everybody who may watch the meeting.
import { json } from '@sveltejs/kit';
import type { NewsWallView } from '#lib/protocol/notes-document.ts';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { photosFor } from '#lib/server/open-space/photos.ts';
import { newsWall } from '#lib/server/open-space/notes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  const { viewer } = await inPublic(event, meetingId);
  const [notes, photos] = await Promise.all([newsWall(meetingId), photosFor(meetingId, viewer)]);
  const view: NewsWallView = { notes, photos: photos.map(({ photoId, topicId }) => ({ photoId, topicId })) };
  return json(view, { headers: { 'cache-control': 'private, no-store' } });
};
