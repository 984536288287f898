// A need by its author's private link: what became of it, for ever. Whoever has the address is the author; nothing of anybody else is here.
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { forgetAuthor, needByLookup } from '#lib/server/needs/public.ts';
import { rateWish } from '#lib/server/needs/wishes.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, lookup }, url, setHeaders }) => {
  // The address is a secret: it goes to nobody else.
  setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  return {
    need: await needByLookup(communityId, lookup),
    fresh: url.searchParams.has('new'),
    address: `${reachableOrigin(url)}/c/${communityId}/need/${lookup}`,
  };
};

export const actions: Actions = {
  forget: async ({ params: { communityId, lookup } }) => {
    await forgetAuthor(communityId, lookup);
    return { done: 'forget' };
  },
  rate: async (event) => {
    const form = await event.request.formData();
    const { communityId, lookup } = event.params;
    const refused = await rateWish(communityId, lookup, fieldsOf(form).whole('rating') ?? 0);
    return isOfficeRefusal(refused) ? refusedForm(event, refused, form) : { done: 'rate' };
  },
};
