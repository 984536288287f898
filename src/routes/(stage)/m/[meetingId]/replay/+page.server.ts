// The log of a meeting as this viewer may read it, for walking through it.
import { error } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { eventsForAudience } from '#lib/server/meetings/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const log = await eventsForAudience(params.meetingId, locals.actor);
  if (isRefusal(log)) error(404, log.reason);
  return { meetingId: params.meetingId, viewer: log.viewer, events: log.events, format: log.format };
};
