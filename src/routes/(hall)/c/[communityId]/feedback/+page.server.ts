// The form to leave an opinion, for anybody; afterwards its author's private page.
import { redirect } from '@sveltejs/kit';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { communityAt, handAt } from '#lib/server/community-door.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { takeFeedbackDown } from '#lib/server/feedback/feedback.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ sentId: newId() });

export const actions: Actions = {
  send: async (event) => {
    const { communityId } = await communityAt(event, event.params.communityId);
    const form = await event.request.formData();
    const { text, lines } = fieldsOf(form);
    const sent = {
      sentId: text('sentId'),
      kind: text('kind'),
      text: lines('text'),
      name: text('name'),
      contact: text('contact'),
    };
    const taken = await takeFeedbackDown(communityId, sent, await handAt(event, communityId));
    if (isOfficeRefusal(taken)) return refusedForm(event, taken, form);
    redirect(303, `/c/${communityId}/feedback/${taken.lookup}?new`);
  },
};
