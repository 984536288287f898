// What the tables of an open space have written so far, for the news wall; for everybody who may watch the meeting.
import { json } from '@sveltejs/kit';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { newsWall } from '#lib/server/open-space/notes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  await inPublic(event, meetingId);
  return json(await newsWall(meetingId), { headers: { 'cache-control': 'private, no-store' } });
};
