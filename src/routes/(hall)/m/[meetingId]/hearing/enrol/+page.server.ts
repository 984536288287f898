// Enrolling by phone, without an account. Leads to the author's own page, which exists nowhere else.
import { error, redirect } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { handAt } from '#lib/server/community-door.ts';
import { refusedByLaw } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { enrol, zonesAt } from '#lib/server/hearings/enrol.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { homeOf } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { meetingId }, locals }) => {
  const { state } = await freshCopy(meetingId);
  if (!state.hearing) error(404, messagesFor(locals.lang).pages.notFoundText);
  return {
    meetingId,
    title: state.title?.text ?? '',
    places: state.hearing.places,
    open: Date.now() < state.hearing.enrolBy,
    zones: await zonesAt(meetingId),
    sentId: newId(),
  };
};

export const actions: Actions = {
  enrol: async (event) => {
    const { meetingId } = event.params;
    const form = await event.request.formData();
    const { text, textOrNull } = fieldsOf(form);
    const { state } = await freshCopy(meetingId);
    if (!state.hearing) error(404, messagesFor(event.locals.lang).pages.notFoundText);
    const author = await handAt(event, (await homeOf(meetingId)).communityId);
    const sent = {
      sentId: text('sentId'),
      placeKey: textOrNull('placeKey'),
      name: text('name'),
      contact: text('contact'),
      zone: textOrNull('zone'),
      channel: 'phone' as const,
    };
    const taken = await enrol(meetingId, sent, { author, enteredBy: null });
    if (isRefusal(taken)) return refusedByLaw(event, taken, form);
    redirect(303, `/m/${meetingId}/hearing/mine/${taken.lookup}`);
  },
};
