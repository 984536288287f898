// Which meetings this visitor may practise, and starting one.
import { fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { listPublicMeetings } from '#lib/server/meetings/list.ts';
import { mayPractise, startPractice } from '#lib/server/practice/practices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { upcoming, live, ended } = await listPublicMeetings();
  const all = [...upcoming, ...live, ...ended];
  const allowed = await Promise.all(all.map(({ id }) => mayPractise(id, locals.actor)));
  return { meetings: all.filter((_, index) => allowed[index]).map(({ id, title }) => ({ id, title })) };
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const started = await startPractice(String(form.get('meetingId') ?? ''), locals.actor);
    if (isRefusal(started)) return fail(409, { refusal: started });
    redirect(303, `/practice/${started.meetingId}`);
  },
};
