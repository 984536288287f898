// The people of the community: search and register.
import { redirect } from '@sveltejs/kit';
import { mayManagePeople, maySeePeople } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import { personFactsOf } from '#lib/server/people/person-form.ts';
import { addPerson, listPeople, peoplePerPage } from '#lib/server/people/register.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && maySeePeople(who, who.communityId));
  const sought = (event.url.searchParams.get('q') ?? '').slice(0, 60);
  const page = Math.min(10_000, Math.max(1, Number(event.url.searchParams.get('page')) || 1));
  const [listed, community] = await Promise.all([
    listPeople(who.communityId, sought, Math.floor(page)),
    readCommunity(who.communityId),
  ]);
  return {
    ...listed,
    sought,
    page: Math.floor(page),
    pages: Math.max(1, Math.ceil(listed.total / peoplePerPage)),
    zones: community?.zones ?? [],
    mayEdit: mayManagePeople(who, who.communityId),
  };
};

export const actions: Actions = {
  add: async (event) => {
    const { who, refused } = await permitted(event, (who) => who !== null && mayManagePeople(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const added = await addPerson(who.communityId, personFactsOf(form));
    if (isOfficeRefusal(added)) return refusedForm(event, added, form);
    redirect(303, `/people/${added.personId}`);
  },
};
