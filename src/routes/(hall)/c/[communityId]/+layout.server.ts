// Whose public pages these are; 404 where there is no such community.
import { communityAt } from '#lib/server/community-door.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => ({
  community: await communityAt(event, event.params.communityId),
});
