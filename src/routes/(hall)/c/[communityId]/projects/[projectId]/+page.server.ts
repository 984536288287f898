// One project's whole story for everybody, and objecting to it while its publicity lasts.
import { error } from '@sveltejs/kit';
import { takesObjections } from '#lib/domain/projects/transitions.ts';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { appraisalsOf } from '#lib/server/appraisals/appraisals.ts';
import { communityAt, handAt } from '#lib/server/community-door.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { raiseObjection } from '#lib/server/objections.ts';
import { publicProject } from '#lib/server/projects/views.ts';
import { today } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, projectId }, locals }) => {
  const project = await publicProject(communityId, projectId);
  if (!project) error(404, messagesFor(locals.lang).pages.notFoundText);
  const day = today();
  const { status, publicFrom, publicUntil } = project;
  const open = takesObjections(status) && (publicFrom ?? '') <= day && publicUntil !== null && day <= publicUntil;
  const appraisals = (await appraisalsOf(projectId)).flatMap(({ status, round, rules, items, result }) =>
    status === 'announced' && result ? [{ round, rules, items, result }] : [],
  );
  return { project, open, appraisals, sentId: newId() };
};

export const actions: Actions = {
  object: async (event) => {
    const { communityId } = await communityAt(event, event.params.communityId);
    const form = await event.request.formData();
    const { text, lines } = fieldsOf(form);
    const sent = { sentId: text('sentId'), name: text('name'), contact: text('contact'), text: lines('text') };
    const raised = await raiseObjection(
      communityId,
      { projectId: event.params.projectId },
      sent,
      await handAt(event, communityId),
    );
    return isOfficeRefusal(raised) ? refusedForm(event, raised, form) : { done: 'object', lookup: raised.lookup };
  },
};
