// The large-type page of a hearing: anybody may follow it, as anybody may watch.
import { error } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const view = await meetingView(params.meetingId, locals.actor);
  if (isRefusal(view)) error(404, view.reason);
  return { view };
};
