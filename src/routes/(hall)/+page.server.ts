// The landing page's query: what is on, what is coming, what has been decided. An empty installation is set up first.
import { redirect } from '@sveltejs/kit';
import { maySetUp } from '#lib/domain/policies.ts';
import { listPublicFunds } from '#lib/server/ledger/statement.ts';
import { listPublicMeetings } from '#lib/server/meetings/list.ts';
import { countKeptCommunities, listKeptCommunities } from '#lib/server/people/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  if (maySetUp(await countKeptCommunities())) redirect(303, '/setup');
  const [meetings, communities, funds] = await Promise.all([
    listPublicMeetings(),
    listKeptCommunities(),
    listPublicFunds(),
  ]);
  return { meetings, communities, funds };
};
