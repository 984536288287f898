// An opinion by its author's private link: what became of it, for ever. Whoever has the address is the author.
import { feedbackByLookup, forgetFeedbackAuthor } from '#lib/server/feedback/feedback.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, lookup }, url, setHeaders }) => {
  // The address is a secret: it goes to nobody else.
  setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  return {
    own: await feedbackByLookup(communityId, lookup),
    fresh: url.searchParams.has('new'),
    address: `${reachableOrigin(url)}/c/${communityId}/feedback/${lookup}`,
  };
};

export const actions: Actions = {
  forget: async ({ params: { communityId, lookup } }) => {
    await forgetFeedbackAuthor(communityId, lookup);
    return { done: 'forget' };
  },
};
