// Changing a rule pack: saving makes the next version. Retired packs are only looked at.
import { error, redirect } from '@sveltejs/kit';
import { mayManageRulePacks } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, standingThat } from '#lib/server/doorkeeper.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { previewedRules, refusedRules } from '#lib/server/rule-packs/rule-pack-answer.ts';
import { rulesOf } from '#lib/server/rule-packs/rule-pack-form.ts';
import { readRulePack, reviseRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { ruleSentenceFor } from '#lib/server/rule-packs/rule-sentence.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayManageRulePacks(who, who.communityId));
  const pack = await readRulePack(who.communityId, event.params.packId);
  if (!pack) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return {
    rules: pack.rules,
    version: pack.version,
    isRetired: pack.retiredAt !== null,
    sentence: ruleSentenceFor(event.locals.lang, pack.rules),
  };
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
    const revised = await reviseRulePack(who.communityId, event.params.packId, rules);
    if (isOfficeRefusal(revised)) return refusedRules(event, revised, rules);
    redirect(303, '/rule-packs');
  },
};
