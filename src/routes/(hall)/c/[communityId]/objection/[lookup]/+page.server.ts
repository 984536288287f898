// An objection by its author's private link, and its answer.
import { objectionByLookup } from '#lib/server/objections.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, lookup }, setHeaders }) => {
  // The address is a secret: it goes to nobody else.
  setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  return { objection: await objectionByLookup(communityId, lookup) };
};
