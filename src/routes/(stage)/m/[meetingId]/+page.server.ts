// The public page of a meeting: anybody may watch what is convened. The forms are those of the room; the law decides who may do what.
import { error } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { papersOf } from '#lib/server/meetings/papers.ts';
import { attendingData } from '#lib/server/hearings/enrol.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import { pageActions } from '#lib/server/meetings/page-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const view = await meetingView(params.meetingId, locals.actor);
  if (isRefusal(view)) error(404, view.reason);
  return {
    attending: await attendingData(params.meetingId, view.state.hearing !== undefined, locals.actor),
    view,
    papers: await papersOf(params.meetingId),
  };
};

export const actions: Actions = pageActions;
