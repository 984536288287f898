// The console's page: the view as this person reads it and the log so far. Its forms are the meeting's own.
import { error, redirect } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { mayRead } from '#lib/domain/meeting/words.ts';
import { eventsForAudience, meetingView } from '#lib/server/meetings/views.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import { pageActions } from '#lib/server/meetings/page-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const view = await meetingView(params.meetingId, locals.actor);
  if (isRefusal(view)) {
    if (locals.actor.kind === 'nobody') redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname)}`);
    error(404, refusalSentence(messagesFor(locals.preferences.lang), view));
  }
  if (!mayRead(view.viewer.audience, 'desk')) redirect(303, `/m/${params.meetingId}/room`);
  const log = await eventsForAudience(params.meetingId, locals.actor);
  return { view, events: isRefusal(log) ? [] : log.events, origin: reachableOrigin(url) };
};

export const actions: Actions = pageActions;
