// The community's councils, one row a term, and founding one.
import { redirect } from '@sveltejs/kit';
import { mayFoundCouncil, maySeeCouncil, maySeeCommunity } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { foundCouncil, listCouncils } from '#lib/server/councils/councils.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && maySeeCommunity(who, who.communityId));
  const councils = await listCouncils(who.communityId);
  return {
    councils: councils.map((council) => ({
      ...council,
      mayOpen: maySeeCouncil(who, { councilId: council.councilId, communityId: who.communityId }),
    })),
    mayFound: mayFoundCouncil(who, who.communityId),
  };
};

export const actions: Actions = {
  found: async (event) => {
    const { who, refused } = await permitted(event, (who) => who !== null && mayFoundCouncil(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const founded = await foundCouncil(who.communityId, { name: text('name'), term: text('term') });
    if (isOfficeRefusal(founded)) return refusedForm(event, founded, form);
    redirect(303, `/councils/${founded.councilId}`);
  },
};
