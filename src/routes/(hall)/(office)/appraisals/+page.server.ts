// Projects that residents appraise: completed ones, and those that have been.
import { mayRunProjects } from '#lib/domain/policies.ts';
import { projectsToAppraise } from '#lib/server/appraisals/appraisals.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { communityId } = await standingThat(event, (who) => who !== null && mayRunProjects(who, who.communityId));
  return { projects: await projectsToAppraise(communityId) };
};
