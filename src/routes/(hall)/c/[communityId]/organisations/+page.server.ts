// The record of each organisation, for everybody.
import { organisationsOf } from '#lib/server/projects/organisations.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({
  organisations: await organisationsOf(params.communityId),
});
