// Projects everybody may read about.
import { publicProjectsOf } from '#lib/server/projects/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({ projects: await publicProjectsOf(params.communityId) });
