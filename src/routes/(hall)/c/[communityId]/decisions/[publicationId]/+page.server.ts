// One published decision for everybody, and objecting to it while it is public. Of a withdrawn one the tombstone is shown.
import { error } from '@sveltejs/kit';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { communityAt, handAt } from '#lib/server/community-door.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { raiseObjection } from '#lib/server/objections.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { readPublication } from '#lib/server/publications/publications.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, publicationId }, locals, setHeaders }) => {
  const row = await readPublication(communityId, publicationId);
  if (!row) error(404, messagesFor(locals.lang).pages.notFoundText);
  setHeaders({ 'cache-control': 'private, no-cache' });
  return { view: await decisionView(row), sentId: newId() };
};

export const actions: Actions = {
  object: async (event) => {
    const { communityId } = await communityAt(event, event.params.communityId);
    const form = await event.request.formData();
    const { text, lines } = fieldsOf(form);
    const sent = { sentId: text('sentId'), name: text('name'), contact: text('contact'), text: lines('text') };
    const { publicationId } = event.params;
    const raised = await raiseObjection(communityId, { publicationId }, sent, await handAt(event, communityId));
    return isOfficeRefusal(raised) ? refusedForm(event, raised, form) : { done: 'object', lookup: raised.lookup };
  },
};
