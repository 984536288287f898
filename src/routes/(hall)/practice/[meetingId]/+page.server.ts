// One practice: what is being played, which places are held, and the few things one does to it.
import { error, fail, redirect } from '@sveltejs/kit';
import { setGuestCookie } from '#lib/server/auth/recognise.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import {
  leavePlace,
  placeAt,
  practiceView,
  setSpeed,
  takePlace,
  wipePractice,
  type Speed,
} from '#lib/server/practice/practices.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { refuse } from '#lib/domain/meeting/refusal.ts';
import { headCount } from '#lib/domain/meeting/attendance.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, depends }) => {
  depends('practice:view');
  const view = await practiceView(params.meetingId, locals.actor);
  if (!view) error(404, refusalSentence(messagesFor(locals.preferences.lang), refuse('L1', 'unknown-meeting')));
  const { state } = await freshCopy(params.meetingId);
  return {
    view,
    mine: placeAt(params.meetingId, locals.actor),
    phase: state.phase,
    present: headCount(state).present,
    title: state.title?.text ?? '',
  };
};

const speeds: readonly Speed[] = [0, 1, 4, 16];

export const actions: Actions = {
  speed: async ({ params, request, locals }) => {
    if (!(await practiceView(params.meetingId, locals.actor)))
      return fail(409, { refusal: refuse('L1', 'unknown-meeting') });
    const asked = Number((await request.formData()).get('speed'));
    const speed = speeds.find((each) => each === asked) ?? 0;
    const refusal = await setSpeed(params.meetingId, speed);
    if (refusal) return fail(409, { refusal });
  },
  take: async ({ params, request, locals, cookies, url }) => {
    const personId = String((await request.formData()).get('personId') ?? '');
    const taken = await takePlace(params.meetingId, personId, locals.actor);
    if (!taken) return fail(409, { couldNotTake: true });
    if (taken.token !== null) setGuestCookie(cookies, url, taken.token);
  },
  leave: async ({ params, locals }) => {
    await leavePlace(params.meetingId, locals.actor);
  },
  wipe: async ({ params, locals }) => {
    if (await practiceView(params.meetingId, locals.actor)) await wipePractice(params.meetingId);
    redirect(303, '/practice');
  },
};
