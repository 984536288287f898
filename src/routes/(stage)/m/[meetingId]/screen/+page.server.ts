// The big screen's page. What it may show is what this browser's user may read: opened at the secretary's desk it has whole names.
import { error } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const view = await meetingView(params.meetingId, locals.actor);
  if (isRefusal(view)) error(404, view.reason);
  return { view, origin: reachableOrigin(url) };
};
