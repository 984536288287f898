// The room's page: one query for the view, and the forms that work without scripts. Each action is one call into the office and then the
// page again, so that reloading sends nothing twice.
import { error } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import type { EntryWay } from '#lib/domain/meeting/attendance.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { attendingData } from '#lib/server/hearings/enrol.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import { papersOf } from '#lib/server/meetings/papers.ts';
import { pageActions } from '#lib/server/meetings/page-actions.ts';
import type { Actions, PageServerLoad } from './$types';

const wayOf = (actor: Actor): EntryWay =>
  actor.kind === 'guest' ? 'admitted' : actor.kind === 'person' && actor.meetingId !== null ? 'slip' : 'password';

export const load: PageServerLoad = async ({ params, locals }) => {
  const view = await meetingView(params.meetingId, locals.actor);
  if (isRefusal(view)) error(404, view.reason);
  return {
    attending: await attendingData(params.meetingId, view.state.hearing !== undefined, locals.actor),
    view,
    way: wayOf(locals.actor),
    papers: await papersOf(params.meetingId),
  };
};

export const actions: Actions = pageActions;
