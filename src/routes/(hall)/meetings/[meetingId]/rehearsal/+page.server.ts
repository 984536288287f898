// Rehearsals of a meeting: the last ones with their numbers, starting one. For those the meeting's own table allows.
import { error, fail } from '@sveltejs/kit';
import { isRefusal, refuse } from '#lib/domain/meeting/refusal.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { viewerAt } from '#lib/server/meetings/views.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { fewestPhones, mostPhones, rehearsalsOf, startRehearsal } from '#lib/server/practice/rehearsals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, depends }) => {
  depends('rehearsal:view');
  const { state } = await freshCopy(params.meetingId);
  if (state.seq === 0 || !mayDo(viewerAt(state, locals.actor).doers, 'startRehearsal'))
    error(
      404,
      refusalSentence(messagesFor(locals.preferences.lang), refuse('P1', 'not-entitled', { deed: 'startRehearsal' })),
    );
  return {
    meetingId: params.meetingId,
    title: state.title?.text ?? '',
    fewestPhones,
    mostPhones,
    rehearsals: await rehearsalsOf(params.meetingId),
  };
};

export const actions: Actions = {
  default: async ({ params, request, locals }) => {
    const phones = Number((await request.formData()).get('phones'));
    const started = await startRehearsal(params.meetingId, phones, locals.actor);
    if (isRefusal(started)) return fail(409, { refusal: started, phones });
  },
};
