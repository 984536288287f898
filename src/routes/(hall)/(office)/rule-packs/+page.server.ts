// The community's rule packs, each as one plain sentence.
import { mayManageRulePacks, maySeeRulePacks } from '#lib/domain/policies.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { listRulePacks, retireRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { ruleSentenceFor } from '#lib/server/rule-packs/rule-sentence.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && maySeeRulePacks(who, who.communityId));
  const retiredToo = event.url.searchParams.has('retired');
  const packs = await listRulePacks(who.communityId, { retiredToo });
  return {
    packs: packs.map(({ packId, version, retiredAt, rules }) => ({
      packId,
      version,
      isRetired: retiredAt !== null,
      name: rules.name,
      sentence: ruleSentenceFor(event.locals.lang, rules),
      basis: rules.basis,
      checkedOn: rules.checkedOn,
    })),
    retiredToo,
    mayEdit: mayManageRulePacks(who, who.communityId),
  };
};

export const actions: Actions = {
  retire: async (event) => {
    const { who, refused } = await permitted(event, (who) => who !== null && mayManageRulePacks(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const refusal = await retireRulePack(who.communityId, fieldsOf(form).text('for'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'retire' };
  },
};
