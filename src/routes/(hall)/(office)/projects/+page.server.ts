// The projects of a community at its desk, and beginning one from needs.
import { listings, ownersMatters } from '#lib/domain/meeting/agenda.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { needsAtDesk } from '#lib/server/needs/desk.ts';
import { projectRunner, runs } from '#lib/server/projects/desk-door.ts';
import { foundProject } from '#lib/server/projects/projects.ts';
import { projectsAtDesk } from '#lib/server/projects/views.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { communityId } = await projectRunner(event);
  const [projects, needs] = await Promise.all([projectsAtDesk(communityId), needsAtDesk(communityId)]);
  return {
    communityId,
    projects,
    needs: needs
      .filter(({ status }) => status === 'open' || status === 'routed')
      .map(({ needId, code, title }) => ({ needId, code, title })),
  };
};

export const actions: Actions = {
  found: async (event) => {
    const { who, refused } = await permitted(event, runs);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, textOrNull, whole, all } = fieldsOf(form);
    const founded = await foundProject(
      who.communityId,
      {
        name: text('name'),
        organisationName: text('organisationName'),
        applicantContact: textOrNull('applicantContact'),
        ownersMatter: ownersMatters.find((each) => each === text('ownersMatter')) ?? 'none',
        listing: listings.find((each) => each === text('listing')) ?? null,
        beneficiaries: whole('beneficiaries'),
        needIds: all('needIds'),
        why: text('why'),
      },
      who.personId,
    );
    if (isOfficeRefusal(founded)) return refusedForm(event, founded, form);
    redirect(303, `/projects/${founded.projectId}`);
  },
};
