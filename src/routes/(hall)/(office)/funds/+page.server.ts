// The community's funds for the office: how each stands, and entering another.
import { redirect } from '@sveltejs/kit';
import { mayKeepBooks } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { createFund, fundsOfCommunity } from '#lib/server/ledger/funds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null);
  return { funds: await fundsOfCommunity(who.communityId), mayKeep: mayKeepBooks(who, who.communityId) };
};

export const actions: Actions = {
  create: async (event) => {
    const { who, refused } = await permitted(event, (who) => who !== null && mayKeepBooks(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, lines, whole } = fieldsOf(form);
    const made = await createFund(who.communityId, {
      name: text('name'),
      year: whole('year') ?? 0,
      principle: lines('principle').trim(),
      excluded: lines('excluded').trim(),
    });
    if (isOfficeRefusal(made)) return refusedForm(event, made, form);
    redirect(303, `/funds/${made.fundId}/desk`);
  },
};
