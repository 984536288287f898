// A new rule pack: fill in, preview as a sentence, create.
import { redirect } from '@sveltejs/kit';
import { formatOf, formats } from '#lib/domain/formats/index.ts';
import { mayManageRulePacks } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, standingThat } from '#lib/server/doorkeeper.ts';
import { previewedRules, refusedRules } from '#lib/server/rule-packs/rule-pack-answer.ts';
import { freshRules, rulesOf } from '#lib/server/rule-packs/rule-pack-form.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  await standingThat(event, (who) => who !== null && mayManageRulePacks(who, who.communityId));
  const format = formatOf(event.url.searchParams.get('format') ?? '');
  return { rules: freshRules(format), formats: formats.map(({ id }) => id) };
};

const mayManage = (event: RequestEvent) =>
  permitted(event, (who) => who !== null && mayManageRulePacks(who, who.communityId));

export const actions: Actions = {
  preview: async (event) => {
    const { refused } = await mayManage(event);
    if (refused) return refused;
    return previewedRules(event, rulesOf(await event.request.formData()));
  },

  save: async (event) => {
    const { who, refused } = await mayManage(event);
    if (refused) return refused;
    const rules = rulesOf(await event.request.formData());
    const added = await addRulePack(who.communityId, rules);
    if (isOfficeRefusal(added)) return refusedRules(event, added, rules);
    redirect(303, '/rule-packs');
  },
};
