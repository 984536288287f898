// What must be forgotten by when, in numbers, and the community's own periods. For the office.
import { mayManageCommunity } from '#lib/domain/policies.ts';
import { matterIds } from '#lib/domain/retention/matters.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { retentionOf, setPeriods } from '#lib/server/retention/retention.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { communityId } = await standingThat(event, (who) => who !== null && mayManageCommunity(who, who.communityId));
  return { lines: await retentionOf(communityId) };
};

export const actions: Actions = {
  periods: async (event) => {
    const { who, refused } = await permitted(event, (who) => who !== null && mayManageCommunity(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const { whole } = fieldsOf(form);
    const days = Object.fromEntries(matterIds.map((id) => [id, whole(id)]));
    const refusal = await setPeriods(who.communityId, days);
    return refusal ? refusedForm(event, refusal, form) : { done: 'periods' };
  },
};
