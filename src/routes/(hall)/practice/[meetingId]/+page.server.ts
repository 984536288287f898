// One practice: what is being played, which places are held, and the few things one does to it.
import { error, fail, redirect } from '@sveltejs/kit';
import { setGuestCookie } from '#lib/server/auth/recognise.ts';
import { additions, dataset } from '#lib/server/demo/dataset.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import {
  leavePlace,
  places,
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
  const view = await practiceView(params.meetingId);
  if (!view) error(404, refusalSentence(messagesFor(locals.preferences.lang), refuse('L1', 'unknown-meeting')));
  const { state } = await freshCopy(params.meetingId);
  const admitted = 'admitted' in locals.actor ? locals.actor.admitted : undefined;
  const mine = admitted?.meetingId === params.meetingId ? (state.people[admitted.personId]?.name.text ?? null) : null;
  return {
    view,
    mine,
    phase: state.phase,
    present: headCount(state).present,
    title: state.title?.text ?? '',
    places: places.map((ref) => ({ ref, ...nameOf(ref) })),
    stepBy: view.step ? nameOf(view.step.by) : null,
  };
};

/** The demo's people go by the names they have there. */
function nameOf(ref: string): { name: string; post: string } {
  const member = dataset.council.members.find(({ id }) => id === ref);
  if (member) return { name: member.display_name, post: member.role_note };
  const helper = additions.staff.find((each) => each.ref === ref);
  return { name: helper?.name ?? ref, post: helper?.roleNote ?? '' };
}

const speeds: readonly Speed[] = [0, 1, 4, 16];

export const actions: Actions = {
  speed: async ({ params, request }) => {
    const asked = Number((await request.formData()).get('speed'));
    const speed = speeds.find((each) => each === asked) ?? 0;
    const refusal = await setSpeed(params.meetingId, speed);
    if (refusal) return fail(409, { refusal });
  },
  take: async ({ params, request, locals, cookies, url }) => {
    const ref = String((await request.formData()).get('ref') ?? '');
    const taken = await takePlace(params.meetingId, ref, locals.actor);
    if (!taken) return fail(409, { couldNotTake: true });
    if (taken.token !== null) setGuestCookie(cookies, url, taken.token);
  },
  leave: async ({ params, locals }) => {
    await leavePlace(params.meetingId, locals.actor);
  },
  wipe: async ({ params }) => {
    if (await practiceView(params.meetingId)) await wipePractice(params.meetingId);
    redirect(303, '/practice');
  },
};
