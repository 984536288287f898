// The standing entry at the foot of every page leads here, and from here to the one community there is, or to the choice among several.
import { redirect } from '@sveltejs/kit';
import { listKeptCommunities } from '#lib/server/people/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const communities = await listKeptCommunities();
  const [only] = communities;
  if (communities.length === 1 && only) redirect(303, `/c/${only.communityId}/feedback`);
  return { communities };
};
